"""The usual layout of a file: keys in their order, quotes for editors, and nothing lost on the way."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from textwrap import dedent
from typing import Any

import pytest

from apiguide.formatting import formatted
from apiguide.formatting.order import order
from apiguide.formatting.shapes import Items, Keys, Names, inner
from apiguide.model import (
    Endpoint,
    Example,
    Field,
    FieldKeys,
    Note,
    Object,
    Part,
    Resource,
    Response,
    Settings,
    Value,
)
from apiguide.problems import ProblemsError
from apiguide.yaml_source import Map, Seq, Text, load

Files = list[tuple[type[Part], bytes]]


def value(data: bytes) -> Any:
    """What a file says, whatever the order of its keys."""
    document = load(data, "a.yaml")
    assert document.problems == (), (document.problems, data.decode())
    return plain(document.root)


def plain(node: Any) -> Any:
    if isinstance(node, Map):
        return {str(key): plain(value) for key, value in node.items()}
    if isinstance(node, Seq):
        return [plain(item) for item in node]
    assert isinstance(node, Text)
    return None if node.is_null else str(node)


def test_formatting_a_thousand_files_changes_no_value(thousand_files: Files) -> None:
    changed = 0
    for model, data in thousand_files:
        new = formatted(data, "a.yaml", model)
        assert value(new) == value(data), data.decode()
        changed += new != data
    assert changed > 900


def test_what_is_formatted_stays_as_it_is(thousand_files: Files) -> None:
    for model, data in thousand_files:
        new = formatted(data, "a.yaml", model)
        assert formatted(new, "a.yaml", model).decode() == new.decode(), data.decode()


def test_no_comment_is_lost_and_each_stays_at_its_line(thousand_files: Files) -> None:
    for model, data in thousand_files:
        old, new = data.decode(), formatted(data, "a.yaml", model).decode()
        assert Counter(commented(new)) == Counter(commented(old)), old


def commented(text: str) -> list[tuple[str, ...]]:
    """The lines with a comment; of one in braces only which words it has, for these change places."""
    lines = [line.strip().removeprefix("- ").removeprefix("- ") for line in text.splitlines()]
    return [tuple(sorted(re.findall(r"\w+", line))) for line in lines if "# comment" in line]


def test_a_comment_stays_before_the_key_that_it_is_about(thousand_files: Files) -> None:
    seen = 0
    for model, data in thousand_files:
        lines = formatted(data, "a.yaml", model).decode().splitlines()
        for number, line in enumerate(lines):
            if about := re.search(r"# comment \d+ before (\w+):", line):
                after = next(each for each in lines[number + 1 :] if not each.lstrip().startswith("#"))
                assert re.match(rf"[ -]*\"?{about[1]}\"?:", after), data.decode()
                seen += 1
    assert seen > 1000


def test_keys_come_in_order_and_names_stay_in_theirs(thousand_files: Files) -> None:
    before, after = 0, 0
    for model, data in thousand_files:
        old, new = (load(each, "a.yaml") for each in (data, formatted(data, "a.yaml", model)))
        before += disorder(Keys(model), old.root)
        after += disorder(Keys(model), new.root)
        assert names(Keys(model), new.root) == names(Keys(model), old.root)
    assert before > 1500
    assert after < before / 5  # of those that cannot move without harm


def mappings(shape: Any, node: Any) -> list[tuple[Any, Map]]:
    """All mappings in a file with what the model wants there."""
    if isinstance(node, Map):
        shape = shape.of if isinstance(shape, Items) else shape
        return [(shape, node), *(each for key in node for each in mappings(inner(shape, key), node[key]))]
    return (
        [each for item in node for each in mappings(inner(shape, 0), item)] if isinstance(node, Seq) else []
    )


def disorder(shape: Any, root: Any) -> int:
    """How many keys of a file come before one that they should follow."""
    found = [
        (each, [str(key) for key in node if key in each.order])
        for each, node in mappings(shape, root)
        if isinstance(each, Keys)
    ]
    return sum(
        each.order.index(one) > each.order.index(two)
        for each, keys in found
        for one, two in itertools.pairwise(keys)
    )


def names(shape: Any, root: Any) -> Counter[tuple[str, ...]]:
    found = [node for each, node in mappings(shape, root) if isinstance(each, Names)]
    return Counter(tuple(map(str, node)) for node in found)


@pytest.mark.parametrize(
    "model", [Settings, Resource, Endpoint, Field, Object, Note, Value, Example, Response]
)
def test_every_key_has_a_place_in_the_order(model: type[Part]) -> None:
    assert sorted(order(model)) == sorted(info.alias or name for name, info in model.model_fields.items())


def test_former_states_have_the_order_of_what_they_were() -> None:
    assert order(FieldKeys) == tuple(key for key in order(Field) if key in order(FieldKeys))
    assert order(FieldKeys)[:2] == ("object", "type")
    assert order(Field)[:3] == ("object", "extends", "type")


# One thing at a time


def new(text: str, model: type[Part] = Endpoint) -> str:
    return formatted(dedent(text).encode(), "a.yaml", model).decode()


def test_keys_are_put_in_order_in_lines_and_in_braces() -> None:
    assert new("""\
        path: /books
        parameters:
          query:
            q: {description: What to look for., required: true, type: string}
            page:
              description: Which page.
              type: integer
        method: GET
        title: List books
    """) == dedent("""\
        title: List books
        method: GET
        path: /books
        parameters:
          query:
            q: {type: string, required: true, description: What to look for.}
            page:
              type: integer
              description: Which page.
    """)


def test_comments_move_with_what_they_are_about() -> None:
    assert new("""\
        # yaml-language-server: $schema=../../schemas/endpoint.schema.json
        # Where it is.
        path: /books  # at the end of the line

        # What it is called,
        # in a few words.
        title: List books
        method: GET
        # the end
    """) == dedent("""\
        # yaml-language-server: $schema=../../schemas/endpoint.schema.json
        # What it is called,
        # in a few words.
        title: List books
        method: GET

        # Where it is.
        path: /books  # at the end of the line
        # the end
    """)


def test_a_comment_that_is_indented_more_belongs_to_what_is_above_it() -> None:
    assert new("""\
        title: A
        responses:
          200: {}
          # more of them some day
        path: /a
        method: GET
    """) == dedent("""\
        title: A
        method: GET
        path: /a
        responses:
          200: {}
          # more of them some day
    """)


def test_the_head_of_a_file_stays_at_its_head() -> None:
    assert new("# Books.\n\n# Its address.\npath: /a\ntitle: A\n") == (
        "# Books.\n\ntitle: A\n# Its address.\npath: /a\n"
    )


def test_the_first_key_of_an_item_stands_after_its_dash() -> None:
    assert new("""\
        notes:
          - since: "1.0"
            # To be careful with.
            warning: Do not bend.
          - {since: "1.1", info: Short.}
    """) == dedent("""\
        notes:
          # To be careful with.
          - warning: Do not bend.
            since: "1.0"
          - {info: Short., since: "1.1"}
    """)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("since: 3.1", 'since: "3.1"'),
        ("since: '3.1'", "since: '3.1'"),
        ("documented_since: 2024-10-01", 'documented_since: "2024-10-01"'),
        ("deprecated: {since: 3.1, use: books/list}", 'deprecated: {since: "3.1", use: books/list}'),
        ("removed: v2  # gone", 'removed: "v2"  # gone'),
        ('since: a"b', 'since: "a\\"b"'),
        ("title: 1984", 'title: "1984"'),
        ("title: 0755", 'title: "0755"'),
        ("title: True", 'title: "True"'),
        ("title: Null", 'title: "Null"'),
        ("title: null", "title: null"),  # no text to the model either
        ("title: on", "title: on"),  # a word in YAML 1.2
        ("title: 12:30:45", "title: 12:30:45"),
        ("formats: [1, json]", 'formats: ["1", json]'),
        ("formerly: 12", 'formerly: "12"'),
        ("safe: true", "safe: true"),  # no text
        ("404: x", "404: x"),
        ("examples: [{parameters: {query: {a: 1, b: 0755, c: true}}}]",) * 2,
    ],
)
def test_quotes_stand_where_an_editor_would_see_no_text(text: str, expected: str) -> None:
    assert new(f"{text}\n") == f"{expected}\n"


def test_releases_of_the_guide_are_quoted() -> None:
    assert new("releases: [{date: 2024-01-15, release: 1.0}]\nerrata: [{releases: 1.0}]\n", Settings) == (
        'releases: [{release: "1.0", date: 2024-01-15}]\nerrata: [{releases: "1.0"}]\n'
    )


def test_spaces_go_where_they_say_nothing() -> None:
    text = b"title: A   \n   \ndescription: |\n  two  \n  \n   more\n\nnotes: []  # why  \n\n\n"
    assert formatted(text, "a.yaml", Endpoint) == (
        b"title: A\n\ndescription: |\n  two  \n  \n   more\n\nnotes: []  # why\n"
    )


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("title: A", "title: A\n"),
        ("description: |\n  a", "description: |-\n  a\n"),
        ("description: >2\n  a", "description: >2-\n  a\n"),
        ("description: |+\n  a", "description: |-\n  a\n"),
        ("description: |-\n  a", "description: |-\n  a\n"),
        ("description: |+\n  a\n\n", "description: |+\n  a\n\n"),
        ("description: |\n  a\n\n\n", "description: |\n  a\n"),
    ],
)
def test_a_file_ends_with_one_newline_unless_a_text_has_more(end: str, expected: str) -> None:
    assert new(end) == expected


def test_what_windows_writes_is_kept() -> None:
    assert formatted(b"\xef\xbb\xbfpath: /a\r\ntitle: A", "a.yaml", Endpoint) == (
        b"\xef\xbb\xbftitle: A\r\npath: /a\r\n"
    )


def test_a_key_that_nobody_knows_stays_after_the_one_before_it() -> None:
    assert new("path: /a\ncolour: red\ntitle: A\n") == "title: A\npath: /a\ncolour: red\n"


def test_entries_do_not_move_where_that_would_change_a_text_or_lose_a_comment() -> None:
    for text in (
        "description: |+\n  a\n\ntitle: A\n",  # the blank line is part of the text
        "notes: [{since: '1',  # first\n  info: A.}]\n",
        "? path\n: /a\n? title\n: A\n",
    ):
        assert new(text) == text


@pytest.mark.parametrize("text", ["title: [a", "title: a\ntitle: b\n", "title:\n", "a: &b c\n", "\xff"])
def test_what_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ProblemsError):
        formatted(text.encode("latin-1"), "a.yaml", Endpoint)


def test_a_file_that_is_no_mapping_stays_as_it_is() -> None:
    assert new("- a\n- b") == "- a\n- b"
