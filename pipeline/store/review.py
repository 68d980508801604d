"""Decisions on findings: append-only, tied to the fingerprint, re-opened when what was decided on has changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from pipeline.errors import UsageError
from pipeline.model import Finding
from pipeline.store.models import REVIEW
from pipeline.store.store import Store, now

VERDICTS = ("accept", "reject", "unsure")


@dataclass(frozen=True, slots=True)
class Review:
    """One decision. `address` is rule, document path and place; `state` what the finding said when it was decided."""

    fingerprint: str
    address: str
    verdict: str
    reason: str
    by: str
    at: str
    state: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reopened:
    """A finding that stands where an earlier, different one was decided, and what is different."""

    finding: Finding
    earlier: Review
    changed: tuple[str, ...]


def address_of(finding: Finding, path: str) -> str:
    """Where a finding stands, without what it says: equal before and after its evidence changes."""
    where = finding.where
    return address(finding.rule, path, where.page, where.table, where.row, where.column)


def address(rule: str, path: str, page: int | None, table: int | None, row: int | None, column: int | None) -> str:
    """How the place of a rule's finding is written in a decision."""
    return "|".join(map(str, (rule, path, page, table, row, column)))


def state_of(finding: Finding) -> dict[str, Any]:
    return {
        "rule_version": finding.rule_version,
        "found": finding.found,
        "expected": finding.expected,
        "evidence": [item.quote for item in finding.evidence],
        "sha256": finding.sha256,
    }


def add(store: Store, fingerprint: str, verdict: str, reason: str, by: str) -> Review:
    """Records a decision on a finding of the latest run. `fingerprint` may be its beginning, if only one begins so.
    Raises UsageError for an unknown finding, an unknown verdict, or a missing reason or name."""
    review = _made(store, fingerprint, verdict, reason, by)
    _insert(store, [review])
    return review


def _made(store: Store, fingerprint: str, verdict: str, reason: str, by: str) -> Review:
    if verdict not in VERDICTS:
        raise UsageError(f"{verdict} is no verdict", "accept, reject or unsure")
    if not reason.strip() or not by.strip():
        raise UsageError("a decision needs a reason and a name", "--reason … --by …")
    fitting = store.findings(fingerprint)
    if len({item.fingerprint for item in fitting}) != 1:
        problem = "no finding has" if not fitting else "several findings begin with"
        raise UsageError(f"{problem} the fingerprint {fingerprint}", "`lkip export finding` lists them")
    finding = fitting[0]
    document = store.document(finding.sha256)
    path = document.path if document else ""
    return Review(
        finding.fingerprint, address_of(finding, path), verdict, reason.strip(), by.strip(), now(), state_of(finding)
    )


def _insert(store: Store, reviews: Iterable[Review]) -> int:
    known = {(r.fingerprint, r.verdict, r.reason, r.by, r.at) for r in history(store)}
    new = [asdict(r) for r in reviews if (r.fingerprint, r.verdict, r.reason, r.by, r.at) not in known]
    if new:
        with store.engine.begin() as connection:
            connection.execute(insert(REVIEW), new)
    return len(new)


def history(store: Store, fingerprint: str | None = None) -> list[Review]:
    """All decisions, oldest first; or those on one finding."""
    query = select(REVIEW).order_by(REVIEW.c.id)
    if fingerprint is not None:
        query = query.where(REVIEW.c.fingerprint == fingerprint)
    names = ("fingerprint", "address", "verdict", "reason", "by", "at", "state")
    with store.engine.connect() as connection:
        return [
            Review(**{name: row[name] for name in names}) for row in map(dict, connection.execute(query).mappings())
        ]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a decision needs to know of a finding of the latest run; `found` is what stands printed there."""

    fingerprint: str
    address: str
    sha256: str
    found: str


def standing(store: Store, findings: Sequence[Finding]) -> list[Standing]:
    paths = {sha: document.path for sha, document in store.documents().items()}
    return [Standing(f.fingerprint, address_of(f, paths[f.sha256]), f.sha256, f.found or "") for f in findings]


def replaced(decided: Sequence[Review], found: Sequence[Standing]) -> dict[str, Review]:
    """Fingerprint of an undecided finding -> the decision on the one that stood at its address before, in this file or in
    an earlier version of it. Where several findings share an address (a rule on sentences has no row or column), each
    decision is handed on once, to the finding that is most like the one decided on."""
    latest = {review.fingerprint: review for review in decided}
    by_address: dict[str, list[Review]] = {}
    for review in latest.values():
        by_address.setdefault(review.address, []).append(review)
    places: dict[tuple[str, str], dict[str, Standing]] = {}
    for item in found:
        if item.address in by_address:
            places.setdefault((item.address, item.sha256), {})[item.fingerprint] = item
    heirs: dict[str, Review] = {}
    for (address, _), here in places.items():
        gone = [review for review in by_address[address] if review.fingerprint not in here]
        pairs = [
            (_likeness(review, item), -number, review, item)
            for review in gone
            for number, item in enumerate(here.values())
            if item.fingerprint not in latest or latest[item.fingerprint].at > review.at
        ]
        used: set[str] = set()
        for _, _, review, item in sorted(pairs, key=lambda pair: pair[:2], reverse=True):
            if not used & {review.fingerprint, item.fingerprint}:
                used |= {review.fingerprint, item.fingerprint}
                if item.fingerprint not in latest:
                    heirs[item.fingerprint] = review
    return heirs


def _likeness(review: Review, item: Standing) -> float:
    was = str(review.state.get("found") or "")
    return SequenceMatcher(None, was[:300], item.found[:300], autojunk=False).ratio()


def reopened(store: Store, findings: Sequence[Finding]) -> dict[str, Reopened]:
    """Findings that stand where an earlier, different one was decided on, by fingerprint."""
    decided = history(store)
    heirs = replaced(decided, standing(store, findings)) if decided else {}
    found: dict[str, Reopened] = {}
    for finding in findings:
        if finding.fingerprint in heirs:
            earlier = heirs[finding.fingerprint]
            found[finding.fingerprint] = Reopened(finding, earlier, changes(earlier, finding))
    return found


def changes(earlier: Review, finding: Finding) -> tuple[str, ...]:
    """Names of what is different now from what was decided on."""
    state = state_of(finding)
    return tuple(name for name in state if state[name] != earlier.state.get(name))


def statuses(store: Store, findings: Sequence[Finding]) -> dict[str, str]:
    """Fingerprint -> accept, reject, unsure or reopened; undecided findings are absent."""
    decided = history(store)
    found = standing(store, findings) if decided else []
    return statuses_of(decided, found, replaced(decided, found))


def statuses_of(decided: Sequence[Review], found: Sequence[Standing], heirs: Mapping[str, Review]) -> dict[str, str]:
    """The same from what is read already: `found` has at least the findings of the rules decided on, `heirs` is `replaced`."""
    verdicts = {review.fingerprint: review.verdict for review in decided}
    here = {item.fingerprint for item in found}
    known = {fingerprint: verdict for fingerprint, verdict in verdicts.items() if fingerprint in here}
    return known | dict.fromkeys(heirs, "reopened")


def unused(store: Store, findings: Sequence[Finding]) -> list[Review]:
    """Rejections in force that no finding of the latest run needs any more."""
    here = {finding.fingerprint for finding in findings}
    return [
        review for review in in_force(history(store)) if review.verdict == "reject" and review.fingerprint not in here
    ]


def in_force(decided: Sequence[Review]) -> list[Review]:
    """The last decision on each fingerprint."""
    return list({review.fingerprint: review for review in decided}.values())


def export_lines(store: Store) -> str:
    """All decisions as JSON lines, for colleagues."""
    return "".join(json.dumps(asdict(review), ensure_ascii=False) + "\n" for review in history(store))


def import_file(store: Store, path: Path) -> int:
    """Takes over decisions: JSON lines of `export_lines`, or the findings sheet of `lkip audit --format xlsx` with its
    decision columns filled in. Returns how many were new; raises UsageError naming the line that cannot be read."""
    if path.suffix.lower() == ".xlsx":
        return _import_sheet(store, path)
    reviews = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise UsageError(f"cannot read it: {error.strerror}", "check the path", str(path)) from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            review = Review(**json.loads(line))
            if review.verdict not in VERDICTS or not review.reason or not review.by:
                raise ValueError("verdict, reason and name are all needed")
        except (TypeError, ValueError) as error:
            raise UsageError(f"not a decision: {error}", "one JSON object a line", f"{path}:{number}") from error
        reviews.append(review)
    return _insert(store, reviews)


def _import_sheet(store: Store, path: Path) -> int:
    from openpyxl import load_workbook

    sheet = load_workbook(path, read_only=True, data_only=True).worksheets[0]
    rows = sheet.iter_rows(values_only=True)
    head = [str(value or "") for value in next(rows, ())]
    needed = ("fingerprint", "verdict", "reason", "by")
    if any(name not in head for name in needed):
        raise UsageError("has no decision columns", "use the file that `lkip audit --format xlsx` made", str(path))
    place = {name: head.index(name) for name in needed}
    latest = {review.fingerprint: review for review in history(store)}
    new = []
    for number, row in enumerate(rows, start=2):
        values = {name: str(row[column] or "").strip() for name, column in place.items()}
        if not values["verdict"]:
            continue
        before = latest.get(values["fingerprint"])
        if before and (before.verdict, before.reason, before.by) == (values["verdict"], values["reason"], values["by"]):
            continue
        try:
            new.append(_made(store, values["fingerprint"], values["verdict"], values["reason"], values["by"]))
        except UsageError as error:
            raise UsageError(error.reason, error.remedy, f"{path}, row {number}") from error
    return _insert(store, new)
