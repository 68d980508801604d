"""Turns a diagnosis into a finding: one sentence that says what is wrong, why, and what it should be, with its traces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from pipeline.audit.identities.candidates import Candidate
from pipeline.audit.identities.diagnose import Diagnosis
from pipeline.audit.identities.model import Figure, Identity, Ref, computed
from pipeline.audit.identities.wording import KINDS, in_numbers, interval, like, number, trace_of
from pipeline.audit.rule import Rule
from pipeline.model import Evidence, Finding, Severity

CAUSES: Mapping[str, tuple[str, str]] = {
    "digit_hilang": ("satu angka hilang", "a digit was lost"),
    "digit_ganda": ("satu angka tercetak lebih", "a digit too many was printed"),
    "digit_tertukar": ("dua angka tertukar tempat", "two digits changed places"),
    "digit_salah": ("satu angka salah cetak", "one digit is misprinted"),
    "pemisah_bergeser": ("pemisah ribuan atau desimal bergeser", "a separator moved"),
    "nol_hilang": ("tiga angka nol hilang", "groups of three zeros were lost"),
    "nol_hilang_rincian": ("rinciannya kehilangan tiga angka nol", "its parts lost groups of three zeros"),
    "selisih_kecil": ("selisih pembulatan", "a difference of rounding"),
    "rincian_hilang": (
        "rinciannya kurang di beberapa kolom: satu baris tidak tercantum, tidak diubah, atau tak terbaca",
        "its parts fall short in several columns: a row is missing, was not updated, or was not read",
    ),
    "tanda": ("tandanya terbalik", "the sign is reversed"),
    "anak_tertinggal": ("{source} tidak ikut dijumlahkan", "{source} was left out of the sum"),
    "anak_ganda": ("{source} terhitung dua kali", "{source} was counted twice"),
    "salin_angka": ("", ""),
    "salin_baris": ("tersalin dari baris {source}", "copied from the row {source}"),
    "salin_kolom": ("tersalin dari kolom lain pada baris yang sama", "copied from another column of the row"),
    "salin_tahun": (
        "yang tercetak adalah angka indikator itu di tabel lain",
        "what is printed is the indicator's figure in another table",
    ),
    "salin_lain": ("sama dengan jumlah pada baris {source}", "the same as the amount of the row {source}"),
    "nilai_lama": ("dihitung dengan nilai lama {old}", "computed with the old value {old}"),
    "tanpa_seratus": ("belum dikalikan 100", "not multiplied by 100"),
    "pembulatan": ("dibulatkan tidak sesuai desimal yang dicetak", "rounded differently from the decimals printed"),
    "lain": ("", ""),
}
EXACT_KINDS = frozenset(
    {"jumlah_pohon", "jumlah_tabel", "serapan", "kolom", "capaian", "rata_rata", "perhitungan", "bagian"}
)
COMPARED = frozenset({"sama", "uraian", "rantai", "rencana", "akhir", "tahunan"})


def main_kind(diagnosis: Diagnosis) -> str:
    """The kind of identity that decides under which rule a diagnosis is reported: computed ones before compared ones."""
    identities = list(diagnosis.violated)
    identities.sort(key=lambda identity: (identity.kind in COMPARED, identity.soft))
    return identities[0].kind


def finding_of(diagnosis: Diagnosis, rule: Rule) -> Finding:
    return _moved(diagnosis, rule) if diagnosis.move is not None else _single(diagnosis, rule)


def severity_of(diagnosis: Diagnosis) -> Severity:
    """error: exact readings that cannot all be right; warning: very likely; notice: rounding, lost zeros, plans."""
    kind = diagnosis.best.cause.kind if diagnosis.best else "gerak"
    identities = diagnosis.violated
    figures = [figure for identity in identities for figure in identity.figures]
    if (
        kind in ("nol_hilang", "nol_hilang_rincian", "selisih_kecil", "rincian_hilang")
        or _far_apart(diagnosis)
        or all(_slight(identity) for identity in identities)
    ):
        return "notice"
    if kind == "pembulatan":
        return "notice" if diagnosis.best is not None and _last_place(diagnosis.best) else "warning"
    unsure = any(figure.reading.status in ("ambiguous", "unreadable") for figure in figures)
    if kind in ("lain", "digit_salah", "digit_ganda") and (unsure or _over_pages(diagnosis)):
        return "notice"
    if kind in ("lain", "digit_salah") and len(diagnosis.vouching) < 2 and all(i.kind in COMPARED for i in identities):
        return "notice"  # two prints differ and no calculation says which is right: often they are of different things
    exact = [identity for identity in identities if identity.kind in EXACT_KINDS and not identity.soft]
    if exact and all(figure.certain for figure in figures):
        return "error"
    return "warning"


def _slight(identity: Identity) -> bool:
    """Comparisons worth a look at most: budgets that leave the plan, achievements that prose may give of something else."""
    return identity.kind == "rencana" or (identity.kind == "uraian" and "jelas" not in identity.facts)


FAR = 50
"""Sums off by more than this factor are sooner misread (zeros lost, rows missing) than miscalculated."""


def _far_apart(diagnosis: Diagnosis) -> bool:
    best = diagnosis.best
    if best is None or not best.figure.value or best.proposed is None or main_kind(diagnosis) != "jumlah_pohon":
        return False
    ratio = abs(best.proposed / best.figure.value)
    return best.cause.kind == "lain" and (ratio >= FAR or ratio * FAR <= 1)


def _over_pages(diagnosis: Diagnosis) -> bool:
    """A sum over rows of several pages that falls short: a row cut by the page break may have been lost in reading."""
    one = diagnosis.violated[0]
    pages = {figure.where.page for figure in one.figures if figure.where.page is not None}
    made, printed = computed(one), one.result.interval
    return one.kind == "jumlah_pohon" and len(pages) > 1 and bool(made and printed and made.high < printed.low)


def _last_place(best: Candidate) -> bool:
    """The print is off by less than one unit of its last place."""
    value = best.figure.value
    return (
        value is not None
        and best.proposed is not None
        and (abs(best.proposed - value) <= Decimal(1).scaleb(-best.figure.reading.places))
    )


def _single(diagnosis: Diagnosis, rule: Rule) -> Finding:
    best = diagnosis.best
    if best is None:
        raise ValueError("a diagnosis explains by a figure or by a move")
    figure = best.figure
    right = like(figure, best.proposed) or interval(best.needed)
    cause_id, cause_en = _cause(best)
    # two tables of a plan: either may be wrong
    undecided = main_kind(diagnosis) == "akhir" and best.cause.kind == "lain"
    clear = not diagnosis.rivals and not undecided and best.cause.kind not in ("rincian_hilang", "salin_angka")
    telling = sorted(diagnosis.violated, key=lambda identity: identity.kind in COMPARED)
    proof_id, proof_en = _proof(best, telling[0])
    known_id, known_en = KINDS.get(main_kind(diagnosis), ("", ""))
    label = figure.label or "Angka"
    if main_kind(diagnosis) == "rencana":
        counts = 1 + len(diagnosis.extra)
        pesan = f"{label}: {_shown(figure)} jauh dari {right} dalam Renstra tahun itu; {counts} pagu menyimpang lebih dari setengah"
        message = f"{label}: {_shown(figure)} is far from the {right} of that year's Renstra; {counts} amounts differ by half or more"
    elif best.cause.kind == "salin_angka" and best.cause.source is not None:
        other, right = best.cause.source.label, ""
        pesan = f"{label}: {_shown(figure)} dan angka lain di baris ini tersalin dari baris “{other}”"
        message = f"{label}: {_shown(figure)} and other figures of this row are copied from the row “{other}”"
    elif clear:
        pesan = f"{label}: tercetak {_shown(figure)}, seharusnya {right}"
        message = f"{label}: printed {_shown(figure)}, should be {right}"
    else:
        pesan = f"{label}: {_shown(figure)} tidak cocok dengan {known_id}; bila angka lain benar, seharusnya {right}"
        message = f"{label}: {_shown(figure)} disagrees with {known_en}; if the others are right it should be {right}"
    pesan += f" ({cause_id})" if cause_id else ""
    message += f" ({cause_en})" if cause_en else ""
    pesan += (
        f"; {len(best.explained)} persamaan mendukungnya: {proof_id}." if len(best.explained) > 1 else f": {proof_id}."
    )
    message += (
        f"; {len(best.explained)} equations vouch for it: {proof_en}." if len(best.explained) > 1 else f": {proof_en}."
    )
    if diagnosis.extra and main_kind(diagnosis) != "rencana":
        pesan += f" Sebab yang sama terlihat pada {len(diagnosis.extra)} tempat lain."
        message += f" The same cause shows in {len(diagnosis.extra)} other places."
    if diagnosis.rivals:
        pesan += f" Sama mungkinnya: {_rival_text(diagnosis, 'id')}."
        message += f" Equally likely: {_rival_text(diagnosis, 'en')}."
    return Finding(
        rule.code, rule.name, severity_of(diagnosis), pesan, message, figure.ref.sha256, figure.where,
        tuple(_evidence(diagnosis)), expected=right or None, found=_shown(figure), suggestion=right if clear else None,
        trace=_trace(diagnosis), family=rule.family, rule_version=rule.version,
        kondisi=pesan, kriteria=rule.kriteria,
    )  # fmt: skip


def _proof(best: Candidate, identity: Identity) -> tuple[str, str]:
    """The equation in numbers, in both languages; of two figures that should be the same, the other one."""
    corrected = _corrected(best, identity)
    if len(identity.operands) == 1 and set(identity.weights) == {1} and identity.constant is None:
        own = {figure.ref for figure in best.figures}
        part, total = identity.operands[0], identity.result
        other = part if total.ref in own else total
        value = like(other, other.value)
        if not identity.kind.startswith("jumlah"):
            return f"di tempat lain {value}", f"elsewhere {value}"
        if other is part:
            return f"satu-satunya rinciannya {value}", f"its only part is {value}"
        return f"jumlah di atasnya {value}", f"the total above it is {value}"
    shown = in_numbers(identity, corrected)
    return shown, shown


def _corrected(best: Candidate, identity: Identity) -> Mapping[Ref, Decimal]:
    """The right values of what is wrong among the parts of the equation shown."""
    others = {ref: value for ref, value in best.given.items() if ref != identity.result.ref}
    parts = {figure.ref for figure in best.figures} - {identity.result.ref}
    return (
        others | dict.fromkeys(parts, best.proposed)
        if best.proposed is not None and best.cause.kind != "salin_angka"
        else {}
    )


def _shown(figure: Figure) -> str:
    text = " ".join(figure.text.split())
    return text if len(text) <= 40 else number(figure.value)


def _cause(best: Candidate) -> tuple[str, str]:
    indonesian, english = CAUSES[best.cause.kind]
    source = best.cause.source
    parts = {"source": source.label if source else "", "old": _shown(source) if source else ""}
    return indonesian.format(**parts), english.format(**parts)


def _rival_text(diagnosis: Diagnosis, lang: str) -> str:
    sep = " atau " if lang == "id" else " or "
    parts = {figure.ref for identity in diagnosis.violated for figure in identity.operands}
    if len(diagnosis.rivals) > 1 and all(rival.figure.ref in parts for rival in diagnosis.rivals):
        return "salah satu rinciannya yang salah" if lang == "id" else "one of its parts is wrong"
    return sep.join(
        f"{rival.figure.label} = {like(rival.figure, rival.proposed) or interval(rival.needed)}"
        for rival in diagnosis.rivals
    )


def _moved(diagnosis: Diagnosis, rule: Rule) -> Finding:
    move = diagnosis.move
    if move is None:
        raise ValueError("not a move")
    first = diagnosis.moved[0]
    settled = len(diagnosis.violated) + sum(len(other.violated) for other in diagnosis.extra)
    cells = len(diagnosis.moved) + sum(len(other.moved) for other in diagnosis.extra)
    names = [figure.label for figure in diagnosis.moved if figure.ref.column == move.columns[0]]
    if move.kind == "tukar":
        pair = f"{names[0]} ↔ {names[-1]}"
        pesan = f"Angka dua baris tertukar: {pair}; {settled} persamaan cocok kembali bila ditukar."
        message = f"The figures of two rows are exchanged: {pair}; {settled} equations hold again once exchanged."
        suggestion = f"tukar kembali: {pair}"
    else:
        steps = abs(move.steps)
        where_id, where_en = ("bawah", "low") if move.steps > 0 else ("atas", "high")
        columns = len({figure.ref.column for one in (diagnosis, *diagnosis.extra) for figure in one.moved})
        pesan = (
            f"{cells} angka ({len(names)} baris, {columns} kolom) dari “{names[0]}” sampai “{names[-1]}” berdiri {steps} baris terlalu ke {where_id}; "
            f"{settled} persamaan cocok kembali bila digeser."
        )
        message = (
            f"{cells} figures ({len(names)} rows, {columns} columns) from “{names[0]}” to “{names[-1]}” stand {steps} row(s) too {where_en}; "
            f"{settled} equations hold again once moved back."
        )
        suggestion = f"geser {steps} baris"
    certain = all(figure.certain for identity in diagnosis.violated for figure in identity.figures)
    return Finding(
        rule.code, rule.name, "error" if certain else "warning", pesan, message, first.ref.sha256, first.where,
        tuple(_evidence(diagnosis)), expected=None, found=_shown(first), suggestion=suggestion,
        trace=_trace(diagnosis), family=rule.family, rule_version=rule.version, kondisi=pesan, kriteria=rule.kriteria,
    )  # fmt: skip


def _trace(diagnosis: Diagnosis) -> dict[str, Any]:
    """The first violated identity at the top, so that it can be recomputed; all of them, and the extra ones, below."""
    everything = [identity for one in (diagnosis, *diagnosis.extra) for identity in one.violated]
    trace = trace_of(everything[0])
    trace["cause"] = diagnosis.best.cause.kind if diagnosis.best else (diagnosis.move.kind if diagnosis.move else "")
    trace["identities"] = [trace_of(identity) for identity in everything[:60]]
    trace["vouching"] = len(diagnosis.vouching)
    return trace


def _evidence(diagnosis: Diagnosis) -> Iterator[Evidence]:
    """The wrong cells, where the value came from, and every cell that vouches; each place once."""
    seen: set[object] = set()
    for one in (diagnosis, *diagnosis.extra):
        subjects = one.best.figures if one.best else one.moved
        for figure in subjects:
            if figure.ref not in seen:
                seen.add(figure.ref)
                yield Evidence(figure.ref.sha256, figure.where, figure.text, "subject")
        source = one.best.cause.source if one.best else None
        if source is not None and source.ref not in seen:
            seen.add(source.ref)
            yield Evidence(source.ref.sha256, source.where, source.text, "source")
    for one in (diagnosis, *diagnosis.extra):
        for identity in one.violated:
            role = "counterpart" if identity.kind in COMPARED else "witness"
            for figure in identity.figures:
                if figure.ref not in seen:
                    seen.add(figure.ref)
                    yield Evidence(figure.ref.sha256, figure.where, figure.text, role)  # type: ignore[arg-type]
