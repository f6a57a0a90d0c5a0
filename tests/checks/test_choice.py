"""Which findings are reported: --select, --ignore and `rules.ignore` of a guide."""

import pytest

from apiguide.checks.choice import Choice, FindsErrors, NoSuchRule, codes, ignorable
from apiguide.checks.registry import FAMILIES, RULES
from apiguide.problems import Mark, Problem, Source


def reported(select: str = "", ignore: str = "") -> set[str]:
    """The codes of which findings are reported."""
    choice = Choice(frozenset(select.split()), frozenset(ignore.split()))
    where = Mark(Source("reference/guide.yaml"))
    return {code for code in RULES if choice.keeps(Problem(code, "It is wrong", where))}


UNREAD = codes("files") | codes("syntax") | codes("structure")


def test_everything_is_reported_where_nothing_is_chosen() -> None:
    assert reported() == set(RULES)


def test_what_is_selected_is_reported_and_what_keeps_files_from_being_read() -> None:
    assert reported("todo") == {"todo", *UNREAD}
    assert reported("todo names") == {"todo", *codes("names"), *UNREAD}


def test_what_is_ignored_is_not_reported_even_where_it_is_selected() -> None:
    assert set(RULES) - reported(ignore="todo") == {"todo"}
    assert reported("todo incomplete", "todo") == {"incomplete", *UNREAD}


def test_of_a_family_that_is_ignored_errors_are_reported() -> None:
    assert set(RULES) - reported(ignore="names") == {"name-style", "look-alike"}
    assert set(RULES) - reported(ignore="text") == codes("text")


@pytest.mark.parametrize("word", ["unknown-key", "unknown-object", "files", "structure", "breaks-promise"])
def test_errors_cannot_be_ignored(word: str) -> None:
    with pytest.raises(FindsErrors, match=f"`{word}` reports errors, which cannot be ignored"):
        ignorable(word)
    assert reported(ignore=word) == set(RULES)


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("unknwn-key", "did you mean `unknown-key`?"),
        ("Todo", "did you mean `todo`?"),
        ("doc", "did you mean `docs`?"),
        ("", "`apiguide rule` lists them all"),
        ("x" * 200, "`apiguide rule` lists them all"),
    ],
)
def test_a_word_that_is_no_rule_is_answered_with_the_nearest(word: str, hint: str) -> None:
    with pytest.raises(NoSuchRule) as error:
        codes(word)
    assert error.value.hint == hint
    assert len(str(error.value)) < 100


def test_families_hold_all_rules() -> None:
    assert frozenset().union(*map(codes, FAMILIES)) == set(RULES)


def test_it_is_known_whether_only_a_server_can_tell() -> None:
    assert Choice(select=frozenset({"server"})).asks_server
    assert Choice(select=frozenset({"never-seen", "other-type"})).asks_server
    assert not Choice(select=frozenset({"never-seen", "docs"})).asks_server
    assert not Choice(ignore=frozenset({"server"})).asks_server
