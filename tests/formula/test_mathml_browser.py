"""If these fail, a reader of the web app sees a formula with a sign missing: a fraction without its bar, a lost × or ∑."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.formula import parse

pytestmark = pytest.mark.browser
CHROMIUM = Path("/usr/bin/chromium")
FONT = Path(__file__).resolve().parents[2] / "pipeline" / "web" / "static" / "math.woff2"
FORMULAS = (
    r"$\frac{\text{Jumlah OPD tepat waktu}}{\text{Jumlah seluruh OPD}} \times 100\%$",
    r"$\frac{\sum \text{rekomendasi yang ditindaklanjuti}}{\sum \text{rekomendasi}} \times 100\%$",
    "(Target - (Realisasi - Target)) / Target x 100%",
    "(X(n) - X(n-1)) / X(n-1) x 100%",
    "I = 1/3 (A1 + A2 + A3)",
    "(∑ n × k) / t × 100%",
    "TP = ∑_(i=1)^(n) w_(i)x_(i)",
    "(99,5% + 87,8%) : 2 = 93,65%",
    "Jumlah kematian bayi dibagi jumlah kelahiran hidup dikalikan 1.000",
    "0,4 × Indeks A + 0,6 × Indeks B",
)


@pytest.fixture(scope="module")
def page() -> Iterator[Any]:
    if not CHROMIUM.exists():
        pytest.skip("Debian's chromium is not installed")
    sync = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    font = base64.b64encode(FONT.read_bytes()).decode()
    rows = "".join(f'<p id="f{number}">{parse(text).mathml}</p>' for number, text in enumerate(FORMULAS))
    extra = "<math id='root'><msqrt><mi>x</mi></msqrt></math> <math><mi>a</mi><mo>≠</mo><mi>b</mi></math>"
    html = (
        f"<style>@font-face{{font-family:m;src:url(data:font/woff2;base64,{font})}}"
        f"body{{background:#fff;color:#000}}math{{font-family:m;font-size:28px}}</style>{rows}<p id='signs'>{extra}</p>"
    )
    with sync.sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        shown = browser.new_page(viewport={"width": 1200, "height": 1400})
        shown.set_content(html)
        shown.evaluate("document.fonts.ready")
        yield shown
        browser.close()


def picture(element: Any) -> Any:
    from PIL import Image

    return Image.open(io.BytesIO(element.screenshot())).convert("L")


def ink(image: Any) -> int:
    return sum(image.histogram()[:128])


def test_every_operator_is_drawn(page: Any) -> None:
    signs = page.query_selector_all("math mo")
    assert len(signs) > 30
    for sign in signs:
        assert ink(picture(sign)) >= 6, sign.text_content()


def test_every_fraction_has_its_bar(page: Any) -> None:
    fractions = page.query_selector_all("mfrac")
    assert len(fractions) >= 7
    for fraction in fractions:
        image = picture(fraction)
        pixels, (width, height) = image.load(), image.size
        longest = max(sum(pixels[x, y] < 160 for x in range(width)) for y in range(height))
        assert longest >= min(0.85 * width, width - 4), fraction.text_content()


def test_fraction_parts_stand_above_each_other(page: Any) -> None:
    for fraction in page.query_selector_all("mfrac"):
        above, below = (part.bounding_box() for part in fraction.query_selector_all(":scope > mrow"))
        assert above["y"] + above["height"] <= below["y"] + 1


def test_root_and_unequal_signs_come_from_the_font(page: Any) -> None:
    root = page.query_selector("#root msqrt")
    image = picture(root)
    inner = page.query_selector("#root mi").bounding_box()
    left = image.crop((0, 0, max(1, int(inner["x"] - root.bounding_box()["x"])), image.size[1]))
    assert ink(left) >= 15
    unequal = picture(page.query_selector("#signs math:nth-of-type(2) mo"))
    columns = [x for x in range(unequal.size[0]) if any(unequal.getpixel((x, y)) < 128 for y in range(unequal.size[1]))]
    assert columns and columns == list(range(columns[0], columns[-1] + 1))  # one sign, not broken in two


def test_all_ten_are_of_a_readable_size(page: Any) -> None:
    for number in range(len(FORMULAS)):
        box = page.query_selector(f"#f{number} math").bounding_box()
        assert box["width"] > 60 and 20 < box["height"] < 260, FORMULAS[number]
