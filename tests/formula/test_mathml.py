"""If these fail, a reader of the web app sees another formula: a fraction without its bar, a lost × or ∑, a missing operand."""

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
    # cell, the signs that must be drawn in this order, fractions
    (r"$\frac{\text{Jumlah OPD tepat waktu}}{\text{Jumlah seluruh OPD}} \times 100\%$", "×%", 1),
    (r"$\frac{\sum \text{rekomendasi selesai}}{\sum \text{rekomendasi}} \times 100\%$", "∑∑×%", 1),
    ("(Target - (Realisasi - Target)) / Target x 100%", "−(−)×%", 1),
    ("(X(n) - X(n-1)) / X(n-1) x 100%", "−×%", 1),
    ("I = 1/3 (A1 + A2 + A3)", "=×(++)", 1),
    ("(∑ n × k) / t × 100%", "∑××%", 1),
    ("TP = ∑_(i=1)^(n) w_(i)x_(i)", "=∑×", 0),
    ("(99,5% + 87,8%) : 2 = 93,65%", "%+%=%", 1),
    ("Jumlah kematian bayi dibagi jumlah kelahiran hidup dikalikan 1.000", "×", 1),
    ("0,4 × Indeks A + 0,6 × Indeks B", "×+×", 0),
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
    root = '<math id="root"><msqrt><mi>x</mi></msqrt></math>'
    drawn = "".join(f'<div class="formula">{parse(text).mathml}</div>' for text, _, _ in FORMULAS)
    style = (
        f'@font-face {{ font-family: m; src: url("data:font/woff2;base64,{font}"); }} body {{ background: #fff; color: #000 }}'
        " math { font-family: m; font-size: 28px } .formula { padding: 8px }"
    )
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        made = browser.new_page(viewport={"width": 1200, "height": 1800})
        made.set_content(f"<style>{style}</style>{marks}{root}{drawn}")
        made.evaluate("document.fonts.load('28px m')")
        yield made
        browser.close()


def picture(element: Any) -> Any:
    from PIL import Image

    return Image.open(io.BytesIO(element.screenshot())).convert("L")


def ink(image: Any) -> int:
    """Dark pixels."""
    return sum(image.histogram()[:128])


def test_the_shipped_font_is_used(page: Any) -> None:
    """On a machine without a maths font, signs would be boxes."""
    assert page.evaluate("[...document.fonts].map(font => font.status)") == ["loaded"]


@pytest.mark.parametrize("number", range(len(SIGNS)), ids=list(SIGNS))
def test_the_font_has_every_sign(page: Any, number: int) -> None:
    image = picture(page.locator("math.sign mo").nth(number))
    assert ink(image) > 4
    if SIGNS[number] == "≠":  # one sign, not an equals sign with a stroke beside it
        columns = [x for x in range(image.width) if any(image.getpixel((x, y)) < 128 for y in range(image.height))]
        assert columns == list(range(columns[0], columns[-1] + 1))


def test_a_root_has_its_sign(page: Any) -> None:
    root = page.query_selector("#root msqrt")
    inner = page.query_selector("#root mi").bounding_box()
    width = max(1, int(inner["x"] - root.bounding_box()["x"]))
    image = picture(root)
    assert ink(image.crop((0, 0, width, image.height))) >= 15


@pytest.mark.parametrize("number", range(len(FORMULAS)))
def test_every_part_of_a_formula_is_drawn(page: Any, number: int) -> None:
    """The auditor would compare a formula that lacks an operand or an operator: the signs are those that the cell has, in
    their order, and each of them, like each word and number, leaves ink."""
    formula = page.locator("div.formula").nth(number)
    signs = formula.locator("mo")
    assert "".join(sign.strip() for sign in signs.all_text_contents()) == FORMULAS[number][1]
    leaves = formula.locator("mo, mn, mi, mtext")
    assert leaves.count() > signs.count()
    for place in range(leaves.count()):
        assert ink(picture(leaves.nth(place))) >= 4, leaves.nth(place).text_content()


@pytest.mark.parametrize("number", range(len(FORMULAS)))
def test_fractions_stand_on_their_bar(page: Any, number: int) -> None:
    """A fraction read as a line of text, or two lines without a rule, would be another formula."""
    fractions = page.locator("div.formula").nth(number).locator("mfrac")
    assert fractions.count() == FORMULAS[number][2]
    for place in range(fractions.count()):
        fraction = fractions.nth(place)
        above, below = (fraction.locator("> *").nth(part).bounding_box() for part in (0, 1))
        assert above["y"] + above["height"] <= below["y"] + 1
        image = picture(fraction)
        pixels, (width, height) = image.load(), image.size
        longest = max(sum(pixels[x, y] < 160 for x in range(width)) for y in range(height))
        assert longest >= min(0.85 * width, width - 4), fraction.text_content()


def test_all_ten_are_of_a_readable_size(page: Any) -> None:
    for number, (text, _, _) in enumerate(FORMULAS):
        box = page.locator("div.formula math").nth(number).bounding_box()
        assert box["width"] > 60 and 20 < box["height"] < 260, text
