"""Routes and screens of the app. Each handler asks `data` for rows and hands them to one template."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates

from pipeline.audit.about import rule_explained, rule_name
from pipeline.web.data import PAGE_SIZE, SQL_ROWS, Data
from pipeline.web.forms import Corrections, reviewer, signed, written
from pipeline.web.listing import FACETS, ORDERS
from pipeline.web.pictures import MEDIA
from pipeline.web.security import Guard
from pipeline.web.show import decorated, math_of, rule_page, rules
from pipeline.web.words import FILTERS, LANGS, family_name, titled, words

HERE = Path(__file__).parent
OWN_PATH = re.compile(r"/(?![/\\])[^\s\\\x00-\x1f]*\Z")  # "/temuan?q=desa"
HOSTS = ("127.0.0.1", "localhost")
CELL = "/dokumen/{sha256}/sel/{tabel:int}/{baris:int}/{kolom:int}"


def _chosen(request: Request) -> dict[str, str]:
    """What the list of findings is narrowed to and ordered by: facets, search, order."""
    return {name: request.query_params.get(name, "")[:500] for name in (*FACETS, "q", "sort")}


def _query(chosen: Mapping[str, str]) -> str:
    """ "?severity=error&q=desa", or nothing."""
    kept = {name: value for name, value in chosen.items() if value}
    return f"?{urlencode(kept)}" if kept else ""


def _within(chosen: Mapping[str, str]) -> Callable[[str], str]:
    """Adds the list to the address of a finding, so that its page leads to the next one of the same list."""

    def joined(link: str) -> str:
        kept = _query(chosen)
        return link + (kept.replace("?", "&", 1) if "?" in link else kept)

    return joined


def _whole(f: Mapping[str, Any], evidence: Sequence[Mapping[str, Any]]) -> str | None:
    """The address of the page's picture, where what is in question and what it is compared with stand on one page."""
    boxed = [
        item for item in evidence if item["picture"] and item["sha256"] == f["sha256"] and item["page"] == f["page"]
    ]
    roles = {item["role"] for item in boxed}
    if "subject" not in roles or not roles & {"source", "counterpart"}:
        return None
    return f"/temuan/{f['fingerprint']}/halaman/{f['page']}.jpg?berkas={f['sha256'][:16]}"


class Screens:
    """The handlers, with what they share: the data, the templates, the default language."""

    def __init__(self, data: Data, read_only: bool, lang: str) -> None:
        self.data = data
        self.read_only = read_only
        self.lang = lang
        self.templates = Jinja2Templates(directory=HERE / "templates")
        self.templates.env.trim_blocks = True
        self.templates.env.filters.update(FILTERS)

    def language(self, request: Request) -> str:
        chosen = request.cookies.get("lkip_lang", self.lang)
        return chosen if chosen in LANGS else "id"

    def page(self, request: Request, template: str, status: int = 200, **values: Any) -> Response:
        lang = self.language(request)
        path = request.scope["path"]  # a key may hold a question mark, at which the address of the request is cut
        here = quote(path) + (f"?{request.url.query}" if request.url.query else "")
        common = {
            "t": words(lang),
            "family_name": family_name,
            "lang": lang,
            "path": path,
            "here": here,
            "read_only": self.read_only,
        }
        return self.templates.TemplateResponse(request, template, common | values, status_code=status)

    def missing(self, request: Request) -> Response:
        title = words(self.language(request))["not_found"]
        return self.page(request, "message.html", 404, title=title, text=request.url.path)

    def overview(self, request: Request) -> Response:
        lang = self.language(request)
        shown, t = self.data.overview(lang), words(lang)
        named = {
            "by_severity": [(value, t[value], n) for value, _, n in shown["by_severity"]],
            "by_family": [(value, family_name(value, t), n) for value, _, n in shown["by_family"]],
            "by_office": [
                (value, label if value else t["unknown_office"], n) for value, label, n in shown["by_office"]
            ],
            "readings": [(name, t[name], n) for name, n in shown["readings"]],
        }
        return self.page(request, "overview.html", **(shown | named))

    def findings(self, request: Request) -> Response:
        chosen = _chosen(request)
        number = request.query_params.get("page", "1")[:9]
        page = min(int(number), 100_000) if number.isdecimal() and int(number) > 0 else 1
        lang = self.language(request)
        items, total = self.data.findings(chosen, page, lang)
        labels = words(lang)
        facets = []
        for name, options in self.data.list.facets(chosen):
            facets.append((name, labels[name], [(v, self._label(name, v, s, labels), n) for v, s, n in options]))

        def link(to: int) -> str:
            return "/temuan" + _query(chosen | {"page": str(to)})

        first = (page - 1) * PAGE_SIZE + 1 if items else 0
        return self.page(
            request,
            "findings.html",
            items=items,
            total=total,
            first=first,
            last=first + len(items) - 1 if items else 0,
            chosen=chosen,
            orders=ORDERS,
            within=_within(chosen),
            filtered=any(chosen.values()),
            facets=facets,
            before=link(page - 1) if page > 1 else None,
            after=link(page + 1) if page * PAGE_SIZE < total else None,
        )

    @staticmethod
    def _label(facet: str, value: str, text: str, labels: Mapping[str, str]) -> str:
        if facet == "rule":
            return titled(value, labels, text.partition(" ")[2])
        if facet == "family":
            return family_name(text, labels)
        return labels.get(text, text) if facet in ("severity", "status") else text

    def finding(self, request: Request) -> Response:
        return self._finding(request, saved="tersimpan" in request.query_params)

    def _finding(
        self,
        request: Request,
        *,
        saved: bool = False,
        problem: str = "",
        status: int = 200,
        given: Mapping[str, str] | None = None,
    ) -> Response:
        """`given`: what stood in a form that was refused, so that nothing has to be typed again."""
        chosen, document = _chosen(request), request.query_params.get("berkas", "")[:64]
        found = self.data.finding(request.path_params["fingerprint"], document, chosen, self.language(request))
        if found is None:
            return self.missing(request)
        f = found["f"]
        shown = decorated(f, found.pop("evidence"), found.pop("trace"), words(self.language(request)))
        return self.page(
            request,
            "finding.html",
            status,
            **found,
            **shown,
            rule_summary=rule_explained(f["rule"])[0] if self.language(request) == "id" else "",
            whole=_whole(f, [*shown["evidence"], *shown["rest"]]),
            given=given,
            within=_within(chosen),
            listed=_query(chosen),
            berkas=document,
            saved=saved,
            problem=problem,
            reviewer=reviewer(request),
        )

    async def decide(self, request: Request) -> Response:
        form = await request.form()
        fingerprint = request.path_params["fingerprint"]
        verdict, reason, by = (written(form.get(name)) for name in ("verdict", "reason", "by"))
        if verdict not in ("accept", "reject", "unsure") or not reason or not by:
            problem = words(self.language(request))["needs"]
            given = {"verdict": verdict, "reason": reason, "by": by}
            return await run_in_threadpool(self._finding, request, problem=problem, status=400, given=given)
        if not await run_in_threadpool(self.data.decide, fingerprint, verdict, reason, by):
            return self.missing(request)
        document = request.query_params.get("berkas", "")[:64]
        kept = _chosen(request) | ({"berkas": document} if document else {})
        response = RedirectResponse(f"/temuan/{quote(fingerprint)}{_query(kept | {'tersimpan': '1'})}", 303)
        return signed(response, by)

    def documents(self, request: Request) -> Response:
        q = request.query_params.get("q", "")[:200]
        items, total = self.data.documents(q)
        return self.page(request, "documents.html", items=items, total=total, q=q)

    def document(self, request: Request) -> Response:
        table = request.query_params.get("tabel", "")
        wanted = int(table) if table.isdecimal() and len(table) < 6 else None
        number = request.query_params.get("halaman", "")
        page = int(number) if number.isdecimal() and len(number) < 6 else None
        found = self.data.document(request.path_params["sha256"], self.language(request), wanted, page)
        return self.page(request, "document.html", **found) if found else self.missing(request)

    def picture(self, request: Request) -> Response:
        """A page of the source file with all its findings drawn over it."""
        data = self.data.pictures.page(request.path_params["sha256"], request.path_params["number"])
        return Response(data, media_type=MEDIA) if data else self.missing(request)

    def whole(self, request: Request) -> Response:
        """A page of the source file with what one finding speaks of, joined by lines."""
        document, found = request.query_params.get("berkas", "")[:64], request.path_params
        data = self.data.pictures.finding(found["fingerprint"], document, found["number"])
        return Response(data, media_type=MEDIA) if data else self.missing(request)

    def crop(self, request: Request) -> Response:
        """The surroundings of one piece of evidence, highlighted."""
        document = request.query_params.get("berkas", "")[:64]
        data = self.data.pictures.evidence(request.path_params["fingerprint"], document, request.path_params["number"])
        return Response(data, media_type="image/png") if data else self.missing(request)

    def indicators(self, request: Request) -> Response:
        q = request.query_params.get("q", "")[:200]
        items, total = self.data.indicators(q)
        return self.page(request, "indicators.html", items=items, total=total, q=q)

    def offices(self, request: Request) -> Response:
        q = request.query_params.get("q", "")[:200]
        items, total = self.data.offices(q)
        return self.page(request, "offices.html", items=items, total=total, q=q)

    def rules(self, request: Request) -> Response:
        lang = self.language(request)
        names = {rule.code: rule_name(rule.code, lang) for rule in rules()}
        return self.page(request, "rules.html", items=rules(), names=names, counts=self.data.list.by_rule())

    def rule(self, request: Request) -> Response:
        rule = next((item for item in rules() if item.code == request.path_params["code"]), None)
        if rule is None:
            return self.missing(request)
        items, total = self.data.findings({"rule": rule.code}, 1, self.language(request), limit=10)
        paragraphs, explained = rule_page(rule.code), rule_explained(rule.code)
        return self.page(
            request, "rule.html", r=rule, paragraphs=paragraphs, explained=explained, items=items, total=total
        )

    def sql(self, request: Request) -> Response:
        name, text = request.query_params.get("nama", ""), request.query_params.get("sql", "")
        return self.page(request, "sql.html", chosen=name, limit=SQL_ROWS, **self.data.ask(name, text))

    def switch(self, request: Request) -> Response:
        """Changes the language and goes back; only to a path of this app."""
        back = request.query_params.get("kembali", "/")
        safe = OWN_PATH.match(back) is not None
        response = RedirectResponse(back if safe else "/", 303)
        if request.path_params["lang"] in LANGS:
            response.set_cookie("lkip_lang", request.path_params["lang"], samesite="strict", max_age=31_536_000)
        return response


def build(url: str, *, key: str, read_only: bool, lang: str) -> Starlette:
    """The app over the database at `url`; see `pipeline.web.make_app`."""
    screens = Screens(Data(url, read_only=read_only), read_only, lang if lang in LANGS else "id")
    corrected = Corrections(screens)
    routes = [
        Route("/", screens.overview),
        Route("/temuan", screens.findings),
        Route("/temuan/{fingerprint}", screens.finding),
        Route("/temuan/{fingerprint}/keputusan", screens.decide, methods=["POST"]),
        Route("/temuan/{fingerprint}/bukti/{number:int}.png", screens.crop),
        Route("/temuan/{fingerprint}/halaman/{number:int}.jpg", screens.whole),
        Route("/dokumen", screens.documents),
        Route("/dokumen/{sha256}", screens.document),
        Route("/dokumen/{sha256}/halaman/{number:int}.jpg", screens.picture),
        Route(CELL, corrected.cell),
        Route(f"{CELL}/gambar.png", corrected.picture),
        Route(f"{CELL}/koreksi", corrected.correct_cell, methods=["POST"]),
        Route("/indikator", screens.indicators),
        Route("/indikator/{kunci}", corrected.indicator),
        Route("/indikator/{kunci}/koreksi", corrected.correct_indicator, methods=["POST"]),
        Route("/instansi", screens.offices),
        Route("/instansi/{kunci}", corrected.office),
        Route("/instansi/{kunci}/koreksi", corrected.correct_office, methods=["POST"]),
        Route("/aturan", screens.rules),
        Route("/aturan/{code}", screens.rule),
        Route("/sql", screens.sql),
        Route("/bahasa/{lang}", screens.switch),
        Mount("/static", StaticFiles(directory=HERE / "static")),
    ]
    rules()
    screens.data.list.catalogue()
    math_of("Jumlah A / Jumlah B x 100%")  # loads what the first visitor would otherwise wait for
    guard = Middleware(Guard, key=key, hosts=HOSTS, read_only=read_only)
    app = Starlette(routes=routes, middleware=[guard])
    app.state.data = screens.data
    return app
