"""All findings of the latest run in small, in memory: what the list filters, counts, sorts and pages through.

Texts stay in the database. A search is one pass over them, whose hits are kept until the next run; every choice of facet,
order and page after it asks the database for the fifty findings shown and nothing else.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import Any

from sqlalchemy import text

from pipeline.audit.about import rule_name
from pipeline.store import review as reviews
from pipeline.store.store import Store
from pipeline.web.sql import Rows

FACETS = ("severity", "family", "rule", "document", "office", "year", "status")
ORDERS = ("severity", "document", "rule", "office")
_OF_GROUPS = FACETS[:-1]
STATUSES = ("open", "reopened", "accept", "reject", "unsure")
KEPT = 30  # searches whose hits are kept
MOST_OPTIONS = 200
_SEARCHED = ("f.pesan", "f.message", "f.found", "f.suggestion")
_FINGERPRINT = re.compile(r"[0-9a-f]{6,16}(-\d+)?")  # "64ff70086b0aab4d"
_SEVERITIES = ("error", "warning", "notice")


@dataclass(frozen=True, slots=True)
class Group:
    """What all findings of one rule and severity in one document have in common: the value of every facet but status."""

    document_id: int
    severity: str
    family: str
    rule: str
    name: str
    document: str
    path: str
    office: str
    instansi: str
    year: str

    def label(self, facet: str) -> str:
        """The words for the value of a facet."""
        if facet == "rule":
            return f"{self.rule} {self.name}"
        return str(getattr(self, {"document": "path", "office": "instansi"}.get(facet, facet)))


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search found: positions in rising order, the same as a mask, and how many there are in each group."""

    positions: Sequence[int]
    mask: bytes
    groups: Counter[int]


@dataclass(slots=True)
class Catalogue:
    """The findings of one run by position, most serious first: id, group, fingerprint, place (page · 2³² + line)."""

    stamp: tuple[int, ...]
    groups: list[Group]
    ids: array[int]
    group_of: array[int]
    fingerprints: list[str]
    places: list[int]
    by_fingerprint: dict[str, list[int]] = field(default_factory=dict)
    by_id: dict[int, int] = field(default_factory=dict)
    searches: dict[str, Hits] = field(default_factory=dict)
    orders: dict[str, tuple[array[int], array[int]]] = field(default_factory=dict)
    values: dict[str, list[str]] = field(default_factory=dict)
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    document_words: dict[int, str] = field(default_factory=dict)
    rule_words: dict[str, str] = field(default_factory=dict)

    def describe(self) -> None:
        """Lays the values of each facet beside each other, and what a search looks into, once all groups are there."""
        for name in _OF_GROUPS:
            self.values[name] = [getattr(group, name) for group in self.groups]
            self.labels[name] = {getattr(group, name): group.label(name) for group in self.groups}
        self.labels["status"] = {name: name for name in STATUSES}
        self.document_words = {g.document_id: f"{g.path}\n{g.instansi}".casefold() for g in self.groups}
        self.rule_words = {
            rule: f"{label}\n{rule_name(rule, 'en')}".casefold() for rule, label in self.labels["rule"].items()
        }

    def order(self, name: str) -> tuple[Sequence[int], Sequence[int]]:
        """(positions in this order, the rank of each position)."""
        if name not in ORDERS[1:]:
            natural = range(len(self.ids))
            return natural, natural
        if name not in self.orders:
            heads = [self._head(group, name) for group in self.groups]
            numbers = {head: number << 64 for number, head in enumerate(sorted(set(heads)))}
            first = [numbers[head] for head in heads]
            keys = [first[g] + place for g, place in zip(self.group_of, self.places, strict=True)]
            made = sorted(range(len(keys)), key=keys.__getitem__)
            ranks = array("I", bytes(4 * len(made)))
            for rank, position in enumerate(made):
                ranks[position] = rank
            self.orders[name] = (array("I", made), ranks)
        return self.orders[name]

    def link(self, position: int) -> str:
        """The address of a finding; with the document where the same one stands in several."""
        fingerprint = self.fingerprints[position]
        if len(self.by_fingerprint[fingerprint]) == 1:
            return f"/temuan/{fingerprint}"
        return f"/temuan/{fingerprint}?berkas={self.groups[self.group_of[position]].document[:16]}"

    @staticmethod
    def _head(group: Group, order: str) -> tuple[str, ...]:
        if order == "rule":
            return (group.rule, group.path)
        return (group.path,) if order == "document" else (group.instansi, group.path)


@dataclass(frozen=True, slots=True)
class Decisions:
    """The statuses that decisions give, by fingerprint and by position, and the decisions that a change re-opened."""

    stamp: tuple[int, ...]
    statuses: dict[str, str]
    places: dict[int, str]
    heirs: dict[str, reviews.Review]
    unused: int = 0


class Listing:
    """The list of findings of a database; reads it anew after an audit, and the statuses anew after a decision."""

    def __init__(self, store: Store, rows: Rows) -> None:
        self.store = store
        self.rows = rows
        self._catalogue: Catalogue | None = None
        self._decided: Decisions | None = None

    def catalogue(self) -> Catalogue:
        stamp = self._stamp("SELECT COALESCE(MAX(id), 0) AS run, (SELECT COUNT(*) FROM finding) AS n FROM run")
        if self._catalogue is None or self._catalogue.stamp != stamp:
            self._catalogue = self._read(stamp)
        return self._catalogue

    def _stamp(self, sql: str) -> tuple[int, ...]:
        return tuple(self.rows(sql)[0].values())

    def _read(self, stamp: tuple[int, ...]) -> Catalogue:
        rules = {row[0]: row[1:] for row in self._tuples(
            "SELECT f.rule, f.name, f.family FROM finding f WHERE f.id IN (SELECT MIN(id) FROM finding GROUP BY rule)"
        )}  # fmt: skip
        documents = {row[0]: row[1:] for row in self._tuples(
            "SELECT d.id, d.sha256, d.path, d.instansi_nama, d.tahun, i.kunci FROM document d JOIN instansi i ON i.id = d.instansi_id"
        )}  # fmt: skip
        made: list[Group] = []
        numbers: dict[tuple[str, str, int], int] = {}
        found = Catalogue(stamp, made, array("Q"), array("I"), [], [])
        for key, rule, severity, document, fingerprint, page, line in self._tuples(
            "SELECT id, rule, severity, document_id, fingerprint, page, line FROM finding ORDER BY ordinal, id"
        ):
            position = len(found.ids)
            number = numbers.setdefault((rule, severity, document), len(made))
            if number == len(made):
                (name, family), (sha256, path, office, year, office_key) = rules[rule], documents[document]
                made.append(
                    Group(
                        document,
                        severity,
                        family.upper(),
                        rule,
                        name,
                        sha256,
                        path,
                        office_key,
                        office or "–",
                        str(year or ""),
                    )
                )
            found.ids.append(key)
            found.group_of.append(number)
            found.fingerprints.append(fingerprint)
            found.places.append(((page or 0) << 32) + (line or 0))
            found.by_fingerprint.setdefault(fingerprint, []).append(position)
            found.by_id[key] = position
        found.describe()
        return found

    def _tuples(self, sql: str, values: Mapping[str, str] | None = None) -> list[tuple[Any, ...]]:
        """Rows as the driver gives them: row objects of 100,000 findings would take longer than the query."""
        with self.store.engine.connect() as connection:
            cursor = connection.execute(text(sql), values or {}).cursor
            return list(cursor.fetchall()) if cursor is not None else []

    def _decisions(self) -> Decisions:
        catalogue = self.catalogue()
        stamp = (*catalogue.stamp, *self._stamp("SELECT COALESCE(MAX(id), 0) AS last, COUNT(*) AS n FROM review"))
        if self._decided is None or self._decided.stamp != stamp:
            self._decided = self._with_new(self._decided, stamp) or self._all_decisions(stamp)
        return self._decided

    def _with_new(self, known: Decisions | None, stamp: tuple[int, ...]) -> Decisions | None:
        """What is known with the decisions made since, where they are all on findings that stand."""
        catalogue = self.catalogue()
        if known is None or known.stamp[:-2] != stamp[:-2]:
            return None
        new = self.rows("SELECT fingerprint, verdict FROM review WHERE id > :last ORDER BY id", last=known.stamp[-2])
        if len(new) != stamp[-1] - known.stamp[-1] or any(
            row["fingerprint"] not in catalogue.by_fingerprint for row in new
        ):
            return None
        verdicts = {row["fingerprint"]: row["verdict"] for row in new}
        places = {
            position: verdict for name, verdict in verdicts.items() for position in catalogue.by_fingerprint[name]
        }
        heirs = {name: review for name, review in known.heirs.items() if name not in verdicts}
        return Decisions(stamp, known.statuses | verdicts, known.places | places, heirs, known.unused)

    def _all_decisions(self, stamp: tuple[int, ...]) -> Decisions:
        decided = reviews.history(self.store)
        found = self._standing() if decided else []
        heirs = reviews.replaced(decided, found)
        statuses = reviews.statuses_of(decided, found, heirs)
        by_fingerprint = self.catalogue().by_fingerprint
        places = {p: status for name, status in statuses.items() for p in by_fingerprint.get(name, ())}
        rejected = {review.fingerprint for review in reviews.in_force(decided) if review.verdict == "reject"}
        return Decisions(stamp, statuses, places, heirs, len(rejected - by_fingerprint.keys()))

    def unused(self) -> int:
        """How many rejections no finding needs any more."""
        return self._decisions().unused

    def statuses(self) -> tuple[dict[str, str], dict[int, str]]:
        """Status by fingerprint and by position, of the findings that are not simply open."""
        decisions = self._decisions()
        return decisions.statuses, decisions.places

    def earlier(self, fingerprint: str) -> reviews.Review | None:
        """The decision on what stood at a re-opened finding's place before."""
        return self._decisions().heirs.get(fingerprint)

    def _standing(self) -> list[reviews.Standing]:
        """The findings that a decision can concern: those of the rules decided on."""
        rules = sorted({row["address"].split("|", 1)[0] for row in self.rows("SELECT DISTINCT address FROM review")})
        names = ", ".join(f":r{number}" for number in range(len(rules))) or "''"
        return [
            reviews.Standing(
                row["fingerprint"],
                reviews.address(row["rule"], row["path"], row["page"], row["tabel"], row["baris"], row["kolom"]),
                row["sha256"],
                row["found"] or "",
            )
            for row in self.rows(
                "SELECT f.fingerprint, f.rule, f.page, f.tabel, f.baris, f.kolom, f.found, d.path, d.sha256 "
                f"FROM finding f JOIN document d ON d.id = f.document_id WHERE f.rule IN ({names}) ORDER BY f.ordinal",
                **{f"r{number}": rule for number, rule in enumerate(rules)},
            )
        ]

    def position(self, fingerprint: str, document: str) -> int | None:
        """Where the finding stands in the catalogue; in the document whose SHA-256 begins so, if it stands in several."""
        catalogue = self.catalogue()
        places = catalogue.by_fingerprint.get(fingerprint, [])
        in_document = (p for p in places if catalogue.groups[catalogue.group_of[p]].document.startswith(document))
        return next(in_document, places[0] if places else None)

    def hits(self, q: str) -> Hits:
        """Where every word of `q` stands in a finding's texts, rule, document or office, or begins its fingerprint."""
        catalogue = self.catalogue()
        words = q.replace("\0", " ").casefold().split()[:8]
        key = " ".join(words)
        found = catalogue.searches.get(key)
        if found is None:
            if len(catalogue.searches) >= KEPT:
                catalogue.searches.clear()
            found = catalogue.searches[key] = self._searched(catalogue, words)
        return found

    def _searched(self, catalogue: Catalogue, words: Sequence[str]) -> Hits:
        number = len(catalogue.ids)
        if not words:
            return Hits(range(number), b"\1" * number, Counter(catalogue.group_of))
        clauses, values = zip(*(self._word(catalogue, n, word) for n, word in enumerate(words)), strict=True)
        sql = f"SELECT f.id FROM finding f WHERE {' AND '.join(clauses)}"
        named = {name: value for part in values for name, value in part.items()}
        positions = array(
            "I", sorted(catalogue.by_id[row[0]] for row in self._tuples(sql, named) if row[0] in catalogue.by_id)
        )
        mask = bytearray(number)
        for position in positions:
            mask[position] = 1
        return Hits(positions, bytes(mask), Counter(map(catalogue.group_of.__getitem__, positions)))

    def _word(self, catalogue: Catalogue, number: int, word: str) -> tuple[str, dict[str, str]]:
        like = "LIKE" if self.store.engine.dialect.name == "sqlite" else "ILIKE"  # SQLite's LIKE knows no case
        documents = [document for document, said in catalogue.document_words.items() if word in said]
        rules = [rule for rule, said in catalogue.rule_words.items() if word in said]
        escaped = word.replace("!", "!!").replace("%", "!%").replace("_", "!_")
        values = {f"q{number}": f"%{escaped}%"}
        clauses = []  # what costs least comes first
        if documents:
            clauses.append(f"f.document_id IN ({', '.join(map(str, sorted(documents)))})")
        if rules:
            names = {f"c{number}x{k}": rule for k, rule in enumerate(sorted(rules))}
            clauses.append(f"f.rule IN ({', '.join(':' + name for name in names)})")
            values |= names
        if _FINGERPRINT.fullmatch(word):
            clauses.append(f"f.fingerprint LIKE :p{number}")
            values[f"p{number}"] = f"{word}%"
        clauses += [f"{column} {like} :q{number} ESCAPE '!'" for column in _SEARCHED]
        return f"({' OR '.join(clauses)})", values

    def positions(self, chosen: Mapping[str, str]) -> list[int]:
        """Positions of the findings that fit, in the chosen order."""
        catalogue, hits = self.catalogue(), self.hits(chosen.get("q", ""))
        wanted = [(name, chosen[name]) for name in FACETS if name != "status" and chosen.get(name)]
        allowed = bytes(b"\1" * len(catalogue.groups))
        for name, value in wanted:
            allowed = bytes(a and v == value for a, v in zip(allowed, catalogue.values[name], strict=True))
        of, order = catalogue.group_of, catalogue.order(chosen.get("sort", ""))[0]
        walk: Iterable[int] = (
            hits.positions if isinstance(order, range) else compress(order, map(hits.mask.__getitem__, order))
        )
        status = chosen.get("status")
        if not status and not wanted:
            return list(walk)
        if not status:
            return [p for p in walk if allowed[of[p]]]
        marked = self.statuses()[1]
        return [p for p in walk if allowed[of[p]] and marked.get(p, "open") == status]

    def around(self, position: int, chosen: Mapping[str, str]) -> tuple[int | None, int | None, int, int]:
        """(position before, position after, number in the list from 1, length of the list); number 0 where the finding has
        left the list, by a decision for instance."""
        ranks = self.catalogue().order(chosen.get("sort", ""))[1]
        found = self.positions(chosen)
        at = bisect_left(found, ranks[position], key=ranks.__getitem__)
        here = at < len(found) and found[at] == position
        after = at + 1 if here else at
        return (
            found[at - 1] if at else None,
            found[after] if after < len(found) else None,
            at + 1 if here else 0,
            len(found),
        )

    def by_rule(self) -> Counter[str]:
        """How many findings each rule has."""
        found: Counter[str] = Counter()
        groups = self.catalogue().groups
        for number, n in self.hits("").groups.items():
            found[groups[number].rule] += n
        return found

    def facets(self, chosen: Mapping[str, str]) -> list[tuple[str, list[tuple[str, str, int]]]]:
        """(facet, [(value, label, how many)]); each facet counts what the search and the other choices leave. A chosen value
        that nothing is left of stays, with 0."""
        catalogue, hits, marked = self.catalogue(), self.hits(chosen.get("q", "")), self.statuses()[1]
        counts: Counter[tuple[int, str]] = Counter({(group, "open"): n for group, n in hits.groups.items()})
        for position, status in marked.items():
            if hits.mask[position]:
                counts[catalogue.group_of[position], "open"] -= 1
                counts[catalogue.group_of[position], status] += 1
        entries = [(group, status, n) for (group, status), n in counts.items() if n]
        values = {name: [catalogue.values[name][group] for group, _, _ in entries] for name in _OF_GROUPS}
        values["status"] = [status for _, status, _ in entries]
        misses = [0] * len(entries)
        for name in FACETS:
            if chosen.get(name):
                misses = [m + (v != chosen[name]) for m, v in zip(misses, values[name], strict=True)]
        facets = []
        for name in FACETS:
            own, labels = chosen.get(name, ""), catalogue.labels[name]
            found = Counter({own: 0} if own else {})
            for value, (_, _, n), missed in zip(values[name], entries, misses, strict=True):
                if not missed or (missed == 1 and own and value != own):
                    found[value] += n
            facets.append((name, [(v, labels.get(v, v), n) for v, n in _ranked(name, found, own)]))
        return facets


def _ranked(facet: str, counts: Mapping[str, int], chosen: str) -> list[tuple[str, int]]:
    """The options in the order a person looks for them: severities and statuses by weight, years by time, the rest by number."""
    fixed = {"severity": _SEVERITIES, "status": STATUSES}.get(facet, ())
    items = [(value, n) for value, n in counts.items() if value]
    if facet == "year":
        return sorted(items)
    items.sort(key=lambda item: (fixed.index(item[0]) if item[0] in fixed else len(fixed), -item[1], item[0]))
    return items[:MOST_OPTIONS] + [item for item in items[MOST_OPTIONS:] if item[0] == chosen]
