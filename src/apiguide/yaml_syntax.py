"""What libyaml says of a text that is not YAML, in the writer's words and at the place to mend."""

from __future__ import annotations

import re

import yaml

from apiguide.problems import Mark, Problem, Source
from apiguide.rule import Rule


class YamlSyntax(Rule, family="syntax"):
    """The file is not YAML."""


def syntax_problem(error: yaml.MarkedYAMLError, source: Source) -> Problem:
    """A parser's error as a problem; where the fault is noticed late, it is shown where it began."""
    what = error.problem or str(error)
    at = error.problem_mark or error.context_mark
    if at is None:
        return YamlSyntax.at(Mark(source), what, _HINT)
    begun = error.context_mark or at
    at_end = (at.line, at.column) >= (len(source.lines) - 1, len(source.lines[-1]))
    is_open = what.startswith("did not find expected ','") and (begun.line != at.line or at_end)
    shown = begun if is_open or what in _NOTICED_LATE else at
    mark = source.mark((shown.line, shown.column), (shown.line, shown.column + 1))
    line = source.lines[mark.line - 1]
    before, character = line[: mark.column - 1], line[mark.column - 1 : mark.column]
    message, hint = _SYNTAX.get(what, (what, _HINT))
    if is_open:
        message = f"this `{character}` is still open {'at the end' if at_end else f'in line {at.line + 1}'}"
        hint = "close it, or quote a text in it that contains a bracket, a quote or ` #`"
    elif what == "found character that cannot start any token" and character == "\t":
        message, hint = _TAB
    elif what == "could not find expected ':'" and re.match(r"\s*[\w-]+:\S", line):
        hint = "write a space after the colon"
    elif what == "did not find expected key" and character in ("}", "]"):
        message, hint = f"this `{character}` closes nothing", "delete it"
    elif what == "did not find expected key" and character == ":":
        message, hint = "a key is missing before this", "write `key: value`"
    elif what == "did not find expected key" and before.rstrip().endswith(("'", '"')):
        message = "the text ends at the quote before this"
        hint = "inside '…' write '' for an apostrophe, inside \"…\" write \\\" for a quote"
    if "\N{NO-BREAK SPACE}" in line:
        hint = "replace the no-break spaces in this line by plain spaces"
    sign = "a backtick" if character == "`" else f"`{character}`"
    return YamlSyntax.at(mark, message.replace("{}", sign), hint)


_TAB = ("a tab is not allowed here", "indent with spaces")
_SIGN = ("a text cannot begin with {}", "quote it")
_ESCAPE = ("YAML does not know this escape", "write \\\\ for a backslash, or put the text between '…'")
_UNCLOSED = ("this quote is not closed", "write the closing quote")
_HINT = "quote a text that begins with a special character or contains `: `, or check the lines above"
_SYNTAX = {
    "block sequence entries are not allowed in this context": (
        "a list cannot begin here",
        "begin it on the next line, or quote a text that begins with `- `",
    ),
    "could not find expected ':'": (
        "this is not a `key: value` line",
        "write `key: value`, or indent a line that continues the text above",
    ),
    "did not find expected ',' or ']'": (
        "`,` or `]` is missing before this",
        "quote a text that contains a bracket, a quote or `: `",
    ),
    "did not find expected ',' or '}'": (
        "`,` or `}` is missing before this",
        "quote a text that contains a bracket, a quote or `: `",
    ),
    "did not find expected '-' indicator": (
        "this is neither an item of the list above nor a key of the mapping around it",
        "correct the indentation; items begin with `- `",
    ),
    "did not find expected <document start>": (
        "this does not belong to anything above",
        "write `key: value` lines, and one document per file",
    ),
    "did not find expected alphabetic or numeric character": _SIGN,
    "did not find expected comment or line break": (
        "a text cannot begin with {}",
        "quote it, or begin it on the next line",
    ),
    "did not find expected hexdecimal number": _ESCAPE,
    "did not find expected key": (
        "a key cannot begin here",
        "correct the indentation; quote a text that contains ` #` or continues on the next line",
    ),
    "did not find expected node content": (
        "a key or value is missing here",
        "write it, close what is open, or quote a text that begins with a special character",
    ),
    "did not find expected tag URI": _SIGN,
    "did not find the expected '>'": _SIGN,
    "found a tab character that violates indentation": _TAB,
    "found a tab character where an indentation space is expected": _TAB,
    "found character that cannot start any token": _SIGN,
    "found invalid Unicode character escape code": _ESCAPE,
    "found undefined tag handle": _SIGN,
    "found unexpected document indicator": _UNCLOSED,
    "found unexpected end of stream": _UNCLOSED,
    "found unknown directive name": ("a line cannot begin with `%`", "delete it"),
    "found unknown escape character": _ESCAPE,
    "mapping keys are not allowed in this context": _SIGN,
    "mapping values are not allowed in this context": (
        "a key is not allowed here",
        "quote a text that contains `: `, or correct the indentation",
    ),
}
"""libyaml's words to what is wrong and what to write; {} is the character at which it is shown."""
_NOTICED_LATE = (
    "could not find expected ':'",
    "did not find expected alphabetic or numeric character",
    "did not find expected comment or line break",
    "did not find expected tag URI",
    "did not find the expected '>'",
    "found unexpected document indicator",
    "found unexpected end of stream",
)
"""Those that libyaml notices late, to be shown where it had begun."""
