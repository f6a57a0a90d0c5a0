"""One word for one thing: names that are gone do not come back."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from apiguide.changes import RULES as DIFFERENCES
from apiguide.checks.registry import RULES

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src/apiguide"

GONE_NAMES = {
    "an endpoint": "Calls changes_of_call call_id callLine _WithoutCalls without_calls calls_in CALL_CAME",
    "endpoints": "with_calls",
    "a response": "Reply ReplyPart ReplyCode replies reply_places reply_values reply_value root_of_reply",
    "inheritance": "taking takes TAKEN",
    "a parent, all fields, full": "whole Whole wholes is_whole whole_object",
    "a lifespan": "Dated TIMES object_start resource_start",
    "an anchor, a location": "Place NamePlace PlaceGroup PlaceError PLACES PLACE_TITLES places by_place",
    "site_releases, release_links, site_root": "editions Editions frame_of front",
    "staged, file_lock, map_chunks": "exchange meanwhile side_by_side beside alone",
    "conventions, scaffold, a partial check": "habits drafts Usual FewCalls few",
    "a cache, symbols, facts": "Kept Known state_of_call same_body _Copies _Bare _Trim trimmed _once",
    "a badge, an admonition": "bulb Box",
    "reported, rendered": "told Told each_told Warned written Written",
}
"""By what is said instead: names of files, classes, functions, parameters and variables of the package."""

GONE_CODES = ("call", "calls", "reply", "replies", "place")
"""Words that no code of a rule or a difference has."""

GONE_IN_MACROS = re.compile(
    r"\b(ag-(call|calls|reply|replies|bulb|beside|sign)|id=\"(call|calls|reply|replies))\b"
)
"""Classes and anchors of pages."""

GONE = {name: instead for instead, names in GONE_NAMES.items() for name in names.split()}


def names_in(tree: ast.Module) -> Iterator[str]:
    """All names that a module gives to something."""
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                yield node.name
            case ast.Name(ctx=ast.Store()) | ast.Attribute(ctx=ast.Store()):
                yield node.id if isinstance(node, ast.Name) else node.attr
            case ast.arg():
                yield node.arg


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PACKAGE).as_posix()
)
def test_a_module_gives_nothing_a_name_that_is_gone(path: Path) -> None:
    given = {path.stem, *names_in(ast.parse(path.read_text(encoding="utf-8")))}
    assert {name: GONE[name] for name in given & GONE.keys()} == {}


def test_no_code_has_a_word_that_is_gone() -> None:
    for code in (*RULES, *DIFFERENCES):
        # `too-many-calls` is about calls of macros.
        assert code == "too-many-calls" or not {*code.split("-")} & {*GONE_CODES}, code


def test_macros_stylesheet_and_scripts_have_no_class_or_anchor_that_is_gone() -> None:
    files = [*(ROOT / "macros").glob("*.jinja"), *(PACKAGE / "site/theme").rglob("*.*")]
    assert len(files) > 30
    for path in files:
        if path.suffix in (".jinja", ".html", ".css", ".js"):
            found = GONE_IN_MACROS.search(path.read_text(encoding="utf-8"))
            assert found is None, f"{path.name}: {found and found[0]}"
    assert not {path.name.partition(".")[0] for path in files} & {"call", "replies", *GONE}


def test_a_name_that_is_gone_would_be_found() -> None:
    source = "class Reply:\n    def told(self, whole, *, beside=1):\n        self.places = written = 1\n"
    found = GONE.keys() & {*names_in(ast.parse(source))}
    assert found == {"Reply", "told", "whole", "beside", "places", "written"}
