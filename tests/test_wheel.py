"""The wheel is the whole product: installed somewhere else it has its grammars, migrations, views and queries."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.cli.support import IKU

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode and "hatchling" in done.stdout + done.stderr and "not" in done.stdout + done.stderr:
        pytest.skip("hatchling is not installed, and building with isolation needs a network")
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_everything_that_lies_beside_the_code(wheel: Path) -> None:
    """A file forgotten here fails only on the user's machine."""
    names = set(zipfile.ZipFile(wheel).namelist())
    beside = [path for folder in ("grammars", "db") for path in (ROOT / folder).rglob("*") if path.is_file()]
    wanted = {f"pipeline/_bundled/{path.relative_to(ROOT)}" for path in beside if "__pycache__" not in path.parts}
    inside = [path for path in (ROOT / "pipeline").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    wanted |= {str(path.relative_to(ROOT)) for path in inside}
    assert wanted <= names
    assert not [name for name in names if name.startswith(("tests/", "samples/", "bench/"))]


def test_the_installed_wheel_works_elsewhere(wheel: Path, tmp_path: Path) -> None:
    """Version, migrations, views, queries, grammars, rules: from the wheel alone, in another folder."""
    target = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(target)
    (tmp_path / "iku.txt").write_text(IKU, encoding="utf-8")
    paths = os.pathsep.join([str(target), sysconfig.get_paths()["purelib"]])
    environment = {**os.environ, "PYTHONPATH": paths, "LKIP_DB": f"sqlite:///{tmp_path / 'a.db'}", "LC_ALL": "en_US"}

    def lkip(*arguments: str) -> str:
        # -S: without the checkout's own .pth file
        code = "import pipeline, sys; assert '_bundled' and 'site' in pipeline.__file__, pipeline.__file__; "
        code += "from pipeline.cli.main import main; main(sys.argv[1:])"
        command = [sys.executable, "-S", "-c", code, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert "lkip, version" in lkip("--version")
    assert "1 read" in lkip("ingest", "iku.txt")
    assert "Sukamaju" in lkip("audit", "--fail-on", "never", "--format", "json")
    assert "Persentase desa tertib administrasi" in lkip(
        "query", "SELECT indikator FROM v_indikator", "--format", "csv"
    )
    assert "formula-berbeda" in lkip("query")
    assert "percentage" in lkip("formula", "A / B x 100%")
    assert "FRM001" in lkip("rule")
