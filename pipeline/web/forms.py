"""What people write into the app, and the screens that take corrections: of a cell, an indicator, an office."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pipeline.normalize.matching import Judgement
from pipeline.store.judgements import READING
from pipeline.web import corrections
from pipeline.web.show import chart, formula_groups
from pipeline.web.words import family_name, words

if TYPE_CHECKING:
    from pipeline.web.app import Screens


def written(value: object) -> str:
    """What stands in a field of a form, without what no text holds; empty for a file."""
    return value.replace("\0", "").strip()[:4000] if isinstance(value, str) else ""


def signed(response: Response, by: str) -> Response:
    """The answer, which keeps the name for the next form."""
    response.set_cookie("lkip_by", quote(by[:200]), httponly=True, samesite="strict", max_age=31_536_000)
    return response


def reviewer(request: Request) -> str:
    """The name that the last form was signed with."""
    return unquote(request.cookies.get("lkip_by", ""))


class Corrections:
    """The handlers of the screens that take corrections."""

    def __init__(self, screens: Screens) -> None:
        self.screens = screens

    def cell(self, request: Request) -> Response:
        return self._cell(request)

    def _cell(self, request: Request, **refused: Any) -> Response:
        found = self.screens.data.cell(**request.path_params)
        return self._correctable(request, "cell.html", found, **refused)

    def picture(self, request: Request) -> Response:
        data = self.screens.data.pictures.cell(**request.path_params)
        return Response(data, media_type="image/png") if data else self.screens.missing(request)

    def indicator(self, request: Request) -> Response:
        return self._indicator(request)

    def _indicator(self, request: Request, **refused: Any) -> Response:
        found = self.screens.data.indicator(request.path_params["kunci"])
        if found is not None:
            groups, bare = formula_groups(found["versions"])
            drawn = chart(found["figures"], words(self.screens.language(request))["chart_place"])
            found |= {"chart": drawn, "groups": groups, "bare": bare}
        return self._correctable(request, "indicator.html", found, **refused)

    def office(self, request: Request) -> Response:
        return self._office(request)

    def _office(self, request: Request, **refused: Any) -> Response:
        found = self.screens.data.office(request.path_params["kunci"], self.screens.language(request))
        if found is not None:
            t = words(self.screens.language(request))
            found["families"] = [(value, family_name(value, t), n) for value, _, n in found["families"]]
        return self._correctable(request, "office.html", found, **refused)

    async def correct_cell(self, request: Request) -> Response:
        """What the cell says instead; an empty text is a word too."""
        found = await run_in_threadpool(self.screens.data.cell, **request.path_params)
        if found is None:
            return self.screens.missing(request)
        given = await self._given(request)
        problem = "" if given["reason"] and given["by"] else "needs_both"
        if not problem and given["text"] == found["c"]["text"].strip():
            problem = "needs_change"
        return await self._corrected(request, self._cell, READING, found["c"]["key"], given["text"], given, problem)

    async def correct_indicator(self, request: Request) -> Response:
        return await self._same_or_not(request, self._indicator, corrections.INDICATOR)

    async def correct_office(self, request: Request) -> Response:
        return await self._same_or_not(request, self._office, corrections.OFFICE)

    async def _same_or_not(self, request: Request, screen: Callable[..., Response], jenis: str) -> Response:
        """That this indicator or office and the one written into the form are one, or are two."""
        kunci, given = request.path_params["kunci"], await self._given(request)
        own = await run_in_threadpool(corrections.known, self.screens.data.rows, jenis, kunci)
        if own is None:
            return self.screens.missing(request)
        other = await run_in_threadpool(corrections.known, self.screens.data.rows, jenis, given["other"])
        problem = "" if given["reason"] and given["by"] and given["verdict"] in ("same", "different") else "needs_all"
        if not problem and other in (None, own):
            problem = "needs_other"
        return await self._corrected(request, screen, jenis, own, other or "", given, problem)

    async def _given(self, request: Request) -> dict[str, str]:
        form = await request.form()
        return {name: written(form.get(name)) for name in ("text", "other", "verdict", "reason", "by")}

    async def _corrected(
        self,
        request: Request,
        screen: Callable[..., Response],
        jenis: str,
        a: str,
        b: str,
        given: dict[str, str],
        problem: str,
    ) -> Response:
        """Stores a correction and shows its screen again; or the form as it was filled in, with what is wrong."""
        if problem:
            said = words(self.screens.language(request))[problem]
            return await run_in_threadpool(screen, request, problem=said, given=given, status=400)
        said_by = Judgement(jenis, a, b, given["verdict"] != "different", given["reason"], given["by"])
        await run_in_threadpool(self.screens.data.correct, said_by)
        response = RedirectResponse(quote(request.scope["path"].removesuffix("/koreksi")) + "?tersimpan=1#koreksi", 303)
        return signed(response, given["by"])

    def _correctable(
        self,
        request: Request,
        template: str,
        found: Mapping[str, Any] | None,
        *,
        problem: str = "",
        given: Mapping[str, str] | None = None,
        status: int = 200,
    ) -> Response:
        """A screen with a form for corrections."""
        if found is None:
            return self.screens.missing(request)
        saved = "tersimpan" in request.query_params and not problem
        return self.screens.page(
            request, template, status, problem=problem, given=given, saved=saved, reviewer=reviewer(request), **found
        )
