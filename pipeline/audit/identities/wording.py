"""Numbers and equations as a reader writes them, and the trace from which a finding can be recomputed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from pipeline.audit.identities.model import Figure, Identity, Ref, computed, point
from pipeline.interval import Interval

KINDS = {
    "jumlah_pohon": ("jumlah rincian di bawahnya", "the sum of the rows below it"),
    "jumlah_tabel": ("jumlah baris tabel", "the sum of the table's rows"),
    "serapan": ("realisasi : pagu × 100", "realisasi / pagu × 100"),
    "kolom": ("rumus kolom yang tertulis di kepala tabel", "the column formula stated in the header"),
    "capaian": ("rumus capaian", "the capaian formula"),
    "rata_rata": ("rata-rata baris yang dirangkumnya", "the mean of the rows it summarises"),
    "rata_rata_sasaran": ("rata-rata capaian indikator sasaran itu", "the mean of the sasaran's indicators"),
    "sama": ("angka yang sama di tempat lain", "the same figure elsewhere"),
    "uraian": ("angka indikator itu di tabel", "the indicator's figure in a table"),
    "rantai": ("angka yang sama dalam dokumen atau rencana lain", "the same figure in another document or plan"),
    "rencana": ("anggaran tahun itu dalam Renstra", "that year's amount in the Renstra"),
    "akhir": ("target tahun terakhir", "the last year's target"),
    "triwulan": ("jumlah triwulan", "the sum of the quarters"),
    "tahunan": ("jumlah anggaran tahunan", "the sum of the years"),
    "bagian": ("bagian yang disebut dari pagu", "the stated share of pagu"),
    "perhitungan": ("hasil perhitungan yang tertulis", "the calculation as written"),
}  # fmt: skip


def number(value: Decimal | Fraction | None, places: int | None = None) -> str:
    """1184303703 → 1.184.303.703; 93.65 → 93,65."""
    if value is None:
        return "?"
    if isinstance(value, Fraction):
        whole = value.denominator == 1
        shown = Decimal(value.numerator) / Decimal(value.denominator)
        value = Decimal(int(value)) if whole else shown.quantize(Decimal(10) ** -(places if places is not None else 4))
    text = f"{value:,f}"
    return text.replace(",", "\0").replace(".", ",").replace("\0", ".")


def interval(value: Interval | None) -> str:
    if value is None:
        return "?"
    return number(value.low) if value.is_exact else f"{number(value.low)} … {number(value.high)}"


def like(figure: Figure, value: Decimal | None) -> str:
    """The value written the way the figure is printed: with its Rp or its per cent sign."""
    if value is None:
        return ""
    sign = "%" if figure.text.rstrip().endswith("%") else ""
    money = "Rp" if figure.text.lstrip().lower().startswith("rp") else ""
    return f"{money}{number(value)}{sign}"


def equation(identity: Identity) -> str:
    """The identity in letters: `a = b + c`, `a = b / c × 100`."""
    names = letters(len(identity.operands) + 1)
    result, parts = names[0], names[1:]
    if identity.constant is not None and not parts:
        return f"{result} = {identity.note.rsplit('=', 1)[0].strip()}"
    if identity.form == "ratio":
        return f"{result} = {parts[0]} / {parts[1]} × {number(identity.weights[0])}"
    if identity.form == "balik":
        return f"{result} = (2 × {parts[1]} − {parts[0]}) / {parts[1]} × {number(identity.weights[0])}"
    weights = set(identity.weights)
    if weights == {Fraction(1)} and identity.constant is None:
        return f"{result} = {' + '.join(parts)}"
    if len(weights) == 1 and identity.constant is None:
        return f"{result} = ({' + '.join(parts)}) / {number(1 / identity.weights[0])}"
    terms = [number(identity.constant.low)] if identity.constant is not None else []
    for weight, part in zip(identity.weights, parts, strict=True):
        sign = "−" if weight < 0 else ("+" if terms else "")
        size = "" if abs(weight) == 1 else f"{number(abs(weight))} × "
        terms.append(f"{sign} {size}{part}".strip())
    return f"{result} = {' '.join(terms)}"


def letters(count: int) -> list[str]:
    """a … z, then c26, c27 …"""
    return [chr(97 + index) if index < 26 else f"c{index}" for index in range(count)]


def in_numbers(identity: Identity, corrected: Mapping[Ref, Decimal] = MappingProxyType({})) -> str:
    """The identity with the printed numbers, for people: `46.192.970 / 953.594.400 × 100 = 4,84`. Operands that are
    `corrected` stand with the right value, so that the sum is seen to come out."""
    texts = [number(corrected.get(figure.ref, figure.value)) for figure in identity.operands]
    made = point(identity, {ref: Interval.exact(value) for ref, value in corrected.items()})
    middle = number(made, 2)
    if identity.constant is not None and not texts:
        return f"{_last_step(identity.note)} = {middle}"
    if identity.form == "ratio":
        return f"{texts[0]} / {texts[1]} × {number(identity.weights[0])} = {middle}"
    if identity.form == "balik":
        return f"(2 × {texts[1]} − {texts[0]}) / {texts[1]} × {number(identity.weights[0])} = {middle}"
    if -1 in identity.weights:
        start = number(identity.constant.low) if identity.constant is not None else ""
        signed = [f"{'−' if weight < 0 else '+'} {text}" for text, weight in zip(texts, identity.weights, strict=True)]
        return f"{start} {' '.join(signed)} = {middle}".strip(" +")
    if len(texts) > 6:
        texts = [*texts[:3], "…", texts[-1]]
    body = " + ".join(texts)
    share = len(set(identity.weights)) == 1 and identity.weights[0] != 1
    return f"({body}) / {number(1 / identity.weights[0])} = {middle}" if share else f"{body} = {middle}"


def _last_step(note: str) -> str:
    """Of a calculation written in several steps, the one that its result follows: `b / c = 3 / 4 = 0,8` gives 3 / 4."""
    steps = [step.strip() for step in note.split("=")[:-1]]
    return next((step for step in reversed(steps) if any(ch.isdigit() for ch in step)), steps[-1] if steps else note)


def trace_of(identity: Identity) -> dict[str, Any]:
    """{"formula", "cells": {letter: …}, "intervals": {letter: [low, high]}, "result": [low, high]}."""
    names = letters(len(identity.operands) + 1)
    cells = dict(zip(names, identity.figures, strict=True))
    made = computed(identity)
    return {
        "kind": identity.kind,
        "formula": equation(identity),
        "cells": {name: _cell(figure) for name, figure in cells.items()},
        "intervals": {name: _ends(figure.interval) for name, figure in cells.items()},
        "result": _ends(made),
    }


def _cell(figure: Figure) -> dict[str, Any]:
    return {
        "text": figure.text,
        "value": None if figure.value is None else str(figure.value),
        "label": figure.label,
        "peran": figure.peran,
        "sha256": figure.ref.sha256,
        "table": figure.ref.table if figure.ref.table >= 0 else None,
        "row": figure.ref.row if figure.ref.row >= 0 else None,
        "column": figure.ref.column if figure.ref.column >= 0 else None,
        "page": figure.where.page,
        "line": figure.where.line,
    }


def _ends(value: Interval | None) -> list[str] | None:
    return None if value is None else [_plain(value.low), _plain(value.high)]


def _plain(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):.10g}"
