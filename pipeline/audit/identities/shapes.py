"""Explanations that move many numbers at once: two rows exchanged, a column shifted by some rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from pipeline.audit.identities.model import Figure, Identity, Ref, holds
from pipeline.interval import Interval
from pipeline.normalize.names import key_of

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
    printed = _long_amounts(board) if by_column else {}
    for (table, column), identities in by_column.items():
        if len(identities) < 2:
            continue
        best = _best(_swaps(identities, table, column, board), identities, touching, enough=2)
        if best is None:
            best = _best(_shifts(identities, table, column, board), identities, touching, enough=MIN_SHIFTED)
        if best is None:
            best = _best(_strayed(identities, table, column, board, printed), identities, touching, enough=2)
        if best is not None:
            yield best
            if best.kind == "geser":
                yield from _alongside(best, by_column, touching, board)


def _alongside(
    move: Move, by_column: Mapping[tuple[Place, int], list[Identity]], touching: Touching, board: Board
) -> Iterator[Move]:
    """The same shift in the table's other columns, where it settles what is violated there."""
    for (table, column), identities in by_column.items():
        cells = board[table][column]
        if table != move.table or column in move.columns:
            continue
        count = len(move.rows)
        values: dict[Ref, Interval | None] = {}
        for at, row in enumerate(move.rows):
            source = cells.get(move.rows[(at + move.steps) % count])
            values[Ref(table[0], table[1], row, column)] = source.interval if source else None
        touched = [one for one in identities if any(figure.ref in values for figure in one.figures)]
        outcomes = [holds(one, values) for one in (*touched, *touching(values))]
        if touched and False not in outcomes and any(holds(one, values) for one in touched):
            yield Move("geser", table, (column,), move.rows, move.steps, values)


def misaligned(violated: Sequence[Identity], touching: Touching, board: Board) -> set[int]:
    """Identities (by id) that hold once the amounts of one row are read some columns to the side: there the reader put
    a row's cells into the wrong columns, and nobody is to blame."""
    by_row: dict[tuple[Place, int], list[Identity]] = defaultdict(list)
    for identity in violated:
        if identity.kind == "jumlah_pohon":
            for figure in identity.figures:
                by_row[(figure.ref.sha256, figure.ref.table), figure.ref.row].append(identity)
    found: set[int] = set()
    for (table, row), identities in by_row.items():
        columns = [c for c in sorted(board[table]) if _is_money(board[table][c])]
        for step in (1, -1):
            values: dict[Ref, Interval | None] = {}
            for at, column in enumerate(columns):
                source = columns[at - step] if 0 <= at - step < len(columns) else None
                other = board[table][source].get(row) if source is not None else None
                values[Ref(table[0], table[1], row, column)] = other.interval if other else None
            settled = [one for one in identities if holds(one, values) is True]
            if len(settled) >= 2 and not any(holds(one, values) is False for one in touching(values)):
                found |= {id(one) for one in identities}
    return found


def _is_money(cells: Mapping[int, Figure]) -> bool:
    return next(iter(cells.values())).peran in ("pagu", "realisasi_anggaran", "anggaran_akhir")


def _best(candidates: Iterable[Move], violated: list[Identity], touching: Touching, enough: int) -> Move | None:
    best: tuple[tuple[int, int, int], Move] | None = None
    about: dict[Ref, list[Identity]] = defaultdict(list)
    for identity in violated:
        for figure in identity.figures:
            about[figure.ref].append(identity)
    for move in candidates:
        touched = list({id(one): one for ref in move.values for one in about.get(ref, ())}.values())
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
    inside: dict[int, list[Identity]] = defaultdict(list)  # sums of the column alone, which no other column can save
    for identity in identities:
        if all(figure.ref.column == column for figure in identity.figures):
            for row in _rows([identity], table, column):
                inside[row].append(identity)
    for a, b in combinations(rows, 2):
        first, second = board[table][column].get(a), board[table][column].get(b)
        if first is None or second is None or first.value == second.value:
            continue
        trial = {first.ref: second.interval, second.ref: first.interval}
        if any(holds(identity, trial) is False for row in (a, b) for identity in inside[row]):
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
    """Rotations of a block of cells of the column: what belongs here stands some rows away. Only rotations that restore
    the block's first violated identity are worth building."""
    cells = board[table][column]
    filled = sorted(cells)
    at = {row: index for index, row in enumerate(filled)}
    spans = [(identity, _rows([identity], table, column)) for identity in identities]
    for start, end in _blocks(identities, table, column):
        block = filled[at[start] : at[end] + 1]
        count = len(block)
        inside = [(identity, rows) for identity, rows in spans if rows and start <= min(rows) and max(rows) <= end]
        if not MIN_SHIFTED <= count <= MAX_BLOCK or len(inside) < 2:
            continue
        first, touched = inside[0]
        place = {row: index for index, row in enumerate(block)}
        for steps in range(1, count):
            trial = {_ref(table, row, column): cells[block[(place[row] + steps) % count]].interval for row in touched}
            if holds(first, trial) is False:
                continue
            values: dict[Ref, Interval | None] = {
                _ref(table, row, column): cells[block[(index + steps) % count]].interval
                for index, row in enumerate(block)
            }
            down = steps if steps <= count - steps else steps - count
            yield Move("geser", table, (column,), tuple(block), down, values)


LONG = 1_000_000
"""Amounts from this on do not come twice in the same order by chance."""


Printed = Mapping[Decimal, list[tuple[list[Figure], int]]]
"""Where a long amount stands: the figures of its column from top to bottom, and its place among them."""


def _long_amounts(board: Board) -> Printed:
    places: dict[Decimal, list[tuple[list[Figure], int]]] = defaultdict(list)
    for columns in board.values():
        for cells in columns.values():
            column = _in_order(cells)
            for index, figure in enumerate(column):
                if figure.value is not None and figure.value >= LONG:
                    places[figure.value].append((column, index))
    return places


def _strayed(identities: list[Identity], table: Place, column: int, board: Board, printed: Printed) -> Iterator[Move]:
    """A run of amounts that stands some rows away from where another print of the same rows has it (another version of
    the plan, another table): right up to a row that agrees in name and amount, then each amount beside the wrong name."""
    own = _in_order(board[table][column])
    touched = _rows(identities, table, column)
    for at, anchor in enumerate(own[:-MIN_SHIFTED]):
        if anchor.value is None or own[at + 1].ref.row not in touched:
            continue
        for other, index in printed.get(anchor.value, ()):
            twin = other[index]
            if other[0].peran != own[0].peran or twin.ref == anchor.ref or key_of(twin.label) != key_of(anchor.label):
                continue
            for steps in (1, -1, 2, -2):
                count = _run(own[at + 1 + max(steps, 0) :], other[index + 1 + max(-steps, 0) :])
                moved = own[at + 1 : at + 1 + max(steps, 0) + count]
                source = other[index + 1 : index + 1 + len(moved)]
                if count < MIN_SHIFTED or len(source) < len(moved) or moved[0].value == source[0].value:
                    continue
                values = {a.ref: b.interval for a, b in zip(moved, source, strict=True)}
                yield Move("geser", table, (column,), tuple(one.ref.row for one in moved), steps, values)


def _in_order(cells: Mapping[int, Figure]) -> list[Figure]:
    return [cells[row] for row in sorted(cells)]


def _run(own: Sequence[Figure], other: Sequence[Figure]) -> int:
    """How many amounts are the same, in rows that follow one another."""
    count = 0
    for a, b in zip(own, other, strict=False):
        if a.value is None or a.value < LONG or a.value != b.value or a.ref.row != own[0].ref.row + count:
            break
        count += 1
    return count


def _ref(table: Place, row: int, column: int) -> Ref:
    return Ref(table[0], table[1], row, column)


NEAR = 8
MAX_ENDS = 6


def _blocks(identities: list[Identity], table: Place, column: int) -> list[tuple[int, int]]:
    """From the first row of one violated identity to the last row of another, a few rows apart at most."""
    spans = []
    for identity in identities:
        rows = _rows([identity], table, column)
        if rows:
            spans.append((min(rows), max(rows)))
    spans.sort()
    clusters: list[list[tuple[int, int]]] = []
    for span in spans:
        if clusters and span[0] - max(end for _, end in clusters[-1]) <= NEAR:
            clusters[-1].append(span)
        else:
            clusters.append([span])
    found: list[tuple[int, int]] = []
    for cluster in clusters:
        starts = sorted({start for start, _ in cluster})
        ends = sorted({end for _, end in cluster})
        found += [(a, b) for a in starts[:MAX_ENDS] for b in reversed(ends[-MAX_ENDS:]) if b - a >= MIN_SHIFTED - 1]
    return found
