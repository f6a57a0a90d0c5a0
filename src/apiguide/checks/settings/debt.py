"""Debt: what is missing or poor, counted by resource, and the budgets that keep it from growing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from apiguide.checks.references.symbols import UnknownResource, known
from apiguide.checks.text import DEBT
from apiguide.folders import REFERENCE
from apiguide.model import Guide
from apiguide.problems import Problem, name_mark
from apiguide.rule import Rule


class OverBudget(Rule):
    """A resource has more debt than guide.yaml allows."""


def count(problems: Iterable[Problem]) -> dict[str, Counter[str]]:
    """How often each code of debt was found, by resource; "guide.yaml" stands for that file."""
    counts: dict[str, Counter[str]] = {}
    for problem in problems:
        folder, _, rest = problem.where.source.path.partition("/")
        if problem.code in DEBT and folder == REFERENCE:
            counts.setdefault(rest.partition("/")[0], Counter())[problem.code] += 1
    return dict(sorted(counts.items()))


def accepted(problems: Iterable[Problem], budgets: Mapping[str, int]) -> frozenset[Problem]:
    """The debt of resources that have no more of it than guide.yaml allows them."""
    found = [problem for problem in problems if problem.code in DEBT]
    within = {id_ for id_, counts in count(found).items() if counts.total() <= budgets.get(id_, 0)}
    return frozenset(problem for problem in found if within & {*count([problem])})


def check_debt(guide: Guide, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Resources with more debt than guide.yaml allows them."""
    found = count(problems)
    for id_, most in guide.settings.debt.items():
        yield from known(UnknownResource, id_, guide.resources)
        number = found.get(id_, Counter()).total()
        if number > most:
            message = f"`{id_}` has a debt of {number}, but its budget is {most}"
            hint = f"fix {number - most} of its warnings (`apiguide check` lists them), or raise the budget"
            yield OverBudget.at(name_mark(guide.settings.debt, id_), message, hint)


def table(counts: Mapping[str, Counter[str]], budgets: Mapping[str, int]) -> Iterator[str]:
    """The counts as lines of a table, the largest first."""
    names = sorted({*counts, *budgets}, key=lambda name: (-counts.get(name, Counter()).total(), name))
    if not names:
        yield "no debt"
        return
    width = max(len("resource"), *map(len, names))
    yield f"{'resource':<{width}}  debt  budget"
    for name in names:
        each = counts.get(name, Counter())
        kinds = ", ".join(f"{code} {number}" for code, number in each.most_common())
        yield f"{name:<{width}}  {each.total():>4}  {budgets.get(name, ''):>6}  {kinds}".rstrip()
    yield f"{'total':<{width}}  {sum(each.total() for each in counts.values()):>4}"
