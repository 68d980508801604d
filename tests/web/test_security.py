"""The database may be confidential and a decision is a person's word: nobody else's page may read or write them."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from pipeline.store import open_store
from pipeline.store.review import history
from pipeline.web import make_app
from tests.web.conftest import BASE, KEY, NAMES, SAMPLES, SCRIPT, fill

DECISION = {"verdict": "reject", "reason": "bukan salah", "by": "Ani"}
OWN = {"Origin": BASE, "Sec-Fetch-Site": "same-origin"}


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "http://evil.example"}, {"Origin": "null"}, {"Origin": "http://127.0.0.1:9999"},
     {"Origin": "https://127.0.0.1:8123.evil.example"}, {"Origin": BASE, "Sec-Fetch-Site": "cross-site"}],
)  # fmt: skip
def test_a_cross_site_post_changes_nothing(
    client: TestClient, places: dict[str, str], url: str, headers: dict[str, str]
) -> None:
    """Another page in the auditor's browser could silence findings in her name."""
    answer = client.post(f"{places['finding']}/keputusan", data=DECISION, headers=headers)
    assert answer.status_code == 403
    assert history(open_store(url, read_only=True)) == []


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8123",
        "127.0.0.1.evil.example",
        "",
        "169.254.1.1",
        "[::1",
        "evil.example@127.0.0.1",
        "127.0.0.1:80:90",
        "127.0.0.1/..",
        "127.0.0.1:8123 evil.example",
        "127.0.0.1#@evil.example",
        "127.0.0.1?evil.example",
    ],
)
def test_a_foreign_host_gets_nothing(client: TestClient, host: str) -> None:
    """A name that an attacker points at this machine would read the database."""
    answer = client.get("/temuan", headers={"Host": host})
    assert answer.status_code == 400
    assert "temuan" not in answer.text.lower()


@pytest.mark.parametrize(
    "path", ["/", "/temuan", "/sql?sql=select+1", "/static/app.css", "/dokumen", "/?key=salah", "/?key="]
)
def test_without_the_key_nothing_is_shown(stranger: TestClient, path: str) -> None:
    """Another user of the machine would read everything by trying ports."""
    answer = stranger.get(path)
    assert answer.status_code == 403
    assert "<html" not in answer.text


def test_the_key_leaves_the_address_and_stays_out_of_scripts(stranger: TestClient) -> None:
    """The key would stand in the browser's history and in every screenshot."""
    answer = stranger.get(f"/?key={KEY}")
    stranger.cookies.clear()
    assert answer.status_code == 303 and KEY not in answer.headers["location"]
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie


def test_every_answer_forbids_what_the_pages_do_not_need(client: TestClient, places: dict[str, str]) -> None:
    """A mistake in a template could load or send something elsewhere."""
    for path in (*places.values(), "/static/app.js"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("trail", ["../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "....//etc/passwd",
                                   "%00", "/etc/passwd", "..\\..\\etc\\passwd"])  # fmt: skip
@pytest.mark.parametrize(
    "place",
    ["/temuan/{}", "/temuan/{}/bukti/1.png", "/dokumen/{}", "/dokumen/{}/halaman/1.jpg", "/indikator/{}", "/instansi/{}", "/aturan/{}",
     "/static/{}", "/bahasa/{}", "/bahasa/id?kembali={}", "/sql?nama={}", "/temuan?document={}", "/temuan?rule={}", "/temuan?q={}",
     "/temuan?page={}", "/temuan?year={}", "/indikator?q={}", "/dokumen/x?halaman={}"],
)  # fmt: skip
def test_no_parameter_walks_to_files(client: TestClient, place: str, trail: str) -> None:
    """Any file of the auditor could be read through the app."""
    answer = client.get(place.format(trail))
    assert answer.status_code in (200, 303, 404)
    assert "root:" not in answer.text and "/bin/" not in answer.text


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "\t//evil.example",
                                  "evil.example", "/%0d%0aSet-Cookie:x=1", "/\t/evil.example"])  # fmt: skip
def test_the_language_switch_leads_only_to_own_paths(client: TestClient, back: str) -> None:
    """A link that looks like the app would lead to a stranger's page."""
    location = client.get("/bahasa/id", params={"kembali": back}).headers["location"]
    assert location.startswith("/") and "\t" not in location and "\\" not in location and not location.startswith("//")
    assert "set-cookie" not in location.lower() or "%0" in location.lower()


def test_script_in_a_document_stays_text(client: TestClient, places: dict[str, str], url: str) -> None:
    """A document could act in the auditor's name as soon as she looks at it."""
    store = open_store(url, read_only=True)
    with store.engine.connect() as connection:
        sha, office = connection.execute(
            text(
                "SELECT d.sha256, i.kunci FROM document d JOIN instansi i ON i.id = d.instansi_id WHERE d.path LIKE '%hostile%'"
            )
        ).one()
        prints = connection.execute(
            text("SELECT f.fingerprint FROM finding f JOIN document d ON d.id = f.document_id WHERE d.sha256 = :s"), {"s": sha}
        ).scalars().all()  # fmt: skip
        keys = connection.execute(text("SELECT kunci FROM indikator WHERE indikator LIKE '%script%'")).scalars().all()
    from urllib.parse import quote

    paths = [
        f"/dokumen/{sha}",
        f"/instansi/{quote(office, safe='')}",
        f"/temuan?document={sha}",
        "/indikator",
        "/dokumen",
    ]
    paths += [f"/temuan/{name}" for name in prints] + [f"/indikator/{quote(key, safe='')}" for key in keys]
    paths += [
        f"/sql?sql={quote('SELECT indikator FROM indikator')}",
        f"/temuan?q={quote(SCRIPT)}",
        f"/sql?sql={quote(SCRIPT)}",
    ]
    assert prints and keys
    shown = 0
    for path in paths:
        page = client.get(path).text
        assert "<script>alert" not in page, path
        shown += "&lt;script&gt;" in page
    assert shown >= 5


@pytest.mark.parametrize(
    "sql",
    ["DELETE FROM finding", "UPDATE document SET path = 'x'", "DROP TABLE finding", "INSERT INTO run DEFAULT VALUES",
     "WITH x AS (SELECT 1) DELETE FROM finding", "SELECT 1; DELETE FROM finding", "CREATE TABLE x (a)", "ATTACH DATABASE '/tmp/x.db' AS x",
     "PRAGMA writable_schema = 1", "PRAGMA query_only = 0", "SELECT load_extension('x')", "VACUUM INTO '/tmp/lkip-stolen.db'",
     "SELECT * FROM pragma_table_info('finding')", "REPLACE INTO run(id) VALUES (1)", "EXPLAIN DELETE FROM finding; DELETE FROM finding",
     "SELECT writefile('/tmp/lkip-written', 'x')", "SELECT readfile('/etc/passwd')", "-- x\nDELETE FROM finding"],
)  # fmt: skip
def test_the_sql_workbench_only_reads_this_database(client: TestClient, url: str, sql: str) -> None:
    """A statement pasted from elsewhere would destroy or leak the audit."""
    store = open_store(url, read_only=True)

    def count() -> int:
        with store.engine.connect() as connection:
            return int(connection.execute(text("SELECT COUNT(*) FROM finding")).scalar() or 0)

    before = count()
    answer = client.get("/sql", params={"sql": sql})
    assert answer.status_code == 200
    assert 'role="alert"' in answer.text
    assert "root:" not in answer.text
    assert count() == before > 0


def test_a_statement_that_runs_for_minutes_is_stopped(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """One careless join would hang the app."""
    monkeypatch.setattr("pipeline.web.data.SQL_SECONDS", 0.4)
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n"
    start = time.monotonic()
    answer = client.get("/sql", params={"sql": endless})
    assert 'role="alert"' in answer.text
    assert time.monotonic() - start < 4


@pytest.mark.parametrize(
    "sql",
    ["SELECT printf('%.*c', 900000000, 'x')", "SELECT zeroblob(900000000)", "SELECT hex(randomblob(400000000))",
     "SELECT format('%900000000s', 'x')", "SELECT replace(hex(zeroblob(49000)), '0', hex(zeroblob(49000)))",
     "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT hex(zeroblob(49000)), i FROM n",
     "SELECT group_concat(a.text || b.text) FROM cell a, cell b, cell c"],
)  # fmt: skip
def test_an_answer_that_fills_the_memory_is_refused(client: TestClient, sql: str) -> None:
    """One statement would take gigabytes and stop the machine: the time limit does not help, as it is one step."""
    start = time.monotonic()
    answer = client.get("/sql", params={"sql": sql})
    assert answer.status_code == 200 and len(answer.content) < 200_000
    assert 'role="alert"' in answer.text
    assert time.monotonic() - start < 8


def test_many_dear_steps_end_in_time(client: TestClient) -> None:
    """The clock is looked at where a loop turns: dear steps in a row would run for minutes."""
    one = "instr(hex(zeroblob(49999)),hex(zeroblob(24999))||{})"
    start = time.monotonic()
    client.get("/sql", params={"sql": "SELECT " + ",".join(one.format(number) for number in range(20))})
    assert time.monotonic() - start < 10
    assert 'role="alert"' in client.get("/sql", params={"sql": "SELECT " + ",".join([one] * 200)}).text


@pytest.mark.parametrize("number", ["99999999999999999999999", "1000001", "0"])
def test_numbers_beyond_every_page_are_no_crash(client: TestClient, places: dict[str, str], number: str) -> None:
    """A mistyped address would look like a crash."""
    for place in (f"{places['finding']}/bukti/{number}.png", f"{places['finding']}/halaman/{number}.jpg", f"{places['document-pdf']}/halaman/{number}.jpg"):  # fmt: skip
        assert client.get(place).status_code == 404 or number == "0"


def test_a_form_larger_than_any_reason_is_refused(client: TestClient, places: dict[str, str]) -> None:
    """A page of the app's own origin could fill the database."""
    answer = client.post(f"{places['finding']}/keputusan", data=DECISION | {"reason": "x" * 300_000}, headers=OWN)
    assert answer.status_code == 413


def test_what_a_person_writes_stays_text(tmp_path: Path) -> None:
    """A colleague's reason, taken over from a file, could act in the auditor's name; a name could set a header."""
    shutil.copy(SAMPLES / NAMES[0], tmp_path)
    url = f"sqlite:///{tmp_path / 'a.db'}"
    fill(url, [tmp_path / NAMES[0]])
    finding = open_store(url).findings()[0].fingerprint
    with TestClient(make_app(url, key=KEY), base_url=BASE, follow_redirects=False) as client:
        client.get(f"/?key={KEY}")
        form = {"verdict": "unsure", "reason": f"{SCRIPT}\0", "by": "Añi ☃\r\nSet-Cookie: a=b"}
        answer = client.post(f"/temuan/{finding}/keputusan", data=form, headers=OWN)
        assert answer.status_code == 303
        assert not [value for value in answer.headers.values() if "\n" in value or "\r" in value]
        assert [name for name in client.cookies if name not in ("lkip_key", "lkip_by")] == []
        page = client.get(f"/temuan/{finding}").text
        assert "<script>alert" not in page and "&lt;script&gt;" in page and "Añi ☃" in page


def test_the_key_leads_only_to_this_app(stranger: TestClient) -> None:
    """A link with the key's parameter could carry the auditor elsewhere."""
    location = stranger.get(f"//evil.example/?key={KEY}").headers["location"]
    stranger.cookies.clear()
    assert location.startswith("/") and not location.startswith("//")


def test_read_only_refuses_decisions(url: str, places: dict[str, str]) -> None:
    """A copy handed to a reader could be changed by him."""
    with TestClient(make_app(url, key=KEY, read_only=True), base_url=BASE, follow_redirects=False) as client:
        client.get(f"/?key={KEY}")
        assert client.post(f"{places['finding']}/keputusan", data=DECISION, headers=OWN).status_code == 403
        assert '<form method="post"' not in client.get(places["finding"]).text


def test_a_decision_without_a_reason_is_refused_and_says_so(client: TestClient, places: dict[str, str]) -> None:
    """Nobody could later say why a finding was silenced."""
    answer = client.post(
        f"{places['finding']}/keputusan", data={"verdict": "reject", "by": "Ani", "reason": " "}, headers=OWN
    )
    assert answer.status_code == 400 and 'role="alert"' in answer.text
