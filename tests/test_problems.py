"""What a writer sees of a problem: its place, an excerpt with carets, a remedy; and how many of them."""

from __future__ import annotations

import itertools
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apiguide.problems import (
    Mark,
    Problem,
    ProblemsError,
    Severity,
    Source,
    did_you_mean,
    errors,
    listing,
    nearest,
    ordered,
    quoted,
    report,
)

WARNING = Severity.WARNING


def at(text: str, word: str, *, hint: str | None = "mend it", path: str = "reference/a.yaml") -> Problem:
    """A problem of the first `word` in a text."""
    source = Source(path, text)
    number, line = next((n, line) for n, line in enumerate(source.lines) if word in line)
    start = line.index(word)
    return Problem(
        "some-rule", "it is wrong", source.mark((number, start), (number, start + len(word))), hint
    )


def block(problem: Problem) -> str:
    (shown,) = report([problem])
    return shown


def excerpt(problem: Problem) -> tuple[str, str]:
    """The line that is shown and the one with carets, without the gutter."""
    _, line, carets = block(problem).split("\n")
    return line.split("│ ", 1)[1], carets.split("│ ", 1)[1]


# One problem


def test_a_problem_is_shown_with_place_severity_code_excerpt_carets_and_remedy() -> None:
    text = "title: Create user\nparameters:\n  requierd: true\n"
    assert block(at(text, "requierd", hint="did you mean `required`?")) == dedent("""\
        reference/a.yaml:3:3: error[some-rule]: it is wrong
          3 │   requierd: true
            │   ^^^^^^^^ did you mean `required`?""")


def test_the_gutter_is_as_wide_as_the_number_of_the_line() -> None:
    assert block(at("\n" * 99 + "a: b", "b")) == dedent("""\
        reference/a.yaml:100:4: error[some-rule]: it is wrong
          100 │ a: b
              │    ^ mend it""")


def test_a_warning_says_that_it_is_one() -> None:
    problem = at("a: b", "b")
    warning = Problem(problem.code, problem.message, problem.where, problem.hint, WARNING)
    assert str(warning) == "reference/a.yaml:1:4: warning[some-rule]: it is wrong"


def test_a_problem_of_a_whole_file_has_no_excerpt() -> None:
    where = Mark(Source("reference/a.png"))
    assert block(Problem("unexpected-file", "`a.png` is not a YAML file", where, "delete it")) == (
        "reference/a.png:1:1: error[unexpected-file]: `a.png` is not a YAML file\n  = delete it"
    )
    assert "\n" not in block(Problem("unexpected-file", "`a.png` is not a YAML file", where))


def test_an_excerpt_without_a_remedy_ends_with_its_carets() -> None:
    assert excerpt(at("a: b", "b", hint=None)) == ("a: b", "   ^")


@pytest.mark.parametrize(
    ("line", "word", "carets"),
    [
        ("titel: x", "titel", "^^^^^ mend it"),
        ("価格: 安い", "安い", "      ^^^^ mend it"),  # wide characters take two cells
        ("ｆｕｌｌ: x", "x", "          ^ mend it"),
        ("cafe\u0301: the\u0301", "the\u0301", "      ^^^ mend it"),  # a combining mark takes none
        ("한국: 서울", "서울", "      ^^^^ mend it"),
        ("\u1112\u1161\u11ab: x", "x", "    ^ mend it"),  # a syllable in three letters
        ("😀: x", "x", "    ^ mend it"),
        ("\ta:\tx", "x", "\t  \t^ mend it"),  # a tab stays one, so that it is as wide above as below
        ("é\u00a0ß: x", "x", "     ^ mend it"),
        ("a: ❤\ufe0f x", "x", "     ^ mend it"),
    ],
)
def test_carets_stand_under_the_word_however_wide_the_characters_are(
    line: str, word: str, carets: str
) -> None:
    assert excerpt(at(line, word)) == (line, carets)


WIDTHS = {"a": 1, "é": 1, "題": 2, "e\u0301": 1, "😀": 2, "\u200b": 1, " ": 1}
"""Characters and the cells that a terminal gives them; a hidden one is shown as a replacement character."""


@given(
    st.lists(st.sampled_from(sorted(WIDTHS)), max_size=30),
    st.lists(st.sampled_from(sorted(WIDTHS)), max_size=9),
)
def test_the_first_caret_stands_under_the_first_cell_of_what_is_wrong(
    before: list[str], after: list[str]
) -> None:
    text = "".join([*before, "x", *after])
    _, carets = excerpt(at(text, "x"))
    assert carets.index("^") == sum(WIDTHS[each] for each in before)
    assert carets.count("^") == 1


def test_carets_of_what_goes_on_in_further_lines_end_with_the_line() -> None:
    source = Source("a.yaml", "a: |\n  one\n  two\n")
    problem = Problem("some-rule", "it is wrong", source.mark((0, 3), (3, 0)), "mend it")
    assert excerpt(problem) == ("a: |", "   ^ mend it")


@pytest.mark.parametrize("location", [(0, 4), (1, 0), (7, 0)])
def test_what_is_missing_at_the_end_has_a_caret_there(location: tuple[int, int]) -> None:
    source = Source("a.yaml", "a: b")
    problem = Problem("some-rule", "it is wrong", source.mark(location, location), "mend it")
    assert excerpt(problem) == ("a: b", "    ^ mend it")


def test_a_long_line_is_cut_around_the_carets() -> None:
    line, carets = excerpt(at("x" * 500 + "here" + "y" * 500, "here"))
    assert len(line) <= 140
    assert line[carets.index("^") : carets.rindex("^") + 1] == "here"


def test_carets_of_a_long_text_end_where_the_excerpt_does() -> None:
    line, carets = excerpt(at("a: " + "x" * 500, "x" * 500))
    assert len(line) == carets.rindex("^") + 1 == 140


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_excerpt_is_the_right_line_whatever_ends_lines(end: str) -> None:
    assert excerpt(at(f"a: b{end}c: d{end}", "d")) == ("c: d", "   ^ mend it")


HIDDEN = "\x1b[2J\u202e\u200b\u2066\x07\u2028\ud800"


def test_nothing_of_a_file_can_steer_the_terminal_or_forge_lines() -> None:
    source = Source(f"reference/{HIDDEN}\n.yaml", f"a: {HIDDEN}\n")
    problem = Problem("some-rule", f"`{HIDDEN}\n` is wrong", source.mark((0, 0), (0, 1)), f"not {HIDDEN}\n")
    shown = block(problem)
    assert shown.count("\n") == 2
    assert not set(shown) & set(HIDDEN) - set("[2J")
    shown.encode("utf-8")


LOCATIONS = st.tuples(st.integers(0, 9), st.integers(0, 9))


@given(text=st.text(), words=st.tuples(st.text(), st.text()), start=LOCATIONS, width=st.integers(0, 9))
def test_any_text_and_any_place_can_be_shown(
    text: str, words: tuple[str, str], start: tuple[int, int], width: int
) -> None:
    line, column = start
    where = Source("a.yaml", text).mark(start, (line, column + width))
    shown = block(Problem("some-rule", words[0], where, words[1]))
    assert shown.startswith(f"a.yaml:{where.line}:{where.column}: error[some-rule]: ")
    assert shown.count("\n") <= 2
    assert not set(shown) & {*map(chr, range(9)), *map(chr, range(11, 32)), "\x7f"}
    shown.encode("utf-8")


# Many problems


def test_problems_are_told_once_and_in_the_order_of_files_lines_and_columns() -> None:
    text = "a: b\nc: d\n"
    in_order = [
        at(text, "a", path="a.yaml"),
        at(text, "b", path="a.yaml"),
        at(text, "c", path="a.yaml"),
        at(text, "a", path="b.yaml"),
    ]
    for shuffled in itertools.permutations(in_order):
        assert ordered([*shuffled, *shuffled]) == in_order


def many(path: str, lines: range, severity: Severity = Severity.ERROR) -> list[Problem]:
    source = Source(path, "a: b\n" * 400)
    return [
        Problem("some-rule", "it is wrong", source.mark((n, 0), (n, 1)), "mend it", severity) for n in lines
    ]


@pytest.mark.parametrize(
    ("found", "last"),
    [
        (100, "a.yaml:100:1: error[some-rule]: it is wrong"),
        (101, "a.yaml: 1 more problem is not listed"),
        (350, "a.yaml: 250 more problems are not listed"),
    ],
)
def test_of_a_file_100_problems_are_listed_and_then_their_number(found: int, last: str) -> None:
    blocks = list(report(many("a.yaml", range(found))))
    assert len(blocks) == min(found, 101)
    assert blocks[-1].split("\n")[0] == last


def test_the_number_stands_with_its_file() -> None:
    blocks = list(report([*many("b.yaml", range(3)), *many("a.yaml", range(120))]))
    assert [block.split(":")[0] for block in blocks] == ["a.yaml"] * 101 + ["b.yaml"] * 3
    assert blocks[100] == "a.yaml: 20 more problems are not listed"


def test_warnings_do_not_push_an_error_out_of_the_list() -> None:
    warnings, error = many("a.yaml", range(150), WARNING), many("a.yaml", range(200, 201))
    blocks = list(report([*warnings, *error]))
    assert blocks[98].startswith("a.yaml:99:1: warning")
    assert blocks[99].startswith("a.yaml:201:1: error")
    assert blocks[100] == "a.yaml: 51 more problems are not listed"


def test_errors_are_those_that_stop_a_build() -> None:
    warning, error = many("a.yaml", range(1), WARNING), many("a.yaml", range(2))
    assert errors([*warning, *error]) == error


def test_an_exception_of_problems_tells_all_of_them() -> None:
    found = many("a.yaml", range(2))
    error = ProblemsError(found)
    assert error.problems == tuple(found)
    assert (
        str(error) == "a.yaml:1:1: error[some-rule]: it is wrong\na.yaml:2:1: error[some-rule]: it is wrong"
    )


# Words

KEYS = ("additional_fields", "description", "fields", "max_length", "object", "required", "title", "type")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("requierd", "required"),
        ("Required", "required"),
        ("maxLength", "max_length"),
        ("max-length", "max_length"),
        ("titel", "title"),
        ("properties", "fields"),  # as OpenAPI calls it
        ("additionalProperties", "additional_fields"),
        ("$ref", "object"),
        ("colour", None),
        ("", None),
    ],
)
def test_the_word_that_was_probably_meant_is_named(word: str, meant: str | None) -> None:
    assert nearest(word, KEYS) == meant
    assert did_you_mean(word, KEYS) == (f"did you mean `{meant}`?" if meant else None)


def test_another_apis_word_is_named_only_where_it_is_known() -> None:
    assert nearest("number", ("decimal", "string")) == "decimal"
    assert nearest("list", ("array", "string")) == "array"
    assert nearest("list", ("list", "array")) == "list"
    assert nearest("number", ("size", "title")) is None


@given(st.text(), st.lists(st.text()))
def test_what_is_named_is_known(word: str, known: list[str]) -> None:
    assert nearest(word, known) in {*known, None}


@given(st.from_regex(r"[a-z]+(_[a-z]+)*", fullmatch=True))
def test_a_known_word_in_other_case_is_always_found(word: str) -> None:
    assert nearest(word.upper().replace("_", "-"), [word]) == word


@pytest.mark.parametrize(
    ("words", "sentence"),
    [(["a"], "`a`"), (["a", "b"], "`a` and `b`"), (["a", "b", "c"], "`a`, `b` and `c`"), ([], "")],
)
def test_words_are_listed_as_in_a_sentence(words: list[str], sentence: str) -> None:
    assert listing(words) == sentence


def test_words_of_a_file_are_quoted_in_one_line_and_cut_where_they_are_long() -> None:
    assert quoted("a\nb") == r"`a\nb`"
    assert quoted("x" * 60) == f"`{'x' * 60}`"
    assert quoted("x" * 61) == f"`{'x' * 59}…`"
