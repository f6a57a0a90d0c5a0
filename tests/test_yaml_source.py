"""What YAML text is read as, what is refused of it, and where each value stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from apiguide.problems import Mark, Problem, report
from apiguide.yaml_source import MAX_BYTES, Document, FrozenDict, Map, Seq, Text, load

NAME = "book.yaml"


def document(text: str) -> Document:
    """The text as a document, which must be without problems."""
    found = load(text.encode(), NAME)
    assert found.problems == ()
    return found


def value(text: str) -> Any:
    root = document(text).root
    assert root is not None
    return root


def problems(text: str | bytes) -> tuple[Problem, ...]:
    return load(text if isinstance(text, bytes) else text.encode(), NAME).problems


def problem(text: str | bytes) -> Problem:
    (found,) = problems(text)
    return found


def location(found: Problem) -> str:
    return f"{found.where.line}:{found.where.column}"


def marked(mark: Mark) -> str:
    """The text that a mark within one line covers."""
    assert mark.line == mark.end_line
    return mark.source.lines[mark.line - 1][mark.column - 1 : mark.end_column - 1]


def shown(text: str | bytes) -> str:
    return "\n".join(report(problems(text)))


# Scalars are text

TYPED = [
    *("3.10", "0755", "0o17", "0x1F", "1_000", "1e3", ".5", "+1", "-0", "007", ".inf", "NaN"),
    *("on", "off", "yes", "no", "y", "n", "On", "OFF", "Yes", "NO", "true", "True", "FALSE"),
    *("null", "Null", "NULL", "~", "none", "=", "<<"),
    *("12:30:45", "190:20:30", "52:54:00:12:34:56", "00:1A:2B:3C:4D:5E"),
    *("2024-01-15", "2024-01-15T09:30:00Z", "2024-01-15t09:30:00.5+02:00"),
    *("a:b", "http://library.test/books/:id", "C#", "-i", "10%", "a&b*c!d"),
]


@pytest.mark.parametrize("typed", TYPED)
def test_a_plain_value_is_the_text_that_was_typed(typed: str) -> None:
    assert value(f"a: {typed}\nb:\n  - {typed}\nc: {{d: {typed} }}") == {
        "a": typed,
        "b": (typed,),
        "c": {"d": typed},
    }


@pytest.mark.parametrize("typed", [word for word in TYPED if word != "<<"])
def test_a_key_is_the_text_that_was_typed(typed: str) -> None:
    assert value(f"{typed}: x") == {typed: "x"}


@given(st.from_regex(r"[0-9A-Za-z.+_-]?[0-9A-Za-z]([0-9A-Za-z.:+/_-]*[0-9A-Za-z])?", fullmatch=True))
def test_whatever_words_and_numbers_are_typed_nothing_is_guessed(typed: str) -> None:
    assert value(f"{typed}: {typed}") == {typed: typed}


def test_texts_of_several_lines_are_read_as_yaml_has_them() -> None:
    assert value(
        "a: |\n  one\n  two\nb: >\n  one\n  two\nc: one\n  two\nd: 'it''s'\ne: \"\\u00e9\\n\"\n"
    ) == {
        "a": "one\ntwo\n",
        "b": "one two\n",
        "c": "one two",
        "d": "it's",
        "e": "é\n",
    }


@pytest.mark.parametrize(
    ("typed", "is_null"), [("null", True), ("~", True), ("'null'", False), ('"~"', False)]
)
def test_null_is_null_only_without_quotes(typed: str, is_null: bool) -> None:
    assert value(f"a: {typed}")["a"].is_null is is_null


@pytest.mark.parametrize("typed", ['""', "''", "{}", "[]", '"null"'])
def test_nothing_that_is_written_out_is_no_empty_value(typed: str) -> None:
    assert problems(f"price: {typed}\nprices: [{typed}]") == ()


def test_an_empty_value_is_an_error_at_its_key() -> None:
    assert shown("title: Emma\nprice:\nid: 1") == (
        "book.yaml:2:1: error[empty-value]: `price` has no value\n"
        "  2 │ price:\n"
        '    │ ^^^^^ write a value, {}, "" or null'
    )


def test_an_empty_item_is_an_error() -> None:
    assert [(p.code, location(p)) for p in problems("a:\n  - b\n  -\n")] == [("empty-value", "3:4")]


def test_a_comma_that_ends_a_text_in_braces_is_answered_by_quote_it() -> None:
    assert shown("title: {description: The title, as on the cover., type: string}") == (
        "book.yaml:1:33: error[empty-value]: `as on the cover.` has no value\n"
        "  1 │ title: {description: The title, as on the cover., type: string}\n"
        "    │                                 ^^^^^^^^^^^^^^^^ "
        "write `key: value`, or quote a text that contains a comma"
    )


def test_a_comment_where_a_text_was_meant_is_answered_by_quote_it() -> None:
    assert problem("title: #1 in sales").hint == (
        'write a value, {}, "" or null; a text that begins with `#` needs quotes'
    )


def test_comments_and_the_marks_of_a_single_document_are_no_values() -> None:
    assert value("# a guide\n---\ntitle: Emma # as on the cover\n...\n") == {"title": "Emma"}


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing yet\n", "---\n", "--- # nothing\n...\n", "\ufeff"])
def test_a_file_without_a_value_is_empty(text: str) -> None:
    assert problem(text).code == "empty-file"
    assert load(text.encode(), NAME).root is None


# What YAML has beyond plain data


@pytest.mark.parametrize(
    ("text", "code", "at", "message"),
    [
        ("a: &x b", "yaml-feature", "1:4", "`&x` is a YAML anchor, which is not allowed"),
        ("a: &x {b: c}", "yaml-feature", "1:4", "`&x` is a YAML anchor, which is not allowed"),
        ("a:\n  - *x", "yaml-feature", "2:5", "`*x` is a YAML alias, which is not allowed"),
        ("*x : a", "yaml-feature", "1:1", "`*x` is a YAML alias, which is not allowed"),
        ("a: 1\n<<: {b: c}", "yaml-feature", "2:1", "`<<` is a YAML merge key, which is not allowed"),
        ("a: !!str 1", "yaml-feature", "1:4", "`!!str` is a YAML tag, which is not allowed"),
        (
            "a: !!python/object:os.system x",
            "yaml-feature",
            "1:4",
            "`!!python/object:os.system` is a YAML tag",
        ),
        ("a: !x [b]", "yaml-feature", "1:4", "`!x` is a YAML tag, which is not allowed"),
        ("a: !<tag:x> b", "yaml-feature", "1:4", "`!<tag:x>` is a YAML tag, which is not allowed"),
        ("a: ! b", "yaml-feature", "1:4", "`!` is a YAML tag, which is not allowed"),
        ("a: ! {b: c}", "yaml-feature", "1:4", "`!` is a YAML tag, which is not allowed"),
        ("a: b\n---\nc: d", "several-documents", "2:1", "a second document begins here"),
        ("a: 1\n? [b]\n: c", "key-not-text", "2:3", "a key must be text"),
        ("{a: 1, {b: c}: d}", "key-not-text", "1:8", "a key must be text"),
        ("{a: 1, ? }", "key-not-text", "1:10", "a key is missing here"),
    ],
)
def test_what_is_no_plain_data_is_refused_where_it_stands(
    text: str, code: str, at: str, message: str
) -> None:
    found = problem(text)
    assert (found.code, location(found)) == (code, at)
    assert found.message.startswith(message)
    assert found.hint


def test_a_key_that_stands_twice_is_refused_with_both_places() -> None:
    assert shown("title: Emma\npages: 3\n'title': Emma") == (
        "book.yaml:3:1: error[duplicate-key]: `title` is repeated; it is first in line 1, column 1\n"
        "  3 │ 'title': Emma\n"
        "    │ ^^^^^^^ delete one of the two"
    )


def test_a_quoted_merge_key_is_a_word() -> None:
    assert value("'<<': a") == {"<<": "a"}


def test_all_that_is_refused_is_told_in_one_run() -> None:
    found = problems("a: &x 1\na: 2\nb: *x\nc: !t d\ne:\n<<: {f: g}")
    assert [(p.code, p.where.line) for p in found] == [
        ("yaml-feature", 1),
        ("duplicate-key", 2),
        ("yaml-feature", 3),
        ("yaml-feature", 4),
        ("empty-value", 5),
        ("yaml-feature", 6),
    ]


# Limits


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
@pytest.mark.parametrize("times", [33, 25_000])
def test_values_nested_deeper_than_32_are_refused_where_that_begins(opening: str, times: int) -> None:
    found = problem(opening * times)
    assert (found.code, location(found)) == ("too-deep", f"1:{32 * len(opening) + 1}")


def test_values_nested_32_deep_are_read() -> None:
    assert value("[" * 32 + "a" + "]" * 32)


def test_a_file_of_more_than_one_mebibyte_is_refused() -> None:
    text = b"a: b #"
    assert problems(text.ljust(MAX_BYTES, b"x")) == ()
    assert problem(text.ljust(MAX_BYTES + 1, b"x")).code == "file-too-large"


def test_more_than_20_000_values_are_refused_where_that_begins() -> None:
    lines = [f"k{number}: v" for number in range(20_001)]
    assert problems("\n".join(lines[:-1])) == ()
    found = problem("\n".join(lines))
    assert (found.code, location(found)) == ("too-many-values", "20001:9")


# Bytes and characters


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_a_byte_order_mark_and_any_line_ends_are_read(start: str, end: str) -> None:
    found = document(f"{start}title: Emma{end}pages:{end}  - 3{end}")
    assert found.root == {"title": "Emma", "pages": ("3",)}
    assert marked(found.mark(["title"], key=True)) == "title"
    assert marked(found.mark(["pages", 0])) == "3"


@pytest.mark.parametrize(
    ("data", "at"),
    [
        (b"title: Caf\xe9\n", "1:11"),
        (b"a: b\r\nc: \xc3\xa9\xff\r\n", "2:5"),
        (b"\xef\xbb\xbf\xff", "1:1"),
        (b"a: \xed\xa0\x80", "1:4"),  # a surrogate
        (b"a: \xc0\x80", "1:4"),  # NUL in more bytes than it needs
    ],
)
def test_bytes_that_are_no_utf8_are_refused_where_they_stand(data: bytes, at: str) -> None:
    assert (problem(data).code, location(problem(data))) == ("not-utf-8", at)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_is_called_by_its_name(encoding: str) -> None:
    assert problem("\ufefftitle: Emma".encode(encoding)).message == "the file is UTF-16, not UTF-8"


HIDDEN = [
    *"\0\a\b\x1b\x7f\x85\x9f",
    "\xad",
    *"\u200b\u200c\u200d\u2060\ufeff",
    "\u180e",
    *"\u202a\u202e\u2066",
]
HIDDEN += [*"\u200e\u061c", *"\u2028\u2029", "\ufffe", "\U000e0041"]


@pytest.mark.parametrize("character", HIDDEN, ids=lambda character: f"U+{ord(character):04X}")
@pytest.mark.parametrize("before", ["a: b", "a: 'b", 'a: "b', "a: b # c", "a: |\n  b"])
def test_a_character_that_cannot_be_seen_is_refused_where_it_stands(character: str, before: str) -> None:
    *_, line = before.split("\n")
    found = problem(f"{before}{character}")
    assert found.code == "forbidden-character"
    assert f"U+{ord(character):04X}" in found.message
    assert marked(found.where) == character
    assert found.where.column == len(line) + 1


@pytest.mark.parametrize("escape", [r"\0", r"\e", r"\b", r"\x1b", r"\u202e", r"\ufeff", r"\U000E0041", r"\N"])
def test_an_escape_for_such_a_character_is_refused_too(escape: str) -> None:
    found = problem(f'a: b\nc: "d{escape}"')
    assert (found.code, location(found)) == ("forbidden-character", "2:4")


def test_each_hidden_character_of_a_file_is_told() -> None:
    assert [location(p) for p in problems("a\u200b: b\u200b\r\nc: \u202ed\u202c")] == [
        "1:2",
        "1:6",
        "2:4",
        "2:6",
    ]


@pytest.mark.parametrize(
    "text", ["Ångström", "価格", "مرحبا", "e\u0301", "❤\ufe0f", "\u00a0", "\t", "😀", "\ufffd"]
)
def test_characters_of_any_language_are_read(text: str) -> None:
    assert value(f"a: 'x{text}x'") == {"a": f"x{text}x"}


# Where values stand


def test_a_value_and_its_key_know_where_they_stand() -> None:
    found = document('book:\n  title: "Emma"  # as on the cover\n  prices: [9.90, {net: 8}]\n')
    assert marked(found.mark(["book", "title"])) == '"Emma"'
    assert marked(found.mark(["book", "title"], key=True)) == "title"
    assert marked(found.mark(["book", "prices", 0])) == "9.90"
    assert marked(found.mark(["book", "prices", 1, "net"])) == "8"
    assert marked(found.mark(["book", "prices"], key=True)) == "prices"


@pytest.mark.parametrize(
    "path", [["a", "b", "none"], ["a", "b", "c", "none"], ["a", "b", 7], ["a", "b", "c", 0]]
)
def test_the_place_of_what_is_not_there_is_the_nearest_around_it(path: list[str | int]) -> None:
    found = document("a:\n  b:\n    c: d\n")
    there = path[:3] if "c" in path else path[:2]
    assert found.mark(path) == found.mark(there)


def test_what_was_read_cannot_change() -> None:
    node = value("a: {b: c}")
    for change in (lambda: node.pop("a"), lambda: node.update(a=1), node.clear):
        with pytest.raises(TypeError, match="cannot change"):
            change()
    with pytest.raises(TypeError, match="cannot change"):
        node["a"] = 1
    assert hash(FrozenDict(a=1)) == hash(FrozenDict(a=1))


# Laws

SIGNS = "ab:-?[]{},#&*!|>'\"%@`\\ \t\r\n~<=.0é題\u200b\ufeff\u2028\x00"


def assert_values_or_problems(data: bytes) -> None:
    found = load(data, NAME)
    assert found.root is not None or found.problems
    blocks = list(report(found.problems))
    assert all("\n" in block for block in blocks), "each has an excerpt or at least a remedy"
    for each in found.problems:
        assert each.hint
        assert 1 <= each.where.line <= len(each.where.source.lines)
        line = each.where.source.lines[each.where.line - 1]
        assert 1 <= each.where.column <= len(line) + 1


@given(st.binary() | st.text().map(str.encode).map(lambda data: b"a: " + data))
def test_any_bytes_are_values_or_problems(data: bytes) -> None:
    assert_values_or_problems(data)


@given(st.lists(st.sampled_from([*SIGNS, ": ", "\n  ", "- ", "a: ", "---\n", "'\n"])).map("".join))
def test_any_text_of_yamls_own_signs_is_values_or_problems(text: str) -> None:
    assert_values_or_problems(text.encode())


VISIBLE = st.text(
    st.characters(exclude_categories=["Cc", "Cf", "Cs", "Cn", "Zl", "Zp"], exclude_characters="\u034f")
    | st.sampled_from("\n\t")
)
TREES = st.recursive(
    VISIBLE,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(VISIBLE, inner, max_size=4),
    max_leaves=20,
)


def flow(tree: object) -> str:
    return json.dumps(tree, ensure_ascii=False)


def flow_in_lines(tree: object) -> str:
    return json.dumps(tree, ensure_ascii=False, indent=1)


def block(tree: object) -> str:
    return str(yaml.safe_dump(tree, default_style='"', default_flow_style=False, allow_unicode=True))


def plain(node: Any) -> Any:
    """A node as plain data."""
    if isinstance(node, Map):
        return {str(key): plain(each) for key, each in node.items()}
    return [plain(each) for each in node] if isinstance(node, Seq) else str(node)


@pytest.mark.parametrize("dump", [flow, flow_in_lines, block])
@given(tree=TREES)
def test_any_data_in_quotes_is_read_as_it_was(dump: Any, tree: Any) -> None:
    assert plain(value(dump(tree))) == tree


def paths(node: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Text]]:
    """Each text of a tree and the path to it."""
    if isinstance(node, Text):
        yield path, node
    else:
        for step, each in node.items() if isinstance(node, Map) else enumerate(node):
            yield from paths(each, (*path, step))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@given(tree=TREES)
def test_a_mark_covers_the_text_that_it_is_of(end: str, tree: Any) -> None:
    found = document(flow_in_lines(tree).replace("\n", end))
    for path, text in paths(found.root):
        assert marked(text.mark) == marked(found.mark(path)) == flow(str(text))
        if path and isinstance(path[-1], str):
            assert marked(found.mark(path, key=True)) == flow(path[-1])


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["a", "題", "e\u0301"])), min_size=1))
def test_a_mark_covers_plain_words_of_any_width(words: list[tuple[int, str]]) -> None:
    text = "\n".join(f"{' ' * gap}- {word}" for gap, word in [(0, word) for _, word in words])
    items = value(text)
    assert [marked(item.mark) for item in items] == re.findall(r"- (.*)", text)
