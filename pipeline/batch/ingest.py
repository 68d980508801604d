"""Reads many files into the database: each in a process that may crash, each stored as soon as it is read."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy.exc import OperationalError, StatementError

from pipeline.batch.pool import Outcome, outcomes, read_one
from pipeline.errors import UsageError
from pipeline.store.store import Store

MAX_BYTES = 512 * 1024 * 1024
IGNORE = ".lkipignore"
FEW = 8  # up to so many small files one process is faster than starting more
SMALL = 2_000_000
_BINARY = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # PDF, Office 2007, older Office


@dataclass(frozen=True, slots=True)
class Failure:
    path: str
    reason: str


@dataclass(slots=True)
class Summary:
    """What an ingest did; counts are of the documents it was given."""

    documents: int = 0
    ingested: int = 0
    unchanged: int = 0
    tables: int = 0
    indikator: int = 0
    formulas: int = 0
    seconds: float = 0.0
    failures: list[Failure] = field(default_factory=list)

    @property
    def failed(self) -> int:
        return len(self.failures)

    def to_json(self) -> dict[str, Any]:
        return {
            "documents": self.documents, "ingested": self.ingested, "unchanged": self.unchanged, "failed": self.failed,
            "tables": self.tables, "indikator": self.indikator, "formulas": self.formulas,
            "seconds": round(self.seconds, 3),
            "failures": [{"path": item.path, "reason": item.reason} for item in self.failures],
        }  # fmt: skip

    def to_text(self, lang: str) -> str:
        words = {
            "id": "{documents} dokumen: {ingested} dibaca, {unchanged} tidak berubah, {failed} gagal · "
            "{tables} tabel, {indikator} indikator, {formulas} formula · {seconds:.1f} detik",
            "en": "{documents} documents: {ingested} read, {unchanged} unchanged, {failed} failed · "
            "{tables} tables, {indikator} indicators, {formulas} formulas · {seconds:.1f} s",
        }
        return words[lang].format(**self.to_json())


def walk(paths: Sequence[Path]) -> list[Path]:
    """The files of all paths, folders walked in order; hidden files, scripts and read-me files beside documents, and folders
    below that hold a file `.lkipignore` are left out. A path that does not exist stays, so that it is reported."""
    found: dict[Path, None] = {}
    for path in paths:
        if not path.is_dir():
            found[path] = None
            continue
        for folder, inner, names in os.walk(path):
            here = Path(folder)
            inner[:] = sorted(one for one in inner if not _hidden(one) and not (here / one / IGNORE).exists())
            for name in sorted(names):
                file = here / name
                if not _hidden(name) and not _about(name) and file.is_file():
                    found[file] = None
    return list(found)


def _about(name: str) -> bool:
    """Scripts and read-me files tell of the documents beside them and are none."""
    return name.lower().endswith(".py") or name.lower().startswith("readme.")


def _hidden(name: str) -> bool:
    return name.startswith((".", "~$", "__"))


def ingest(
    store: Store,
    files: Iterable[Path],
    *,
    jobs: int | None = None,
    executor: str = "local",
    timeout: int = 600,
    advance: Callable[[str], None] = lambda _: None,
) -> Summary:
    """Reads `files` into `store`, skipping bytes that it has. A file that fails is listed, the rest go on; interrupted,
    the next call resumes. One job reads in this very process. Raises UsageError for an executor that cannot be reached."""
    started = time.perf_counter()
    summary = Summary()
    todo: list[Path] = []
    seen: set[str] = set()
    for path in files:
        summary.documents += 1
        sha = _sha256(path)
        if sha is not None and (sha in seen or store.known(sha)):
            summary.unchanged += 1
            advance(path.name)
            continue
        if sha is not None:
            seen.add(sha)
        todo.append(path)
    workers = jobs or (1 if _is_small(todo) else len(os.sched_getaffinity(0)))
    results: Iterable[Outcome]
    if workers == 1 and executor == "local":
        results = map(read_one, map(str, todo))
    else:
        results = outcomes([str(path) for path in todo], workers=workers, executor=executor, timeout=timeout)
    for outcome in results:
        advance(Path(outcome.path).name)
        if outcome.berkas is None:
            summary.failures.append(Failure(outcome.path, outcome.reason))
            continue
        try:
            is_new = store.save(outcome.berkas, outcome.formulas)
        except OperationalError as error:
            reason = str(error.orig).splitlines()[0]
            raise UsageError(
                f"cannot write the database: {reason}", "free space, or end what else writes it"
            ) from error
        except (StatementError, ValueError) as error:
            reason = str(getattr(error, "orig", None) or error).splitlines()[0]
            summary.failures.append(Failure(outcome.path, f"the database refuses it: {reason} (use SQLite)"))
            continue
        if is_new:
            summary.ingested += 1
            summary.tables += len(outcome.berkas.tables)
            summary.indikator += len(outcome.berkas.indikator)
            summary.formulas += sum(1 for record in outcome.berkas.indikator if record.formula)
        else:
            summary.unchanged += 1
    summary.seconds = time.perf_counter() - started
    return summary


def _is_small(files: Sequence[Path]) -> bool:
    """Whether reading here beats starting processes: few short texts. Binary formats can crash their readers."""
    if len(files) > FEW:
        return False
    size = 0
    for path in files:
        try:
            with path.open("rb") as file:
                if file.read(4) in _BINARY:
                    return False
                size += os.fstat(file.fileno()).st_size
        except OSError:
            continue
    return size <= SMALL


def _sha256(path: Path) -> str | None:
    """None where the file cannot be read: the reader then says why."""
    try:
        if path.stat().st_size > MAX_BYTES:
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
