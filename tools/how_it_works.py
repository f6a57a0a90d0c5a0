"""What each step of apiguide makes of a parameter of the starter's guide; for handbook/how-it-works.md."""

from __future__ import annotations

import re
import tempfile
import textwrap
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from mkdocs.config import load_config

from apiguide.changes import RULES, changes
from apiguide.checks import Checked
from apiguide.examples.curl import curl_line
from apiguide.examples.requests import examples_of
from apiguide.examples.tokens import text
from apiguide.inheritance import resolve_inheritance
from apiguide.model import Field, Part
from apiguide.site.prepared import Prepared, prepare
from apiguide.starter import STARTER, write

ENDPOINT = "shipments/create"
OBJECT = "address"
FIELD = "phone"
PATH = ("shipment", "recipient", FIELD)
"""The parameter that is followed, by the names that lead to it in the request's body."""


@lru_cache(maxsize=1)
def prepared() -> Prepared:
    """The starter's guide, read and checked, with what its pages are rendered with."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "guide"
        write(root)
        return prepare(root, load_config(str(root / "mkdocs.yml")))


def checked() -> Checked:
    """The starter's guide, read and checked."""
    return prepared().checked


def block(language: str, *lines: str) -> Iterator[str]:
    """Lines as a block of code."""
    yield f"\n```{language}"
    yield from lines
    yield "```"


def under_key(name: str, key: str) -> str:
    """What a file of the starter's reference says under a key, with the key, moved to the left."""
    content = (STARTER / "reference" / name).read_text(encoding="utf-8")
    found = re.search(rf"^( *){re.escape(key)}:.*\n(?:\1 +.*\n|\n(?=\1 ))*", content, re.MULTILINE)
    if found is None:
        raise SystemExit(f"{name} has no key {key}")
    return textwrap.dedent(found[0]).rstrip()


def described(part: Part, level: int = 0) -> Iterator[str]:
    """The keys that a part of the model has values for, a line each."""
    for key, value in part:
        if value is None or value == ():
            continue
        if isinstance(value, tuple) and isinstance(value[0], Part):
            for each in value:
                yield f"{'  ' * level}{key}: {type(each).__name__.partition('[')[0]}"
                yield from described(each, level + 1)
        elif isinstance(value, Part):
            yield f"{'  ' * level}{key}:"
            yield from described(value, level + 1)
        else:
            shown = value[0] if isinstance(value, tuple) and len(value) == 1 else value
            yield f"{'  ' * level}{key}: {str(shown).lower() if isinstance(shown, bool) else shown}"


def field_of(endpoints: object) -> Field:
    """The field that is followed, in the endpoints of a guide or a view."""
    assert isinstance(endpoints, dict)
    fields = endpoints[ENDPOINT].parameters.body
    for name in PATH[:-1]:
        fields = fields[name].fields
    found: Field = fields[PATH[-1]]
    return found


def files() -> Iterator[str]:
    """The YAML of the field in the request, and that of the object's field of its name."""
    yield from block("yaml", f"# reference/{ENDPOINT}.yaml", under_key(f"{ENDPOINT}.yaml", FIELD))
    resource = f"{ENDPOINT.partition('/')[0]}/resource.yaml"
    yield from block("yaml", f"# reference/{resource}, in the object {OBJECT}", under_key(resource, FIELD))


def stated() -> Iterator[str]:
    """The field in the model."""
    guide = checked().guide
    assert guide is not None, "the starter's guide has no errors"
    yield from block("text", *described(field_of(guide.endpoints)))


def resolved() -> Iterator[str]:
    """The field with what it inherits."""
    guide = checked().guide
    assert guide is not None, "the starter's guide has no errors"
    yield from block("text", *described(field_of(resolve_inheritance(guide).endpoints)))


def views() -> Iterator[str]:
    """The field as it was in the first two releases."""
    for release, view in [*checked().views.items()][:2]:
        field = field_of(view.endpoints).replace(changes=())
        yield from block("text", f"# {release}", *described(field))


def differences() -> Iterator[str]:
    """What a client of the endpoint finds different in the second release."""
    older, newer = [*checked().views.values()][:2]
    found = [each for each in changes(older, newer) if each.page == ENDPOINT]
    yield from block("text", *(f"{each.code} ({RULES[each.code].impact}): {each.text}" for each in found))


def row() -> Iterator[str]:
    """The row of the field in the page."""
    release = [*checked().views][-1]
    renderer = prepared().renderer(release, prepared().site_releases(release))
    html = renderer.page(ENDPOINT).html
    anchor = "-".join(("body", *PATH))
    found = re.search(rf'<tr\b[^>]*\bid="{anchor}".*?</tr>', html, re.DOTALL)
    if found is None:
        raise SystemExit(f"the page of {ENDPOINT} has no row {anchor}")
    yield from block("html", *filter(str.strip, re.sub(r"(?=<t[dh]\b)", "\n  ", found[0]).split("\n")))


def curl() -> Iterator[str]:
    """The curl line of the endpoint's first example."""
    view = [*checked().views.values()][-1]
    request = examples_of(view, view.endpoints[ENDPOINT])[0].request
    tokens = curl_line(view.settings, request, "json")
    assert tokens is not None, "JSON can carry any body"
    yield from block("sh", text(tokens))


STEPS: dict[str, Callable[[], Iterator[str]]] = {
    "step-files": files,
    "step-model": stated,
    "step-inheritance": resolved,
    "step-views": views,
    "step-differences": differences,
    "step-page": row,
    "step-curl": curl,
}
"""The made parts of the page, by their names."""
