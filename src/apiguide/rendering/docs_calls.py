"""What macro calls in hand-written pages become: `{{ curl("GET", "/roles") }}` and its like."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from markupsafe import Markup

from apiguide.anchors import Listed, status_anchor
from apiguide.docs_macros import MACROS, TOKEN, Call, CallError, MacroArguments, shown
from apiguide.examples.bodies import response_body
from apiguide.examples.requests import Request, examples_of, response_value
from apiguide.examples.tokens import html as highlighted
from apiguide.examples.values import Values
from apiguide.model import Authentication, Endpoint, Field, Server, Status
from apiguide.prose import resolve_refs
from apiguide.rendering.links import Links
from apiguide.rendering.pages import Pages
from apiguide.rendering.parts import Code
from apiguide.rendering.rows import Badge, Rows
from apiguide.rendering.templates import Templates
from apiguide.view import GuideView, ResolvedResponse


class DocsCalls:
    """Carries out the macro calls of one page: a method for each macro lays out what this shows."""

    def __init__(
        self,
        pages: Pages,
        templates: Templates,
        url: str,
        releases: Sequence[tuple[str, str]] = (),
        views: Mapping[str, GuideView] | None = None,
    ) -> None:
        """`releases` are those whose guides stand side by side, with links to the page in each.

        `views` are those of all releases, of which a page may show something.
        """
        self.pages = pages
        self.views = views if views is not None else {pages.view.release: pages.view}
        self.releases = dict(releases)
        self.view = pages.view
        self.templates = templates
        self.links = Links(self.view, url)
        self.rows = Rows(self.view, self.links, pages.prose, pages.texts)
        self._count = 0

    def html(self, call: Call) -> Markup:
        """What a call stands for. Raises CallError where it cannot be carried out."""
        if call.name in MACROS or not self.templates.has(call.name):
            values = shown(self.view, call, self.views)
            made: Markup = getattr(self, f"_{call.name}")(*values)
            return made
        if call.options:
            raise CallError(MacroArguments, f"`{call.name}` takes no arguments by name")
        try:
            return self.templates.macro(call.name, *call.arguments)
        except TypeError as error:
            message = f"`{call.name}` does not take these arguments: {error}"
            raise CallError(MacroArguments, message) from None

    def _authentication(self, method: str, path: str) -> Markup:
        parts = [
            (scheme, self.pages.block(scheme.description, self.links), self._curl(method, path, scheme))
            for scheme in self.view.settings.authentication
        ]
        return self.templates.macro("authentication", parts)

    def _new_badge(self, outlined: bool) -> Markup:
        badge = Badge("first" if outlined else "new", self.view.release)
        return self.templates.macro("badge", badge, of="badges")

    def _compatible_since(self, since: str) -> Markup:
        return Markup.escape(since)

    def _console(self, text: str) -> Markup:
        return self.templates.macro("block", Code("", "console", Markup.escape(text)), of="code")

    def _credentials(self, scheme: Authentication) -> Markup:
        return self.templates.macro("credentials", scheme, of="placeholders")

    def _curl(
        self, method: str, path: str, scheme: Authentication | None, server: Server | None = None
    ) -> Markup:
        return self._sent(Request(method, path), tuple(self.view.settings.formats), scheme, server)

    def _sent(
        self,
        request: Request,
        formats: tuple[str, ...],
        scheme: Authentication | None,
        server: Server | None = None,
        lacks: str | None = None,
    ) -> Markup:
        codes = self.pages.codes(request, formats, lacks, scheme=scheme, server=server)
        return self.templates.macro("tabs", codes, self._unique("curl"), of="code")

    def _endpoint(self, id_: str, endpoint: Endpoint) -> Markup:
        href = self.links.to(id_)
        return self.templates.macro(
            "link", endpoint.title, href, endpoint.method, endpoint.path, of="request_line"
        )

    def _example(self, id_: str, number: int) -> Markup:
        example = self.pages.endpoint(id_, self.links).examples[number - 1]
        return self.templates.macro("example_part", example, self._unique("example"), of="examples")

    def _field(self, name: str, field: Field, new: bool) -> Markup:
        row = self.rows.of({name: field}, "sample", 0)[0]
        badges = (Badge("new", self.view.release),) if new else ()
        return self.templates.macro("inline", row, badges, of="fields")

    def _field_of(self, id_: str, endpoint: Endpoint, parameter: Listed, view: GuideView) -> Markup:
        row = Rows(view, self.links, self.pages.prose, self.pages.texts).row(parameter)
        href = self.links.ref(f"{id_}#{row.anchor}")
        release = view.release if view is not self.view else None
        return self.templates.macro("field_of", row, endpoint.title, href, release)

    def _formats(self) -> Markup:
        return self.templates.macro("formats", self.view.settings.formats)

    def _info(self, kind: str, text: str) -> Markup:
        html = resolve_refs(self.pages.prose.block(text), self.links.ref)
        return self.templates.macro("note", kind, html, of="notes")

    _note = _warning = _info

    def _methods(self) -> Markup:
        settings = self.view.settings.methods
        admonitions = {
            name: tuple(self.pages.admonition(note, self.rows, 0) for note in method.notes)
            for name, method in settings.items()
        }
        texts = {name: self.rows.text(method.description) for name, method in settings.items()}
        return self.templates.macro("methods", texts, admonitions)

    def _parameters(self, lists: Mapping[str, Mapping[str, Field]], introduced: int) -> Markup:
        rows = [
            row
            for location, fields in lists.items()
            for row in self.rows.of(fields, location, introduced, request=True)
        ]
        return self.templates.macro("table", rows, "parameter", of="fields")

    def _placeholders(self, scheme: Authentication | None) -> Markup:
        return self.templates.macro("placeholders", scheme, self.view.settings.servers[0])

    def _release(self) -> Markup:
        return Markup.escape(self.view.release)

    def _releases(self) -> Markup:
        releases = tuple(reversed(self.view.settings.releases))
        return self.templates.macro("releases", releases, self.view.release, self.releases)

    def _responses(self, id_: str) -> Markup:
        responses = (replace(each, example=None) for each in self.pages.endpoint(id_).responses)
        return self.templates.macro("statuses", tuple(responses), of="responses")

    def _request(self, endpoint: Endpoint, scheme: Authentication | None) -> Markup:
        example = examples_of(self.view, endpoint)[0]
        lacks = self.pages.request_lacks(endpoint)
        return self._sent(example.request, self.view.formats(endpoint), scheme, lacks=lacks)

    def _required(self) -> Markup:
        return self.templates.macro("required", of="badges")

    def _resources(self) -> Markup:
        groups = [
            (
                group.title,
                [(r.title, self.links.to(id_), self.pages.summary(r.description)) for id_, r in found],
            )
            for group, found in self.view.groups()
        ]
        return self.templates.macro("resources", groups)

    def _server(self) -> Markup:
        return self.templates.macro("server", self.view.settings.servers[0], of="placeholders")

    def _status_body(self, code: str, status: Status) -> Markup:
        response = ResolvedResponse(code, status.title, status.description, status.body, status.example)
        tree = response_value(Values(self.view), response, {})
        bodies = [
            (name, response_body(name, each, tree)) for name, each in self.view.settings.formats.items()
        ]
        codes = [Code(name.upper(), name, Markup(highlighted(body))) for name, body in bodies if body]
        return self.templates.macro("tabs", codes, self._unique("status"), of="code")

    def _statuses(self) -> Markup:
        rows = [
            (status_anchor(code), code, each.title, self.rows.text(each.description))
            for code, each in self.view.settings.statuses.items()
        ]
        return self.templates.macro("statuses", rows)

    def _unique(self, name: str) -> str:
        self._count += 1
        return f"{name}{self._count}"


_TOKEN = TOKEN.format(r"(\d+)")
_TOKENS = re.compile(rf"(?:<p>\s*)?{_TOKEN}(?:\s*</p>)?")
_INLINE = re.compile(_TOKEN)


def filled(html: str, results: list[Markup]) -> str:
    """Rendered Markdown with the calls' results in place of their tokens.

    A paragraph of one call alone gives way to what the call stands for.
    """
    html = _TOKENS.sub(
        lambda m: results[int(m[1])] if m[0].startswith("<p>") == m[0].endswith("</p>") else m[0], html
    )
    return _INLINE.sub(lambda m: results[int(m[1])], html)
