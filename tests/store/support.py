"""Invented documents of every shape the pipeline can hand over, as Hypothesis strategies and as one plain example."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from pipeline.interval import Interval
from pipeline.model import (
    FIELDS,
    TABLE_KINDS,
    Anggaran,
    Berkas,
    Cell,
    Column,
    Dokumen,
    Heading,
    Indikator,
    Instansi,
    KeyValue,
    Kinerja,
    LogicalTable,
    Page,
    Paragraph,
    Reading,
    Row,
    Statement,
    Where,
)

texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=12)
words = (
    st.sampled_from(["", "Jumlah laporan", "97, 61", "Rp. 1.250.000,-", "–", "Meningkatnya\nkualitas", "А", "\u00ad"])
    | texts
)
small = st.integers(0, 40)
years = st.none() | st.integers(2010, 2030)
floats = st.floats(0, 2000, allow_nan=False).map(lambda value: round(value, 3))
decimals = st.decimals(-(10**13), 10**13, allow_nan=False, allow_infinity=False, places=None)
lists = st.lists(words, max_size=2).map(tuple)

wheres = st.builds(
    Where,
    page=st.none() | small,
    line=st.none() | small,
    table=st.none() | small,
    row=st.none() | small,
    column=st.none() | small,
    bbox=st.none() | st.tuples(floats, floats, floats, floats),
)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = sorted(draw(st.tuples(st.fractions(max_denominator=997), st.fractions(max_denominator=997))))
    if low == high:
        return Interval.exact(low)
    return Interval(low, high, draw(st.booleans()), draw(st.booleans()))


readings = st.builds(
    Reading,
    text=words,
    kind=st.sampled_from(["rupiah", "percent", "number", "count", "score", "code", "text", "empty"]),
    status=st.sampled_from(["exact", "repaired", "ambiguous", "unreadable", "empty"]),
    value=st.none() | decimals,
    interval=st.none() | intervals() | st.just(Interval.at_least(Fraction(90))),
    satuan=st.none() | words,
    grade=st.none() | st.sampled_from(["BB", "A"]),
    candidates=st.lists(decimals, max_size=2).map(tuple),
    repairs=lists,
    decided_by=words,
    code=st.none() | st.just("4.01.01.2.01"),
    places=st.integers(0, 4),
)
cells = st.builds(
    Cell,
    field=st.none() | st.sampled_from(FIELDS),
    text=words,
    where=wheres,
    raw=words,
    inherited=st.booleans(),
    lines=st.lists(small, max_size=3).map(tuple),
    confidence=st.none() | st.floats(0, 1),
    reading=st.none() | readings,
)
columns = st.builds(
    Column,
    field=st.none() | st.sampled_from(FIELDS),
    label=words,
    nomor=st.none() | words,
    formula=st.none() | words,
    tahun=years,
    tahun_ke=st.none() | st.integers(1, 5),
    triwulan=st.none() | st.integers(1, 4),
    satuan=st.none() | words,
)
rows = st.builds(
    Row,
    cells=st.lists(cells, max_size=3).map(tuple),
    where=wheres,
    kind=st.sampled_from(["data", "band", "total", "unread"]),
    band=lists,
    level=st.none() | st.sampled_from(["program", "kegiatan"]),
)
indicators = st.builds(
    Indikator,
    table=small,
    row=small,
    where=wheres,
    kind=st.sampled_from(TABLE_KINDS),
    version=st.integers(1, 3),
    indikator=words,
    sasaran=st.none() | words,
    tujuan=st.none() | words,
    no=st.none() | words,
    satuan=st.none() | words,
    formula=st.none() | st.sampled_from(["", "(A dibagi B) x 100%", "Jumlah laporan"]),
    sumber_data=st.none() | words,
    penanggung_jawab=st.none() | words,
    inherited=lists,
    tahun=years,
    kunci=words,
)
figures = {
    "table": small,
    "row": small,
    "column": small,
    "where": wheres,
    "reading": readings,
    "tahun": years,
    "band": lists,
}
performances = st.builds(
    Kinerja, indikator=words, kunci=words, jenis=st.just("target"), triwulan=st.none() | st.integers(1, 4), **figures
)
budgets = st.builds(
    Anggaran, jenis=st.just("pagu"), nama=words, level=st.none() | words, kode=st.none() | words, **figures
)
statements = st.builds(
    Statement, where=wheres, text=words, figure=words, reading=readings, about=words, jenis=words, tahun=years
)
pages = st.builds(
    Page,
    number=small,
    status=st.sampled_from(["tables", "prose", "image", "unread", "blank"]),
    width=st.none() | floats,
    height=st.none() | floats,
    rotation=st.sampled_from([0, 90, 180, 270]),
    origin=st.tuples(floats, floats),
    note=words,
    name=words,
    hidden=st.booleans(),
)
blocks = st.one_of(
    st.builds(Paragraph, words, wheres, words, words, st.none() | st.floats(0, 1)),
    st.builds(Heading, words, wheres, st.integers(1, 6), words),
    st.builds(KeyValue, words, words, wheres, words),
)
offices = st.builds(
    Instansi,
    nama=words,
    jenis=st.none() | st.sampled_from(["Dinas", "Kecamatan"]),
    induk=st.none() | words,
    wilayah=st.none() | words,
    tingkat=st.none() | st.just("Kota"),
    kunci=st.sampled_from(["", "dinas kesehatan|kota x", "kecamatan y|kabupaten z"]),
)
documents = st.builds(
    Dokumen,
    sha256=st.integers(0, 2**64).map(lambda number: f"{number:064x}"),
    path=words,
    media=st.sampled_from(["text", "pdf"]),
    kind=st.sampled_from(["IKU", "LKIP"]),
    instansi=offices,
    tahun=years,
    tahun_akhir=years,
    nomor=st.none() | words,
    tanggal=st.none() | words,
    penandatangan=st.none() | words,
    notes=lists,
)


@st.composite
def files(draw: st.DrawFn) -> Berkas:
    count = draw(st.integers(0, 2))
    tables = tuple(
        draw(
            st.builds(
                LogicalTable,
                ordinal=st.just(ordinal),
                kind=st.sampled_from(TABLE_KINDS),
                title=words,
                where=wheres,
                columns=st.lists(columns, max_size=3).map(tuple),
                rows=st.lists(rows, max_size=3).map(tuple),
                version=st.integers(1, 3),
                pages=st.lists(small, max_size=2).map(tuple),
                notes=lists,
            )
        )
        for ordinal in range(count)
    )
    return Berkas(
        dokumen=draw(documents),
        pages=draw(st.lists(pages, max_size=2).map(tuple)),
        blocks=draw(st.lists(blocks, max_size=3).map(tuple)),
        tables=tables,
        indikator=draw(st.lists(indicators, max_size=2).map(tuple)),
        kinerja=draw(st.lists(performances, max_size=2).map(tuple)),
        anggaran=draw(st.lists(budgets, max_size=2).map(tuple)),
        statements=draw(st.lists(statements, max_size=2).map(tuple)),
    )


def percent(text: str, value: str, status: str = "exact") -> Reading:
    number = Decimal(value)
    return Reading(text, "percent", status, number, Interval.printed(number, 1), "%", places=1)  # type: ignore[arg-type]


def example(
    name: str = "iku.txt", sha: str = "a" * 64, *, office: str = "Kecamatan Sukamaju", tahun: int = 2023
) -> Berkas:
    """One office's table with two indicators, one of them without a data source, and a figure that was repaired."""
    fields = ("no", "sasaran", "indikator", "formula", "sumber_data", "target")
    printed = (
        (
            "1",
            "Tertib administrasi",
            "Persentase desa tertib",
            "Jumlah desa tertib / Jumlah desa x 100%",
            "Laporan",
            "97,5%",
        ),
        ("2", "Tertib administrasi", "Jumlah laporan", "Jumlah laporan yang disusun", "", "8O,0%"),
    )
    made = []
    for number, line in enumerate(printed):
        found = []
        for column, (field, text) in enumerate(zip(fields, line, strict=True)):
            place = Where(line=10 + number, table=0, row=number, column=column)
            reading = percent(text, "97.5" if number == 0 else "80.0", "exact" if number == 0 else "repaired")
            found.append(Cell(field, text, place, text, reading=reading if field == "target" else None))
        made.append(Row(tuple(found), Where(line=10 + number, table=0, row=number)))
    table = LogicalTable(
        0, "iku", "INDIKATOR KINERJA UTAMA", Where(line=9), tuple(Column(f, f.title()) for f in fields), tuple(made)
    )
    records, targets = [], []
    for number, line in enumerate(printed):
        place = Where(line=10 + number, table=0, row=number)
        key = line[2].lower()
        records.append(
            Indikator(0, number, place, "iku", 1, line[2], line[1], no=line[0], formula=line[3], sumber_data=line[4], kunci=key)
        )  # fmt: skip
        reading = made[number].cells[5].reading
        assert reading is not None
        targets.append(Kinerja(0, number, 5, place, line[2], key, "target", reading, tahun))
    return Berkas(
        dokumen=Dokumen(
            sha, name, "text", "IKU",
            Instansi(office, "Kecamatan", None, "Kabupaten Contoh", "Kabupaten", f"{office.lower()}|kabupaten contoh"), tahun,
        ),
        pages=(Page(1, "tables"),),
        tables=(table,),
        indikator=tuple(records),
        kinerja=tuple(targets),
    )  # fmt: skip
