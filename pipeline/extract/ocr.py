"""Words of scanned pages through Tesseract, with box and confidence; every answer is recorded by its input and replayed.

The model is `Latin` or `eng`, never `ind` alone: Debian's Indonesian model knows no `%` and reads "60,55%" as "60,55Y6".
"""

from __future__ import annotations

import csv
import hashlib
import os
import re
import shutil
import subprocess
import unicodedata
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

from pipeline.errors import MissingToolError
from pipeline.extract.pdf_types import Word

REMEDY = "install it: apt install tesseract-ocr tesseract-ocr-script-latn, and pip install 'lkip[ocr]'"
TIMEOUT = 180
"""Seconds for one page."""
HANGING = set("gjpqyQ,;()[]{}/|")
BULLET_LIKE = ("e", "°", "¢", "®", "©", "«", "»", "*", "o", "¢")
_SEMICOLON = re.compile(r"(?<=\d);(?=\d)")  # "102;17"
_GLUED = re.compile(r"^([A-Z]?[a-z]{3,})(\d{1,4}[.,;:)]*)$")  # "Level3"
_ROMAN = re.compile(r"[lI|!]{2,3}")  # "llI" for "III"
_ITEM = re.compile(r"^([a-z]\.)([A-Z][a-z]+.*)$")  # "a.Kasus"
_ORDINAL = re.compile(r"^(\d{1,2}):$")  # "2:" for "2."
_FIGURE_END = re.compile(r".*\d")
_FIGURE_GOES_ON = re.compile(r"[.,]\d.*")
_CAPITALS = re.compile(r"(?<=[A-Z])[!|](?=[A-Z]|$)")  # "FORMULAS!"


def cache_dir() -> Path:
    """Where Tesseract's answers are kept: LKIP_OCR_CACHE, or the user's cache folder."""
    given = os.environ.get("LKIP_OCR_CACHE")
    if given:
        return Path(given)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "lkip" / "ocr"


@cache
def tesseract() -> tuple[str, str, str]:
    """The program, the model that reads best (Latin) and the one that reads fast (eng); either may stand for both. Raises MissingToolError where Tesseract, its model or OpenCV is missing."""
    program = shutil.which("tesseract")
    if program is None:
        raise MissingToolError("Tesseract is not installed", REMEDY)
    try:
        import cv2  # noqa: F401
    except ImportError as error:
        raise MissingToolError("OpenCV is not installed", REMEDY) from error
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=30, check=False)
    models = [model for model in ("Latin", "script/Latin", "eng") if model in listed.stdout.split()]
    if models:
        return program, models[0], models[-1]
    raise MissingToolError("Tesseract has no Latin model", "apt install tesseract-ocr-script-latn")


def why_not() -> str:
    """Why scans cannot be read (switched off by LKIP_OCR, or what must be installed); empty where they can."""
    if os.environ.get("LKIP_OCR", "").lower() in ("off", "0", "no"):
        return "OCR is switched off by LKIP_OCR"
    try:
        tesseract()
    except MissingToolError as error:
        return str(error)
    return ""


def recognise(grey: Any, psm: int, dpi: int, *, fast: bool = False) -> str:
    """Tesseract's TSV for a grey picture, from the record where it was asked before. Raises MissingToolError,
    subprocess.TimeoutExpired, or RuntimeError where Tesseract fails."""
    import cv2

    program, best, quick = tesseract()
    ok, png = cv2.imencode(".png", grey, [cv2.IMWRITE_PNG_COMPRESSION, 1])
    if not ok:
        raise RuntimeError("the picture cannot be written")
    arguments = ["-l", quick if fast else best, "--psm", str(psm), "--dpi", str(dpi), "tsv"]
    key = hashlib.sha256(" ".join(arguments).encode() + b"\0" + grey.tobytes() + repr(grey.shape).encode()).hexdigest()
    path = cache_dir() / key[:2] / f"{key}.tsv"
    if path.exists():
        return path.read_text(encoding="utf-8")
    done = subprocess.run(
        [program, "stdin", "stdout", *arguments],
        input=png.tobytes(),
        capture_output=True,
        timeout=TIMEOUT,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        check=False,
    )
    if done.returncode:
        raise RuntimeError("Tesseract failed: " + done.stderr.decode("utf-8", "replace").strip()[:200])
    text = done.stdout.decode("utf-8", "replace")
    _record(path, text)
    return text


def _record(path: Path, text: str) -> None:
    """Keeps an answer; a folder that cannot be written only costs time."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        scratch = path.with_suffix(f".{os.getpid()}")
        scratch.write_text(text, encoding="utf-8")
        scratch.replace(path)
    except OSError:
        return


def words_in(tsv: str, scale: float) -> list[Word]:
    """Words of a TSV with boxes in points (`scale` pixels a point); lines share a baseline."""
    rows = list(csv.DictReader(tsv.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    lines: dict[tuple[str, str, str], list[tuple[str, float, float, float, float, float]]] = {}
    for row in rows:
        text = (row.get("text") or "").strip()
        if row.get("level") != "5" or not text:
            continue
        x, y = float(row["left"]) / scale, float(row["top"]) / scale
        w, h = float(row["width"]) / scale, float(row["height"]) / scale
        confidence = max(float(row["conf"]), 0.0) / 100
        if _is_speck(text, w, h, confidence):
            continue
        key = (row["block_num"], row["par_num"], row["line_num"])
        lines.setdefault(key, []).append((text, x, y, x + w, y + h, confidence))
    rises = [row[4] - row[2] for line in lines.values() for row in line if row[0][:1].isupper()]
    usual = median(rises) if rises else 7.0
    return [word for line in lines.values() for word in _levelled(line, usual)]


def _is_speck(text: str, width: float, height: float, confidence: float) -> bool:
    """Dirt and rests of strokes that Tesseract reads as signs."""
    if (
        not any(char.isalnum() for char in text)
        and (confidence < 0.4 or text in "|_~—-'`\"‘’“”.,:;" or not text.strip("_|~"))
        and text not in "-:"
    ):
        return True
    return height < 1.5 or width < 0.8 or height > 60 or (confidence < 0.15 and len(text) < 3)


def _levelled(line: list[tuple[str, float, float, float, float, float]], usual: float) -> list[Word]:
    """Gives the words of one line the line's baseline and height: Tesseract's boxes hug the ink. `usual` is the height of
    the page's capitals; bullets hang in the middle of it, whatever letter they are taken for."""
    standing = [row for row in line if not set(row[0]) & HANGING and any(char.isalnum() for char in row[0])]
    bases = [row[4] for row in standing] or [row[4] - 0.2 * (row[4] - row[2]) for row in line]
    base = median(bases)
    tall = sorted(base - row[2] for row in line if any(char.isalnum() for char in row[0])) or [line[0][4] - line[0][2]]
    rise = max(tall[int(0.75 * (len(tall) - 1))], 2.0)
    if 0.55 * usual < rise < 1.2 * usual:
        rise = usual  # a line of small letters only ("sarana") is as high as its neighbours
    words: list[Word] = []
    for k, (text, x0, top, x1, bottom, confidence) in enumerate(line):
        own = base if abs(bottom - base) < 0.6 * rise else bottom
        if k == 0 and text in BULLET_LIKE and bottom - top < 0.85 * usual and _stands_off(line):
            text = "•"
            if len(line) == 1:
                own, rise = (top + bottom) / 2 + usual / 2, usual
        else:
            text = _repaired(text)
        last = words[-1] if words else None
        if last and x0 - last.x1 < 0.8 * rise and _FIGURE_END.fullmatch(last.text) and _FIGURE_GOES_ON.fullmatch(text):
            least = min(last.conf or 0.0, confidence)
            words[-1] = last._replace(text=last.text + text, x1=x1, conf=least)  # "14.087.527 .818"
            continue
        words.append(Word(text, x0, own - 1.1 * rise, x1, own + 0.3 * rise, own, -1, -1, 0, confidence))
    return words


def _stands_off(line: list[tuple[str, float, float, float, float, float]]) -> bool:
    """Whether the first sign of a line is set apart from what follows, as a bullet is."""
    return len(line) == 1 or line[1][1] - line[0][3] > line[0][3] - line[0][1]


def _repaired(text: str) -> str:
    """Signs that cannot stand there: rests of underlining about a word, accents that Indonesian does not have, a semicolon in
    a figure, a digit glued to its word; `!` and `|` in a word in capitals are the letter I."""
    text = text.strip("_").replace("_", " ") or text
    if not text.isascii():
        text = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    if len(text) > 3 and text[0].isalnum():
        text = text.rstrip("'’‘`")  # dust
    if _ROMAN.fullmatch(text):
        return "I" * len(text)
    text = _ITEM.sub(r"\1 \2", _GLUED.sub(r"\1 \2", _ORDINAL.sub(r"\1.", _SEMICOLON.sub(",", text))))
    return _CAPITALS.sub("I", text) if text.isupper() and len(text) > 3 else text
