"""Trees of values as XML."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import XmlLexer

from apiguide.examples import json as json_writer
from apiguide.examples import xml as writer
from apiguide.examples.tokens import html, text
from apiguide.examples.values import Array, Null, Scalar, Structure, Tree
from apiguide.examples.xml import root_of_response

Marked = Callable[[str], list[tuple[str, str]]]

BOOK = Structure(
    (
        ("id", Scalar("1", "integer")),
        ("title", Scalar("Emma", "string")),
        ("price", Scalar("9.90", "decimal", json_string=True)),
        ("rating", Scalar("4.5", "float")),
        ("lent", Scalar("false", "boolean")),
        ("printed_on", Scalar("2015-02-10", "date")),
        ("created_at", Scalar("2015-02-10T08:15:00Z", "datetime")),
        ("updated_at", Scalar("2015-02-10T08:15:00Z", "datetime", "dateTime")),
        ("opens_at", Scalar("2015-02-10T08:15:00", "datetime-local")),
        ("pages", Scalar("12")),
        ("due_at", Null()),
        ("shelf_ids", Array((Scalar("3", "integer"), Scalar("4", "integer")), "shelf_id")),
        ("notes", Array(())),
        ("size", Structure((("height", Scalar("210", "integer")),))),
        ("extra", Structure(())),
    ),
    "book",
)


def written(name: str, tree: Tree, dialect: str = "rails", *, request: bool = False) -> str:
    return text(writer.write(name, tree, dialect, request=request))


# The dialects


def test_a_response_of_rails_says_the_type_of_all_that_is_no_string() -> None:
    assert (
        written("book", BOOK)
        == """\
<?xml version="1.0" encoding="UTF-8"?>
<book>
  <id type="integer">1</id>
  <title>Emma</title>
  <price type="decimal">9.90</price>
  <rating type="float">4.5</rating>
  <lent type="boolean">false</lent>
  <printed_on type="date">2015-02-10</printed_on>
  <created_at type="datetime">2015-02-10T08:15:00Z</created_at>
  <updated_at type="dateTime">2015-02-10T08:15:00Z</updated_at>
  <opens_at type="datetime">2015-02-10T08:15:00</opens_at>
  <pages>12</pages>
  <due_at nil="true"/>
  <shelf_ids type="array">
    <shelf_id type="integer">3</shelf_id>
    <shelf_id type="integer">4</shelf_id>
  </shelf_ids>
  <notes type="array"/>
  <size>
    <height type="integer">210</height>
  </size>
  <extra/>
</book>"""
    )


def test_a_request_of_rails_says_the_type_of_lists_alone_and_has_no_declaration() -> None:
    shown = written("book", BOOK, request=True)
    assert set(re.findall(r' type="(\w+)"', shown)) == {"array"}
    assert shown.startswith("<book>\n")


def test_the_plain_dialect_says_no_types() -> None:
    shown = written("book", BOOK, "plain")
    assert " type=" not in shown
    assert shown.startswith(writer.DECLARATION)


def test_a_string_says_a_type_where_its_field_does() -> None:
    assert '<kind type="symbol">new</kind>' in written("kind", Scalar("new", "string", "symbol"))


# Roots


def test_the_root_of_a_response_is_the_name_of_its_object_or_list() -> None:
    assert root_of_response(BOOK) == ("book", BOOK)
    for books in (Array((BOOK,), "book"), Array((), "book")):
        assert root_of_response(books) == ("books", books)


def test_an_object_may_say_the_plural_also_for_an_empty_list() -> None:
    shelf = Array((), "book", "bookshelf")
    assert root_of_response(shelf) == ("bookshelf", shelf)


def test_the_single_field_of_an_object_that_is_not_wrapped_is_the_root() -> None:
    errors = Array((Scalar("Gone", "string"),), "error")
    assert root_of_response(Structure((("errors", errors),), "errors", wrapped=False)) == ("errors", errors)
    assert root_of_response(Structure((("errors", errors),), "errors")) is not None


def test_an_object_that_is_wrapped_keeps_its_element_around_a_single_field() -> None:
    book = Structure((("title", Scalar("Emma")),), "book")
    assert root_of_response(book) == ("book", book)


def test_an_object_of_several_fields_keeps_its_element_even_unwrapped() -> None:
    month = Structure((("month", Scalar("3")), ("cost", Scalar("1"))), "bill", wrapped=False)
    assert root_of_response(month) == ("bill", month)


@pytest.mark.parametrize("tree", [Array(()), Structure(()), Scalar("1"), Null()])
def test_what_has_no_name_has_no_root(tree: Tree) -> None:
    assert root_of_response(tree) is None


# The laws

# What XML 1.0 can say, less what the reader of the YAML refuses anyway.
characters = st.characters(
    exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"
) | st.sampled_from("\t\n\r<>&\"']")
words = st.text(characters, max_size=8)
names = st.from_regex(r"[A-Za-z_][A-Za-z0-9_.-]{0,3}", fullmatch=True)
scalars = st.one_of(
    st.builds(Scalar, st.integers().map(str), st.just("integer")),
    st.builds(
        Scalar, st.from_regex(r"-?(0|[1-9][0-9]{0,4})(\.[0-9]{1,3})?", fullmatch=True), st.just("decimal")
    ),
    st.builds(Scalar, st.floats(allow_nan=False, allow_infinity=False).map(repr), st.just("float")),
    st.builds(Scalar, st.sampled_from(["true", "false"]), st.just("boolean")),
    st.builds(Scalar, st.dates().map(str), st.just("date")),
    st.builds(Scalar, words, st.sampled_from(["string", None])),
)


def holding(trees: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    members = st.dictionaries(names, trees, max_size=3).map(lambda found: tuple(found.items()))
    structures = st.builds(Structure, members, st.none() | names, st.booleans())
    lists = st.builds(Array, st.lists(trees, max_size=3).map(tuple), names)
    return structures | lists


trees = st.recursive(st.just(Null()) | scalars, holding, max_leaves=12)


def read(element: ElementTree.Element) -> Any:
    """What Rails' `Hash.from_xml` makes of an element; an element without content is empty text."""
    if element.get("nil") == "true":
        return None
    kind, content = element.get("type"), element.text or ""
    if kind == "array":
        return [read(child) for child in element]
    if len(element):
        return {child.tag: read(child) for child in element}
    if kind in ("integer", "decimal", "float"):
        return Decimal(content)
    return content == "true" if kind == "boolean" else content


def meant(tree: Tree, *, typed: bool) -> Any:
    """What a client finds in the XML of a tree; without types all is text."""
    if isinstance(tree, Null):
        return None
    if isinstance(tree, Array):
        return [meant(item, typed=typed) for item in tree.items]
    if isinstance(tree, Structure):
        return {name: meant(value, typed=typed) for name, value in tree.members} or ""
    if typed and tree.type in ("integer", "decimal", "float"):
        return Decimal(tree.text)
    return tree.text == "true" if typed and tree.type == "boolean" else tree.text


@given(tree=trees, request=st.booleans())
@example(Scalar(" \r\n\t<&>\"']]>é", "string"), False)
@example(Scalar(" \r\n\t<&>\"']]>é", "string"), True)
def test_xml_parses_and_carries_the_tree(tree: Tree, request: bool) -> None:
    parsed = ElementTree.fromstring(written("root", tree, request=request).encode())
    assert parsed.tag == "root"
    assert read(parsed) == meant(tree, typed=not request)


def unwrapped(value: Any, tree: Tree, *, wrap: bool) -> Any:
    """JSON of the rails dialect without the names around its objects."""
    if isinstance(tree, Array):
        return [unwrapped(v, item, wrap=True) for v, item in zip(value, tree.items, strict=True)]
    if isinstance(tree, Structure):
        inner = value[tree.name] if wrap and tree.wrapped and tree.name is not None else value
        return {name: unwrapped(inner[name], each, wrap=False) for name, each in tree.members} or ""
    return value


@given(tree=trees)
def test_xml_and_json_carry_the_same_data(tree: Tree) -> None:
    code = text(json_writer.write(tree, "rails"))
    parsed = json.loads(code, parse_int=Decimal, parse_float=Decimal)
    assert unwrapped(parsed, tree, wrap=True) == read(ElementTree.fromstring(written("root", tree)))


@given(tree=trees, request=st.booleans())
def test_highlighting_is_that_of_pygments(marked: Marked, tree: Tree, request: bool) -> None:
    code = writer.write("root", tree, "rails", request=request)
    theirs = highlight(text(code), XmlLexer(ensurenl=False, stripnl=False), HtmlFormatter(nowrap=True))
    assert marked(html(code)) == marked(theirs)


def test_the_classes_of_names_and_values() -> None:
    book = Structure((("id", Scalar("1 & 2", "integer")), ("due_at", Null())))
    found = re.findall(r'<span class="(\w+)">([^<]*)</span>', html(writer.write("book", book, "rails")))
    assert found == [
        ("cp", '&lt;?xml version="1.0" encoding="UTF-8"?&gt;'),
        ("nt", "&lt;book&gt;"),
        ("nt", "&lt;id"),
        ("na", "type="),
        ("s", '"integer"'),
        ("nt", "&gt;"),
        ("ni", "&amp;amp;"),
        ("nt", "&lt;/id&gt;"),
        ("nt", "&lt;due_at"),
        ("na", "nil="),
        ("s", '"true"'),
        ("nt", "/&gt;"),
        ("nt", "&lt;/book&gt;"),
    ]
