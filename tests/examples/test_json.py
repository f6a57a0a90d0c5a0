"""Trees of values as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import JsonLexer

from apiguide.examples import json as writer
from apiguide.examples.tokens import html, text
from apiguide.examples.values import Array, Null, Scalar, Structure, Tree

Marked = Callable[[str], list[tuple[str, str]]]

ROLES = Array(
    (
        Structure(
            (
                ("id", Scalar("1", "integer")),
                ("label", Scalar('The "best"', "string")),
                ("owner", Structure((("id", Scalar("5", "integer")),), "user")),
                (
                    "permissions",
                    Array((Structure((("id", Scalar("4", "integer")),), "permission"),), "permission"),
                ),
            ),
            "role",
        ),
    ),
    "role",
)


def written(tree: Tree, dialect: str = "rails", *, root: bool = True) -> str:
    return text(writer.write(tree, dialect, root=root))


def test_names_and_values_are_shown_in_their_own_letters() -> None:
    assert written(Structure((("größe", Scalar("fünf", "string")),))) == '{\n  "größe": "fünf"\n}'


# The dialects


def test_each_object_in_a_list_is_wrapped_in_its_name_and_one_that_is_a_fields_value_is_not() -> None:
    assert (
        written(ROLES)
        == """\
[
  {
    "role": {
      "id": 1,
      "label": "The \\"best\\"",
      "owner": {
        "id": 5
      },
      "permissions": [
        {
          "permission": {
            "id": 4
          }
        }
      ]
    }
  }
]"""
    )


def test_the_plain_dialect_wraps_nothing() -> None:
    assert json.loads(written(ROLES, "plain")) == [
        {"id": 1, "label": 'The "best"', "owner": {"id": 5}, "permissions": [{"id": 4}]}
    ]


USER = Structure((("id", Scalar("1", "integer")),), "user")


def test_the_root_object_is_wrapped_in_its_name() -> None:
    assert json.loads(written(USER)) == {"user": {"id": 1}}
    assert json.loads(written(USER, "plain")) == {"id": 1}


def test_what_says_that_it_is_not_wrapped_is_not() -> None:
    bare = Structure(USER.members, "user", wrapped=False)
    assert json.loads(written(bare)) == {"id": 1}
    assert json.loads(written(Array((bare, USER), "user"))) == [{"id": 1}, {"user": {"id": 1}}]


def test_what_has_no_name_is_not_wrapped() -> None:
    assert json.loads(written(Structure(USER.members))) == {"id": 1}


def test_a_body_that_names_what_it_holds_is_not_wrapped_again() -> None:
    body = Structure((("pack", USER),))
    assert json.loads(written(body, root=False)) == {"pack": {"id": 1}}


def test_empty_lists_and_objects_stand_on_one_line() -> None:
    assert written(Structure((("a", Array(())), ("b", Structure(()))))) == '{\n  "a": [],\n  "b": {}\n}'
    assert written(Structure((), "user")) == '{\n  "user": {}\n}'


# Values


@pytest.mark.parametrize(
    ("scalar", "shown"),
    [
        (Scalar("12", "integer"), "12"),
        (Scalar("9.90", "decimal"), "9.90"),
        (Scalar("1E5", "float"), "1E5"),
        (Scalar("true", "boolean"), "true"),
        (Scalar("12", "string"), '"12"'),
        (Scalar("12"), '"12"'),
        (Scalar("2015-02-10", "date"), '"2015-02-10"'),
        (Scalar("5400.0", "decimal", json_string=True), '"5400.0"'),
        (Scalar('a"b\\c\n</script>', "string"), r'"a\"b\\c\n</script>"'),
        (Scalar("Söhne \U0001f4da", "string"), '"Söhne \U0001f4da"'),
        (Null(), "null"),
    ],
)
def test_values_are_as_their_types_say(scalar: Tree, shown: str) -> None:
    assert written(scalar) == shown


# The laws

NUMBERS = {
    "integer": st.integers().map(str),
    "decimal": st.decimals(
        allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=2
    ).map(str),
    "float": st.floats(allow_nan=False, allow_infinity=False).map(repr),
    "boolean": st.sampled_from(["true", "false"]),
}
scalars = st.one_of(
    *(st.builds(Scalar, texts, st.just(kind), json_string=st.booleans()) for kind, texts in NUMBERS.items()),
    st.builds(Scalar, st.text(), st.sampled_from(["string", None])),
)


def holding(trees: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    members = st.dictionaries(st.text(max_size=3), trees, max_size=3).map(lambda found: tuple(found.items()))
    names = st.none() | st.text(max_size=3)
    return st.one_of(
        st.builds(Structure, members, names, st.booleans()),
        st.builds(Array, st.lists(trees, max_size=3).map(tuple)),
    )


trees = st.recursive(st.just(Null()) | scalars, holding, max_leaves=12)


def meant(tree: Tree, *, wraps: bool, wrap: bool) -> Any:
    """What a client of the API finds in the JSON of a tree."""
    if isinstance(tree, Null):
        return None
    if isinstance(tree, Scalar):
        if tree.json_string or tree.type in ("string", None):
            return tree.text
        return tree.text == "true" if tree.type == "boolean" else Decimal(tree.text)
    if isinstance(tree, Array):
        return [meant(item, wraps=wraps, wrap=True) for item in tree.items]
    members = {name: meant(value, wraps=wraps, wrap=False) for name, value in tree.members}
    wrapped = wraps and wrap and tree.wrapped and tree.name is not None
    return {tree.name: members} if wrapped else members


@given(tree=trees, dialect=st.sampled_from(["rails", "plain"]))
def test_json_parses_and_carries_the_tree(tree: Tree, dialect: str) -> None:
    parsed = json.loads(written(tree, dialect), parse_int=Decimal, parse_float=Decimal)
    assert parsed == meant(tree, wraps=dialect == "rails", wrap=True)


@given(tree=trees)
def test_highlighting_is_that_of_pygments(marked: Marked, tree: Tree) -> None:
    code = writer.write(tree, "rails")
    theirs = highlight(text(code), JsonLexer(ensurenl=False, stripnl=False), HtmlFormatter(nowrap=True))
    assert marked(html(code)) == marked(theirs)


def test_the_classes_of_names_and_values() -> None:
    tree = Structure(
        (
            ("id", Scalar("1", "integer")),
            ("price", Scalar("0.5", "decimal")),
            ("on", Scalar("true", "boolean")),
            ("none", Null()),
            ("name", Scalar("<&>", "string")),
        )
    )
    found = re.findall(r'<span class="(\w+)">([^<]*)</span>', html(writer.write(tree, "plain")))
    assert [pair for pair in found if pair[0] != "p"] == [
        ("nt", '"id"'),
        ("mi", "1"),
        ("nt", '"price"'),
        ("mf", "0.5"),
        ("nt", '"on"'),
        ("kc", "true"),
        ("nt", '"none"'),
        ("kc", "null"),
        ("nt", '"name"'),
        ("s2", '"&lt;&amp;&gt;"'),
    ]
