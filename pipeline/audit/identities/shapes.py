"""Explanations that move many numbers at once: two rows exchanged, a column shifted by some rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from pipeline.audit.identities.model import Figure, Identity, Ref, holds
from pipeline.interval import Interval

MAX_SWAP_ROWS = 40
MAX_BLOCK = 80
MIN_SHIFTED = 3

Place = tuple[str, int]
Board = Mapping[Place, Mapping[int, Mapping[int, Figure]]]
"""Figures by table, column and row."""
Touching = Callable[[Iterable[Ref]], list[Identity]]


@dataclass(frozen=True, slots=True)
class Move:
    """Values after the move, by cell; `rows` and `steps` (positive: down) say what moved."""

    kind: str  # "tukar" or "geser"
    table: Place
    columns: tuple[int, ...]
    rows: tuple[int, ...]
    steps: int
    values: Mapping[Ref, Interval | None]


def board_of(figures: Iterable[Figure]) -> dict[Place, dict[int, dict[int, Figure]]]:
    board: dict[Place, dict[int, dict[int, Figure]]] = defaultdict(lambda: defaultdict(dict))
    for figure in figures:
        if figure.ref.table >= 0:
            board[figure.ref.sha256, figure.ref.table][figure.ref.column][figure.ref.row] = figure
    return board


def moves(violated: Sequence[Identity], touching: Touching, board: Board) -> Iterator[Move]:
    """Moves that settle at least two violated identities, leave none of those they touch, and break none."""
    by_column: dict[tuple[Place, int], list[Identity]] = defaultdict(list)
    for identity in violated:
        columns = {(figure.ref.sha256, figure.ref.table, figure.ref.column) for figure in identity.figures}
        for sha256, ordinal, number in columns:
            if ordinal >= 0:
                by_column[(sha256, ordinal), number].append(identity)
    for (table, column), identities in by_column.items():
        if len(identities) < 2:
            continue
        best = _best(_swaps(identities, table, column, board), identities, touching, enough=2)
        if best is None:
            best = _best(_shifts(identities, table, column, board), identities, touching, enough=MIN_SHIFTED)
        if best is not None:
            yield best


def _best(candidates: Iterable[Move], violated: list[Identity], touching: Touching, enough: int) -> Move | None:
    best: tuple[tuple[int, int, int], Move] | None = None
    for move in candidates:
        touched = [identity for identity in violated if any(figure.ref in move.values for figure in identity.figures)]
        if len(touched) < enough or any(holds(identity, move.values) is False for identity in touched):
            continue
        settled = sum(holds(identity, move.values) is True for identity in touched)
        if settled < 2 or any(holds(identity, move.values) is False for identity in touching(move.values)):
            continue
        score = (-settled, len(move.values), abs(move.steps))
        if best is None or score < best[0]:
            best = (score, move)
    return best[1] if best else None


def _rows(identities: Iterable[Identity], table: Place, column: int) -> set[int]:
    return {
        figure.ref.row
        for identity in identities
        for figure in identity.figures
        if (figure.ref.sha256, figure.ref.table) == table and figure.ref.column == column
    }


def _swaps(identities: list[Identity], table: Place, column: int, board: Board) -> Iterator[Move]:
    """Exchanges of two cells of the column, alone or together with the cells to their right."""
    rows = sorted(_rows(identities, table, column))
    if len(rows) > MAX_SWAP_ROWS:
        return
    right = tuple(c for c in sorted(board[table]) if c >= column)
    for a, b in combinations(rows, 2):
        first, second = board[table][column].get(a), board[table][column].get(b)
        if first is None or second is None or first.value == second.value:
            continue
        for moved in {(column,), right}:
            yield Move("tukar", table, moved, (a, b), b - a, _exchange(board[table], table, moved, a, b))


def _exchange(
    columns: Mapping[int, Mapping[int, Figure]], table: Place, moved: tuple[int, ...], a: int, b: int
) -> dict[Ref, Interval | None]:
    values: dict[Ref, Interval | None] = {}
    for column in moved:
        first, second = columns[column].get(a), columns[column].get(b)
        if first is not None or second is not None:
            values[Ref(table[0], table[1], a, column)] = second.interval if second else None
            values[Ref(table[0], table[1], b, column)] = first.interval if first else None
    return values


def _shifts(identities: list[Identity], table: Place, column: int, board: Board) -> Iterator[Move]:
    """Rotations of a block of cells of the column: what belongs here stands some rows away."""
    rows = _rows(identities, table, column)
    filled = sorted(board[table][column])
    inside = [row for row in filled if min(rows) <= row <= max(rows)]
    cells = board[table][column]
    for block in _blocks(inside, filled):
        count = len(block)
        for steps in range(1, count):
            values: dict[Ref, Interval | None] = {
                Ref(table[0], table[1], row, column): cells[block[(at + steps) % count]].interval
                for at, row in enumerate(block)
            }
            down = steps if steps <= count - steps else steps - count
            yield Move("geser", table, (column,), tuple(block), down, values)


def _blocks(inside: list[int], filled: list[int]) -> Iterator[list[int]]:
    """The rows touched, without their outermost parents, and with a neighbour on either side."""
    if not MIN_SHIFTED <= len(inside) <= MAX_BLOCK:
        return
    first, last = filled.index(inside[0]), filled.index(inside[-1])
    seen = set()
    for start in (first, first + 1, first + 2, first - 1):
        for end in (last, last + 1, last - 1):
            if 0 <= start < end < len(filled) and end - start >= MIN_SHIFTED - 1 and (start, end) not in seen:
                seen.add((start, end))
                yield filled[start : end + 1]
