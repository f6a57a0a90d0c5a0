"""Macro calls in hand-written pages: `{{ curl("GET", "/roles") }}` and its like.

A page of docs/ may hold calls with literal arguments and nothing else of Jinja. It is read by Jinja's parser
and never run as a template: each call is looked up among `MACROS`, so that no sandbox has to hold. How a
macro lays out what it shows is for `rendering.docs_calls`.
"""

from __future__ import annotations

import inspect
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import Any, get_args, get_type_hints

import jinja2
from jinja2 import nodes

from apiguide.anchors import anchors_of, listed, status_anchor
from apiguide.docs import DocsPage
from apiguide.docs_parameters import ParameterError, parameter_of
from apiguide.model import LOCATIONS, Authentication, Endpoint, Field
from apiguide.problems import Mark, Problem, Source, did_you_mean, listing
from apiguide.rule import Rule
from apiguide.view import GuideView


class DocsJinja(Rule, family="docs"):
    """A page uses Jinja for something other than a macro call with literal arguments."""


class DocsSyntax(Rule, family="docs"):
    """A macro call on a page cannot be parsed."""


class UnknownMacro(Rule, family="docs"):
    """There is no macro with that name."""


class MacroArguments(Rule, family="docs"):
    """A macro call has arguments that the macro does not accept."""


class UnknownAuthentication(Rule, family="docs"):
    """guide.yaml has no authentication scheme with that id."""


class UnknownExample(Rule, family="docs"):
    """An endpoint has no example with that number."""


class UnknownParameter(Rule, family="docs"):
    """An endpoint has no parameter with that name, or several."""


class NoPromise(Rule, family="docs"):
    """A page shows since when the API has been compatible, but guide.yaml does not say so."""


class NoStatusBody(Rule, family="docs"):
    """A page shows the body of a status that has none."""


class UnknownEndpoint(Rule, family="references"):
    """There is no endpoint with that name, or not in every release that shows the text naming it."""


class UnknownLocation(Rule, family="references"):
    """A place is named that the guide does not have."""


class UnknownRelease(Rule, family="time"):
    """guide.yaml lists no release with that name."""


_PARSER = jinja2.Environment(
    comment_start_string="\x00{#", comment_end_string="#}\x00", keep_trailing_newline=True
)
"""Reads pages; `{#` is left alone, since Markdown's attribute lists (`{#anchor}`) begin so."""


CALLS = 200
"""How many macro calls a page may have."""


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
            elif (call := _call(node, mark)) is not None:
                parts.append(call)
            else:
                message = "a page can have only macro calls with literal arguments"
                hint = 'write `{{ macro("text", 1) }}`, without variables, filters and statements'
                problems.append(DocsJinja.at(mark, message, hint))
    return parts, problems


def explained(docs: Iterable[DocsPage]) -> dict[str, str]:
    """The URLs of hand-written pages by the macros that they call; the first page of those that call one."""
    found: dict[str, str] = {}
    for page in docs:
        for name in _called(page.source, page.first_line):
            found.setdefault(name, page.url)
    return found


@lru_cache(maxsize=1_000)
def _called(source: Source, first_line: int) -> frozenset[str]:
    """The names of the macros that a page calls."""
    try:
        parts, _ = parse(source, first_line)
    except (RecursionError, ValueError):
        return frozenset()
    return frozenset(part.name for part in parts if isinstance(part, Call))


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


# Private-use characters: Markdown takes out the control characters that it marks its own places with.
TOKEN = "\ue000apiguide:{}\ue001"


def with_tokens(parts: list[str | Call]) -> tuple[str, list[Call]]:
    """The page's Markdown with a token for each call."""
    numbers = count()
    texts = (p.replace("\ue000", "") if isinstance(p, str) else TOKEN.format(next(numbers)) for p in parts)
    return "".join(texts), [part for part in parts if isinstance(part, Call)]


class CallError(Exception):
    """A call that cannot be carried out; says why, and perhaps how to mend it."""

    def __init__(self, rule: type[Rule], message: str, hint: str | None = None) -> None:
        self.rule, self.hint = rule, hint
        super().__init__(message)


Shown = tuple[Any, ...]
"""What a macro lays out."""


class _Macros:
    """The macros: each gives what it lays out, or raises CallError where there is no such thing."""

    def __init__(self, view: GuideView, views: Mapping[str, GuideView]) -> None:
        self._view = view
        self._views = views
        names = (*view.guide.published, view.release)
        self._known = {name: each for name, each in views.items() if name in names}
        """The releases that readers of this one know of: not others that are only planned."""

    def authentication(self, method: str, path: str) -> Shown:
        """Each way to authenticate, with a curl command for the given request."""
        return method, path

    def new_badge(self, outlined: bool = False) -> Shown:
        """The badge for what is new in the release shown; outlined, for what it is the first to document."""
        return (outlined,)

    def compatible_since(self) -> Shown:
        """The release from which on no release breaks clients."""
        since = self._view.settings.compatible_since
        if since is None:
            hint = "add `compatible_since` to guide.yaml"
            raise CallError(NoPromise, "the guide does not promise to stay compatible", hint)
        return (since,)

    def console(self, text: str) -> Shown:
        """A block of console input or output."""
        return (text,)

    def credentials(self, authentication: str | None = None) -> Shown:
        """The credentials used in examples: user name and password, or the token."""
        scheme = self._scheme(authentication)
        if scheme is None:
            raise CallError(
                UnknownAuthentication, "the guide has no authentication scheme", "add one to guide.yaml"
            )
        return (scheme,)

    def curl(self, method: str, path: str, authentication: str | None = None, server: int = 1) -> Shown:
        """A request without parameters as a curl command in each format, to the first server or another."""
        servers = self._view.settings.servers
        if not 1 <= server <= len(servers):
            message = f"guide.yaml has {len(servers)} server(s): there is no server {server}"
            raise CallError(MacroArguments, message, "add it under `servers`, or choose another")
        return method, path, self._scheme(authentication), servers[server - 1]

    def endpoint(self, id_: str) -> Shown:
        """A link to an endpoint with its method and path."""
        return id_, self._endpoint(id_)

    def example(self, id_: str, number: int = 1) -> Shown:
        """An example of an endpoint: the request and its responses."""
        last = len(self._endpoint(id_).examples) or 1
        if not 1 <= number <= last:
            raise CallError(UnknownExample, f"`{id_}` has {last} example(s): there is no example {number}")
        return id_, number

    def field(self, name: str, description: str, required: bool = False, new: bool = False) -> Shown:
        """A made-up parameter as pages show it, to explain the badges."""
        if not description.strip():
            message = "`field` cannot use these arguments"
            raise CallError(MacroArguments, message, "look them up in handbook/macros.md")
        return name, Field(description=description, required=required, type=("string",)), new

    def field_of(
        self, id_: str, parameter: str, location: str | None = None, release: str | None = None
    ) -> Shown:
        """A parameter of an endpoint as the guide of a release shows it, named by its path or its end."""
        view = self._of_release(release)
        endpoint, locations = self._endpoint_of(view, id_), self._locations(location)
        try:
            return id_, endpoint, parameter_of(view, id_, parameter, locations, self._known), view
        except ParameterError as error:
            raise CallError(UnknownParameter, str(error), error.hint) from None

    def formats(self) -> Shown:
        """The exchange formats with their media types and extensions."""
        return ()

    def info(self, text: str) -> Shown:
        """A message in an info box."""
        return "info", text

    def methods(self) -> Shown:
        """The HTTP methods and what they are used for."""
        return ()

    def note(self, text: str) -> Shown:
        """A message in a note box."""
        return "note", text

    def parameters(self, id_: str, location: str | None = None) -> Shown:
        """The parameters of an endpoint: all of them, or those sent in one location."""
        endpoint = self._endpoint(id_)
        prefix = id_.replace("/", "-")
        lists = {f"{prefix}-{each}": endpoint.parameters.location(each) for each in self._locations(location)}
        return lists, self._view.introduced(endpoint)

    def placeholders(self) -> Shown:
        """What the credentials and addresses in examples stand for."""
        return (self._scheme(None),)

    def release(self) -> Shown:
        """The release shown."""
        return ()

    def releases(self) -> Shown:
        """The releases, newest first, with their dates."""
        return ()

    def responses(self, id_: str) -> Shown:
        """The statuses that an endpoint returns."""
        self._endpoint(id_)
        return (id_,)

    def request(self, id_: str, authentication: str | None = None) -> Shown:
        """The first example of an endpoint as a curl command in each format."""
        return self._endpoint(id_), self._scheme(authentication)

    def required(self) -> Shown:
        """The badge for a required parameter."""
        return ()

    def resources(self) -> Shown:
        """All resources by group, with a description of each."""
        return ()

    def server(self) -> Shown:
        """The address of the API in examples."""
        return ()

    def status_body(self, code: int | str) -> Shown:
        """The response body that the guide gives for a status, in each format."""
        statuses = self._view.settings.statuses
        status = statuses.get(str(code))
        if status is None or status.body is None:
            having = listing([c for c, each in statuses.items() if each.body])
            hint = f"choose from {having}" if having else "give the status a `body` in guide.yaml"
            raise CallError(NoStatusBody, f"guide.yaml gives no body for the status `{code}`", hint)
        return str(code), status

    def statuses(self) -> Shown:
        """The statuses of the API and what they mean."""
        return ()

    def warning(self, text: str) -> Shown:
        """A message in a warning box."""
        return "warning", text

    def _endpoint(self, id_: str) -> Endpoint:
        return self._endpoint_of(self._view, id_)

    def _endpoint_of(self, view: GuideView, id_: str) -> Endpoint:
        if id_ not in view.endpoints:
            having = [name for name, each in self._known.items() if id_ in each.endpoints]
            hint = f"it is in {listing(having)}" if having else did_you_mean(id_, view.endpoints)
            hint = hint or "write `RESOURCE/ENDPOINT`, like the path of its file"
            message = f"there is no endpoint `{id_}` in release {view.release}"
            raise CallError(UnknownEndpoint, message, hint)
        return view.endpoints[id_]

    def _of_release(self, release: str | None) -> GuideView:
        if release is None:
            return self._view
        if release not in self._known:
            is_planned = release in self._views
            message = (
                f"release `{release}` is not published yet"
                if is_planned
                else f"there is no release `{release}`"
            )
            hint = None if is_planned else did_you_mean(release, self._known)
            raise CallError(UnknownRelease, message, hint or f"choose from {listing(self._known)}")
        return self._known[release]

    @staticmethod
    def _locations(location: str | None) -> tuple[str, ...]:
        """The location that is named, or all."""
        if location is not None and location not in LOCATIONS:
            message, hint = f"there is no location `{location}`", f"choose from {listing(LOCATIONS)}"
            raise CallError(UnknownLocation, message, hint)
        return LOCATIONS if location is None else (location,)

    def _scheme(self, id_: str | None) -> Authentication | None:
        """The scheme of that name, or the guide's first one; None where the guide has none."""
        schemes = {scheme.id: scheme for scheme in self._view.settings.authentication}
        if id_ is None:
            return next(iter(schemes.values()), None)
        if id_ not in schemes:
            known = f"choose from {listing(schemes)}" if schemes else "list it in guide.yaml"
            hint = did_you_mean(id_, schemes) or known
            raise CallError(UnknownAuthentication, f"there is no authentication scheme `{id_}`", hint)
        return schemes[id_]


MACROS: Mapping[str, Callable[..., Shown]] = {
    name: function for name, function in vars(_Macros).items() if not name.startswith("_")
}
"""The macros that every guide has, by name; those of a project's own are known to `rendering` alone."""


def shown(view: GuideView, call: Call, views: Mapping[str, GuideView]) -> Shown:
    """What a call of one of `MACROS` shows in a release; `views` are those of all that it may name.

    Raises CallError where it cannot be carried out.
    """
    given = arguments(call)
    return MACROS[call.name](_Macros(view, views), **given)


def arguments(call: Call) -> dict[str, Any]:
    """The arguments of a call by name. Raises CallError where they do not fit the macro, or there is none."""
    function = MACROS.get(call.name)
    if function is None:
        hint = did_you_mean(call.name, MACROS) or f"choose from {listing(sorted(MACROS))}"
        raise CallError(UnknownMacro, f"there is no macro `{call.name}`", hint)
    signature = inspect.signature(function)
    try:
        bound = signature.bind(None, *call.arguments, **call.options)
    except TypeError:
        raise refused(call, "does not take these arguments") from None
    found = {name: value for name, value in bound.arguments.items() if name != "self"}
    hints = get_type_hints(function)
    for name, value in found.items():
        kind: Any = hints[name]
        if not isinstance(value, kind):
            wanted = [_WORDS[each] for each in get_args(kind) or (kind,) if each in _WORDS]
            raise refused(call, f"needs {' or '.join(wanted)} as `{name.strip('_')}`")
        if isinstance(value, str) and any(_is_hidden(character) for character in value):
            raise refused(call, f"has an invisible character in `{name.strip('_')}`")
    return found


def refused(call: Call, why: str) -> CallError:
    """That a macro cannot have its arguments; the hint names them, those in brackets may be left out."""
    names = []
    for name, parameter in [*inspect.signature(MACROS[call.name]).parameters.items()][1:]:
        named = name.strip("_")
        names.append(named if parameter.default is parameter.empty else f"[{named}]")
    hint = f"write `{{{{ {call.name}({', '.join(names)}) }}}}`"
    return CallError(MacroArguments, f"`{call.name}` {why}", hint)


_WORDS = {str: "a text", int: "a whole number", bool: "true or false"}


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character).startswith("C") and character not in "\n\t"


def call_anchors(view: GuideView, call: Call, views: Mapping[str, GuideView]) -> Iterator[str]:
    """The anchors of what a call shows in a release. Raises CallError where it cannot be carried out."""
    values = shown(view, call, views)
    if call.name == "parameters":
        for location, fields in values[0].items():
            yield from anchors_of(listed(view, fields, location, request=True))
    elif call.name == "authentication":
        yield from (f"authentication-{scheme.id}" for scheme in view.settings.authentication)
    elif call.name == "statuses":
        yield from map(status_anchor, view.settings.statuses)
    elif call.name == "example":
        yield from (f"example-example{number}" for number in range(1, CALLS + 1))  # its place among the calls
