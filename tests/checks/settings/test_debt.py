from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from apiguide.cli import main

GUIDE, BOOKS, GET = "guide.yaml", "books/resource.yaml", "books/get.yaml"
POOR = {
    BOOKS: ("Title as on the cover.", "Title."),
    GET: ("description: Gives a book.", "incomplete: [reply]"),
}


def budget(text: str) -> tuple[str, str]:
    return ("", f"debt: {text}\n")


def test_more_debt_than_the_budget_is_an_error(problems: Callable[..., list[object]]) -> None:
    found = [str(p) for p in problems({**POOR, GUIDE: budget("{books: 2}")}) if "over-budget" in str(p)]
    assert found == [
        "reference/guide.yaml:12:8: error[over-budget]: `books` has a debt of 3, but its budget is 2",
    ]


@pytest.mark.parametrize("most", ["3", "4"])
def test_debt_within_the_budget_is_none(most: str, codes: Callable[..., list[str]]) -> None:
    assert "over-budget" not in codes({**POOR, GUIDE: budget(f"{{books: {most}}}")})


def test_a_budget_is_for_a_resource_that_is_there(finds: Callable[..., None]) -> None:
    finds("unknown-resource", "did you mean `books`?", {GUIDE: budget("{«boks»: 1}")})


def test_debt_is_counted_by_resource(project: Callable[..., Path]) -> None:
    root = project({**POOR, GUIDE: budget("{books: 3}")})
    result = CliRunner().invoke(main, ["check", "--debt", "--root", str(root)])
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "resource  debt  budget",
        "books        3       3  no-description 1, incomplete 1, repeats-name 1",
        "total        3",
    ]


def test_errors_stand_above_the_counts(project: Callable[..., Path]) -> None:
    root = project({**POOR, GUIDE: budget("{books: 2}")})
    result = CliRunner().invoke(main, ["check", "--debt", "--root", str(root)])
    assert result.exit_code == 1
    assert "error[over-budget]" in result.stdout
    assert "fix 1 of its warnings" in result.stdout
    assert "warning[" not in result.stdout


def test_a_guide_without_debt_says_so(project: Callable[..., Path]) -> None:
    result = CliRunner().invoke(main, ["check", "--debt", "--root", str(project({}))])
    assert (result.exit_code, result.stdout) == (0, "no debt\n")


@pytest.mark.parametrize(
    ("most", "arguments", "counted"),
    [(3, (), "3; "), (2, (), ""), (3, ("--strict",), ""), (3, ("--select", "no-description"), "1; ")],
    ids=["within", "more than that", "none is accepted", "some of it"],
)
def test_annotations_count_debt_within_the_budget_in_a_line(
    most: int, arguments: tuple[str, ...], counted: str, project: Callable[..., Path]
) -> None:
    root = project({**POOR, GUIDE: budget(f"{{books: {most}}}")})
    result = CliRunner().invoke(main, ["check", "--format", "github", *arguments, "--root", str(root)])
    lines = result.stdout.splitlines()
    if counted:
        assert [
            each.startswith(f"::notice title=debt::debt within its budget: {counted}") for each in lines
        ] == [True]
    else:
        assert sum(each.startswith("::warning ") for each in lines) == 3
