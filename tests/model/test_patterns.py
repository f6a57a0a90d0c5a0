"""Regular expressions of ECMA-262: which are valid, which of these can be tried, and what they match."""

import pytest

from apiguide.model.patterns import fault, matches


@pytest.mark.parametrize(
    ("pattern", "why", "hint"),
    [
        ("[a", "unclosed character class", "put `\\` before"),
        ("a{99999999999999999999}", "decimal literal invalid", "put `\\` before"),
        (r"\A[a-z]+\Z", r"`\A` is not part of ECMA-262", "write `^…$`"),
        (r"^[a-z]+\Z", r"`\Z` is not part of ECMA-262", "write `^…$`"),
        (r"^[a-z]+\z", r"`\z` is not part of ECMA-262", "write `^…$`"),
        ("(?P<year>[0-9]+)", "`(?P` is not part of ECMA-262", "write `(?<name>…)`"),
        ("(?i)abc", "`(?i)` is not part of ECMA-262", "write `[Aa]`"),
        ("(?>a+)b", "`(?>` is not part of ECMA-262", "write `(?:…)`"),
        ("a(?#why)", "`(?#` is not part of ECMA-262", "delete the comment"),
        ("^[[:alpha:]]+$", "`[:alpha:]` is not part of ECMA-262", "write a class such as `[A-Za-z]`"),
        ("(?=a", "unclosed group", "put `\\` before"),
        (r"(?!\q)a", "unrecognized escape sequence", "put `\\` before"),
    ],
)
def test_what_is_no_regular_expression_of_ecma_262_says_why_and_what_to_write(
    pattern: str, why: str, hint: str
) -> None:
    found = fault(pattern)
    assert found is not None
    assert not found.is_valid
    assert found.why == why
    assert hint in found.hint


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("^(?!--)[a-z]+$", "look-around cannot be tried"),
        ("a(?=b)", "look-around cannot be tried"),
        ("(?<=a)b", "look-around cannot be tried"),
        ("(?<!a)b", "look-around cannot be tried"),
        (r"(a)\1", "a back reference cannot be tried"),
        (r"(?<one>a)\k<one>", "a back reference cannot be tried"),
        ("((a{1,999}){1,999}){1,999}", "it has too many repetitions"),
        ("(" * 20_000, "it has more than 500 characters"),
    ],
)
def test_what_is_valid_and_cannot_be_tried_matches_everything(pattern: str, why: str) -> None:
    found = fault(pattern)
    assert found is not None
    assert found.is_valid
    assert found.why == why
    assert found.hint
    assert matches(pattern, "anything at all")


@pytest.mark.parametrize(
    ("pattern", "good", "bad"),
    [
        ("^[a-z]+$", "ab", "AB"),
        (r"^\d{3}$", "123", "١٢٣"),
        (r"^\D$", "a", "1"),
        (r"^[\w.]+$", "a_1.", "é"),
        (r"^[\W_]$", "_", "a"),
        (r"^[[a]$", "[", "b"),
        (r"^[a[]$", "[", "b"),
        (r"^[\]a]$", "]", "b"),
        (r"^[a&&b]$", "&", "c"),
        (r"^[a~~b]$", "~", "c"),
        (r"^\(\?=a$", "(?=a", "a"),
        (r"^[(?=]$", "?", "a"),
        (r"^[[:a]$", ":", "b"),
        ("^[^]$", "\n", "ab"),
        (r"^[\b]$", "\b", "b"),
        (r"^\cA$", "\x01", "A"),
        (r"^\0$", "\0", "0"),
        (r"^a\/b$", "a/b", "ab"),
        (r"^\u0041\x42$", "AB", "ab"),
        (r"^(?<year>\d+)$", "2024", "x"),
        ("^(?:a|b)$", "b", "c"),
    ],
)
def test_a_pattern_means_what_it_means_in_ecma_262(pattern: str, good: str, bad: str) -> None:
    assert fault(pattern) is None
    assert matches(pattern, good)
    assert not matches(pattern, bad)


def test_an_empty_class_matches_nothing() -> None:
    assert fault("[]") is None
    assert not matches("[]", "a")
