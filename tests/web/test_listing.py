"""The list of findings: what is searched, chosen, ordered and stepped through is what the auditor believes it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from pipeline.audit.engine import AuditResult
from pipeline.model import (
    Berkas,
    Cell,
    Column,
    Dokumen,
    Evidence,
    Finding,
    Instansi,
    LogicalTable,
    Row,
    Where,
)
from pipeline.store import open_store, review
from pipeline.store.store import Store
from pipeline.web import make_app
from pipeline.web.data import Data
from pipeline.web.show import chart, formula_groups
from tests.store.support import example
from tests.web.conftest import BASE, KEY

ONE, TWO = "a" * 64, "b" * 64


def made(name: str, rule: str, severity: str, said: str, sha: str = ONE, line: int = 1, version: int = 1) -> Finding:
    where = Where(line=line, table=0, row=line, column=2)
    return Finding(
        rule, f"Nama {rule}", severity, said, f"in English {said}", sha, where, (Evidence(sha, where, said),), None, said,  # type: ignore[arg-type]
        family="UNIT" if rule == "UNT001" else "FORMULA", fingerprint=name, rule_version=version,
    )  # fmt: skip


FINDINGS = (
    made("f" * 15 + "1", "FRM001", "error", "Jumlah DESA mandiri 100%", line=9),
    made("f" * 15 + "2", "UNT001", "warning", "satuan_desa keliru", line=3),
    made("f" * 15 + "3", "FRM001", "notice", "kelurahan tertib", TWO, line=5),
    made("f" * 15 + "1", "FRM001", "notice", "Jumlah DESA mandiri 100%", TWO, line=2),
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = open_store(f"sqlite:///{tmp_path / 'a.db'}")
    opened.save(example())
    other = example("lain.txt", TWO)
    office = Instansi("Dinas Lain", kunci="dinas lain")
    opened.save(replace(other, dokumen=replace(other.dokumen, instansi=office, tahun=2020)))
    opened.save_audit(AuditResult(FINDINGS, (), (), "r"), "1")
    return opened


@pytest.fixture
def data(store: Store) -> Data:
    return Data(store.url, read_only=False)


def found(data: Data, **chosen: str) -> list[tuple[str, str]]:
    items, total = data.findings(chosen, 1, "id")
    assert total == len(items)
    return [(item["fingerprint"][-1], item["sha256"][0]) for item in items]


@pytest.mark.parametrize(
    ("q", "expected"),
    [("desa", ["1a", "2a", "1b"]), ("DESA mandiri", ["1a", "1b"]), ("100%", ["1a", "1b"]), ("satuan_desa", ["2a"]), ("unt001", ["2a"]),
     ("lain.txt", ["3b", "1b"]), ("dinas", ["3b", "1b"]), ("f" * 15 + "2", ["2a"]), ("tidakada", []), ("%", ["1a", "1b"]), ("\0", ["1a", "2a", "3b", "1b"])],
)  # fmt: skip
def test_a_search_finds_what_is_shown(data: Data, q: str, expected: list[str]) -> None:
    """A word on the screen would not be found, or a sign of SQL would find everything."""
    assert ["".join(item) for item in found(data, q=q)] == expected


def test_orders_are_what_they_say(data: Data) -> None:
    """Working through a document from front to back would jump about."""
    assert found(data, sort="document") == [("2", "a"), ("1", "a"), ("1", "b"), ("3", "b")]
    assert [name for name, _ in found(data, sort="rule")] == ["1", "1", "3", "2"]
    assert found(data, sort="unknown") == found(data) == [("1", "a"), ("2", "a"), ("3", "b"), ("1", "b")]


def test_each_facet_counts_what_the_other_choices_leave(data: Data) -> None:
    """A number beside a choice would promise findings that do not come."""
    facets = dict(data.list.facets({"severity": "notice", "rule": "UNT001", "q": "desa"}))
    assert facets["severity"] == [("warning", "warning", 1), ("notice", "notice", 0)]
    assert facets["rule"] == [("FRM001", "FRM001 Nama FRM001", 1), ("UNT001", "UNT001 Nama UNT001", 0)]
    assert facets["status"] == []
    data.decide("f" * 15 + "1", "reject", "sudah benar", "Ani")
    assert dict(data.list.facets({}))["status"] == [("open", "open", 2), ("reject", "reject", 2)]
    assert found(data, status="reject", office="dinas lain") == [("1", "b")]


def test_the_next_finding_is_the_next_of_the_list(data: Data) -> None:
    """Going through the errors of one office would lead into those of another."""
    shown = data.finding("f" * 15 + "2", "", {"sort": "document", "q": "desa"}, "id")
    assert shown and (shown["number"], shown["length"]) == (1, 3)
    assert shown["before"] is None and shown["after"] == f"/temuan/{'f' * 15}1?berkas={'a' * 16}"
    data.decide("f" * 15 + "2", "accept", "memang salah", "Ani")
    left = data.finding("f" * 15 + "2", "", {"sort": "document", "status": "open"}, "id")
    assert left and left["number"] == 0 and left["after"] == f"/temuan/{'f' * 15}1?berkas={'a' * 16}"


def test_the_same_finding_in_two_files_shows_each_at_its_place(data: Data) -> None:
    """The auditor would be led to the line of another file."""
    here = data.finding("f" * 15 + "1", TWO[:16], {}, "id")
    assert here and (here["f"]["path"], here["f"]["line"]) == ("lain.txt", 2)
    assert [sha for _, sha in here["others"]] == [ONE]


def test_a_decision_changes_the_list_at_once_and_outlives_a_new_audit(data: Data, store: Store) -> None:
    """The list would show as open what was decided, until the app is started again."""
    data.list.statuses()
    data.decide("f" * 15 + "3", "reject", "sudah benar", "Ani")
    assert found(data, status="reject") == [("3", "b")]
    review.add(store, "f" * 15 + "2", "accept", "salah", "Budi")  # by the command line, meanwhile
    assert found(data, status="accept") == [("2", "a")]
    changed = (*FINDINGS[:2], replace(FINDINGS[2], fingerprint="e" * 16, found="kelurahan tertib sekali"))
    store.save_audit(AuditResult(changed, (), (), "r"), "1")
    assert found(data, status="reopened") == [("e", "b")]
    shown = data.finding("e" * 16, "", {}, "id")
    assert shown and shown["earlier"].reason == "sudah benar" and shown["changed"] == ("found",)
    assert data.overview("id")["unused"] == 1


def test_the_reviewer_signs_once(store: Store) -> None:
    """The name would have to be typed for each of hundreds of decisions."""
    own = {"Origin": BASE}
    with TestClient(make_app(store.url, key=KEY), base_url=BASE) as client:
        client.get(f"/?key={KEY}")
        where = f"/temuan/{'f' * 15}2/keputusan?sort=document"
        page = client.post(where, data={"verdict": "unsure", "reason": "tanya", "by": "Siti Aminah"}, headers=own)
        assert page.url.params["sort"] == "document" and 'value="Siti Aminah"' in page.text
        refused = client.post(where, data={"verdict": "reject", "reason": "", "by": "Siti"}, headers=own)
        assert refused.status_code == 400 and 'value="reject" required checked' in refused.text


def test_equal_formulas_are_gathered_and_the_difference_marked() -> None:
    """Eight copies of one formula would hide the one that differs."""
    places = [
        {"formula": f"Jumlah {what} / Jumlah desa x 100%", "canonical": what, "path": path}
        for what, path in (("desa maju", "a"), ("desa maju", "b"), ("desa tertib", "c"))
    ]
    groups, bare = formula_groups([*places, {"formula": None, "canonical": None, "path": "d"}])
    assert [[one["path"] for one in group["places"]] for group in groups] == [["a", "b"], ["c"]]
    assert ("old", "maju") in groups[1]["diff"] and ("new", "tertib") in groups[1]["diff"]
    assert [one["path"] for one in bare] == ["d"]


def test_a_chart_draws_one_unit_and_one_table_a_line() -> None:
    """Percent and index in one line would look like a collapse."""
    figures = [
        {"tahun": year, "value": value, "jenis": "target", "satuan": unit, "table": table, "path": "a.txt"}
        for year, value, unit, table in (
            (2021, "3", "", 1), (2022, "3.5", "", 1), (2023, "100", "%", 2), (2021, "2", "", 3), (2022, "2.5", "", 3),
        )
    ]  # fmt: skip
    drawn = chart(figures, "grafik")
    assert drawn.count("<polyline") == 2 and ">100<" not in drawn
    assert chart(figures[2:3]) == ""


def test_only_the_very_cell_is_marked(tmp_path: Path) -> None:
    """In a PDF cells have no line: every cell with the same figure would be marked, and right ones accused."""
    where = Where(page=1, table=0, row=0, column=1, bbox=(10, 10, 20, 20))
    twin = Where(page=1, table=0, row=1, column=1, bbox=(10, 30, 20, 40))
    cells = [Cell(None, "3", place, "3") for place in (where, twin)]
    columns, head = (Column(None, "Nilai"),), Where(page=1, table=0)
    rows = tuple(Row((cell,), cell.where) for cell in cells)
    table = LogicalTable(0, "lain", "Tabel", head, columns, rows)
    store = open_store(f"sqlite:///{tmp_path / 'a.db'}")
    store.save(Berkas(Dokumen(ONE, "a.pdf", "pdf", "LKIP", Instansi("Dinas", kunci="dinas")), tables=(table,)))
    finding = replace(FINDINGS[0], where=where, found="3", evidence=(Evidence(ONE, where, "3"),))
    store.save_audit(AuditResult((finding,), (), (), "r"), "1")
    shown = Data(store.url, read_only=True).document(ONE, "id", None, None)
    assert shown and [row[0]["flag"] for row in shown["rows"]] == ["flagged", ""] and shown["counts"] == {0: 1}


def test_an_audit_between_two_looks_breaks_no_search(data: Data, monkeypatch: pytest.MonkeyPatch) -> None:
    """Searching while an audit writes would end on an error page."""
    data.list.catalogue()
    monkeypatch.setattr(data.list, "_tuples", lambda sql, values=None: [(10**9,)])
    assert not data.list.hits("desa").positions
