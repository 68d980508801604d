"""What the screens show, read from the database: lists by SQL, whole documents through the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import text

from pipeline.errors import LkipError, UsageError
from pipeline.normalize.matching import Judgement
from pipeline.store import open_store
from pipeline.store import review as reviews
from pipeline.store.judgements import READING, add_judgements
from pipeline.store.places import source
from pipeline.store.query import queries, run_sql
from pipeline.web import corrections
from pipeline.web.listing import Catalogue, Listing
from pipeline.web.pictures import Pictures
from pipeline.web.sql import unpacked

PAGE_SIZE = 50
ON_DOCUMENT = 12  # findings above the tables of a document without page pictures
LISTED = 500  # documents, offices, indicators on one screen
NEAR, FEW = 2, 8  # columns beside the cell in question, and cells of a row, that are shown without unfolding
ROW_FIELDS = ("kode", "sasaran", "program", "kegiatan", "sub_kegiatan", "uraian", "indikator")
MOST_ROWS = 6  # pieces of evidence shown with the row they stand in
SQL_SECONDS, SQL_ROWS = 5.0, 500
_FROM = "finding f JOIN document d ON d.id = f.document_id JOIN instansi i ON i.id = d.instansi_id"


class Data:
    """Reads on a connection that cannot write; decisions go through a store of their own, opened when the first is made."""

    def __init__(self, url: str, *, read_only: bool) -> None:
        self.url = url
        self.store = open_store(url, read_only=True)
        self.writer = None if read_only else open_store(url)
        self.list = Listing(self.store, self.rows)
        self.pictures = Pictures(self.store, self.rows, self.list)
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
        """Totals and counts of the first screen; counted anew after an audit, a decision or a new document."""
        catalogue, statuses = self.list.catalogue(), Counter(self.list.statuses()[1].values())
        counts = self.rows("SELECT COUNT(*) AS n, COALESCE(MAX(id), 0) AS last FROM document")[0]
        stamp = (catalogue.stamp, tuple(sorted(statuses.items())), counts["n"], counts["last"], lang)
        if self._shown is None or self._shown[0] != stamp:
            self._shown = (stamp, self._counts(catalogue, statuses, counts["n"], lang))
        return self._shown[1]

    def _counts(self, catalogue: Catalogue, statuses: Mapping[str, int], documents: int, lang: str) -> dict[str, Any]:
        cells = self.rows(
            "SELECT status, COUNT(*) AS n, SUM(vouched) AS vouched FROM cell "
            "WHERE number IS NOT NULL OR status IN ('ambiguous', 'unreadable') GROUP BY status ORDER BY n DESC"
        )
        readings = [(row["status"], row["n"]) for row in cells if row["status"] not in (None, "empty")]
        figures, vouched = sum(n for _, n in readings), sum(int(row["vouched"] or 0) for row in cells)
        facets = dict(self.list.facets({}))
        serious, total = self.findings({}, 1, lang, limit=8)
        return {
            "totals": {
                "findings": total,
                "open": total - sum(statuses.values()),
                "reopened": statuses.get("reopened", 0),
                "documents": documents,
                "offices": self.one("SELECT COUNT(DISTINCT instansi_id) FROM document"),
                "indicators": self.one("SELECT COUNT(DISTINCT kunci) FROM indikator"),
                "share": round(100 * vouched / figures) if figures else 0,
            },
            "readings": readings,
            "unused": self.list.unused(),
            **{f"by_{name}": facets[name] for name in ("severity", "family", "year")},
            "by_office": facets["office"][:8],
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

    def finding(self, fingerprint: str, document: str, chosen: Mapping[str, str], lang: str) -> dict[str, Any] | None:
        """A finding with everything its page shows; `chosen`: the list that it was opened from."""
        position = self.list.position(fingerprint, document)
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
            "trace": unpacked(f["trace"] or "{}"),
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
            item["label"] = self._label(item)
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

    def _label(self, item: Mapping[str, Any]) -> str:
        """The heading of the column that a piece of evidence stands in, if the very cell is there."""
        cell = self.rows(
            "SELECT c.text, k.label FROM cell c JOIN table_column k ON k.document_id = c.document_id AND k.tabel = c.tabel "
            "AND k.kolom = c.kolom WHERE c.document_id = :d AND c.tabel = :t AND c.baris = :b AND c.kolom = :k",
            d=item["document_id"], t=item["tabel"], b=item["baris"], k=item["kolom"],
        )  # fmt: skip
        return str(cell[0]["label"]) if cell and item["quote"].strip() == cell[0]["text"].strip() else ""

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
            "SELECT c.text, c.kolom, c.kolom = :k AS here, c.field, k.label FROM cell c LEFT JOIN table_column k "
            "ON k.document_id = c.document_id AND k.tabel = c.tabel AND k.kolom = c.kolom WHERE c.document_id = :d AND c.tabel = :t "
            "AND c.baris = :r AND c.text <> '' ORDER BY c.kolom",
            **(place | {"d": item["document_id"]}),
        )
        for cell in cells:
            near = abs(cell["kolom"] - place["k"]) <= NEAR or len(cells) <= FEW
            cell["main"] = near or cell["field"] in ROW_FIELDS
            cell["at"] = f"{place['t']}/{place['r']}/{cell['kolom']}"
        return cells if len(cells) > 1 else []

    def decide(self, fingerprint: str, verdict: str, reason: str, by: str) -> bool:
        """Records a decision; False where there is no such finding."""
        if self.writer is None or self.list.position(fingerprint, "") is None:
            return False
        reviews.add(self.writer, fingerprint, verdict, reason, by)
        return True

    def correct(self, said: Judgement) -> None:
        """Appends a correction; the next audit follows it."""
        if self.writer is not None:
            add_judgements(self.writer, [said])

    def cell(self, sha256: str, tabel: int, baris: int, kolom: int) -> dict[str, Any] | None:
        """A cell with its picture's address and what people said of it."""
        shown = corrections.cell(self.rows, sha256, tabel, baris, kolom)
        if shown is None:
            return None
        document = self.store.document(sha256)
        there = shown["media"] == "pdf" and shown["bbox"] and document is not None and source(document) is not None
        return {
            "c": shown,
            "picture": bool(there),
            "made": corrections.made(self.rows, READING, shown["key"]),
        }

    def documents(self, q: str) -> tuple[list[dict[str, Any]], int]:
        """The documents whose path, kind or office holds the words, and how many there are."""
        where, values = _holding(q, "LOWER(d.path || ' ' || d.kind || ' ' || d.instansi_nama)")
        found = self.rows(
            "SELECT d.id, d.sha256, d.path, d.kind, d.instansi_nama AS instansi, d.tahun FROM document d "
            f"WHERE {where} ORDER BY d.path, d.id LIMIT {LISTED}", **values
        )  # fmt: skip
        tables = dict(self._pairs("SELECT document_id, COUNT(*) FROM logical_table GROUP BY document_id"))
        findings = dict(self._pairs("SELECT document_id, COUNT(*) FROM finding GROUP BY document_id"))
        items = [row | {"tables": tables.get(row["id"], 0), "findings": findings.get(row["id"], 0)} for row in found]
        return items, int(self.one(f"SELECT COUNT(*) FROM document d WHERE {where}", **values))

    def _pairs(self, sql: str) -> list[tuple[Any, Any]]:
        with self.store.engine.connect() as connection:
            return [(row[0], row[1]) for row in connection.execute(text(sql))]

    def document(self, sha256: str, lang: str, wanted: int | None, page: int | None) -> dict[str, Any] | None:
        """A document with its tables, and the findings of the page shown (of the first pages, where it has no pictures)."""
        from pipeline.web.document import shown

        found = shown(self.store, self.rows, sha256, wanted, page)
        if found is None:
            return None
        catalogue, positions = self.list.catalogue(), self.list.positions({"document": sha256, "sort": "document"})
        if found["pictures"]:
            nearby = [p for p in positions if catalogue.places[p] >> 32 == found["page"]]
        else:
            nearby = self.list.positions({"document": sha256})[:ON_DOCUMENT]
        return found | {"nearby": self._items(nearby[:LISTED], lang), "total": len(positions)}

    def indicators(self, q: str) -> tuple[list[dict[str, Any]], int]:
        """The indicators whose key holds the words, and how many there are."""
        where, values = _holding(q, "k.kunci")
        items = self.rows(
            "SELECT k.kunci, MIN(k.indikator) AS indikator, COUNT(DISTINCT d.instansi_id) AS offices, "
            "COUNT(DISTINCT d.id) AS documents, COUNT(DISTINCT f.canonical) AS formulas FROM indikator k "
            "JOIN document d ON d.id = k.document_id LEFT JOIN formula f ON f.indikator_id = k.id "
            f"WHERE k.kunci <> '' AND {where} GROUP BY k.kunci ORDER BY documents DESC, indikator LIMIT {LISTED}", **values
        )  # fmt: skip
        total = self.one(f"SELECT COUNT(DISTINCT k.kunci) FROM indikator k WHERE k.kunci <> '' AND {where}", **values)
        return items, int(total)

    def indicator(self, kunci: str) -> dict[str, Any] | None:
        versions = self.rows(
            "SELECT d.path, d.sha256, d.instansi_nama AS instansi, COALESCE(k.tahun, d.tahun) AS tahun, k.page, k.line, k.indikator, "
            "k.sasaran, k.formula, k.sumber_data, f.canonical FROM indikator k JOIN document d ON d.id = k.document_id "
            "LEFT JOIN formula f ON f.indikator_id = k.id WHERE k.kunci = :k ORDER BY instansi, tahun, d.path, k.page, k.line LIMIT 200",
            k=kunci,
        )  # fmt: skip
        figures = self.rows(
            "SELECT document AS path, sha256, instansi, jenis, tahun, text, value, satuan, page, line, \"table\" FROM v_kinerja "
            "WHERE kunci = :k ORDER BY instansi, document, jenis, tahun, line LIMIT 300", k=kunci
        )  # fmt: skip
        if not versions and not figures:
            return None
        return {
            "kunci": kunci,
            "name": versions[0]["indikator"] if versions else kunci,
            "versions": versions,
            "figures": figures,
            "made": corrections.made(self.rows, corrections.INDICATOR, kunci),
            "options": [(key, "") for key in corrections.like(self.store, kunci)] if self.writer else [],
        }

    def offices(self, q: str) -> tuple[list[dict[str, Any]], int]:
        """The offices whose name or region holds the words, and how many there are."""
        where, values = _holding(q, "LOWER(i.nama || ' ' || COALESCE(i.wilayah, ''))")
        items = self.rows(
            f"SELECT i.kunci, i.nama, i.jenis, i.wilayah FROM instansi i WHERE {where} AND i.id IN (SELECT instansi_id FROM document) "
            f"ORDER BY i.nama LIMIT {LISTED}", **values
        )  # fmt: skip
        groups = self.list.catalogue()
        findings = Counter(groups.groups[g].office for g in groups.group_of)
        documents = dict(
            self._pairs(
                "SELECT i.kunci, COUNT(*) FROM document d JOIN instansi i ON i.id = d.instansi_id GROUP BY i.kunci"
            )
        )
        counted = [
            row | {"documents": documents.get(row["kunci"], 0), "findings": findings[row["kunci"]]} for row in items
        ]
        total = self.one(
            f"SELECT COUNT(*) FROM instansi i WHERE {where} AND i.id IN (SELECT instansi_id FROM document)", **values
        )
        return counted, int(total)

    def office(self, kunci: str, lang: str) -> dict[str, Any] | None:
        rows = self.rows("SELECT kunci, nama, jenis, wilayah FROM instansi WHERE kunci = :k", k=kunci)
        if not rows:
            return None
        documents = self.rows(
            "SELECT sha256, document AS path, kind, tahun FROM v_dokumen WHERE instansi_kunci = :k ORDER BY tahun, document",
            k=kunci,
        )
        items, total = self.findings({"office": kunci}, 1, lang, limit=20)
        families = dict(self.list.facets({"office": kunci}))["family"]
        others = self.rows(
            "SELECT kunci, nama, wilayah FROM instansi WHERE kunci <> :k AND nama <> '' AND id IN (SELECT instansi_id FROM document) "
            f"ORDER BY nama LIMIT {LISTED}", k=kunci
        ) if self.writer else []  # fmt: skip
        made = corrections.made(self.rows, corrections.OFFICE, kunci)
        return {
            "o": rows[0], "documents": documents, "items": items, "total": total, "families": families, "made": made,
            "options": [(other["kunci"], " · ".join(filter(None, (other["nama"], other["wilayah"])))) for other in others],
        }  # fmt: skip

    def ask(self, name: str, sql: str) -> dict[str, Any]:
        """A ready-made query or SQL of one's own, read-only and bounded."""
        known = queries()
        if name:
            sql = next((query.sql for query in known if query.name == name), "")
        shown: dict[str, Any] = {"queries": known, "sql": sql, "columns": [], "rows": [], "problem": ""}
        if sql.strip():
            try:
                shown["columns"], shown["rows"] = run_sql(
                    self.store, sql, seconds=SQL_SECONDS, limit=SQL_ROWS, guarded=True
                )
            except UsageError as error:
                shown["problem"] = str(error)
            except LkipError as error:
                shown["problem"] = error.reason
        return shown


def _holding(q: str, column: str) -> tuple[str, dict[str, str]]:
    """SQL that asks for every word of `q` in a column of small letters, and its values."""
    words = q.replace("\0", " ").lower().split()[:8]
    escaped = [word.replace("!", "!!").replace("%", "!%").replace("_", "!_") for word in words]
    where = " AND ".join(f"{column} LIKE :q{number} ESCAPE '!'" for number in range(len(words)))
    return where or "1 = 1", {f"q{number}": f"%{word}%" for number, word in enumerate(escaped)}
