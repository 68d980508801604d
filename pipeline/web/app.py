"""Routes and screens of the app. Each handler asks `data` for rows and hands them to one template."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
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

from pipeline.web.data import PAGE_SIZE, Data
from pipeline.web.listing import FACETS, ORDERS
from pipeline.web.pictures import MEDIA
from pipeline.web.security import Guard
from pipeline.web.show import chart, decorated, math_of, rule_page, rules, words_diff
from pipeline.web.words import LANGS, family_name, plain, words

HERE = Path(__file__).parent
OWN_PATH = re.compile(r"/(?![/\\])[^\s\\\x00-\x1f]*\Z")  # "/temuan?q=desa"
HOSTS = ("127.0.0.1", "localhost")


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


class Screens:
    """The handlers, with what they share: the data, the templates, the default language."""

    def __init__(self, data: Data, read_only: bool, lang: str) -> None:
        self.data = data
        self.read_only = read_only
        self.lang = lang
        self.templates = Jinja2Templates(directory=HERE / "templates")
        self.templates.env.trim_blocks = True
        self.templates.env.filters["plain"] = plain

    def language(self, request: Request) -> str:
        chosen = request.cookies.get("lkip_lang", self.lang)
        return chosen if chosen in LANGS else "id"

    def page(self, request: Request, template: str, status: int = 200, **values: Any) -> Response:
        lang = self.language(request)
        here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        common = {
            "t": words(lang),
            "family_name": family_name,
            "lang": lang,
            "path": request.url.path,
            "here": here,
            "read_only": self.read_only,
        }
        return self.templates.TemplateResponse(request, template, common | values, status_code=status)

    def missing(self, request: Request) -> Response:
        title = words(self.language(request))["not_found"]
        return self.page(request, "message.html", 404, title=title, text=request.url.path)

    def overview(self, request: Request) -> Response:
        lang = self.language(request)
        shown = self.data.overview(lang)
        names = {family: family_name(family, words(lang)) for family, _ in shown["by_family"]}
        return self.page(request, "overview.html", family_names=names, **shown)

    def findings(self, request: Request) -> Response:
        chosen = _chosen(request)
        number = request.query_params.get("page", "1")
        page = min(int(number), 100_000) if number.isdecimal() and int(number) > 0 else 1
        lang = self.language(request)
        items, total = self.data.findings(chosen, page, lang)
        labels = words(lang)
        facets = []
        for name, options in self.data.list.facets(chosen):
            facets.append((name, labels[name], [(v, self._label(name, s, labels), n) for v, s, n in options]))

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
            facets=facets,
            before=link(page - 1) if page > 1 else None,
            after=link(page + 1) if page * PAGE_SIZE < total else None,
        )

    @staticmethod
    def _label(facet: str, text: str, labels: Mapping[str, str]) -> str:
        if facet == "family":
            return family_name(text, labels)
        return labels.get(text, text) if facet in ("severity", "status") else text

    def finding(self, request: Request) -> Response:
        return self._finding(request, saved="tersimpan" in request.query_params)

    def _finding(self, request: Request, *, saved: bool = False, problem: str = "", status: int = 200) -> Response:
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
            rule_summary=rule_page(f["rule"])[1] if self.language(request) == "en" else f"{f['name']}.",
            within=_within(chosen),
            listed=_query(chosen),
            berkas=document,
            saved=saved,
            problem=problem,
            reviewer=request.cookies.get("lkip_by", ""),
        )

    async def decide(self, request: Request) -> Response:
        form = await request.form()
        fingerprint = request.path_params["fingerprint"]
        verdict, reason, by = (str(form.get(name, "")).strip()[:4000] for name in ("verdict", "reason", "by"))
        if verdict not in ("accept", "reject", "unsure") or not reason or not by:
            problem = words(self.language(request))["needs"]
            return await run_in_threadpool(self._finding, request, problem=problem, status=400)
        if not await run_in_threadpool(self.data.decide, fingerprint, verdict, reason, by):
            return self.missing(request)
        document = request.query_params.get("berkas", "")[:64]
        kept = _chosen(request) | ({"berkas": document} if document else {})
        return RedirectResponse(f"/temuan/{quote(fingerprint)}{_query(kept | {'tersimpan': '1'})}", 303)

    def documents(self, request: Request) -> Response:
        return self.page(request, "documents.html", items=self.data.documents())

    def document(self, request: Request) -> Response:
        table = request.query_params.get("tabel", "")
        wanted = int(table) if table.isdecimal() and len(table) < 6 else None
        found = self.data.document(request.path_params["sha256"], self.language(request), wanted)
        if found is None:
            return self.missing(request)
        number = request.query_params.get("halaman", "")
        page = int(number) if number.isdecimal() and int(number) in found["pages"] else next(iter(found["pages"]), 0)
        return self.page(request, "document.html", page=page, **found)

    def picture(self, request: Request) -> Response:
        """A page of the source file with all its findings drawn over it."""
        data = self.data.page_picture(request.path_params["sha256"], request.path_params["number"])
        return Response(data, media_type=MEDIA) if data else self.missing(request)

    def whole(self, request: Request) -> Response:
        """A page of the source file with what one finding speaks of, joined by lines."""
        document, found = request.query_params.get("berkas", "")[:64], request.path_params
        data = self.data.finding_picture(found["fingerprint"], document, found["number"])
        return Response(data, media_type=MEDIA) if data else self.missing(request)

    def crop(self, request: Request) -> Response:
        """The surroundings of one piece of evidence, highlighted."""
        document = request.query_params.get("berkas", "")[:64]
        data = self.data.evidence_picture(request.path_params["fingerprint"], document, request.path_params["number"])
        return Response(data, media_type="image/png") if data else self.missing(request)

    def indicators(self, request: Request) -> Response:
        q = request.query_params.get("q", "")[:200]
        return self.page(request, "indicators.html", items=self.data.indicators(q), q=q)

    def indicator(self, request: Request) -> Response:
        found = self.data.indicator(request.path_params["kunci"])
        if found is None:
            return self.missing(request)
        first = next((version["formula"] for version in found["versions"] if version["formula"]), None)
        for version in found["versions"]:
            version["math"] = math_of(version["formula"] or "")
            version["diff"] = words_diff(first or "", version["formula"] or "")
        return self.page(request, "indicator.html", chart=chart(found["figures"]), **found)

    def offices(self, request: Request) -> Response:
        return self.page(request, "offices.html", items=self.data.offices())

    def office(self, request: Request) -> Response:
        found = self.data.office(request.path_params["kunci"], self.language(request))
        return self.page(request, "office.html", **found) if found else self.missing(request)

    def rules(self, request: Request) -> Response:
        return self.page(request, "rules.html", items=rules())

    def rule(self, request: Request) -> Response:
        rule = next((item for item in rules() if item.code == request.path_params["code"]), None)
        if rule is None:
            return self.missing(request)
        return self.page(request, "rule.html", r=rule, page=rule_page(rule.code)[0])

    def sql(self, request: Request) -> Response:
        name, text = request.query_params.get("nama", ""), request.query_params.get("sql", "")
        return self.page(request, "sql.html", **self.data.ask(name, text[:20_000]))

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
        Route("/indikator", screens.indicators),
        Route("/indikator/{kunci}", screens.indicator),
        Route("/instansi", screens.offices),
        Route("/instansi/{kunci}", screens.office),
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
