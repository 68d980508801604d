"""The LALR table of grammars/formula.lark. Lark takes a while to make it, so it is kept beside the grammar, with the hash
of the grammar that it was made from: `python -m pipeline.formula.table` writes it, and another grammar makes it anew.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, NamedTuple

from pipeline.resources import resource

GRAMMAR, KEPT = "grammars/formula.lark", "grammars/formula.json"
Step = int | tuple[int, str, str]
"""The state to go to; or the reduction of so many values to the rule named, by the alias of an alternative or none ("")."""


class Table(NamedTuple):
    steps: dict[int, dict[str, Step]]
    start: int
    end: int


def table() -> Table:
    """The table of the grammar as it is now: the one kept, where it was made from this grammar; else made by Lark."""
    grammar = resource(GRAMMAR).read_text(encoding="utf-8")
    return _kept(grammar) or made(grammar)


def _kept(grammar: str) -> Table | None:
    try:
        kept = json.loads(resource(KEPT).read_text(encoding="utf-8"))
        if kept["grammar"] != _hash(grammar):
            return None
        steps = {
            int(state): {
                name: step if isinstance(step, int) else (step[0], step[1], step[2]) for name, step in row.items()
            }
            for state, row in kept["steps"].items()
        }
        return Table(steps, kept["start"], kept["end"])
    except (OSError, ValueError, LookupError, TypeError, AttributeError):  # not there, or spoilt
        return None


def made(grammar: str) -> Table:
    """The table that Lark makes of a grammar."""
    from lark import Lark
    from lark.lexer import Lexer
    from lark.parsers.lalr_analysis import Shift

    class Given(Lexer):  # type: ignore[misc]
        """Stands in for a lexer: the tokens of `scan` are given."""

        def __init__(self, _conf: Any) -> None:
            pass

        def lex(self, *_: Any) -> Any:
            return iter(())

    conf = Lark(grammar, parser="lalr", lexer=Given).parse_interactive("").parser_state.parse_conf
    steps: dict[int, dict[str, Step]] = {
        state: {
            str(name): step if action is Shift else (len(step.expansion), str(step.origin.name), str(step.alias or ""))
            for name, (action, step) in row.items()
        }
        for state, row in conf.states.items()
    }
    return _numbered(Table(steps, conf.start_state, conf.end_state))


def _numbered(made: Table) -> Table:
    """The same table, its states numbered in the order in which they are met: Lark's numbers change from run to run."""
    order = [made.start]
    for state in order:
        reached = (step for _, step in sorted(made.steps[state].items()) if isinstance(step, int))
        order += dict.fromkeys(step for step in reached if step not in order)
    number = {state: place for place, state in enumerate(order)}
    steps = {
        number[state]: {
            name: number[step] if isinstance(step, int) else step for name, step in sorted(made.steps[state].items())
        }
        for state in order
    }
    return Table(steps, number[made.start], number[made.end])


def kept_text(grammar: str) -> str:
    """What stands in the file of the table of a grammar: a state a line."""
    steps, start, end = made(grammar)
    rows = ",\n".join(f'"{state}": {json.dumps(row)}' for state, row in steps.items())
    return f'{{"grammar": "{_hash(grammar)}", "start": {start}, "end": {end}, "steps": {{\n{rows}\n}}}}\n'


def _hash(grammar: str) -> str:
    return hashlib.sha256(grammar.encode()).hexdigest()


if __name__ == "__main__":
    path = resource(GRAMMAR)
    path.with_suffix(".json").write_text(kept_text(path.read_text(encoding="utf-8")), encoding="utf-8")
