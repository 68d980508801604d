"""Links the same indicator of different offices (and of one office's documents) to one canonical indicator.

Two names are one when they carry the same words once spellings and abbreviations are folded, or when a person said so;
likeness alone only proposes. Every link says why, and a judgement overrides it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.normalize.names import content_words


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's word on two keys (`jenis` is indikator or instansi), or on a cell (`bacaan`): `a` is the cell with what it
    was read as, `b` what it says."""

    jenis: str
    a: str
    b: str
    sama: bool
    alasan: str
    oleh: str


@dataclass(frozen=True, slots=True)
class Match:
    kunci: str
    kanonik: str
    alasan: str  # "same words", "judged by …", "only one"


def read_judgements(path: Path) -> list[Judgement]:
    """JSON lines, one judgement each. Raises UsageError naming the line that cannot be read."""
    judgements = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            try:
                judgements.append(Judgement(**json.loads(line)))
            except (TypeError, ValueError) as error:
                raise UsageError(f"not a judgement: {error}", "one JSON object a line", f"{path}:{number}") from error
    return judgements


def write_judgements(path: Path, judgements: Iterable[Judgement]) -> None:
    path.write_text("".join(json.dumps(asdict(j), ensure_ascii=False) + "\n" for j in judgements), encoding="utf-8")


def canonical(keys: Iterable[str], judgements: Sequence[Judgement] = (), jenis: str = "indikator") -> dict[str, Match]:
    """key -> its canonical key (the alphabetically first of its group) and why. A later judgement overrides an earlier."""
    unique = sorted(set(keys))
    decided = {frozenset((j.a, j.b)): j for j in judgements if j.jenis == jenis and j.a != j.b}
    parent = {key: key for key in unique}
    reason = dict.fromkeys(unique, "only one")

    def root(key: str) -> str:
        while parent[key] != key:
            key = parent[key]
        return key

    def join(a: str, b: str, why: str) -> None:
        first, second = sorted((root(a), root(b)))
        parent[second] = first
        reason[a] = reason[b] = why

    by_words: dict[frozenset[str], list[str]] = defaultdict(list)
    for key in unique:
        by_words[content_words(key)].append(key)
    for group in by_words.values():
        for position, key in enumerate(group):
            for other in group[position + 1 :]:
                judgement = decided.get(frozenset((key, other)))
                if judgement is None or judgement.sama:
                    join(key, other, "same words")
    for judgement in decided.values():
        if judgement.sama and judgement.a in parent and judgement.b in parent:
            join(judgement.a, judgement.b, f"judged by {judgement.oleh}: {judgement.alasan}")
    return {key: Match(key, root(key), reason[key]) for key in unique}


def alike(key: str, keys: Iterable[str], limit: int = 8) -> list[str]:
    """The keys that look most like this one, for a person to choose from."""
    from rapidfuzz import fuzz, process

    others = [other for other in keys if other != key]
    return [other for other, _, _ in process.extract(key, others, scorer=fuzz.token_sort_ratio, limit=limit)]


def suggestions(
    keys: Iterable[str], judgements: Sequence[Judgement] = (), limit: int = 50
) -> list[tuple[str, str, float]]:
    """Pairs that look alike and that nobody judged yet, most alike first: for a person to decide, never used by itself."""
    from rapidfuzz import fuzz, process

    unique = sorted(set(keys))
    decided = {frozenset((j.a, j.b)) for j in judgements}
    pairs = []
    for position, key in enumerate(unique):
        for other, score, _ in process.extract(key, unique[position + 1 :], scorer=fuzz.token_sort_ratio, limit=5):
            if score >= 80 and frozenset((key, other)) not in decided and content_words(key) != content_words(other):
                pairs.append((key, other, score))
    return sorted(pairs, key=lambda pair: -pair[2])[:limit]
