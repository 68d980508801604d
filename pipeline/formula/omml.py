"""Turns a Word equation (OMML, ECMA-376 part 1, section 22.1) into LaTeX that the formula parser reads."""

from __future__ import annotations

from typing import Any

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAX_DEPTH = 60
_SIGNS = set("+-−–/×*÷=:<>≤≥()[]{}%,.∑ \u00a0")
_NARY = {"∑": r"\sum", "∏": r"\prod", "∫": r"\int"}


def to_latex(element: Any) -> str:
    """LaTeX of an m:oMath (or m:oMathPara) element: fractions, sums with bounds, scripts, brackets, roots, functions."""
    return " ".join(_walk(element, 0).split())


def words_to_latex(text: str) -> str:
    """LaTeX of a line of a fraction: words in \\text{…}; a leading ∑ and the × between terms stay signs."""
    return " ".join(_text(text.strip()).replace("∑", r"\sum ").split())


def _walk(element: Any, depth: int) -> str:
    if depth > MAX_DEPTH:
        return ""
    parts: list[str] = []
    text: list[str] = []

    def flush() -> None:
        if text:
            parts.append(_text("".join(text)))
            text.clear()

    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag == f"{M}r":
            text.append("".join(node.text or "" for node in child.iter(f"{M}t", f"{W}t")))
            continue
        if tag in (f"{W}del", f"{W}moveFrom") or not tag:
            continue
        drawn = _element(child, tag.removeprefix(M), depth)
        if drawn:
            flush()
            parts.append(drawn)
    flush()
    return " ".join(part for part in parts if part)


def _inside(element: Any, name: str, depth: int) -> str:
    found = element.find(f"{M}{name}")
    return "" if found is None else _walk(found, depth + 1)


def _value(element: Any, path: str, default: str = "") -> str:
    found = element.find("/".join(f"{M}{name}" for name in path.split("/")))
    return default if found is None else str(found.get(f"{M}val", default))


def _element(element: Any, name: str, depth: int) -> str:
    if name == "f":
        if _value(element, "fPr/type") == "noBar":
            return f"{_inside(element, 'num', depth)} {_inside(element, 'den', depth)}"
        return rf"\frac{{{_inside(element, 'num', depth)}}}{{{_inside(element, 'den', depth)}}}"
    if name == "nary":
        sign = _value(element, "naryPr/chr", "∫")
        below, above = _inside(element, "sub", depth), _inside(element, "sup", depth)
        bounds = (f"_{{{_bare(below)}}}" if below else "") + (f"^{{{_bare(above)}}}" if above else "")
        return f"{_NARY.get(sign, sign)}{bounds} {_inside(element, 'e', depth)}"
    if name == "d":
        opening, closing = _value(element, "dPr/begChr", "("), _value(element, "dPr/endChr", ")")
        inner = ", ".join(_walk(part, depth + 1) for part in element.findall(f"{M}e"))
        return f"{opening}{inner}{closing}"
    if name in ("sSub", "sSup", "sSubSup"):
        base = _bare(_inside(element, "e", depth))
        below, above = _bare(_inside(element, "sub", depth)), _bare(_inside(element, "sup", depth))
        scripts = (f"_{{{below}}}" if below else "") + (f"^{{{above}}}" if above else "")
        return base + scripts
    if name == "rad":
        return rf"\sqrt{{{_inside(element, 'e', depth)}}}"
    if name == "func":
        return f"{_bare(_inside(element, 'fName', depth))} ({_inside(element, 'e', depth)})"
    if name in ("eqArr", "m"):
        return r" \\ ".join(_walk(part, depth + 1) for part in element.iter(f"{M}e"))
    if name.endswith("Pr"):
        return ""
    return _walk(element, depth + 1)


def _bare(latex: str) -> str:
    """A script or base without \\text around it."""
    return (
        latex.replace(r"\text{", "").replace("}", "")
        if latex.startswith(r"\text{") and latex.count("{") == 1
        else latex
    )


def _text(run: str) -> str:
    """Words in \\text{…}; signs and numbers between them as they are."""
    if not run.strip():
        return " "
    if all(char in _SIGNS or char.isdigit() for char in run):
        return run.replace("%", r"\%")
    lead = run[: len(run) - len(run.lstrip("".join(_SIGNS)))]
    tail = run[len(run.rstrip("=×*+÷/:(−")) :]
    body = run[len(lead) : len(run) - len(tail)]
    if lead.strip() in (".", ","):
        lead, body = "", lead + body
    pieces = [lead.replace("%", r"\%"), *_split_operators(body), tail.replace("%", r"\%")]
    return " ".join(piece for piece in pieces if piece.strip())


def _split_operators(body: str) -> list[str]:
    """ "Jumlah A ×100%" as its words and its multiplier; a sign inside words stays with them."""
    for sign in ("×", "="):
        if sign in body:
            left, _, right = body.partition(sign)
            return [*_split_operators(left), sign, *_split_operators(right)]
    body = body.strip()
    if not body:
        return []
    if all(char in _SIGNS or char.isdigit() for char in body):
        return [body.replace("%", r"\%")]
    escaped = body.replace("\\", "").replace("{", r"\{").replace("}", r"\}").replace("%", r"\%")
    return [rf"\text{{{escaped}}}"]
