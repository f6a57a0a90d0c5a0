"""Macro calls in hand-written pages: `{{ curl("GET", "/roles") }}` and its like.

A page of docs/ may hold calls with literal arguments and nothing else of Jinja. It is read by Jinja's parser
and never run as a template: each call is looked up here, so that no sandbox has to hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import jinja2
from jinja2 import nodes
from markupsafe import Markup

from apiguide.examples.bodies import reply_body
from apiguide.examples.requests import Request, examples_of, reply_value
from apiguide.examples.tokens import html as highlighted
from apiguide.examples.values import Values
from apiguide.model import PLACES, Authentication, Field
from apiguide.problems import Mark, Problem, Source, did_you_mean, listing
from apiguide.rendering.links import Links
from apiguide.rendering.pages import Code, Pages
from apiguide.rendering.prose import resolve_refs
from apiguide.rendering.rows import Rows, Sign
from apiguide.rendering.templates import Templates
from apiguide.rules import Rule
from apiguide.rules.docs import (
    DocsJinja,
    DocsSyntax,
    MacroArguments,
    NoPromise,
    NoStatusBody,
    UnknownAuthentication,
    UnknownExample,
    UnknownMacro,
)
from apiguide.rules.references import UnknownEndpoint, UnknownPlace
from apiguide.view import Reply

_PARSER = jinja2.Environment(
    comment_start_string="\x00{#", comment_end_string="#}\x00", keep_trailing_newline=True
)
"""Reads pages; `{#` is left alone, since Markdown's attribute lists (`{#anchor}`) begin so."""


@dataclass(frozen=True)
class Call:
    """A macro call in a page."""

    name: str
    arguments: tuple[Any, ...]
    options: dict[str, Any]
    mark: Mark


def parse(source: Source, first_line: int = 1) -> tuple[list[str | Call], list[Problem]]:
    """A page's text and macro calls in their order, and what else of Jinja stands in it.

    `first_line` is the line of the file where the text begins, after its front matter.
    """
    text = "\n".join(source.lines[first_line - 1 :])
    try:
        tree = _PARSER.parse(text)
    except jinja2.TemplateSyntaxError as error:
        mark = _line(source, error.lineno + first_line - 1)
        hint = 'write `{{ macro("…") }}`; for braces as text, put them between {% raw %} and {% endraw %}'
        return [text], [DocsSyntax.at(mark, f"this is no macro call: {error.message}", hint)]
    parts: list[str | Call] = []
    problems: list[Problem] = []
    for statement in tree.body:
        outputs = statement.nodes if isinstance(statement, nodes.Output) else [statement]
        for node in outputs:
            mark = _line(source, node.lineno + first_line - 1)
            if isinstance(node, nodes.TemplateData):
                parts.append(node.data)
            else:
                call = _call(node, mark)
                if call is None:
                    message = "only macro calls with literal arguments may stand in a page"
                    hint = 'write `{{ macro("text", 1) }}`, without variables, filters and statements'
                    problems.append(DocsJinja.at(mark, message, hint))
                else:
                    parts.append(call)
    return parts, problems


def _line(source: Source, line: int) -> Mark:
    text = source.lines[line - 1] if line <= len(source.lines) else ""
    start = max(text.find("{{"), text.find("{%"), 0)
    return Mark(source, line, start + 1, line, len(text) + 1)


def _call(node: nodes.Node, mark: Mark) -> Call | None:
    """The node as a call with literal arguments; None where it is anything else."""
    if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
        return None
    if node.dyn_args is not None or node.dyn_kwargs is not None:
        return None
    try:
        arguments = tuple(_literal(argument) for argument in node.args)
        options = {each.key: _literal(each.value) for each in node.kwargs}
    except TypeError:
        return None
    return Call(node.node.name, arguments, options, mark)


def _literal(node: nodes.Node) -> Any:
    """The value of a literal. Raises TypeError for anything that would have to be run."""
    if isinstance(node, nodes.Const):
        return node.value
    if isinstance(node, nodes.List | nodes.Tuple):
        return [_literal(item) for item in node.items]
    if isinstance(node, nodes.Dict):
        return {_literal(pair.key): _literal(pair.value) for pair in node.items}
    raise TypeError


class CallError(Exception):
    """A call that cannot be carried out; says why, and perhaps how to mend it."""

    def __init__(self, rule: type[Rule], message: str, hint: str | None = None) -> None:
        self.rule, self.hint = rule, hint
        super().__init__(message)


class DocsCalls:
    """Carries out the macro calls of one page."""

    def __init__(
        self,
        pages: Pages,
        templates: Templates,
        url: str,
        editions: Sequence[tuple[str, str]] = (),
    ) -> None:
        """`editions` are the releases whose guides stand side by side, with links to the page in each."""
        self.pages = pages
        self.editions = dict(editions)
        self.view = pages.view
        self.templates = templates
        self.links = Links(self.view, url)
        self.rows = Rows(self.view, self.links, pages.prose)
        self._count = 0
        self.known: dict[str, Callable[..., Markup]] = {
            "authentication": self.authentication,
            "bulb": self.bulb,
            "compatible_since": self.compatible_since,
            "console": self.console,
            "credentials": self.credentials,
            "curl": self.curl,
            "endpoint": self.endpoint,
            "example": self.example,
            "field": self.field,
            "formats": self.formats,
            "info": lambda text: self.box("info", text),
            "methods": self.methods,
            "note": lambda text: self.box("note", text),
            "parameters": self.parameters,
            "placeholders": self.placeholders,
            "release": self.release,
            "releases": self.releases,
            "replies": self.replies,
            "request": self.request,
            "required": lambda: self.templates.macro("required", of="signs"),
            "resources": self.resources,
            "server": self.server,
            "status_body": self.status_body,
            "statuses": self.statuses,
            "warning": lambda text: self.box("warning", text),
        }

    def html(self, call: Call) -> Markup:
        """What a call stands for. Raises CallError where it cannot be carried out."""
        function = self.known.get(call.name)
        if function is None and self.templates.has(call.name):
            function = lambda *arguments: self.templates.macro(call.name, *arguments)  # noqa: E731
        if function is None:
            hint = did_you_mean(call.name, self.known) or f"known are {listing(sorted(self.known))}"
            raise CallError(UnknownMacro, f"there is no macro `{call.name}`", hint)
        try:
            return function(*call.arguments, **call.options)
        except TypeError as error:
            raise CallError(MacroArguments, f"`{call.name}` does not take these arguments: {error}") from None

    def _endpoint_id(self, id_: Any) -> str:
        if id_ not in self.view.endpoints:
            hint = (
                did_you_mean(str(id_), self.view.endpoints) or "write `RESOURCE/CALL`, as its file is called"
            )
            message = f"there is no endpoint `{id_}` in release {self.view.release}"
            raise CallError(UnknownEndpoint, message, hint)
        return str(id_)

    def _scheme(self, id_: str | None) -> Authentication | None:
        """The scheme of that name, or the guide's first one; None where the guide has none."""
        schemes = {scheme.id: scheme for scheme in self.view.settings.authentication}
        if id_ is None:
            return next(iter(schemes.values()), None)
        if id_ not in schemes:
            known = f"known are {listing(schemes)}" if schemes else "list it in guide.yaml"
            hint = did_you_mean(id_, schemes) or known
            raise CallError(UnknownAuthentication, f"there is no scheme `{id_}`", hint)
        return schemes[id_]

    def curl(self, method: str, path: str, authentication: str | None = None) -> Markup:
        """A request without parameters as a curl line in each format."""
        formats = tuple(self.view.settings.formats)
        return self._curl(Request(str(method), str(path)), formats, authentication)

    def request(self, id_: str, authentication: str | None = None) -> Markup:
        """The first example of a call as a curl line in each format."""
        endpoint = self.view.endpoints[self._endpoint_id(id_)]
        shown = examples_of(self.view, endpoint)[0]
        return self._curl(shown.request, self.view.formats(endpoint), authentication)

    def _curl(self, request: Request, formats: tuple[str, ...], authentication: str | None) -> Markup:
        codes = self.pages.codes(request, formats, scheme=self._scheme(authentication))
        return self.templates.macro("tabs", codes, self._unique("curl"), of="code")

    def console(self, text: str) -> Markup:
        """A block of what is typed in a console, or printed there."""
        code = Code("", "console", Markup.escape(text))
        return self.templates.macro("block", code, of="code")

    def endpoint(self, id_: str) -> Markup:
        """A link to a call with its method and path."""
        endpoint = self.view.endpoints[self._endpoint_id(id_)]
        href = self.links.to(id_)
        return self.templates.macro("link", endpoint.title, href, endpoint.method, endpoint.path, of="call")

    def parameters(self, id_: str, place: str | None = None) -> Markup:
        """The parameters of a call, of all places or of one."""
        endpoint = self.view.endpoints[self._endpoint_id(id_)]
        if place is not None and place not in PLACES:
            raise CallError(UnknownPlace, f"there is no place `{place}`", f"write one of {listing(PLACES)}")
        start = self.view.start(endpoint)
        prefix = id_.replace("/", "-")
        rows = [
            row
            for each in PLACES
            if place in (None, each)
            for row in self.rows.of(endpoint.parameters.place(each), f"{prefix}-{each}", start, request=True)
        ]
        return self.templates.macro("table", rows, "Parameter", of="fields")

    def replies(self, id_: str) -> Markup:
        """The statuses that a call answers with."""
        page = self.pages.endpoint(self._endpoint_id(id_))
        return self.templates.macro("statuses", page.replies, of="replies")

    def example(self, id_: str, number: int = 1) -> Markup:
        """An example of a call: the request and its replies."""
        page = self.pages.endpoint(self._endpoint_id(id_))
        if not 1 <= number <= len(page.examples):
            raise CallError(UnknownExample, f"`{id_}` has {len(page.examples)} example(s), no {number}.")
        return self.templates.macro(
            "example_part", page.examples[number - 1], self._unique("example"), of="examples"
        )

    def box(self, kind: str, text: str) -> Markup:
        """A message in a box."""
        html = resolve_refs(self.pages.prose.block(text), self.links.ref)
        return self.templates.macro("note", kind, html, of="notes")

    def field(self, name: str, description: str, required: bool = False, new: bool = False) -> Markup:
        """A made-up parameter as pages show it, to explain the signs."""
        made = Field(description=description, required=required, type=("string",))
        row = self.rows.of({name: made}, "sample", 0)[0]
        signs = (Sign("new", self.view.release),) if new else ()
        return self.templates.macro("inline", row, signs, of="fields")

    def bulb(self) -> Markup:
        """The sign of what is new in the release shown."""
        return self.templates.macro("one", Sign("new", self.view.release), of="signs")

    def methods(self) -> Markup:
        """The HTTP methods and what they are used for."""
        settings = self.view.settings.methods
        boxes = {
            name: tuple(self.pages.box(note, self.rows, 0) for note in method.notes)
            for name, method in settings.items()
        }
        texts = {name: self.rows.text(method.description) for name, method in settings.items()}
        return self.templates.macro("methods", texts, boxes)

    def statuses(self) -> Markup:
        """The statuses of the API and what they mean."""
        rows = [
            (code, each.title, self.rows.text(each.description))
            for code, each in self.view.settings.statuses.items()
        ]
        return self.templates.macro("statuses", rows)

    def status_body(self, code: int | str) -> Markup:
        """What the guide says comes with a status, in each format."""
        statuses = self.view.settings.statuses
        status = statuses.get(str(code))
        if status is None or status.body is None:
            hint = f"those with one are {listing([c for c, each in statuses.items() if each.body])}"
            raise CallError(NoStatusBody, f"guide.yaml gives no body for the status `{code}`", hint)
        reply = Reply(str(code), status.title, status.description, status.body, status.example)
        tree = reply_value(Values(self.view), reply, {})
        bodies = [(name, reply_body(name, each, tree)) for name, each in self.view.settings.formats.items()]
        codes = [Code(name.upper(), name, Markup(highlighted(body))) for name, body in bodies if body]
        return self.templates.macro("tabs", codes, self._unique("status"), of="code")

    def authentication(self, method: str, path: str) -> Markup:
        """Each way to authenticate, with a curl line of the given request."""
        parts = [
            (scheme, self.pages.block(scheme.description, self.links), self.curl(method, path, scheme.id))
            for scheme in self.view.settings.authentication
        ]
        return self.templates.macro("authentication", parts)

    def formats(self) -> Markup:
        """The exchange formats with their media types and extensions."""
        return self.templates.macro("formats", self.view.settings.formats)

    def placeholders(self) -> Markup:
        """What the credentials and addresses of the examples stand for."""
        return self.templates.macro("placeholders", self._scheme(None), self.view.settings.servers[0])

    def credentials(self, authentication: str | None = None) -> Markup:
        """The credentials of the examples: user name and password, or the token."""
        scheme = self._scheme(authentication)
        if scheme is None:
            raise CallError(UnknownAuthentication, "the guide has no scheme", "add one to guide.yaml")
        return self.templates.macro("credentials", scheme, of="placeholders")

    def server(self) -> Markup:
        """The address of the API in the examples."""
        return self.templates.macro("server", self.view.settings.servers[0], of="placeholders")

    def release(self) -> Markup:
        """The release shown."""
        return Markup.escape(self.view.release)

    def compatible_since(self) -> Markup:
        """The release since which no release breaks clients."""
        since = self.view.settings.compatible_since
        if since is None:
            hint = "add `compatible_since` to guide.yaml"
            raise CallError(NoPromise, "the guide does not promise to stay compatible", hint)
        return Markup.escape(since)

    def releases(self) -> Markup:
        """The releases, newest first, with their dates."""
        return self.templates.macro(
            "releases", tuple(reversed(self.view.settings.releases)), self.view.release, self.editions
        )

    def resources(self) -> Markup:
        """All resources by group, with what each is."""
        groups = [
            (
                group.title,
                [(r.title, self.links.to(id_), self.pages.summary(r.description)) for id_, r in found],
            )
            for group, found in self.view.groups()
        ]
        return self.templates.macro("resources", groups)

    def _unique(self, name: str) -> str:
        self._count += 1
        return f"{name}{self._count}"


# Private-use characters: Markdown takes out the control characters that it marks its own places with.
_TOKEN = "\ue000apiguide:{}\ue001"
_TOKENS = re.compile(r"(?:<p>\s*)?\ue000apiguide:(\d+)\ue001(?:\s*</p>)?")
_INLINE = re.compile(r"\ue000apiguide:(\d+)\ue001")


def with_tokens(parts: list[str | Call]) -> tuple[str, list[Call]]:
    """The page's Markdown with a token for each call."""
    calls = [part for part in parts if isinstance(part, Call)]
    numbers: Iterator[int] = iter(range(len(calls)))
    text = "".join(
        part.replace("\ue000", "") if isinstance(part, str) else _TOKEN.format(next(numbers))
        for part in parts
    )
    return text, calls


def filled(html: str, results: list[Markup]) -> str:
    """Rendered Markdown with the calls' results in place of their tokens.

    A paragraph of one call alone gives way to what the call stands for.
    """
    html = _TOKENS.sub(
        lambda m: results[int(m[1])] if m[0].startswith("<p>") == m[0].endswith("</p>") else m[0], html
    )
    return _INLINE.sub(lambda m: results[int(m[1])], html)
