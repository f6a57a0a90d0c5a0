"""The command that explains the rules of a check."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from apiguide.cli import completion
from apiguide.cli.output import visible

if TYPE_CHECKING:
    from apiguide.rule import Rule

_COLORS = {"error": "red", "warning": "yellow"}


@click.command("rule")
@click.argument("code", required=False, shell_complete=completion.codes)
def rule_command(code: str | None) -> None:
    """Explain a rule: what is wrong, why it matters and how to fix it.

    Without CODE, all rules are listed by family; with the name of a family, its rules are listed.
    """
    from apiguide.checks.choice import NoSuchRule
    from apiguide.checks.registry import FAMILIES, RULES

    if code in RULES:
        lines = _page(RULES[code])
    elif code is None or code in FAMILIES:
        lines = _list([code] if code is not None else list(FAMILIES))
    else:
        error = NoSuchRule(code)
        raise click.BadParameter(visible(f"{error}; {error.hint}"), param_hint="CODE")
    for line in lines:
        click.echo(line)


def _list(families: list[str]) -> Iterator[str]:
    """The rules of families, a line each."""
    from apiguide.checks.registry import FAMILIES, RULES

    width = max(map(len, RULES))
    for name in families:
        yield f"{click.style(name, bold=True)}: {FAMILIES[name]}"
        for rule in (each for each in RULES.values() if each.family == name):
            severity = click.style(f"{rule.severity:<7}", fg=_COLORS[rule.severity])
            yield f"  {rule.code:<{width}}  {severity}  {rule.title()}"
        if name != families[-1]:
            yield ""


def _page(rule: type[Rule]) -> Iterator[str]:
    """A rule's page, with its examples set in instead of fenced, and its address where it is published."""
    from apiguide.project_urls import rule_url

    head = click.style(f"{rule.severity}[{rule.code}]", fg=_COLORS[rule.severity], bold=True)
    yield f"{head}: {rule.title()}"
    yield ""
    is_code = False
    for line in rule.body().split("\n"):
        if line.startswith("```"):
            is_code = not is_code
        else:
            yield f"    {line}".rstrip() if is_code else line
    yield ""
    can = "It is an error, and cannot be ignored."
    if rule.can_be_ignored():
        can = f"Can be ignored: `--ignore {rule.code}`, or with a reason under `rules` in guide.yaml."
    yield f"Family {rule.family}. {can}"
    url = rule_url(rule.code)
    if url is not None:
        yield url
