"""Runs the command as its own process, as a user does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

IKU = (
    "INDIKATOR KINERJA UTAMA\nKECAMATAN SUKAMAJU KABUPATEN CONTOH\nTAHUN 2023\n\n"
    "No\tSasaran\tIndikator Kinerja\tFormula\tSumber Data\n"
    "1\tMeningkatnya tertib administrasi desa\tPersentase desa tertib administrasi\t"
    "Jumlah desa tertib administrasi / Jumlah desa x 100%\tLaporan Kasi Pemerintahan\n"
    "2\tMeningkatnya pelayanan publik\tNilai survei kepuasan masyarakat\tHasil survei\t\n"
)


def lkip(*arguments: str, db: Path | str, lang: str = "en", stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Its exit code, standard output and standard error. `db` is a file or a URL."""
    url = db if isinstance(db, str) else f"sqlite:///{db}"
    environment = {**os.environ, "LKIP_DB": url, "LANG": "C.UTF-8", "LC_ALL": "id_ID" if lang == "id" else "en_US"}
    command = [sys.executable, "-c", "from pipeline.cli.main import main; main()", *arguments]
    return subprocess.run(
        command,
        env=environment,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        encoding="utf-8",
    )
