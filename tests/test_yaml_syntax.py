"""What is no YAML, in the writer's words and where it can be mended."""

import pytest

from apiguide.problems import Problem
from apiguide.yaml_source import load


def problems(text: str) -> tuple[Problem, ...]:
    return load(text.encode(), "book.yaml").problems


FAULTS = {
    "a colon in a text": (
        "note: Attention: keep it",
        "1:16: a key is not allowed here",
        "quote a text that contains `: `, or correct the indentation",
    ),
    "no space after the colon": (
        "title: Emma\nmethod:POST\npath: /books",
        "2:1: this is not a `key: value` line",
        "write a space after the colon",
    ),
    "no colon": (
        "title: Emma\nmethod POST\npath: /books",
        "2:1: this is not a `key: value` line",
        "write `key: value`, or indent a line that continues the text above",
    ),
    "a text that goes on at the margin": (
        "text: Adds a book\nto the catalogue.\npath: /books",
        "2:1: this is not a `key: value` line",
        "write `key: value`, or indent a line that continues the text above",
    ),
    "a space that cannot be told from another": (
        "title: Emma\nmethod:\u00a0POST\npath: /books",
        "2:1: this is not a `key: value` line",
        "replace the no-break spaces in this line by plain spaces",
    ),
    "a tab": ("a:\n\tb: c", "2:1: a tab is not allowed here", "indent with spaces"),
    "a tab in a text": ("a: |\n  b\n\tc", "3:1: a tab is not allowed here", "indent with spaces"),
    "a tab before more text": ("a: b\n\tc", "2:1: a tab is not allowed here", "indent with spaces"),
    "an at sign": ("a: @b", "1:4: a text cannot begin with `@`", "quote it"),
    "a percent sign": ("a: %b", "1:4: a text cannot begin with `%`", "quote it"),
    "a backtick": ("a: `b`", "1:4: a text cannot begin with a backtick", "quote it"),
    "emphasis": ("a: **b** c", "1:4: a text cannot begin with `*`", "quote it"),
    "a question mark": ("a: ? b", "1:4: a text cannot begin with `?`", "quote it"),
    "an exclamation mark": ("a: !b!", "1:4: a text cannot begin with `!`", "quote it"),
    "a bar": ("a: | b", "1:4: a text cannot begin with `|`", "quote it, or begin it on the next line"),
    "a greater sign": (
        "a: > b",
        "1:4: a text cannot begin with `>`",
        "quote it, or begin it on the next line",
    ),
    "a dash": (
        "a: - b",
        "1:4: a list cannot begin here",
        "begin it on the next line, or quote a text that begins with `- `",
    ),
    "a comma": (
        "a: , b",
        "1:4: a key or value is missing here",
        "write it, close what is open, or quote a text that begins with a special character",
    ),
    "nothing in an open bracket": (
        "a: [",
        "1:5: a key or value is missing here",
        "write it, close what is open, or quote a text that begins with a special character",
    ),
    "a colon alone": ("a: b\n: c", "2:1: a key is missing before this", "write `key: value`"),
    "an open double quote": (
        'a: b\nc: "d\ne: f\n',
        "2:4: this quote is not closed",
        "write the closing quote",
    ),
    "an open single quote": (
        "a: b\nc: 'd\ne: f\n",
        "2:4: this quote is not closed",
        "write the closing quote",
    ),
    "an apostrophe": (
        "a: 'It's b'",
        "1:8: the text ends at the quote before this",
        "inside '…' write '' for an apostrophe, inside \"…\" write \\\" for a quote",
    ),
    "a quote in a quote": (
        'a: "Say "hello" to b"',
        "1:10: the text ends at the quote before this",
        "inside '…' write '' for an apostrophe, inside \"…\" write \\\" for a quote",
    ),
    "an open brace": (
        "a: {b: {c: d}\ne: f",
        "1:4: this `{` is still open in line 2",
        "close it, or quote a text in it that contains a bracket, a quote or ` #`",
    ),
    "an open bracket": (
        "a: [b, c\nd: e",
        "1:4: this `[` is still open in line 2",
        "close it, or quote a text in it that contains a bracket, a quote or ` #`",
    ),
    "a brace that is open at the end": (
        "a: {b: c}\nd: {e: f\n",
        "2:4: this `{` is still open at the end",
        "close it, or quote a text in it that contains a bracket, a quote or ` #`",
    ),
    "a comment in braces": (
        "a: {b: See #3, c: d}\ne: f",
        "1:4: this `{` is still open in line 2",
        "close it, or quote a text in it that contains a bracket, a quote or ` #`",
    ),
    "a brace too many": ("a: {b: c}}", "1:10: this `}` closes nothing", "delete it"),
    "a bracket too many": ("a: [b]]", "1:7: this `]` closes nothing", "delete it"),
    "a bracket in braces": (
        "a: {b: [sic] c}",
        "1:14: `,` or `}` is missing before this",
        "quote a text that contains a bracket, a quote or `: `",
    ),
    "a colon in brackets": (
        "a: [b: c: d]",
        "1:9: `,` or `]` is missing before this",
        "quote a text that contains a bracket, a quote or `: `",
    ),
    "an indentation that is off": (
        "a:\n  b: c\n d: e",
        "3:2: a key cannot begin here",
        "correct the indentation; quote a text that contains ` #` or continues on the next line",
    ),
    "a list in a mapping": (
        "a: b\n- c",
        "2:1: a key cannot begin here",
        "correct the indentation; quote a text that contains ` #` or continues on the next line",
    ),
    "an item that is off": (
        "- a\nb: c",
        "2:1: this is neither an item of the list above nor a key of the mapping around it",
        "correct the indentation; items begin with `- `",
    ),
    "a path of Windows": (
        'a: "C:\\Users"',
        "1:9: YAML does not know this escape",
        "write \\\\ for a backslash, or put the text between '…'",
    ),
    "a text after the end": (
        "a: b\n...\nc: d",
        "3:1: this does not belong to anything above",
        "write `key: value` lines, and one document per file",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_in_the_writers_words_where_it_can_be_mended(fault: str) -> None:
    text, told, remedy = FAULTS[fault]
    (found,) = problems(text)
    assert f"{found.where.line}:{found.where.column}: {found.message}" == told
    assert (found.code, found.hint) == ("yaml-syntax", remedy)


def test_of_a_text_that_is_no_yaml_nothing_is_read() -> None:
    assert load(b"a: b\nc: [", "book.yaml").root is None


def test_what_was_found_before_a_fault_is_told_too() -> None:
    assert [p.code for p in problems("a: b\na: c\nd: [")] == ["duplicate-key", "yaml-syntax"]
