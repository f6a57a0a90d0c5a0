"""What the pages of endpoints and resources show, as plain values for the templates."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from apiguide.anchors import anchor, holder, page_url, response_anchors, status_anchor
from apiguide.examples.bodies import response_body
from apiguide.examples.curl import curl_line
from apiguide.examples.requests import Request, examples_of, other_responses
from apiguide.examples.tokens import Tokens, html, text
from apiguide.examples.values import Structure, Tree, Values
from apiguide.fingerprints import body_key
from apiguide.model import LOCATIONS, Endpoint, Field, Format, Note, Resource, resource_id
from apiguide.prose import Prose, resolve_refs, summary
from apiguide.rendering.differences import History
from apiguide.rendering.links import Links, SharedByLinks, relative
from apiguide.rendering.parts import (
    TABS,
    Admonition,
    Code,
    ExamplePart,
    Fields,
    Permission,
    ResponseCode,
    ResponsePart,
)
from apiguide.rendering.rows import Badge, FieldRow, Rows
from apiguide.texts import Texts, english
from apiguide.view import LONG, GuideView, ResolvedResponse


@dataclass(frozen=True)
class EndpointPage:
    """All that the page of an endpoint shows."""

    id: str
    url: str
    title: str
    method: str
    paths: tuple[str, ...]
    """The path in each format."""
    summary: str
    description: Markup | None
    permissions: tuple[Permission, ...]
    badges: tuple[Badge, ...]
    deprecation: Markup | None
    prefer: tuple[str, str] | None
    """Title and link of the newer form."""
    is_unsafe_get: bool
    gaps: tuple[str, ...]
    admonitions: tuple[Admonition, ...]
    parameters: tuple[Fields, ...]
    examples: tuple[ExamplePart, ...]
    authentication_href: str | None
    """Where the guide says how to authenticate."""
    responses: tuple[ResponsePart, ...]
    changed: str | None
    """The day when its sources last changed, ISO 8601."""
    history: History = ()
    """What changed in it, by release, newest first."""
    errata: tuple[tuple[str, Markup], ...] = ()
    """Corrections of what the page said earlier: day and reason."""

    @property
    def has_chooser(self) -> bool:
        """Whether its examples share one place."""
        return 1 < len(self.examples) <= TABS


@dataclass(frozen=True)
class EndpointRow:
    """An endpoint in the table of its resource."""

    title: str
    href: str
    method: str
    path: str
    summary: str
    badges: tuple[Badge, ...]


@dataclass(frozen=True)
class ResourcePage:
    """All that the page of a resource shows."""

    id: str
    url: str
    title: str
    summary: str
    description: Markup | None
    badges: tuple[Badge, ...]
    deprecation: Markup | None
    admonitions: tuple[Admonition, ...]
    endpoints: tuple[EndpointRow, ...]
    objects: tuple[ObjectPart, ...]
    changed: str | None
    history: History = ()
    """What changed in it, by release, newest first."""


@dataclass(frozen=True)
class ObjectPart:
    """An object on the page of its resource."""

    name: str
    description: Markup | None
    badges: tuple[Badge, ...]
    fields: Fields
    codes: tuple[Code, ...]
    """What a stated carries that holds it, in each format."""


class Pages:
    """Decides what the pages of a view show."""

    def __init__(
        self,
        view: GuideView,
        prose: Prose,
        changed: Mapping[str, str] | None = None,
        explained: Mapping[str, str] | None = None,
        texts: Texts | None = None,
    ) -> None:
        """`changed` are days by page; `explained` the URLs of hand-written pages by macros that they call."""
        self.view = view
        self.prose = prose
        self.changed = changed or {}
        self.explained = explained or {}
        self.texts = texts or english()
        self._reason = self.texts.text("code.no-xml")
        self.a_list = self.texts.text("responses.list")
        self.bodies: SharedByLinks[tuple[FieldRow, ...]] = SharedByLinks()
        """Rows of responses' fields: many endpoints respond with the same object."""
        self.responses: dict[Hashable, Tree] = {}
        """Example responses in which nothing is the endpoint's own."""

    def endpoint(self, id_: str, links: Links | None = None) -> EndpointPage:
        """The page of the endpoint; `links` are those of the page."""
        endpoint = self.view.endpoints[id_]
        resource = self.view.resources[resource_id(id_)]
        links = links or Links(self.view, page_url(id_))
        return _EndpointPageMaker(self, links, id_, endpoint, resource).page()

    def resource(self, id_: str) -> ResourcePage:
        """The page of the resource."""
        resource = self.view.resources[id_]
        links = Links(self.view, page_url(id_))
        rows = Rows(self.view, links, self.prose, self.texts)
        introduced = self.view.introduced(resource)
        return ResourcePage(
            id=id_,
            url=page_url(id_),
            title=resource.title,
            summary=self.summary(resource.description),
            description=self.block(resource.description, links),
            badges=rows.badges(resource, 0),
            deprecation=rows.deprecation(resource.deprecated),
            admonitions=tuple(self.admonition(note, rows, introduced) for note in resource.notes),
            endpoints=tuple(
                EndpointRow(
                    endpoint.title,
                    links.to(endpoint_id),
                    endpoint.method,
                    endpoint.path,
                    self.summary(endpoint.description),
                    rows.badges(endpoint, introduced),
                )
                for endpoint_id, endpoint in self.view.guide.endpoints_of(id_).items()
            ),
            objects=tuple(self._object(name, rows, introduced) for name in resource.objects),
            changed=self.changed.get(id_),
        )

    def _object(self, name: str, rows: Rows, introduced: int) -> ObjectPart:
        each = self.view.objects[name]
        id_ = anchor("object", name)
        sections = each.sections or ()
        listed = rows.of(each.fields, id_, self.view.object_introduced(name), sections=sections)
        return ObjectPart(
            self.view.sent_name(name),
            self.block(each.description, rows.links),
            rows.badges(each, introduced),
            Fields(name, id_, listed),
            self._object_codes(name),
        )

    def _object_codes(self, name: str) -> tuple[Code, ...]:
        tree = Values(self.view).of(Field(object=name), all_fields=True, name=name)
        return self.format_codes(tree, self.view.settings.formats)

    def format_codes(self, tree: Tree, formats: Iterable[str]) -> tuple[Code, ...]:
        """What a stated carries in each format."""
        settings, reason = self.view.settings, self._reason
        return tuple(_format_code(name, settings.formats[name], tree, reason) for name in formats)

    def explained_href(self, macro: str, source: str, fragment: str = "") -> str | None:
        """The link from a URL to the hand-written page that calls a macro; None where there is none."""
        url = self.explained.get(macro)
        if url is None:
            return None
        return relative(url + (f"#{fragment}" if fragment else ""), source)

    def block(self, text: str | None, links: Links) -> Markup | None:
        """A longer text as HTML."""
        return resolve_refs(self.prose.block(text), links.ref) if text else None

    def summary(self, text: str | None) -> str:
        """The first sentence of a text, without markup."""
        return summary(self.prose.block(text)) if text else ""

    @staticmethod
    def admonition(note: Note, rows: Rows, introduced: int) -> Admonition:
        """A note in its box."""
        html_ = resolve_refs(rows.prose.block(note.text), rows.links.ref)
        return Admonition(note.kind, html_, rows.badges(note, introduced))

    def codes(
        self, request: Request, formats: tuple[str, ...], lacks: str | None = None, **options: Any
    ) -> tuple[Code, ...]:
        """A request as a curl line in each format."""
        codes = []
        for name in formats:
            line = curl_line(self.view.settings, request, name, **options)
            codes.append(replace(_code(name, "bash", line, self._reason), lacks=lacks))
        return tuple(codes)

    def request_lacks(self, endpoint: Endpoint) -> str | None:
        """What example requests of an endpoint lack, in words."""
        return (
            self.texts.text("example.request-lacks") if "parameters" in (endpoint.incomplete or ()) else None
        )

    def response_lacks(self, endpoint: Endpoint, response: ResolvedResponse) -> str | None:
        """What example responses of an endpoint lack, in words."""
        gaps = endpoint.incomplete or ()
        if not gaps or not response.is_success:
            return None
        return self.texts.text(
            "example.response-lacks" if "reply" in gaps else "example.response-to-complete"
        )


class _EndpointPageMaker:
    """Decides what one endpoint's page shows."""

    def __init__(self, pages: Pages, links: Links, id_: str, endpoint: Endpoint, resource: Resource) -> None:
        self.pages = pages
        self.view = pages.view
        self.links = links
        self.id = id_
        self.endpoint = endpoint
        self.rows = Rows(pages.view, links, pages.prose, pages.texts)
        self.resource_introduced = pages.view.introduced(resource)
        self.introduced = pages.view.introduced(endpoint, self.resource_introduced)
        self.shown = examples_of(pages.view, endpoint, pages.responses)

    def page(self) -> EndpointPage:
        endpoint, rows = self.endpoint, self.rows
        formats = self.view.formats(endpoint)
        paths = [self.view.settings.formats[name].asked_by(endpoint.path) for name in formats]
        newer = self.links.title(endpoint.prefer) if endpoint.prefer else None
        return EndpointPage(
            id=self.id,
            url=self.links.source,
            title=endpoint.title,
            method=endpoint.method,
            paths=tuple(dict.fromkeys(paths)),
            summary=self.pages.summary(endpoint.description),
            description=self.pages.block(endpoint.description, self.links),
            permissions=tuple(
                Permission(str(p.value), rows.text(p.description), rows.badges(p, self.introduced))
                for p in endpoint.permissions or ()
            ),
            badges=rows.badges(endpoint, self.resource_introduced if self.resource_introduced else 0),
            deprecation=rows.deprecation(endpoint.deprecated),
            prefer=(newer, self.links.to(endpoint.prefer)) if newer and endpoint.prefer else None,
            is_unsafe_get=endpoint.method == "GET" and not endpoint.is_safe,
            gaps=tuple(endpoint.incomplete or ()),
            admonitions=tuple(self.pages.admonition(note, rows, self.introduced) for note in endpoint.notes),
            parameters=tuple(
                self._location(location) for location in LOCATIONS if endpoint.parameters.location(location)
            ),
            examples=self._examples(formats),
            authentication_href=self.pages.explained_href("authentication", self.links.source),
            responses=self._responses(formats),
            changed=self.pages.changed.get(self.id),
        )

    def _location(self, location: str) -> Fields:
        fields = self.view.parameters(self.endpoint, location)
        return Fields(
            self.pages.texts.text(f"locations.{location}"),
            location,
            self.rows.of(fields, location, self.introduced, request=True),
        )

    def _responses(self, formats: tuple[str, ...]) -> tuple[ResponsePart, ...]:
        locations = response_anchors(self.view, self.endpoint)
        shown = {response.status for example in self.shown for response, _ in example.responses}
        others = other_responses(Values(self.view), self.endpoint, shown, self.pages.responses)
        codes = {response.status: self._response_code(response, tree, formats) for response, tree in others}
        return tuple(
            self._response(response, locations.get(response.status), codes.get(response.status))
            for response in self.view.responses(self.endpoint)
        )

    def _response(
        self, response: ResolvedResponse, location: str | None, example: ResponseCode | None
    ) -> ResponsePart:
        """A response, whose fields are listed where they have a `location`."""
        body, stated = response.body, self.endpoint.responses.get(response.status)
        href = self.pages.explained_href("statuses", self.links.source, status_anchor(response.status))
        status = self.view.settings.statuses.get(response.status)
        is_known = status is not None and href is not None and response.description == status.description
        return ResponsePart(
            response.status,
            response.title,
            None if is_known else self.rows.text(response.description),
            href if status is not None else None,
            self._response_fields(body, location) if body is not None and location is not None else None,
            self.pages.a_list if body is not None and location is not None and body.is_array else None,
            self._value(body, location) if body is not None and location is not None else None,
            body is not None and self.view.is_lost(body),
            self.rows.badges(stated, self.introduced) if stated is not None else (),
            has_body=body is not None,
            example=example,
        )

    def _value(self, body: Field, location: str) -> FieldRow | None:
        """A body as a whole; None where its object, or that of its items, says all of it."""
        row = self.rows.of_value(body, location, self.introduced)
        if body.held.object is None and body.held.fields is None:
            return row
        return None if row.is_bare else row._replace(type="", object_href=None)

    def _response_fields(self, body: Field, location: str) -> Fields:
        held = holder(body) or body
        rows = self._body_rows(body, location)
        is_full_object = held.object is not None and held.fields is None
        href = self.links.object(held.object) if is_full_object and held.object else None
        return Fields(
            self.pages.texts.text("responses.fields"),
            location,
            rows,
            self.view.sent_name(held.object) if held.object else None,
            href,
            is_folded=href is not None and len(rows) > LONG,
        )

    def _body_rows(self, body: Field, location: str) -> tuple[FieldRow, ...]:
        def make(links: Links) -> tuple[FieldRow, ...]:
            return Rows(self.view, links, self.pages.prose, self.pages.texts).of_body(
                body, location, self.introduced
            )

        key = (body_key(body), location, self.introduced, resource_id(self.id))
        return self.pages.bodies.of(key, self.links, make)

    def _examples(self, formats: tuple[str, ...]) -> tuple[ExamplePart, ...]:
        return tuple(
            ExamplePart(
                shown.title,
                self.rows.text(shown.description),
                self.pages.codes(shown.request, formats, self.pages.request_lacks(self.endpoint)),
                tuple(self._response_code(response, tree, formats) for response, tree in shown.responses),
            )
            for shown in self.shown
        )

    def _response_code(
        self, response: ResolvedResponse, tree: Tree | None, formats: tuple[str, ...]
    ) -> ResponseCode:
        codes = self.pages.format_codes(tree, formats) if tree is not None else ()
        lacks = self.pages.response_lacks(self.endpoint, response)
        codes = tuple(replace(code, lacks=lacks) for code in codes) if lacks else codes
        if response.body is None or not self.view.is_repeated(self.endpoint, response.body):
            return ResponseCode(response.status, response.title, codes)
        shown = len(tree.members) if isinstance(tree, Structure) else 0
        names = list(self.view.members(response.body) or ())
        location = response_anchors(self.view, self.endpoint)[response.status]
        href = self.links.to(self.id, anchor(location, names[0]))
        return ResponseCode(response.status, response.title, codes, shown, len(names), href)


@lru_cache(maxsize=10_000)
def _format_code(format_name: str, format_: Format, tree: Tree, reason: str) -> Code:
    """A response in a format; the same one stands on many pages."""
    return _code(format_name, format_name, response_body(format_name, format_, tree), reason)


def _code(format_name: str, language: str, tokens: Tokens | None, reason: str) -> Code:
    """Code in a format; `reason` is why there is none."""
    if tokens is None:
        return Code(format_name.upper(), language, None, reason)
    return Code(format_name.upper(), language, Markup(html(tokens)), text=text(tokens))
