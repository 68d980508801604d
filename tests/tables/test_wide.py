"""The twenty-column programme table. If this fails, amounts slip into the wrong year without a sound."""

import pytest

from pipeline.model import Column
from pipeline.tables.align import align, amounts_beside_figures
from pipeline.tables.celltype import type_of
from pipeline.tables.levels import level_of_code
from tests.tables.tables_helper import tables

COLUMNS = (
    [
        Column("sasaran", "Sasaran"),
        Column("kode", "Kode"),
        Column("program", "Program"),
        Column("indikator", "Indikator"),
    ]
    + [Column("baseline", "Awal")]
    + [Column(field, f"Tahun {year}", tahun_ke=year) for year in (1, 2, 3) for field in ("target", "anggaran")]
    + [Column("target_akhir", "Akhir"), Column("anggaran_akhir", "Akhir"), Column("lokasi", "Lokasi")]
)
FULL = [
    "",
    "4.01.01",
    "Program A",
    "Nilai A",
    "90%",
    "91%",
    "1.000.000",
    "92%",
    "2.000.000",
    "",
    "",
    "95%",
    "9.000.000",
    "Kab.",
]


def placed(texts: list[str]) -> dict[str, int]:
    found = align(texts, COLUMNS)
    assert found is not None
    return {text: place for text, place in zip(texts, found[1], strict=True) if text and place is not None}


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_missing_blanks_do_not_move_the_figures(missing: int) -> None:
    short = FULL[:9] + FULL[9 + missing :]
    assert placed(short) == placed(FULL)


def test_a_blank_too_many_does_not_move_the_figures() -> None:
    assert placed([*FULL[:10], "", *FULL[10:]]) == placed(FULL)


def test_a_stray_zero_at_the_edge_is_no_figure_of_the_row() -> None:
    assert placed([*FULL[:9], *FULL[10:13], "0", FULL[13]])["9.000.000"] == placed(FULL)["9.000.000"]


def test_amounts_printed_in_a_run_go_beside_their_targets() -> None:
    texts = [
        "Nilai",
        "2 dok",
        "2 dok",
        "",
        "2 dok",
        "",
        "",
        "10 dok",
        "",
        "3.420.000",
        "3.420.000",
        "9.420.000",
        "Kab.",
    ]
    order = amounts_beside_figures(texts)
    assert order is not None
    moved = [texts[n] for n in order]
    assert moved[:10] == [
        "Nilai",
        "2 dok",
        "2 dok",
        "3.420.000",
        "2 dok",
        "3.420.000",
        "",
        "10 dok",
        "9.420.000",
        "Kab.",
    ]


def test_more_filled_cells_than_columns_is_said() -> None:
    assert align(["x"] * 30, COLUMNS) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("12 Lapo ran", "figure"),
        ("70.4 7 (BB)", "figure"),
        ("98,29%", "figure"),
        ("1.1 59. 000 .00 0", "money"),
        ("1700000", "money"),
        ("Rp. 15.548.300", "money"),
        ("4.01.01. 2.06.02", "code"),
        ("-", "dash"),
        ("tidak ada data", "dash"),
        ("% PD yang berinovasi", "text"),
        ("", "empty"),
    ],
)
def test_types_of_cells(text: str, kind: str) -> None:
    assert type_of(text) == kind


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("4.01.01", "program"),
        ("4.01.01. 2.06", "kegiatan"),
        ("4.01.01.2.06.02", "sub_kegiatan"),
        ("4.01.01.20.6", "kegiatan"),
        ("4.01.01.13.", "kegiatan"),
        ("4.01.01. 13.01", "sub_kegiatan"),
        ("x.xx.01", "program"),
        ("a", None),
    ],
)
def test_level_of_a_code(code: str, level: str | None) -> None:
    assert level_of_code(code) == level


def test_amounts_one_line_lower_belong_to_the_row_above() -> None:
    found = tables(
        """
        Kode | Program Dan Kegiatan | Indikator | Data Awal | Tahun 1 | | Tahun 2 | | Lokasi
        | | | | Target | Rp | Target | Rp |
        4.01.01 | Program A | Jumlah dokumen | 1 dok | 1 dok | | 1 dok | | Kab.
        | | | | | 4.560.200 | | 4.560.300 |
        """
    )[0]
    assert len(found.rows) == 1
    assert [cell.text for cell in found.rows[0].cells][4:8] == ["1 dok", "4.560.200", "1 dok", "4.560.300"]
