"""Pictures of pages: with the boxes of findings drawn over them, or the surroundings of one place."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Any

from pipeline.model import BBox, Evidence, Where
from pipeline.store.places import page_of, picture_of, source
from pipeline.store.store import Store
from pipeline.web import corrections
from pipeline.web.listing import Listing
from pipeline.web.sql import MOST_NUMBER, Rows, unpacked

SCALE = 1.6
MEDIA = "image/jpeg"  # a page is drawn in a tenth of the time that PNG takes to pack it
_QUALITY = 88
_COLOURS = {"subject": (193, 18, 31), "source": (29, 78, 216), "counterpart": (29, 78, 216), "witness": (31, 111, 67)}
_OTHER = (100, 100, 100)
_DRAWING = Lock()
"""PDFium draws in one thread at a time: two pictures of one page asked for at once would end the program."""


class Pictures:
    """PNG and JPEG of places in the source files; None where a file is no PDF, gone or changed, or the place unknown."""

    def __init__(self, store: Store, rows: Rows, listing: Listing) -> None:
        self.store = store
        self.rows = rows
        self.list = listing

    def evidence(self, fingerprint: str, document: str, ordinal: int) -> bytes | None:
        """The surroundings of one piece of evidence."""
        position = self.list.position(fingerprint, document)
        rows = [] if position is None or ordinal > MOST_NUMBER else self.rows(
            "SELECT e.page, e.bbox, e.quote, e.role, d.sha256 FROM evidence e JOIN document d ON d.id = e.document_id "
            "WHERE e.finding_id = :f AND e.ordinal = :n", f=self.list.catalogue().ids[position], n=ordinal
        )  # fmt: skip
        box = unpacked(rows[0]["bbox"]) if rows else None
        if not box:
            return None
        where = Where(page=rows[0]["page"], bbox=(box[0], box[1], box[2], box[3]))
        return self._around(Evidence(rows[0]["sha256"], where, rows[0]["quote"], rows[0]["role"]))

    def cell(self, sha256: str, tabel: int, baris: int, kolom: int) -> bytes | None:
        """The surroundings of one cell."""
        shown = corrections.cell(self.rows, sha256, tabel, baris, kolom)
        return self._around(corrections.place_of(shown)) if shown else None

    def _around(self, place: Evidence) -> bytes | None:
        with _DRAWING:
            return picture_of(self.store, place)

    def page(self, sha256: str, number: int) -> bytes | None:
        """A page with the boxes of all findings on it."""
        if number > MOST_NUMBER:
            return None
        rows = self.rows(
            "SELECT e.bbox, e.role FROM evidence e JOIN document d ON d.id = e.document_id "
            "WHERE d.sha256 = :s AND e.page = :n AND e.bbox IS NOT NULL LIMIT 5000", s=sha256, n=number
        )  # fmt: skip
        return self._drawn(sha256, number, rows)

    def finding(self, fingerprint: str, document: str, number: int) -> bytes | None:
        """A page with the boxes of one finding, and a line between what it questions and where that comes from."""
        position = self.list.position(fingerprint, document)
        catalogue = self.list.catalogue()
        if position is None or number > MOST_NUMBER:
            return None
        rows = self.rows(
            "SELECT e.bbox, e.role FROM evidence e JOIN finding f ON f.id = e.finding_id "
            "WHERE e.finding_id = :f AND e.document_id = f.document_id AND e.page = :n AND e.bbox IS NOT NULL",
            f=catalogue.ids[position], n=number,
        )  # fmt: skip
        sha256 = catalogue.groups[catalogue.group_of[position]].document
        return self._drawn(sha256, number, rows, joined=True)

    def _drawn(
        self, sha256: str, number: int, rows: Sequence[Mapping[str, Any]], *, joined: bool = False
    ) -> bytes | None:
        document = self.store.document(sha256)
        data = source(document) if document is not None and document.media == "pdf" else None
        if data is None or page_of(self.store, sha256, number) is None:
            return None
        boxes = dict.fromkeys((tuple(unpacked(row["bbox"])), row["role"]) for row in rows)
        with _DRAWING:
            return page_with_boxes(data, number, list(boxes), joined=joined)


def page_with_boxes(data: bytes, number: int, boxes: Sequence[tuple[BBox, str]], *, joined: bool = False) -> bytes:
    """JPEG of page `number` (from 1) with its boxes framed by role. `joined`: the boxes are one finding's, so a line leads
    from what it questions to what that was copied from or contradicts."""
    from PIL import ImageDraw

    from pipeline.extract.picture import page_picture

    picture = page_picture(data, number, SCALE)
    draw = ImageDraw.Draw(picture)
    frames = [([value * SCALE for value in box], role) for box, role in boxes]
    for (x0, top, x1, bottom), role in frames:
        draw.rectangle((x0 - 3, top - 3, x1 + 3, bottom + 3), outline=_COLOURS.get(role, _OTHER), width=3)
    subjects = [frame for frame, role in frames if role == "subject"]
    for frame, role in frames if joined and subjects else ():
        if role in ("source", "counterpart"):
            draw.line(_between(frame, subjects[0]), fill=_COLOURS[role], width=3)
    sink = io.BytesIO()
    picture.save(sink, "JPEG", quality=_QUALITY)
    return sink.getvalue()


def _between(one: Sequence[float], other: Sequence[float]) -> tuple[float, float, float, float]:
    """The line from the middle of the nearer edge of one box to that of the other."""
    x, other_x = (one[0] + one[2]) / 2, (other[0] + other[2]) / 2
    if one[3] < other[1]:
        return x, one[3], other_x, other[1]
    if other[3] < one[1]:
        return x, one[1], other_x, other[3]
    middle, other_middle = (one[1] + one[3]) / 2, (other[1] + other[3]) / 2
    return (one[2], middle, other[0], other_middle) if x < other_x else (one[0], middle, other[2], other_middle)
