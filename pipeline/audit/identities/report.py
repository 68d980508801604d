"""Gives each arithmetic rule its share of what the identities found: findings, and what could not be judged."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.audit.context import Context
from pipeline.audit.identities.explain import finding_of, main_kind
from pipeline.audit.identities.workup import Workup, of_document, of_office
from pipeline.audit.rule import Rule
from pipeline.model import Finding, NotChecked


def in_document(ctx: Context, rule: Rule, *kinds: str) -> Iterator[Finding | NotChecked]:
    """What identities of these kinds say of the one document."""
    return _outcomes(of_document(ctx.doc), rule, kinds)


def in_office(ctx: Context, rule: Rule, *kinds: str) -> Iterator[Finding | NotChecked]:
    """What identities of these kinds say between the documents of the office."""
    return _outcomes(of_office(ctx.docs), rule, kinds)


def _outcomes(workup: Workup, rule: Rule, kinds: tuple[str, ...]) -> Iterator[Finding | NotChecked]:
    for diagnosis in workup.diagnoses:
        if main_kind(diagnosis) in kinds:
            yield finding_of(diagnosis, rule)
    for identity, reason in workup.skipped:
        if identity.kind in kinds:
            yield NotChecked(rule.code, identity.result.ref.sha256, identity.result.where, reason)
