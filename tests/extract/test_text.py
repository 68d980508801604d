"""Reading OCR text into blocks. If this fails, findings point at the wrong line, or a table is read as prose."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import UnreadableError
from pipeline.extract.text import LONGEST_LINE, read_text
from pipeline.extract.text_markup import strip_markup
from pipeline.model import Block, Heading, KeyValue, Paragraph, RawTable


def blocks(source: str) -> tuple[Block, ...]:
    return read_text(dedent(source).strip("\n").encode(), "test.txt").blocks


def test_titles_of_every_dress() -> None:
    read = blocks(
        """
        ## **B. CAPAIAN**
        **Tabel 2.1**
        . Tabel 3.2
        INDIKATOR KINERJA UTAMA
        **INDIKATOR KINERJA
        KECAMATAN CONTOH**
        """
    )
    assert [(type(b), b.text, b.where.line) for b in read if isinstance(b, Heading)] == [
        (Heading, "B. CAPAIAN", 1),
        (Heading, "Tabel 2.1", 2),
        (Heading, ". Tabel 3.2", 3),
        (Heading, "INDIKATOR KINERJA UTAMA", 4),
        (Heading, "INDIKATOR KINERJA KECAMATAN CONTOH", 5),
    ]


def test_keys_with_their_values_and_lists() -> None:
    read = blocks(
        """
        - Instansi** : Badan Contoh
        Visi\t: Maju
        Fungsi :

        - a. membina;
        - b. mengawasi.

        Teks biasa.
        """
    )
    pairs = [(b.key, b.value) for b in read if isinstance(b, KeyValue)]
    assert pairs == [("Instansi", "Badan Contoh"), ("Visi", "Maju"), ("Fungsi", "- a. membina;\n- b. mengawasi.")]
    assert isinstance(read[-1], Paragraph)


def test_list_items_keep_their_marker_and_line() -> None:
    read = blocks("1. Pertama\n- b. Kedua 10%\n(3) Ketiga")
    assert [(b.marker, b.text, b.where.line) for b in read if isinstance(b, Paragraph)] == [
        ("1.", "Pertama", 1),
        ("- b.", "Kedua 10%", 2),
        ("(3)", "Ketiga", 3),
    ]


def test_rows_of_tabs_pipes_and_html_are_tables() -> None:
    read = blocks(
        """
        No\tSasaran\tTarget
        1\t<b>Naik</b>\t10%

        | No | Sasaran |
        |----|---------|
        | 1  | Naik    |

        <table><tr><th rowspan="2">No</th><th colspan="2">Target</th></tr>
        <tr><th>2023</th><th>2024</th></tr>
        <tr><td>1</td><td>5</td><td>6</td></tr></table>
        """
    )
    found = [b for b in read if isinstance(b, RawTable)]
    assert [t.style for t in found] == ["tabs", "pipes", "html"]
    assert found[0].rows[1].cells[1].text == "<b>Naik</b>", "the raw text is kept"
    assert found[0].rows[1].cells[1].bold
    assert [row.where.line for row in found[0].rows] == [1, 2]
    html = found[2]
    assert html.header_rows == 2
    assert [(c.text, c.where.column, c.rowspan, c.colspan) for c in html.rows[0].cells] == [
        ("No", 0, 2, 1),
        ("Target", 1, 1, 2),
    ]
    assert [(c.text, c.where.column, c.where.line) for c in html.rows[1].cells] == [("2023", 1, 9), ("2024", 2, 9)]


def test_a_table_of_contents_is_no_table() -> None:
    read = blocks("A. LATAR BELAKANG .....\t1\nB. TUJUAN .....\t2")
    assert all(isinstance(b, Paragraph) for b in read)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (
            "<p><b>Formulasi:</b> (a dibagi b) x 100%</p> <ul><li>- RKA</li> <li>- DPA</li></ul>",
            "Formulasi: (a dibagi b) x 100% - RKA - DPA",
        ),
        ("<ol><li>Satu</li><li>Dua</li></ol>", "1. Satu 2. Dua"),
        ('<ol style="list-style-type: none">1. Satu;2. Dua</ol>', "1. Satu;2. Dua"),
        ("pemeliharaan <i>service</i> rutin", "pemeliharaan service rutin"),
        (r"$\frac{\text{a<b>c}}{\text{d}} \times 100\%$", r"$\frac{\text{a<b>c}}{\text{d}} \times 100\%$"),
        ("**tebal** dan *miring*", "tebal dan miring"),
        ("6 (= 5/4 *100)%", "6 (= 5/4 *100)%"),
        ("a * b * c", "a * b * c"),
        ("A &amp; B", "A & B"),
        ("[laman](http://contoh.go.id)", "laman"),
    ],
)
def test_markup_goes_and_formulas_stay(raw: str, text: str) -> None:
    assert " ".join(strip_markup(raw).split()) == text


def test_latin_letters_and_marks_of_other_encodings_are_read() -> None:
    assert isinstance(read_text("Nilai ≥ 90".encode("utf-16"), "a.txt").blocks[0], Paragraph)
    read = read_text("Kaf\xe9 dan teh".encode("latin-1"), "a.txt").blocks[0]
    assert isinstance(read, Paragraph) and read.text == "Kafé dan teh"


@pytest.mark.parametrize("data", [b"", b" \n\t", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"])
def test_what_is_no_text_is_said_so(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        read_text(data, "a.txt")


def test_one_endless_line_is_cut_and_keeps_its_words() -> None:
    """Else one damaged file would hold up a night's run."""
    read = read_text(b"kata " * 50_000, "a.txt").blocks
    assert all(isinstance(b, Paragraph) and len(b.text) <= LONGEST_LINE for b in read)
    assert sum(len(b.text.split()) for b in read if isinstance(b, Paragraph)) == 50_000


@pytest.mark.parametrize(
    "written",
    [
        r'<math display="block">\frac{a}{b &lt; 1}</math>',
        r"\(\frac{a}{b < 1}\)",
        r"\[ \frac{a}{b < 1} \]",
    ],
)
def test_latex_in_the_brackets_of_other_engines_is_latex(written: str) -> None:
    """Else the formula's fraction is lost in tags and its terms carry them."""
    assert strip_markup(written) == r"$\frac{a}{b < 1}$"


@settings(max_examples=60)
@given(st.text(alphabet="ab1. :|\t-*#<>/p\n%", max_size=120))
def test_every_line_with_letters_is_in_some_block(source: str) -> None:
    """Nothing of a document is lost on the way in."""
    if not source.strip():
        return
    read = read_text(source.encode(), "a.txt").blocks
    seen = "".join(
        "".join(c.text for row in b.rows for c in row.cells) if isinstance(b, RawTable) else (b.raw or "") for b in read
    )
    assert seen.count("a") >= sum(line.count("a") for line in source.split("\n") if line.strip(" \t|-*#<>/p:.%"))


@pytest.mark.parametrize(
    "source",
    [
        'No;Sasaran;Indikator Kinerja;Target\n1;Mutu;"Layanan; cepat";87,5%\n2;Mutu;Indeks kepuasan;82\n',
        'No,Sasaran,Indikator Kinerja,Target\r\n1,Mutu,"Layanan; cepat","87,5%"\r\n2,Mutu,Indeks kepuasan,82\r\n',
    ],
)
def test_delimited_text_is_a_table(source: str) -> None:
    """Exports of applications are CSV under any name; as prose their figures belong to nothing."""
    (table,) = [block for block in read_text(source.encode(), "ekspor.xls").blocks if isinstance(block, RawTable)]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["No", "Sasaran", "Indikator Kinerja", "Target"],
        ["1", "Mutu", "Layanan; cepat", "87,5%"],
        ["2", "Mutu", "Indeks kepuasan", "82"],
    ]
    assert [row.where.line for row in table.rows] == [1, 2, 3]


def test_prose_with_commas_is_no_table() -> None:
    """Sentences have commas too, and lists of duties end in semicolons."""
    prose = "Dinas menyusun rencana, laporan, dan evaluasi;\na. menyusun, menata, dan menilai;\nb. melayani, membina;\n"
    assert not any(isinstance(block, RawTable) for block in read_text(prose.encode(), "a.txt").blocks)
