"""Runs the rules: finds the rule files, gives each what it asks for, and lets no rule stop another."""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pipeline.audit.context import Context, Doc, offices
from pipeline.audit.fingerprint import fingerprinted
from pipeline.audit.identities.workup import vouched
from pipeline.audit.rule import Rule
from pipeline.errors import UsageError
from pipeline.model import Berkas, Finding, NotChecked

__all__ = ["AuditResult", "Crash", "all_rules", "run"]

Check = Callable[[Context], Iterable[Finding | NotChecked]]
_RANK = {"error": 0, "warning": 1, "notice": 2}


@dataclass(frozen=True, slots=True)
class Crash:
    """A rule that raised: what it was looking at, and the error in one line."""

    rule: str
    sha256: tuple[str, ...]
    error: str


@dataclass(frozen=True, slots=True)
class AuditResult:
    """Findings, most serious first; `rules_version` changes whenever a rule's judgement does; `vouched`: by SHA-256 the
    addresses (table, row, column) of cells that arithmetic confirms."""

    findings: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...]
    crashed: tuple[Crash, ...]
    rules_version: str
    vouched: Mapping[str, frozenset[tuple[int, int, int]]] = field(default_factory=dict)


@cache
def modules() -> dict[str, str]:
    """Rule code -> module name. A rule is a file in capitals under rules/<family>/."""
    root = Path(__file__).with_name("rules")
    files = sorted(path for path in root.glob("*/*.py") if path.stem.isupper())
    return {path.stem: f"{__package__}.rules.{path.parent.name}.{path.stem}" for path in files}


@cache
def load(code: str) -> tuple[Rule, Check]:
    if code not in modules():
        raise UsageError(f"there is no rule {code}", "`lkip rule` lists the rules")
    module = importlib.import_module(modules()[code])
    return module.RULE, module.check


def all_rules() -> tuple[Rule, ...]:
    """Every rule, by code."""
    return tuple(load(code)[0] for code in sorted(modules()))


def rules_version() -> str:
    """Eight hex digits over all codes and versions."""
    listing = ",".join(f"{rule.code}={rule.version}" for rule in all_rules())
    return hashlib.sha256(listing.encode()).hexdigest()[:8]


def chosen(select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Rule, ...]:
    """The rules that `select` names (all when empty) without those `ignore` names: codes, their beginnings, or families.
    Raises UsageError for a name that fits no rule."""
    for name in (*select, *ignore):
        if not any(_named(rule, name) for rule in all_rules()):
            raise UsageError(f"no rule or family is called {name}", "`lkip rule` lists the rules")
    return tuple(
        rule
        for rule in all_rules()
        if (not select or any(_named(rule, name) for name in select)) and not any(_named(rule, name) for name in ignore)
    )


def _named(rule: Rule, name: str) -> bool:
    return rule.code.startswith(name.upper()) or rule.family.upper() == name.upper()


def _contexts(rule: Rule, docs: Sequence[Doc]) -> Iterator[Context]:
    if rule.scope == "document":
        return (Context((doc,)) for doc in docs)
    if rule.scope == "office":
        return offices(docs)
    return iter((Context(tuple(docs)),) if docs else ())


def run(
    berkas: Sequence[Berkas],
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    apart: frozenset[frozenset[str]] = frozenset(),
) -> AuditResult:
    """Audits whole documents, together with each other; `apart`: pairs of indicator keys that a person said are two. Raises
    UsageError for an unknown rule; no rule can make it raise."""
    docs = [Doc(one, apart) for one in berkas]
    findings: list[Finding] = []
    gaps: list[NotChecked] = []
    crashed: list[Crash] = []
    for rule in chosen(select, ignore):
        check = load(rule.code)[1]
        for context in _contexts(rule, docs):
            try:
                outcomes = list(check(context))
            except Exception as error:
                place = tuple(doc.sha256 for doc in context.docs)
                crashed.append(Crash(rule.code, place, f"{type(error).__name__}: {error}"))
                continue
            findings += (outcome for outcome in outcomes if isinstance(outcome, Finding))
            gaps += (outcome for outcome in outcomes if isinstance(outcome, NotChecked))
    named = fingerprinted(findings, {doc.sha256: doc.berkas for doc in docs})
    order = {doc.sha256: number for number, doc in enumerate(docs)}
    ranked = sorted(
        named, key=lambda f: (_RANK[f.severity], order[f.sha256], f.where.page or 0, f.where.line or 0, f.rule)
    )
    confirmed = {doc.sha256: vouched(doc) for doc in docs}
    return AuditResult(tuple(ranked), tuple(gaps), tuple(crashed), rules_version(), confirmed)
