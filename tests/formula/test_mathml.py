"""Formulas as a reader sees them: each sign leaves ink, in the font that the app ships."""

from __future__ import annotations

import base64
import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.formula import parse

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FONT = Path(__file__).parents[2] / "pipeline" / "web" / "static" / "math.woff2"
FORMULAS = (
    "(Jumlah desa mandiri / Jumlah desa) x 100%",
    r"$\frac{\text{Jumlah A}}{\text{Jumlah B}} \times 100\%$",
    "Jumlah A - Jumlah B / Jumlah C x 100%",
    "(Nilai A + Nilai B) / 2",
    "Realisasi / Target x 100%",
    "(2 x Target - Realisasi) / Target x 100%",
    "Jumlah rekomendasi selesai dibagi jumlah rekomendasi dikali 100%",
    "(A + B + C) / 3 x 25",
    "Total nilai persepsi per unsur / Total unsur yang terisi x nilai penimbang",
    "(Tn - Tn-1) / Tn-1 x 100%",
)
SIGNS = "√≠∑×−÷+=/%()≤≥±"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="Debian's chromium is not installed"),
]


@pytest.fixture(scope="module")
def page() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    font = base64.b64encode(FONT.read_bytes()).decode()
    marks = "".join(f'<math class="sign" display="block"><mo>{sign}</mo></math>' for sign in SIGNS)
    drawn = "".join(f'<div class="formula">{parse(text).mathml}</div>' for text in FORMULAS)
    sheet = f'@font-face {{ font-family: m; src: url("data:font/woff2;base64,{font}"); }} math {{ font-family: m; font-size: 24px; }}'
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        made = browser.new_page(viewport={"width": 900, "height": 1600})
        made.set_content(f"<style>{sheet} .formula {{ padding: 8px; }}</style>{marks}{drawn}")
        made.evaluate("document.fonts.load('24px m')")
        yield made
        browser.close()


def ink(locator: Any) -> int:
    """Dark pixels in the picture of an element."""
    from PIL import Image

    box = locator.bounding_box()
    assert box and box["width"] > 0 and box["height"] > 0
    picture = Image.open(io.BytesIO(locator.screenshot())).convert("L")
    return sum(picture.histogram()[:128])


def test_the_shipped_font_is_used(page: Any) -> None:
    """On a machine without a maths font, signs would be boxes."""
    assert page.evaluate("[...document.fonts].map(font => font.status)") == ["loaded"]


@pytest.mark.parametrize("number", range(len(SIGNS)), ids=list(SIGNS))
def test_no_sign_vanishes(page: Any, number: int) -> None:
    """A formula without its minus or its root says something else."""
    assert ink(page.locator("math.sign mo").nth(number)) > 4


@pytest.mark.parametrize("number", range(len(FORMULAS)))
def test_every_part_of_a_formula_is_drawn(page: Any, number: int) -> None:
    """The auditor would compare a formula that lacks an operand or an operator."""
    drawn = page.locator("div.formula").nth(number)
    assert drawn.locator("math").count() == 1
    leaves = drawn.locator("mo, mn, mi, mtext")
    seen = 0
    for place in range(leaves.count()):
        leaf = leaves.nth(place)
        if leaf.text_content().strip("\u2061\u2062\u2063\u2064\u200b \xa0"):
            assert ink(leaf) > 2, leaf.text_content()
            seen += 1
    assert seen >= 3


def test_fractions_stand_on_their_bar(page: Any) -> None:
    """A fraction read as a line of text would be another formula."""
    for number in (0, 1, 4):
        fraction = page.locator("div.formula").nth(number).locator("mfrac").first
        over, under = fraction.locator("> *").nth(0).bounding_box(), fraction.locator("> *").nth(1).bounding_box()
        assert over["y"] + over["height"] <= under["y"] + 1
