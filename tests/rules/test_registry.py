"""Every code that the package can report is a rule, with the rule's severity; and every rule has a page."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import apiguide
from apiguide.checks import pages
from apiguide.problems import Severity
from apiguide.rules import FAMILIES, RULES, UNREADABLE, Rule, Warned
from apiguide.yaml_source import load

PACKAGE = Path(apiguide.__file__).parent

EMITTING = {"Problem", "refusal", "CallError", "_problem", "_stop", "_bad", "_debt"}
"""What is called with a code as its first argument."""
PASSED_ON = {
    "checks/pages.py": {"code", "error.code"},  # of _LOSSES; of a CallError
    "checks/references.py": {"problem.code"},
    "checks/settings.py": {"code"},  # of _bad and _twice
    "checks/text.py": {"code"},  # of _debt
    "checks/values.py": {"TOO_LARGE", "problem.code"},
    "docs.py": {"p.code"},
    "examples/values.py": {"code"},  # of _problem
    "findings.py": {"values['code']"},
    "reader.py": {"kind"},  # of a refusal
    "yaml_source.py": {"code"},  # of _problem
}
"""Where a code is handed on that was stated elsewhere."""
MADE = {
    "known": ("checks/references.py", "unknown-{}"),
    "_twice": ("checks/settings.py", "duplicate-{}"),
}
"""Functions that make a code of their first argument's first word."""

KEBAB = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")

Emission = tuple[str, str, Severity | None]


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    """All calls in the package: file, name of what is called, call."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                function = node.func
                name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
                yield path.relative_to(PACKAGE).as_posix(), name, node


def severity(name: str, call: ast.Call) -> Severity | None:
    """The severity that a call states; None where it hands one on."""
    if name in ("_debt", "_missing"):
        return Severity.WARNING
    stated = call.args[4:5] or [keyword.value for keyword in call.keywords if keyword.arg == "severity"]
    if not stated:
        return Severity.ERROR
    return (
        Severity[stated[0].attr]
        if isinstance(stated[0], ast.Attribute) and stated[0].attr.isupper()
        else None
    )


def emissions() -> Iterator[Emission]:
    """Codes that are stated, with their files and severities."""
    for file, name, call in calls():
        first = call.args[0] if call.args else None
        if name in EMITTING and isinstance(first, ast.Constant):
            if file != "cli/output.py":
                yield file, first.value, severity(name, call)
        elif name in MADE and isinstance(first, ast.Constant):
            yield file, MADE[name][1].format(first.value.partition(" ")[0]), Severity.ERROR


STATED = sorted(set(emissions()), key=str)


def test_codes_are_found_in_the_package() -> None:
    assert len({code for _, code, _ in STATED}) > 100


@pytest.mark.parametrize("emission", STATED, ids=lambda each: f"{each[0]}-{each[1]}")
def test_what_the_package_reports_is_a_rule_of_that_severity(emission: Emission) -> None:
    _, code, stated = emission
    assert code in RULES
    assert stated in (RULES[code].severity, None)


def test_a_code_that_is_not_stated_where_it_is_reported_was_stated_before() -> None:
    """So that no code can be made up at run time, past the tests above."""
    for file, name, call in calls():
        first = call.args[0] if call.args else None
        if (
            name not in ("Problem", "CallError", "refusal")
            or first is None
            or isinstance(first, ast.Constant)
        ):
            continue
        if isinstance(first, ast.JoinedStr):
            assert file in {made for made, _ in MADE.values()}, f"{file}:{call.lineno}"
        else:
            assert ast.unparse(first) in PASSED_ON.get(file, set()), f"{file}:{call.lineno}"
    assert {code for code, *_ in pages._LOSSES.values()} <= set(RULES)


def test_every_rule_is_stated_somewhere() -> None:
    text = "".join(
        path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py") if path.parent.name != "rules"
    )
    stated = {code for _, code, _ in STATED} | set(re.findall(r'"([a-z]+(?:-[a-z0-9]+)+)"', text))
    assert set(RULES) <= stated


def test_a_rule_is_named_after_its_class_unless_it_says_otherwise() -> None:
    class TwoWords(Warned):
        """A rule."""

    class Other(Rule):
        """Another."""

        code = "not-utf-9"

    assert (TwoWords.code, TwoWords.severity) == ("two-words", Severity.WARNING)
    assert (Other.code, Other.severity) == ("not-utf-9", Severity.ERROR)


@pytest.mark.parametrize("code", RULES)
def test_a_rule_has_a_page(code: str) -> None:
    rule = RULES[code]
    assert KEBAB.match(code)
    assert code not in FAMILIES, "--select could not tell them apart"
    assert rule.title().endswith(".")
    assert len(rule.title()) <= 110
    assert len(rule.body()) > 20, "a page says how to mend what is wrong"
    assert rule.body().count("```") % 2 == 0
    assert rule.family() in FAMILIES


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
    assert not {RULES[code].family() for code in ignorable} & UNREADABLE
