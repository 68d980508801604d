"""What the screens show, read from the database: lists by SQL, whole documents through the store."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from threading import Lock
from typing import Any

from sqlalchemy import text

from pipeline.errors import LkipError, UsageError
from pipeline.model import Evidence, Finding, Where
from pipeline.store import open_store
from pipeline.store import review as reviews
from pipeline.store.places import page_of, picture_of, source
from pipeline.store.query import queries, run_sql

PAGE_SIZE = 50
KEPT = 100  # searches whose counts are kept
SQL_SECONDS, SQL_ROWS = 5.0, 500
_COLUMNS = {
    "severity": "f.severity",
    "family": "f.family",
    "rule": "f.rule",
    "document": "d.sha256",
    "office": "i.kunci",
    "year": "d.tahun",
}
_FROM = "finding f JOIN document d ON d.id = f.document_id JOIN instansi i ON i.id = d.instansi_id"
_DRAWING = Lock()
"""PDFium draws in one thread at a time: two pictures of one page asked for at once would end the program."""
_SEARCHED = ("f.pesan", "f.message", "f.found", "f.suggestion")
_SEVERITIES = ("error", "warning", "notice")


class Data:
    """Reads on a connection that cannot write; decisions go through a store of their own, opened when the first is made."""

    def __init__(self, url: str, *, read_only: bool) -> None:
        self.url = url
        self.store = open_store(url, read_only=True)
        self.writer = None if read_only else open_store(url)
        self._counted: tuple[tuple[int, int] | None, dict[tuple[str, str], list[dict[str, Any]]]] = (None, {})
        self._statuses: tuple[tuple[int, int], dict[str, str]] | None = None

    def rows(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        with self.store.engine.connect() as connection:
            return [dict(row) for row in connection.execute(text(sql), values).mappings()]

    def one(self, sql: str, **values: Any) -> Any:
        with self.store.engine.connect() as connection:
            return connection.execute(text(sql), values).scalar()

    def statuses(self) -> dict[str, str]:
        """Fingerprint -> status of the findings that are not simply open; computed anew after a decision or an audit."""
        stamp = (
            self.one("SELECT COALESCE(MAX(id), 0) FROM review"),
            self.one("SELECT COALESCE(MAX(id), 0) FROM run"),
        )
        if self._statuses is None or self._statuses[0] != stamp:
            found = reviews.statuses(self.store, self._touched()) if stamp[0] else {}
            self._statuses = (stamp, found)
        return self._statuses[1]

    def _touched(self, evidence_of: str = "") -> list[Finding]:
        """The findings that a decision can concern: those of the rules decided on.
        Without their evidence, but for the one with the fingerprint `evidence_of`."""
        rules = sorted({row["address"].split("|", 1)[0] for row in self.rows("SELECT DISTINCT address FROM review")})
        names = ", ".join(f":r{number}" for number in range(len(rules))) or "''"
        rows = self.rows(
            f"SELECT f.*, d.sha256 FROM {_FROM} WHERE f.rule IN ({names})",
            **{f"r{number}": rule for number, rule in enumerate(rules)},
        )
        found = []
        for row in rows:
            where = Where(row["page"], row["line"], row["tabel"], row["baris"], row["kolom"])
            quotes = (
                self.rows("SELECT quote FROM evidence WHERE finding_id = :i ORDER BY ordinal", i=row["id"])
                if row["fingerprint"] == evidence_of
                else []
            )
            evidence = tuple(Evidence(row["sha256"], where, item["quote"]) for item in quotes)
            found.append(
                Finding(
                    row["rule"], row["name"], row["severity"], row["pesan"], row["message"], row["sha256"], where, evidence,
                    row["expected"], row["found"], row["suggestion"], rule_version=row["rule_version"],
                    fingerprint=row["fingerprint"],
                )
            )  # fmt: skip
        return found

    def overview(self, lang: str) -> dict[str, Any]:
        counts = {
            "findings": "SELECT COUNT(*) FROM finding",
            "documents": "SELECT COUNT(*) FROM document",
            "offices": "SELECT COUNT(DISTINCT instansi_id) FROM document",
            "indicators": "SELECT COUNT(DISTINCT kunci) FROM indikator",
        }
        totals: dict[str, Any] = {name: self.one(sql) for name, sql in counts.items()}
        readings = self.rows(
            "SELECT status, COUNT(*) AS n FROM cell WHERE number IS NOT NULL OR status IN ('ambiguous', 'unreadable') "
            "GROUP BY status ORDER BY n DESC"
        )
        totals["readings"] = [(row["status"], row["n"]) for row in readings if row["status"] not in (None, "empty")]
        totals["figures"] = sum(number for _, number in totals["readings"])
        totals["vouched"] = self.one("SELECT COUNT(*) FROM cell WHERE vouched = 1")
        totals["share"] = round(100 * totals["vouched"] / totals["figures"]) if totals["figures"] else 0
        by_severity = {
            row["severity"]: row["n"]
            for row in self.rows("SELECT severity, COUNT(*) AS n FROM finding GROUP BY severity")
        }
        family = self.rows("SELECT family, COUNT(*) AS n FROM finding GROUP BY family ORDER BY n DESC, family")
        year = self.rows(
            "SELECT tahun, COUNT(*) AS n FROM document WHERE tahun IS NOT NULL GROUP BY tahun ORDER BY tahun"
        )
        serious, _ = self.findings({}, 1, lang, limit=8)
        return {
            "totals": totals,
            "by_severity": [(name, by_severity[name]) for name in _SEVERITIES if name in by_severity],
            "by_family": [(row["family"], row["n"]) for row in family],
            "by_year": [(str(row["tahun"]), row["n"]) for row in year],
            "serious": serious,
        }

    def _where(self, chosen: Mapping[str, str]) -> tuple[str, dict[str, Any]]:
        clauses, values = ["1 = 1"], {}
        for name, column in _COLUMNS.items():
            if chosen.get(name):
                clauses.append(f"{column} = :{name}")
                values[name] = chosen[name] if name != "year" else _whole(chosen[name])
        for number, word in enumerate(chosen.get("q", "").split()[:8]):
            fields = " OR ".join(
                f"{field} LIKE :q{number} ESCAPE '!'" for field in ("f.pesan", "f.message", "f.found", "f.suggestion")
            )
            paths = f"f.document_id IN (SELECT id FROM document WHERE path LIKE :q{number} ESCAPE '!')"
            clauses.append(f"({fields} OR {paths} OR f.fingerprint = :w{number})")
            values[f"q{number}"] = "%" + word.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%"
            values[f"w{number}"] = word
        if chosen.get("status"):
            marked = self.statuses()
            wanted = chosen["status"]
            listed = [key for key, status in marked.items() if wanted == "open" or status == wanted][:30_000]
            names = ", ".join(f":s{number}" for number in range(len(listed))) or "''"
            if listed or wanted != "open":
                clauses.append(f"f.fingerprint {'NOT IN' if wanted == 'open' else 'IN'} ({names})")
            values |= {f"s{number}": key for number, key in enumerate(listed)}
        return " AND ".join(clauses), values

    def findings(
        self, chosen: Mapping[str, str], page: int, lang: str, limit: int = PAGE_SIZE
    ) -> tuple[list[dict[str, Any]], int]:
        """One page of the findings that fit, most serious first, and how many fit."""
        where, values = self._where(chosen)
        wanted = [(name, chosen[name]) for name in _COLUMNS if chosen.get(name)]
        groups = self._groups(chosen)
        total = sum(group["n"] for group in groups if all(str(group[name]) == value for name, value in wanted))
        if not total:
            return [], 0
        message = "pesan" if lang == "id" else "message"
        rows = self.rows(
            f"SELECT f.fingerprint, f.rule, f.name, f.severity, f.{message} AS message, f.page, f.line, d.path, "
            f"d.instansi_nama AS instansi FROM {_FROM} WHERE {where} ORDER BY f.ordinal LIMIT :limit OFFSET :offset",
            limit=limit, offset=(page - 1) * limit, **values,
        )  # fmt: skip
        marked = self.statuses()
        return [row | {"status": marked.get(row["fingerprint"], "open")} for row in rows], int(total)

    def _groups(self, chosen: Mapping[str, str]) -> list[dict[str, Any]]:
        """How many findings of each rule, severity and document the search and the status leave; kept until the next run or
        decision."""
        key = (chosen.get("q", ""), chosen.get("status", ""))
        self.statuses()
        stamp = self._statuses[0] if self._statuses else None
        if self._counted[0] != stamp or len(self._counted[1]) > KEPT:
            self._counted = (stamp, {})
        if key not in self._counted[1]:
            where, values = self._where({"q": key[0], "status": key[1]})
            self._counted[1][key] = self.rows(
                "SELECT g.*, n.name, n.family, d.sha256 AS document, d.path, d.instansi_nama, i.kunci AS office, d.tahun AS year "
                "FROM (SELECT f.rule, f.severity, f.document_id, COUNT(*) AS n FROM finding f "
                f"WHERE {where} GROUP BY f.rule, f.severity, f.document_id) g JOIN document d ON d.id = g.document_id "
                "JOIN instansi i ON i.id = d.instansi_id JOIN finding n ON n.id = (SELECT MIN(id) FROM finding WHERE rule = g.rule)",
                **values,
            )
        return self._counted[1][key]

    def facets(self, chosen: Mapping[str, str]) -> list[tuple[str, list[tuple[str, str, int]]]]:
        """(facet, [(value, label, how many)]); each facet counts what the other choices leave."""
        groups = self._groups(chosen)
        labels = {"document": "path", "office": "instansi_nama", "rule": "name"}
        found: list[tuple[str, list[tuple[str, str, int]]]] = []
        for name in _COLUMNS:
            others = [(other, chosen[other]) for other in _COLUMNS if other != name and chosen.get(other)]
            counts: Counter[str] = Counter()
            texts: dict[str, str] = {}
            for group in groups:
                if group[name] is not None and all(str(group[other]) == value for other, value in others):
                    counts[str(group[name])] += group["n"]
                    texts[str(group[name])] = str(group[labels.get(name, name)] or group[name])
            ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:200]
            found.append((name, [(v, f"{v} {texts[v]}" if name == "rule" else texts[v], n) for v, n in ranked]))
        marked = list(self.statuses().values())
        total = self.one("SELECT COUNT(*) FROM finding")
        statuses = [("open", "open", int(total) - len(marked))]
        statuses += [
            (name, name, marked.count(name)) for name in ("reopened", "accept", "reject", "unsure") if name in marked
        ]
        found.append(("status", statuses))
        return found

    def finding(self, fingerprint: str, lang: str) -> dict[str, Any] | None:
        rows = self.rows(
            "SELECT f.*, d.path, d.sha256, d.instansi_nama AS instansi, i.kunci AS office_key "
            f"FROM {_FROM} WHERE f.fingerprint = :fingerprint", fingerprint=fingerprint
        )  # fmt: skip
        if not rows:
            return None
        f = rows[0]
        f["message"] = f["pesan"] if lang == "id" else f["message"]
        f["status"] = self.statuses().get(fingerprint, "open")
        evidence = self.rows(
            "SELECT e.*, d.path, d.sha256, d.media FROM evidence e JOIN document d ON d.id = e.document_id "
            "WHERE e.finding_id = :id ORDER BY e.ordinal", id=f["id"]
        )  # fmt: skip
        documents = self.store.documents()
        for item in evidence:
            boxed = item["media"] == "pdf" and item["bbox"] is not None
            there = boxed and source(documents[item["sha256"]]) is not None
            item["picture"] = f"/temuan/{fingerprint}/bukti/{item['ordinal']}.png" if there else None
            item["missing"] = boxed and not there
            item["row"] = self._row(item) if item["role"] in ("subject", "source") else []
        neighbours = {
            name: self.one(f"SELECT fingerprint FROM finding WHERE ordinal = {f['ordinal'] + step}")
            for name, step in (("before", -1), ("after", 1))
        }
        history = [
            {"verdict": item.verdict, "reason": item.reason, "by": item.by, "at": item.at}
            for item in reviews.history(self.store, fingerprint)
        ]
        changed = self._changed(fingerprint) if f["status"] == "reopened" else ()
        trace = f["trace"] if isinstance(f["trace"], dict) else json.loads(f["trace"] or "{}")
        return {"f": f, "evidence": evidence, "history": history, "trace": trace, "changed": changed, **neighbours}

    def _row(self, item: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The table row that a piece of evidence stands in: label, text, and whether it is the very cell. Evidence may carry
        the address in the file or that in the stitched table, so the text decides."""
        address = {"t": item["tabel"], "r": item["baris"], "k": item["kolom"], "d": item["document_id"]}
        if None in address.values():
            return []
        found = self.rows(
            "SELECT tabel AS t, baris AS r, kolom AS k, text FROM cell WHERE document_id = :d AND ((place_table = :t AND place_row = :r "
            "AND place_column = :k) OR (tabel = :t AND baris = :r AND kolom = :k)) ORDER BY place_table = :t DESC",
            **address,
        )
        place = next(
            (cell for cell in found if item["quote"].strip() and item["quote"].strip() in cell.pop("text")), None
        )
        if place is None:
            return []
        cells = self.rows(
            "SELECT c.text, c.kolom = :k AS here, k.label FROM cell c LEFT JOIN table_column k ON k.document_id = c.document_id "
            "AND k.tabel = c.tabel AND k.kolom = c.kolom WHERE c.document_id = :d AND c.tabel = :t AND c.baris = :r "
            "AND c.text <> '' ORDER BY c.kolom",
            **(place | {"d": item["document_id"]}),
        )
        return cells if len(cells) > 1 else []

    def _changed(self, fingerprint: str) -> tuple[str, ...]:
        """What is different from what an earlier decision was given for."""
        found = reviews.reopened(self.store, self._touched(fingerprint)).get(fingerprint)
        return found.changed if found else ()

    def decide(self, fingerprint: str, verdict: str, reason: str, by: str) -> bool:
        """Records a decision; False where there is no such finding."""
        if self.writer is None or not self.one("SELECT COUNT(*) FROM finding WHERE fingerprint = :f", f=fingerprint):
            return False
        reviews.add(self.writer, fingerprint, verdict, reason, by)
        return True

    def documents(self) -> list[dict[str, Any]]:
        return self.rows(
            "SELECT d.sha256, d.path, d.kind, d.instansi_nama AS instansi, d.tahun, "
            "(SELECT COUNT(*) FROM logical_table t WHERE t.document_id = d.id) AS tables, "
            "(SELECT COUNT(*) FROM finding f WHERE f.document_id = d.id) AS findings FROM document d ORDER BY d.path"
        )

    def document(self, sha256: str, lang: str, wanted: int | None) -> dict[str, Any] | None:
        from pipeline.web.document import shown

        items, _ = self.findings({"document": sha256}, 1, lang, limit=200)
        found = shown(self.store, self.rows, sha256, wanted)
        return found | {"items": items} if found else None

    def evidence_picture(self, fingerprint: str, ordinal: int) -> bytes | None:
        rows = self.rows(
            "SELECT e.page, e.bbox, e.quote, d.sha256 FROM evidence e JOIN finding f ON f.id = e.finding_id "
            "JOIN document d ON d.id = e.document_id WHERE f.fingerprint = :f AND e.ordinal = :n", f=fingerprint, n=ordinal
        )  # fmt: skip
        if not rows:
            return None
        box = rows[0]["bbox"]
        parsed = json.loads(box) if isinstance(box, str) else box
        if not parsed:
            return None
        where = Where(page=rows[0]["page"], bbox=(parsed[0], parsed[1], parsed[2], parsed[3]))
        with _DRAWING:
            return picture_of(self.store, Evidence(rows[0]["sha256"], where, rows[0]["quote"]))

    def page_picture(self, sha256: str, number: int) -> bytes | None:
        """A page with the boxes of all findings on it."""
        document = self.store.documents().get(sha256)
        data = source(document) if document is not None and document.media == "pdf" else None
        page = page_of(self.store, sha256, number)
        if data is None or page is None:
            return None
        from pipeline.web.pictures import page_with_boxes

        rows = self.rows(
            "SELECT e.bbox, e.role FROM evidence e JOIN document d ON d.id = e.document_id "
            "WHERE d.sha256 = :s AND e.page = :n AND e.bbox IS NOT NULL", s=sha256, n=number
        )  # fmt: skip
        boxes = [(json.loads(r["bbox"]) if isinstance(r["bbox"], str) else r["bbox"], r["role"]) for r in rows]
        with _DRAWING:
            return page_with_boxes(data, number, [(tuple(box), role) for box, role in boxes if box])

    def indicators(self, q: str) -> list[dict[str, Any]]:
        where = " AND ".join(f"k.kunci LIKE :q{n}" for n, _ in enumerate(q.split()[:8])) or "1 = 1"
        values = {f"q{n}": f"%{word.lower()}%" for n, word in enumerate(q.split()[:8])}
        return self.rows(
            "SELECT k.kunci, MIN(k.indikator) AS indikator, COUNT(DISTINCT d.instansi_id) AS offices, "
            "COUNT(DISTINCT d.id) AS documents, COUNT(DISTINCT f.canonical) AS formulas FROM indikator k "
            "JOIN document d ON d.id = k.document_id LEFT JOIN formula f ON f.indikator_id = k.id "
            f"WHERE k.kunci <> '' AND {where} GROUP BY k.kunci ORDER BY documents DESC, indikator LIMIT 500", **values
        )  # fmt: skip

    def indicator(self, kunci: str) -> dict[str, Any] | None:
        versions = self.rows(
            "SELECT document AS path, sha256, instansi, tahun, line, indikator, sasaran, formula, sumber_data "
            "FROM v_indikator WHERE kunci = :k ORDER BY instansi, tahun, document, line LIMIT 100", k=kunci
        )  # fmt: skip
        figures = self.rows(
            "SELECT document AS path, sha256, instansi, jenis, tahun, text, value, line FROM v_kinerja WHERE kunci = :k "
            "ORDER BY instansi, tahun, jenis LIMIT 300", k=kunci
        )  # fmt: skip
        if not versions and not figures:
            return None
        name = versions[0]["indikator"] if versions else kunci
        return {"name": name, "versions": versions, "figures": figures}

    def offices(self) -> list[dict[str, Any]]:
        return self.rows(
            "SELECT i.kunci, i.nama, i.jenis, i.wilayah, COUNT(DISTINCT d.id) AS documents, COUNT(f.id) AS findings "
            "FROM instansi i JOIN document d ON d.instansi_id = i.id LEFT JOIN finding f ON f.document_id = d.id "
            "GROUP BY i.kunci, i.nama, i.jenis, i.wilayah ORDER BY i.nama"
        )

    def office(self, kunci: str, lang: str) -> dict[str, Any] | None:
        rows = self.rows("SELECT kunci, nama, jenis, wilayah FROM instansi WHERE kunci = :k", k=kunci)
        if not rows:
            return None
        documents = self.rows(
            "SELECT sha256, document AS path, kind, tahun FROM v_dokumen WHERE instansi_kunci = :k ORDER BY tahun",
            k=kunci,
        )
        items, _ = self.findings({"office": kunci}, 1, lang, limit=200)
        return {"o": rows[0], "documents": documents, "items": items}

    def ask(self, name: str, sql: str) -> dict[str, Any]:
        """A ready-made query or SQL of one's own, read-only and bounded."""
        known = queries()
        if name:
            sql = next((query.sql for query in known if query.name == name), "")
        shown: dict[str, Any] = {"queries": known, "sql": sql, "columns": [], "rows": [], "problem": ""}
        if sql.strip():
            try:
                shown["columns"], shown["rows"] = run_sql(self.store, sql, seconds=SQL_SECONDS, limit=SQL_ROWS)
            except UsageError as error:
                shown["problem"] = str(error)
            except LkipError as error:
                shown["problem"] = error.reason
        return shown


def _whole(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) < 6 else -1
