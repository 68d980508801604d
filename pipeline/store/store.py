"""Saves and loads documents and findings. One transaction a document: a crash loses at most the document at hand."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import groupby, repeat
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, CursorResult, Table, bindparam, delete, func, insert, select, update

from pipeline.model import Berkas, Dokumen, Evidence, Finding, Instansi, NotChecked, Where
from pipeline.store import rows as put
from pipeline.store.engine import connect, migrate, require_current
from pipeline.store.models import (
    ANGGARAN,
    BLOCK,
    CELL,
    COLUMN,
    DOCUMENT,
    EVIDENCE,
    FINDING,
    FORMULA,
    INDIKATOR,
    INSTANSI,
    JUDGEMENT,
    KINERJA,
    PAGE,
    ROW,
    RUN,
    STATEMENT,
    TABLE,
    TERM,
)
from pipeline.store.version import judging_version, reading_version

if TYPE_CHECKING:
    from pipeline.audit.engine import AuditResult

WHOLE = 16  # digits of a fingerprint


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


class Store:
    """An open database. Thread-safe as SQLAlchemy engines are; `read_only` opens SQLite so that nothing can be written."""

    def __init__(self, url: str, *, read_only: bool = False) -> None:
        self.url = url
        self.engine = connect(url, read_only=read_only)
        if read_only:
            require_current(self.engine)
        else:
            migrate(self.engine)

    def close(self) -> None:
        self.engine.dispose()

    def known(self, sha256: str) -> bool:
        """Whether these bytes were read already, by this version of the pipeline."""
        with self.engine.connect() as connection:
            query = select(DOCUMENT.c.pipeline_version).where(DOCUMENT.c.sha256 == sha256)
            return connection.execute(query).scalar() == reading_version()

    def save(self, berkas: Berkas, formulas: Sequence[Mapping[str, Any] | None] | None = None) -> bool:
        """Stores a document whole, replacing an older reading of the same bytes. False where nothing had to be done.
        `formulas`: one an indicator, where they were parsed already (pipeline.store.rows.parsed)."""
        if self.known(berkas.dokumen.sha256):
            return False
        shown = put.parsed(berkas) if formulas is None else formulas
        with self.engine.begin() as connection:
            connection.execute(delete(DOCUMENT).where(DOCUMENT.c.sha256 == berkas.dokumen.sha256))
            document = self._document(connection, berkas.dokumen)
            self._parts(connection, document, berkas)
            self._indikator(connection, document, berkas, shown)
        return True

    def _document(self, connection: Connection, dokumen: Dokumen) -> int:
        office = dokumen.instansi
        known = connection.execute(select(INSTANSI.c.id).where(INSTANSI.c.kunci == office.kunci)).scalar()
        if known is None:
            values = {name: getattr(office, name) for name in ("kunci", "nama", "jenis", "induk", "wilayah", "tingkat")}
            known = _key(connection.execute(insert(INSTANSI).values(**values)))
        names = ("sha256", "path", "media", "kind", "tahun", "tahun_akhir", "nomor", "tanggal", "penandatangan")
        result = connection.execute(
            insert(DOCUMENT).values(
                **{name: getattr(dokumen, name) for name in names},
                instansi_id=known,
                instansi_nama=office.nama,
                instansi_tertulis=asdict(office),
                notes=list(dokumen.notes),
                pipeline_version=reading_version(),
                ingested_at=now(),
            )
        )
        return _key(result)

    def _parts(self, connection: Connection, document: int, berkas: Berkas) -> None:
        tables, columns, table_rows, cells = put.put_tables(berkas)
        for model, values in (
            (PAGE, put.put_pages(berkas)),
            (BLOCK, put.put_blocks(berkas)),
            (TABLE, tables),
            (COLUMN, columns),
            (ROW, table_rows),
            (CELL, cells),
            (KINERJA, map(put.put_kinerja, berkas.kinerja)),
            (ANGGARAN, map(put.put_anggaran, berkas.anggaran)),
            (STATEMENT, map(put.put_statement, berkas.statements)),
        ):
            _insert(connection, model, values, document_id=document)

    def _indikator(
        self, connection: Connection, document: int, berkas: Berkas, formulas: Sequence[Mapping[str, Any] | None]
    ) -> None:
        """Indicators with their formulas and the formulas' terms; ids are given here, so that all insert in bulk."""
        first = (connection.execute(select(func.max(INDIKATOR.c.id))).scalar() or 0) + 1
        next_formula = (connection.execute(select(func.max(FORMULA.c.id))).scalar() or 0) + 1
        indicators, parsed, terms = [], [], []
        for number, (record, shown) in enumerate(zip(berkas.indikator, formulas, strict=True), start=first):
            indicators.append({"id": number, "document_id": document, **put.put_indikator(record)})
            if shown is None:
                continue
            names = ("kind", "canonical", "latex", "pembilang", "penyebut", "pengali", "malformed", "tree")
            own = {"id": next_formula, "document_id": document, "indikator_id": number, "raw": record.formula}
            parsed.append(own | {name: shown[name] for name in names})
            terms += [
                {"document_id": document, "formula_id": next_formula, "text": term["text"], "role": term["role"]}
                for term in shown["terms"]
            ]
            next_formula += 1
        _insert(connection, INDIKATOR, indicators)
        _insert(connection, FORMULA, parsed)
        _insert(connection, TERM, terms)

    def documents(self) -> dict[str, Dokumen]:
        """All documents by SHA-256, in the order of their paths."""
        with self.engine.connect() as connection:
            return {row["sha256"]: _dokumen(row) for row in _documents(connection)}

    def document(self, sha256: str) -> Dokumen | None:
        with self.engine.connect() as connection:
            row = connection.execute(select(DOCUMENT).where(DOCUMENT.c.sha256 == sha256)).mappings().first()
            return _dokumen(dict(row)) if row is not None else None

    def berkas(self, sha256: Iterable[str] | None = None) -> list[Berkas]:
        """Whole documents as they were saved: all, or those named; in the order of their paths."""
        wanted = None if sha256 is None else set(sha256)
        with self.engine.connect() as connection:
            chosen = [row for row in _documents(connection) if wanted is None or row["sha256"] in wanted]
            return [_load(connection, row) for row in chosen]

    def save_audit(self, result: AuditResult, version: str) -> int:
        """Replaces the findings with those of this run, marks the cells that arithmetic vouches for; returns the run's
        number. Decisions are kept elsewhere."""
        with self.engine.begin() as connection:
            ids: dict[str, int] = dict(connection.execute(select(DOCUMENT.c.sha256, DOCUMENT.c.id)).tuples().all())
            connection.execute(delete(EVIDENCE))
            connection.execute(delete(FINDING))
            result_row = connection.execute(
                insert(RUN).values(
                    started_at=now(),
                    rules_version=result.rules_version,
                    version=version,
                    documents=len(ids),
                    findings=len(result.findings),
                    key=_audit_key(connection),
                    not_checked=[
                        {"rule": gap.rule, "sha256": gap.sha256, "reason": gap.reason, **_address(gap.where)}
                        for gap in result.not_checked
                    ],
                    crashed=[[crash.rule, list(crash.sha256), crash.error] for crash in result.crashed],
                )
            )
            run = _key(result_row)
            findings = [
                {"id": n, "ordinal": n, "run_id": run, "document_id": ids[item.sha256], **_finding_values(item)}
                for n, item in enumerate(result.findings, start=1)
            ]
            evidence = [
                {
                    "finding_id": n,
                    "ordinal": k,
                    "document_id": ids[shown.sha256],
                    "role": shown.role,
                    "quote": shown.quote,
                }
                | _address(shown.where)
                for n, item in enumerate(result.findings, start=1)
                for k, shown in enumerate(item.evidence)
            ]
            _insert(connection, FINDING, findings)
            _insert(connection, EVIDENCE, evidence)
            _mark(connection, {ids[sha]: cells for sha, cells in result.vouched.items() if sha in ids})
        return run

    def last_audit(self) -> AuditResult | None:
        """The latest audit, if the same rules would read the same documents now; its `vouched` is in the cells."""
        from pipeline.audit.engine import AuditResult, Crash

        with self.engine.connect() as connection:
            row = connection.execute(select(RUN).order_by(RUN.c.id.desc()).limit(1)).mappings().first()
            if row is None or row["key"] != _audit_key(connection):
                return None
            kept = connection.execute(select(func.count()).select_from(FINDING)).scalar()
            if kept != row["findings"]:  # a document was read anew since, and its findings went with the old reading
                return None
        gaps = tuple(NotChecked(gap["rule"], gap["sha256"], _place(gap), gap["reason"]) for gap in row["not_checked"])
        crashed = tuple(Crash(rule, tuple(shas), error) for rule, shas, error in row["crashed"])
        return AuditResult(tuple(self.findings()), gaps, crashed, row["rules_version"])

    def findings(self, begins: str = "") -> list[Finding]:
        """The findings of the latest run, most serious first; only those whose fingerprint begins so, or, of a whole one
        (16 digits and more), is this."""
        with self.engine.connect() as connection:
            shas: dict[int, str] = dict(connection.execute(select(DOCUMENT.c.id, DOCUMENT.c.sha256)).tuples().all())
            evidence: dict[int, list[Evidence]] = defaultdict(list)
            name = FINDING.c.fingerprint
            chosen = name == begins if len(begins) >= WHOLE else name.startswith(begins, autoescape=True)
            shown = select(EVIDENCE).order_by(EVIDENCE.c.finding_id, EVIDENCE.c.ordinal)
            if begins:
                shown = shown.where(EVIDENCE.c.finding_id.in_(select(FINDING.c.id).where(chosen)))
            for row in map(dict, connection.execute(shown).mappings()):
                piece = Evidence(shas[row["document_id"]], _place(row), row["quote"], row["role"])
                evidence[row["finding_id"]].append(piece)
            query = select(FINDING).order_by(FINDING.c.ordinal)
            query = query.where(chosen) if begins else query
            return [
                _finding(row, shas[row["document_id"]], evidence[row["id"]])
                for row in map(dict, connection.execute(query).mappings())
            ]


def _key(result: CursorResult[Any]) -> int:
    key = result.inserted_primary_key
    assert key is not None
    return int(key[0])


def _insert(connection: Connection, table: Table, values: Iterable[Mapping[str, Any]], **shared: Any) -> None:
    """Many rows at once, all with the keys of the first and with the values of `shared`: the statement is compiled here
    and its parameters are made column by column, so that SQLAlchemy does not build those of each row anew (a third of the
    time that saving a report takes)."""
    rows = list(values)
    if not rows:
        return
    statement = insert(table).compile(dialect=connection.dialect, column_keys=[*shared, *rows[0]])
    assert statement.positiontup is not None  # the drivers of SQLite and PostgreSQL both take parameters by position
    columns: list[Iterable[Any]] = []
    for name in statement.positiontup:
        column: Iterable[Any] = repeat(shared[name], len(rows)) if name in shared else map(itemgetter(name), rows)
        encode = table.c[name].type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
        columns.append(_encoded(encode, column) if encode else column)
    connection.exec_driver_sql(statement.string, list(zip(*columns, strict=True)))


def _encoded(encode: Callable[[Any], Any], column: Iterable[Any]) -> Iterator[Any]:
    """Each value encoded; one that follows its like (the cells of a row share their lines) is not encoded again."""
    last, shown = None, encode(None)
    for value in column:
        if value != last:
            last, shown = value, encode(value)
        yield shown


def _audit_key(connection: Connection) -> str:
    """Names what an audit depends on: the rules' code, the documents with the code that read them, people's judgements."""
    query = select(DOCUMENT.c.sha256, DOCUMENT.c.path, DOCUMENT.c.pipeline_version).order_by(DOCUMENT.c.sha256)
    listing = ["\x1f".join(row) for row in connection.execute(query)]
    said = select(JUDGEMENT.c.jenis, JUDGEMENT.c.a, JUDGEMENT.c.b, JUDGEMENT.c.sama).order_by(JUDGEMENT.c.id)
    listing += ["\x1f".join(map(str, row)) for row in connection.execute(said)]
    return hashlib.sha256("\x1e".join((judging_version(), *listing)).encode()).hexdigest()


def _mark(connection: Connection, vouched: Mapping[int, Iterable[tuple[int, int, int]]]) -> None:
    connection.execute(update(CELL).where(CELL.c.vouched != 0).values(vouched=0))
    address = CELL.c.document_id == bindparam("d"), CELL.c.tabel == bindparam("t"), CELL.c.baris == bindparam("b")
    statement = update(CELL).where(*address, CELL.c.kolom == bindparam("k")).values(vouched=1)
    marks = [{"d": d, "t": t, "b": b, "k": k} for d, cells in vouched.items() for t, b, k in sorted(cells)]
    if marks:
        connection.execute(statement, marks)


def _documents(connection: Connection) -> list[Mapping[str, Any]]:
    query = select(DOCUMENT)
    return [dict(row) for row in connection.execute(query.order_by(DOCUMENT.c.path, DOCUMENT.c.sha256)).mappings()]


def _dokumen(row: Mapping[str, Any]) -> Dokumen:
    names = ("sha256", "path", "media", "kind", "tahun", "tahun_akhir", "nomor", "tanggal", "penandatangan")
    own = {name: row[name] for name in names}
    return Dokumen(instansi=Instansi(**row["instansi_tertulis"]), notes=tuple(row["notes"]), **own)


def _load(connection: Connection, row: Mapping[str, Any]) -> Berkas:
    def parts(table: Table) -> list[Mapping[str, Any]]:
        query = select(table).where(table.c.document_id == row["id"]).order_by(table.c.id)
        names = table.c.keys()
        return [dict(zip(names, part, strict=True)) for part in connection.execute(query).all()]

    cells: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for cell in parts(CELL):
        cells[cell["tabel"], cell["baris"]].append(put.get_cell(cell))
    columns = {
        key: tuple(map(put.get_column, group)) for key, group in groupby(parts(COLUMN), lambda part: part["tabel"])
    }
    table_rows = {
        key: tuple(put.get_row(part, tuple(cells[key, part["baris"]])) for part in group)
        for key, group in groupby(parts(ROW), lambda part: part["tabel"])
    }
    tables = tuple(
        put.get_table(part, columns.get(part["tabel"], ()), table_rows.get(part["tabel"], ())) for part in parts(TABLE)
    )
    return Berkas(
        dokumen=_dokumen(row),
        pages=tuple(map(put.get_page, parts(PAGE))),
        blocks=tuple(map(put.get_block, parts(BLOCK))),
        tables=tables,
        indikator=tuple(map(put.get_indikator, parts(INDIKATOR))),
        kinerja=tuple(map(put.get_kinerja, parts(KINERJA))),
        anggaran=tuple(map(put.get_anggaran, parts(ANGGARAN))),
        statements=tuple(map(put.get_statement, parts(STATEMENT))),
    )


_FINDING = (
    "fingerprint", "rule", "rule_version", "name", "family", "severity", "pesan", "message", "expected", "found",
    "suggestion", "kondisi", "kriteria",
)  # fmt: skip


def _address(where: Where) -> dict[str, Any]:
    return {
        "page": where.page, "line": where.line, "bbox": list(where.bbox) if where.bbox else None,
        "tabel": where.table, "baris": where.row, "kolom": where.column,
    }  # fmt: skip


def _place(row: Mapping[str, Any]) -> Where:
    bbox = row["bbox"]
    return Where(row["page"], row["line"], row["tabel"], row["baris"], row["kolom"], tuple(bbox) if bbox else None)


def _finding_values(item: Finding) -> dict[str, Any]:
    import json

    trace = json.loads(json.dumps(dict(item.trace), default=str))
    return {name: getattr(item, name) for name in _FINDING} | {"trace": trace} | _address(item.where)


def _finding(row: Mapping[str, Any], sha256: str, evidence: Sequence[Evidence]) -> Finding:
    own = {name: row[name] for name in _FINDING}
    return Finding(sha256=sha256, where=_place(row), evidence=tuple(evidence), trace=row["trace"], **own)
