"""Every screen opens in both languages and shows what an auditor looks for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from pipeline.normalize import read_berkas
from pipeline.web.words import LANGS, repaired, words

SCREENS = ("overview", "findings", "finding", "documents", "document", "document-pdf", "cell", "indicators", "indicator", "offices", "office",
           "rules", "rule", "sql")  # fmt: skip


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_answers(client: TestClient, places: dict[str, str], screen: str, lang: str) -> None:
    """A menu entry would lead to an error page."""
    client.cookies.set("lkip_lang", lang)
    answer = client.get(places[screen])
    assert answer.status_code == 200
    assert f'<html lang="{lang}">' in answer.text
    assert words(lang)["skip"] in answer.text
    shown = re.sub(r"<(pre|textarea)\b.*?</\1>", "", answer.text, flags=re.DOTALL)  # what is shown as the file has it
    for leak in ("built-in method", "Undefined", "None</", "\\text{", "\\frac"):
        assert leak not in shown, leak


def test_unknown_places_say_so(client: TestClient) -> None:
    """A stale link would look like a crash."""
    for path in (
        "/temuan/x",
        "/dokumen/x",
        "/indikator/x",
        "/instansi/x",
        "/aturan/X",
        "/dokumen/x/halaman/1.jpg",
        "/temuan/x/bukti/0.png",
    ):
        assert client.get(path).status_code == 404, path


def test_an_absurd_page_number_is_no_crash(client: TestClient) -> None:
    """A mistyped address would look like a crash."""
    assert client.get("/temuan", params={"page": "9" * 5000}).status_code == 200


def test_the_pasted_numerator_needs_no_explanation(client: TestClient, places: dict[str, str]) -> None:
    """The auditor would see two formulas and not what is wrong with them."""
    client.cookies.set("lkip_lang", "id")
    page = client.get(places["finding"]).text
    assert "<mfrac" in page
    assert '<mark class="subject">' in page and 'class="blockquote source"' not in page
    assert words("id")["role_source"] in page
    assert "<ins>" in page and "<del>" in page


def test_pdf_places_are_pictures(client: TestClient, places: dict[str, str], url: str) -> None:
    """The auditor could not see the error on the page itself."""
    page = client.get(places["document-pdf"]).text
    assert "/halaman/1.jpg" in page
    assert client.get(f"{places['document-pdf']}/halaman/1.jpg").headers["content-type"] == "image/jpeg"


def test_filters_and_search_narrow_the_list(client: TestClient) -> None:
    """A list of hundreds would be of no use."""
    everything = client.get("/temuan").text.count("<li class=")
    chosen = client.get("/temuan", params={"rule": "FRM001"}).text
    assert 0 < chosen.count("<li class=") < everything
    assert client.get("/temuan", params={"q": "tidak-ada-kata-ini"}).text.count("<li class=") == 0
    assert client.get("/temuan", params={"q": "100% _"}).status_code == 200


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999999999", "²"])
def test_odd_page_numbers_are_no_crash(client: TestClient, page: str) -> None:
    """A mistyped address would look like a crash."""
    assert client.get("/temuan", params={"page": page}).status_code == 200


def test_every_word_stands_in_both_languages() -> None:
    """A screen would mix the languages, or show a method of Python instead of a word."""
    assert words("id").keys() == words("en").keys()
    assert not set(words("id")) & set(dir({}))


def test_pictures_asked_for_at_once_all_come(client: TestClient, places: dict[str, str]) -> None:
    """A page with several pictures would end the app: the library that draws them works in one thread at a time."""
    from concurrent.futures import ThreadPoolExecutor

    address = f"{places['document-pdf']}/halaman/1.jpg"
    with ThreadPoolExecutor(6) as pool:
        assert [answer.status_code for answer in pool.map(client.get, [address] * 12)] == [200] * 12


def test_every_repair_is_said_in_indonesian() -> None:
    """An auditor would be told in English why a figure of her document is not sure."""
    samples = Path(__file__).parents[2] / "samples"
    berkas = read_berkas(samples / "lkip-bagian-organisasi-jember-2024.txt")
    readings = [cell.reading for table in berkas.tables for row in table.rows for cell in row.cells if cell.reading]
    said = {text for reading in readings for text in (*reading.repairs, reading.decided_by) if text}
    plain = {text for text in said if repaired(text, words("id")) == text and "->" not in text}
    assert len(said) > 10 and not plain
