"""Ties identities together by the figures they are about: what a change of one figure touches, and what hangs together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pipeline.audit.identities.model import Figure, Identity, Ref


class Knots:
    """Index of identities by the figures they are about; equal prints of one figure count as one node."""

    def __init__(self, satisfied: Sequence[Identity], violated: Sequence[Identity]) -> None:
        self.node: dict[Ref, Ref] = {}
        self.figures: dict[Ref, list[Figure]] = defaultdict(list)
        self.satisfied: dict[Ref, list[Identity]] = defaultdict(list)
        seen: dict[Ref, Figure] = {}
        for identity in (*satisfied, *violated):
            for figure in identity.figures:
                seen.setdefault(figure.ref, figure)
        for identity in satisfied:
            if identity.kind.startswith("sama") and identity.result.value == identity.operands[0].value:
                self._join(identity.result.ref, identity.operands[0].ref)
        for ref, figure in seen.items():
            self.figures[self.of(ref)].append(figure)
        for identity in satisfied:
            nodes = {self.of(figure.ref) for figure in identity.figures}
            if len(nodes) > 1 or identity.form != "linear" or not identity.kind.startswith("sama"):
                for node in nodes:
                    self.satisfied[node].append(identity)
        self.all = list(seen.values())

    def of(self, ref: Ref) -> Ref:
        root = ref
        while (parent := self.node.get(root, root)) != root:
            root = parent
        return root

    def touching(self, refs: Iterable[Ref]) -> list[Identity]:
        """The satisfied identities about any of the cells."""
        found = {id(identity): identity for ref in sorted(refs) for identity in self.satisfied.get(self.of(ref), ())}
        return list(found.values())

    def _join(self, a: Ref, b: Ref) -> None:
        first, second = self.of(a), self.of(b)
        if first != second:
            self.node[max(first, second)] = min(first, second)

    def components(self, violated: Sequence[Identity]) -> Iterator[list[Identity]]:
        """Violated identities that share a figure, together."""
        by_node: dict[Ref, list[int]] = defaultdict(list)
        for index, identity in enumerate(violated):
            for figure in identity.figures:
                by_node[self.of(figure.ref)].append(index)
        done: set[int] = set()
        for start in range(len(violated)):
            if start in done:
                continue
            queue, part = [start], []
            done.add(start)
            while queue:
                index = queue.pop()
                part.append(index)
                for figure in violated[index].figures:
                    for other in by_node.pop(self.of(figure.ref), ()):
                        if other not in done:
                            done.add(other)
                            queue.append(other)
            yield [violated[index] for index in sorted(part)]
