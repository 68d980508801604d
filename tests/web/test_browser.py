"""The auditor's way through the app in a real browser: from opening it to a decision that outlives a new reading."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.web import make_app
from tests.web.conftest import KEY, NAMES, SAMPLES, fill

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
ARTEFACTS = Path(__file__).parents[2] / "artefacts"
WIDTHS = (1280, 390)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="Debian's chromium is not installed"),
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        made.close()


def served(url: str) -> tuple[str, Any]:
    """(address without key, the running server)."""
    import uvicorn

    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(make_app(url, key=KEY), log_level="error"))
    threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True).start()
    while not server.started:
        time.sleep(0.02)
    return f"http://127.0.0.1:{listener.getsockname()[1]}", server


@pytest.fixture(scope="session")
def address(url: str) -> Iterator[str]:
    where, server = served(url)
    yield where
    server.should_exit = True


def opened(browser: Any, address: str, width: int = 1280) -> Any:
    page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
    page.set_default_timeout(8000)
    page.goto(f"{address}/?key={KEY}")
    return page


def follow(page: Any, selector: str) -> None:
    """Clicks the first such thing and waits for the page behind it."""
    with page.expect_navigation():
        page.locator(selector).first.click()


def test_every_screen_is_photographed_and_fits(browser: Any, address: str, places: dict[str, str]) -> None:
    """A screen would run off a telephone's edge, and nobody would have looked at it."""
    ARTEFACTS.mkdir(exist_ok=True)
    for width in WIDTHS:
        page = opened(browser, address, width)
        for lang in ("id", "en"):
            page.goto(f"{address}/bahasa/{lang}")
            for name, path in places.items():
                page.goto(address + path)
                page.screenshot(path=ARTEFACTS / f"{name}-{lang}-{width}.png", full_page=name == "finding")
                assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, lang, width)
        page.context.close()


def test_no_screen_shuts_people_out(browser: Any, address: str, places: dict[str, str]) -> None:
    """Someone with a screen reader or weak eyes could not work with it."""
    axe_module = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    axe = axe_module.Axe()
    found = []
    for width in WIDTHS:
        page = opened(browser, address, width)
        for name, path in places.items():
            page.goto(address + path)
            for violation in axe.run(page).response["violations"]:
                if violation["impact"] in ("serious", "critical"):
                    places_in = [node["html"][:120] for node in violation["nodes"]]
                    found.append((name, width, violation["id"], places_in[:2]))
        page.context.close()
    assert found == []


def test_nothing_leaves_the_machine(browser: Any, address: str, places: dict[str, str]) -> None:
    """A confidential database would announce itself to a stranger."""
    page = opened(browser, address)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in places.values():
        page.goto(address + path)
    page.context.close()
    assert asked and all(url.startswith((address, "data:")) for url in asked)


def test_a_decision_from_first_look_to_reopening(browser: Any, tmp_path: Path) -> None:
    """What the auditor decided would be asked again, or would silently cover changed evidence."""
    paths = [Path(shutil.copy(SAMPLES / name, tmp_path)) for name in NAMES[:1]]
    url = f"sqlite:///{tmp_path / 'a.db'}"
    fill(url, paths)
    address, server = served(url)
    page = opened(browser, address)
    try:
        follow(page, "nav >> text=Temuan")
        everything = page.locator("ol.findings li").count()
        page.select_option("select[name=rule]", "FRM001")
        page.wait_for_url("**rule=FRM001**")
        assert 0 < page.locator("ol.findings li").count() < everything
        page.fill("input[name=q]", "pemberdayaan")
        page.press("input[name=q]", "Enter")
        page.wait_for_url("**q=pemberdayaan**")
        follow(page, "ol.findings a")
        assert page.locator("mark.subject").first.inner_text() == "Jumlah Hasil Koordinasi bidang pemerintahan"
        assert page.locator("td.flagged").count() >= 1
        fraction = page.locator(".math-line.subject mfrac").first.bounding_box()
        assert fraction and fraction["width"] > 60 and fraction["height"] > 20
        finding = page.url.rsplit("/", 1)[-1]
        page.check("input[value=reject]")
        page.fill("textarea[name=reason]", "Sesuai naskah asli")
        page.fill("input[name=by]", "Pemeriksa A")
        follow(page, "text=Simpan keputusan")
        assert "Sesuai naskah asli" in page.inner_text("main")
        page.goto(f"{address}/temuan?status=open&rule=FRM001")
        assert page.locator(f"a[href='/temuan/{finding}']").count() == 0
        fill(url, paths)
        page.goto(f"{address}/temuan/{finding}")
        assert page.locator(".tag.reject").count() >= 1
        text = paths[0].read_text(encoding="utf-8")
        changed = text.replace(
            "{Jumlah Hasil Koordinasi bidang pemberdayaan", "{Jumlah Seluruh Hasil Koordinasi bidang pemberdayaan"
        )
        assert changed != text
        paths[0].write_text(changed, encoding="utf-8")
        fill(url, paths)
        page.goto(f"{address}/temuan?status=reopened")
        follow(page, "ol.findings a")
        assert page.locator(".tag.reopened").count() == 1
        assert "Dibuka kembali karena berubah" in page.inner_text("main")
    finally:
        page.context.close()
        server.should_exit = True


def test_the_keyboard_walks_through_findings(browser: Any, address: str) -> None:
    """Hundreds of findings would have to be clicked one by one."""
    page = opened(browser, address)
    page.goto(f"{address}/temuan")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/temuan/*")
    page.context.close()


def test_a_page_prints_without_its_controls(browser: Any, address: str, places: dict[str, str]) -> None:
    """A printed finding would carry menus and a form."""
    page = opened(browser, address)
    page.goto(address + places["finding"])
    page.emulate_media(media="print")
    assert not page.locator("header.top").is_visible() and not page.locator("form").first.is_visible()
    page.context.close()
