"""Finds the equations of DOC files: Word stores them as pictures with their XML beside them, and LibreOffice keeps the picture only.

A picture of the converted file and one of the original are the same where they come in the same order with the same size in
pixels. What matches no equation stays a picture.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import NamedTuple

_DOCUMENT = re.compile(rb"<\?xml[^>]*>(?:(?!<\?xml).){0,2000}?<w:wordDocument.*?</w:wordDocument>", re.DOTALL)
_PNG = b"\x89PNG\r\n\x1a\n"
_REACH = 20_000
"""Bytes from the end of an equation's XML to its picture."""
_EMBED = re.compile(r'r:embed="(\w+)"')
_RELATION = re.compile(r"<Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
MAX_XML = 20 * 2**20


class Equation(NamedTuple):
    """`size` in pixels of its picture; `picture`: the picture's bytes, or the first of them."""

    size: bytes
    picture: bytes
    latex: str


def equations_of(data: bytes) -> list[Equation]:
    """The equations of a DOC file in the order of their pictures, each once."""
    found: list[Equation] = []
    for match in _DOCUMENT.finditer(data) if b"<m:oMathPara" in data else ():
        at = data.find(_PNG, match.end(), match.end() + _REACH)
        latex = _latex(match[0])
        if at < 0 or not latex:
            continue
        end = data.find(b"IEND", at, at + 2**20)
        one = Equation(data[at + 16 : at + 24], data[at : end if end > 0 else at + 4096], latex)
        if all(one.picture != other.picture for other in found):
            found.append(one)
    return found


def _latex(xml: bytes) -> str:
    from lxml import etree

    from pipeline.formula.omml import M, to_latex

    root = etree.fromstring(xml, etree.XMLParser(recover=True, resolve_entities=False, no_network=True))
    equation = None if root is None else next(root.iter(f"{M}oMath"), None)
    return "" if equation is None else to_latex(equation)


def pictured(docx: bytes, equations: list[Equation]) -> dict[str, str]:
    """LaTeX by relationship id for the pictures of a DOCX file that are the equations, in order."""
    if not equations:
        return {}
    found: dict[str, str] = {}
    waiting = list(equations)
    for name, size in _pictures(docx):
        at = next((k for k, equation in enumerate(waiting) if equation.size == size), None)
        if at is not None:
            found[name] = waiting[at].latex
            del waiting[: at + 1]
    return found


def _pictures(docx: bytes) -> Iterator[tuple[str, bytes]]:
    """Relationship id and size of each PNG of the document, in order of first use."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        names = set(archive.namelist())
        if not {"word/document.xml", "word/_rels/document.xml.rels"} <= names:
            return
        if archive.getinfo("word/document.xml").file_size > MAX_XML:
            return
        relations = archive.read("word/_rels/document.xml.rels").decode("utf-8", "replace")
        targets = {
            attributes.get("Id", ""): attributes.get("Target", "")
            for relation in _RELATION.findall(relations)
            if (attributes := dict(_ATTRIBUTE.findall(relation)))
        }
        text = archive.read("word/document.xml").decode("utf-8", "replace")
        for name in dict.fromkeys(_EMBED.findall(text)):
            target = f"word/{targets.get(name, '')}"
            if target in names:
                with archive.open(target) as file:
                    head = file.read(24)
                if head.startswith(_PNG):
                    yield name, head[16:24]
