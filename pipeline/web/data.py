"""What the screens show, read from the database: lists by SQL, whole documents through the store."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Any

from sqlalchemy import text

from pipeline.errors import LkipError, UsageError
from pipeline.model import Evidence, Where
from pipeline.store import open_store
from pipeline.store import review as reviews
from pipeline.store.places import page_of, picture_of, source
from pipeline.store.query import queries, run_sql
from pipeline.web.listing import Listing

PAGE_SIZE = 50
MOST_ROWS = 6  # pieces of evidence shown with the row they stand in
SQL_SECONDS, SQL_ROWS = 5.0, 500
_FROM = "finding f JOIN document d ON d.id = f.document_id JOIN instansi i ON i.id = d.instansi_id"
_DRAWING = Lock()
"""PDFium draws in one thread at a time: two pictures of one page asked for at once would end the program."""
_SEVERITIES = ("error", "warning", "notice")


class Data:
    """Reads on a connection that cannot write; decisions go through a store of their own, opened when the first is made."""

    def __init__(self, url: str, *, read_only: bool) -> None:
        self.url = url
        self.store = open_store(url, read_only=True)
        self.writer = None if read_only else open_store(url)
        self.list = Listing(self.store, self.rows)
        self._shown: tuple[Any, dict[str, Any]] | None = None

    def forget(self) -> None:
        """Drops what searches and counts have found so far, but not the list itself."""
        self.list.catalogue().searches.clear()
        self._shown = None

    def rows(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        with self.store.engine.connect() as connection:
            return [dict(row) for row in connection.execute(text(sql), values).mappings()]

    def one(self, sql: str, **values: Any) -> Any:
        with self.store.engine.connect() as connection:
            return connection.execute(text(sql), values).scalar()

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

    def findings(
        self, chosen: Mapping[str, str], page: int, lang: str, limit: int = PAGE_SIZE
    ) -> tuple[list[dict[str, Any]], int]:
        """One page of the findings that fit, in the chosen order, and how many fit."""
        found = self.list.positions(chosen)
        return self._items(found[(page - 1) * limit : page * limit], lang), len(found)

    def _items(self, positions: Sequence[int], lang: str) -> list[dict[str, Any]]:
        if not positions:
            return []
        catalogue, marked = self.list.catalogue(), self.list.statuses()[1]
        message = "pesan" if lang == "id" else "message"
        rows = self.rows(
            f"SELECT f.id, f.fingerprint, f.rule, f.name, f.severity, f.{message} AS message, f.page, f.line, d.path, "
            f"d.sha256, d.instansi_nama AS instansi FROM {_FROM} "
            f"WHERE f.id IN ({', '.join(str(catalogue.ids[p]) for p in positions)})"
        )
        by_id = {row["id"]: row for row in rows}
        return [
            by_id[catalogue.ids[p]] | {"status": marked.get(p, "open"), "link": catalogue.link(p)}
            for p in positions
            if catalogue.ids[p] in by_id
        ]

    def _position(self, fingerprint: str, document: str) -> int | None:
        """Where the finding stands in the catalogue; in the document whose SHA-256 begins so, if it stands in several."""
        catalogue = self.list.catalogue()
        places = catalogue.by_fingerprint.get(fingerprint, [])
        in_document = (p for p in places if catalogue.groups[catalogue.group_of[p]].document.startswith(document))
        return next(in_document, places[0] if places else None)

    def finding(self, fingerprint: str, document: str, chosen: Mapping[str, str], lang: str) -> dict[str, Any] | None:
        """A finding with everything its page shows; `chosen`: the list that it was opened from."""
        position = self._position(fingerprint, document)
        if position is None:
            return None
        catalogue = self.list.catalogue()
        f = self.rows(
            "SELECT f.*, d.path, d.sha256, d.kind, d.tahun, d.instansi_nama AS instansi, i.kunci AS office_key "
            f"FROM {_FROM} WHERE f.id = :id", id=catalogue.ids[position]
        )[0]  # fmt: skip
        f["message"] = f["pesan"] if lang == "id" else f["message"]
        f["status"] = self.list.statuses()[0].get(fingerprint, "open")
        before, after, number, length = self.list.around(position, chosen)
        groups = [catalogue.groups[catalogue.group_of[p]] for p in catalogue.by_fingerprint[fingerprint]]
        history = [
            {"verdict": item.verdict, "reason": item.reason, "by": item.by, "at": item.at}
            for item in reviews.history(self.store, fingerprint)
        ]
        return {
            "f": f,
            "evidence": self._evidence(f),
            "history": history,
            **self._again(f),
            "trace": f["trace"] if isinstance(f["trace"], dict) else json.loads(f["trace"] or "{}"),
            "others": [(g.path, g.document) for g in groups if g.document != f["sha256"]],
            "before": None if before is None else catalogue.link(before),
            "after": None if after is None else catalogue.link(after),
            "number": number,
            "length": length,
        }

    def _evidence(self, f: Mapping[str, Any]) -> list[dict[str, Any]]:
        evidence = self.rows(
            "SELECT e.*, d.path, d.sha256, d.media FROM evidence e JOIN document d ON d.id = e.document_id "
            "WHERE e.finding_id = :id ORDER BY e.ordinal", id=f["id"]
        )  # fmt: skip
        found = {sha256: self.store.document(sha256) for sha256 in {item["sha256"] for item in evidence}}
        readable = {sha256 for sha256, document in found.items() if document and source(document) is not None}
        rows: set[tuple[Any, ...]] = set()
        for item in evidence:
            boxed = item["media"] == "pdf" and item["bbox"] is not None
            there = boxed and item["sha256"] in readable
            address = f"/temuan/{f['fingerprint']}/bukti/{item['ordinal']}.png?berkas={f['sha256'][:16]}"
            item["picture"] = address if there else None
            item["missing"] = boxed and not there
            own = there and item["sha256"] == f["sha256"]
            whole = f"/temuan/{f['fingerprint']}/halaman/{item['page']}.jpg?berkas={f['sha256'][:16]}"
            item["whole"] = whole if own else None
            place = (item["document_id"], item["tabel"], item["baris"], item["kolom"])
            fresh = item["role"] in ("subject", "source") and place not in rows and len(rows) < MOST_ROWS
            item["row"] = self._row(item) if fresh else []
            rows.add(place)
        return evidence

    def _again(self, f: Mapping[str, Any]) -> dict[str, Any]:
        """The decision that a change re-opened, and what is different now."""
        earlier = self.list.earlier(f["fingerprint"])
        here = (item for item in self.store.findings(f["fingerprint"]) if item.sha256 == f["sha256"])
        now = next(here, None) if earlier else None
        return {"earlier": earlier, "changed": reviews.changes(earlier, now) if earlier and now else ()}

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

    def decide(self, fingerprint: str, verdict: str, reason: str, by: str) -> bool:
        """Records a decision; False where there is no such finding."""
        if self.writer is None or self._position(fingerprint, "") is None:
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

    def evidence_picture(self, fingerprint: str, document: str, ordinal: int) -> bytes | None:
        position = self._position(fingerprint, document)
        rows = [] if position is None else self.rows(
            "SELECT e.page, e.bbox, e.quote, d.sha256 FROM evidence e JOIN document d ON d.id = e.document_id "
            "WHERE e.finding_id = :f AND e.ordinal = :n", f=self.list.catalogue().ids[position], n=ordinal
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
        rows = self.rows(
            "SELECT e.bbox, e.role FROM evidence e JOIN document d ON d.id = e.document_id "
            "WHERE d.sha256 = :s AND e.page = :n AND e.bbox IS NOT NULL LIMIT 5000", s=sha256, n=number
        )  # fmt: skip
        return self._drawn(sha256, number, rows)

    def finding_picture(self, fingerprint: str, document: str, number: int) -> bytes | None:
        """A page with the boxes of one finding, and a line between what it questions and where that comes from."""
        position = self._position(fingerprint, document)
        catalogue = self.list.catalogue()
        if position is None:
            return None
        rows = self.rows(
            "SELECT e.bbox, e.role FROM evidence e JOIN finding f ON f.id = e.finding_id "
            "WHERE e.finding_id = :f AND e.document_id = f.document_id AND e.page = :n AND e.bbox IS NOT NULL",
            f=catalogue.ids[position], n=number,
        )  # fmt: skip
        sha256 = catalogue.groups[catalogue.group_of[position]].document
        return self._drawn(sha256, number, rows, joined=True)

    def _drawn(
        self, sha256: str, number: int, rows: Sequence[Mapping[str, Any]], *, joined: bool = False
    ) -> bytes | None:
        document = self.store.document(sha256)
        data = source(document) if document is not None and document.media == "pdf" else None
        if data is None or page_of(self.store, sha256, number) is None:
            return None
        from pipeline.web.pictures import page_with_boxes

        boxes = {
            (tuple(json.loads(r["bbox"]) if isinstance(r["bbox"], str) else r["bbox"]), r["role"]): 0 for r in rows
        }
        with _DRAWING:
            return page_with_boxes(data, number, list(boxes), joined=joined)

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
