"""Every rule has a name and a page, and says how much its findings weigh."""

import inspect
import re
from pathlib import Path

import pytest

import apiguide
from apiguide.checks.registry import FAMILIES, RULES, UNREADABLE
from apiguide.problems import Severity
from apiguide.rule import Rule, WarningRule
from apiguide.yaml_source import load

PACKAGE = Path(apiguide.__file__).parent
KEBAB = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")


def test_problems_are_made_by_rules_alone() -> None:
    """So that each has its rule's code and severity; checks/test_rules.py sees that each rule makes one."""
    made = {path for path in PACKAGE.rglob("*.py") if re.search(r"\bProblem\(", path.read_text("utf-8"))}
    # Findings of an earlier run are read from a file.
    assert made == {PACKAGE / "rule.py", PACKAGE / "findings.py"}


def test_a_rule_is_named_after_its_class_unless_it_says_otherwise() -> None:
    class TwoWords(WarningRule):
        """A rule."""

    class Other(Rule):
        """Another."""

        code = "not-utf-9"

    assert (TwoWords.code, TwoWords.severity) == ("two-words", Severity.WARNING)
    assert (Other.code, Other.severity) == ("not-utf-9", Severity.ERROR)


def test_every_rule_that_is_declared_is_listed() -> None:
    texts = (path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    declared = {
        name for text in texts for name in re.findall(r"^class (\w+)\((?:Warning)?Rule\b", text, re.M)
    }
    assert {rule.__name__ for rule in RULES.values()} == declared - {"WarningRule"}


@pytest.mark.parametrize("code", RULES)
def test_a_rule_says_its_family_where_its_module_has_another_name(code: str) -> None:
    rule = RULES[code]
    source = Path(inspect.getfile(rule)).relative_to(PACKAGE)
    is_named = source.parts[0] == "checks" and source.parts[1].removesuffix(".py") == rule.family
    assert ("family=" in inspect.getsource(rule).partition(":")[0]) != is_named


@pytest.mark.parametrize("code", RULES)
def test_a_rule_has_a_page(code: str) -> None:
    rule = RULES[code]
    assert KEBAB.match(code)
    assert code not in FAMILIES, "--select could not tell them apart"
    assert rule.title().endswith(".")
    assert len(rule.title()) <= 110
    assert len(rule.body()) > 20, "a page says how to mend what is wrong"
    assert rule.body().count("```") % 2 == 0
    assert rule.family in FAMILIES


def test_every_page_is_that_of_a_rule() -> None:
    pages = PACKAGE / "rule_pages"
    assert {path.name for path in pages.iterdir()} == {f"{code}.md" for code in RULES}


@pytest.mark.parametrize("code", [code for code, rule in RULES.items() if rule.example() is not None])
def test_what_a_page_shows_as_right_can_be_read(code: str) -> None:
    example = RULES[code].example()
    assert example is not None
    assert example.wrong != example.right
    if example.file.endswith(".yaml"):
        assert load(example.right.encode(), example.file).problems == ()


def test_only_warnings_can_be_ignored_and_what_keeps_a_file_from_being_read_is_none() -> None:
    ignorable = {code for code, rule in RULES.items() if rule.can_be_ignored()}
    assert ignorable == {code for code, rule in RULES.items() if rule.severity is Severity.WARNING}
    assert not {RULES[code].family for code in ignorable} & UNREADABLE
