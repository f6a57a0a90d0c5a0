"""Each rule of the family `server` is found as its page shows it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.checks.conftest import BASE
from tests.checks.test_rules import write
from tests.verify.conftest import Serve, said

from apiguide.checks import check
from apiguide.checks.registry import RULES
from apiguide.problems import Problem, report
from apiguide.verify.client import Client
from apiguide.verify.verify import verify

CODES = [code for code, rule in RULES.items() if rule.family == "server"]
LIST = """\
title: List books
method: GET
path: /books
description: Lists books.
responses:
  200: {body: {type: array, items: {object: book, only: [id], wrapped: true}}}
"""
BOOKS = said('[{"book": {"id": 12}}]')
_ANSWER = re.compile(r"```http\n(\d+) (\S+)\n(.*)\n```")


@pytest.fixture
def found(
    tmp_path: Path, serve: Serve, client_of: Callable[..., Client]
) -> Callable[[str, str], tuple[Problem, ...]]:
    """`found(code, which)`: what a server that answers as a page shows finds in its example."""

    def verified(code: str, which: str) -> tuple[Problem, ...]:
        rule = RULES[code]
        for name, text in {**BASE, "reference/books/list.yaml": LIST}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        shown, answer = rule.example(), _ANSWER.search(rule.body())
        assert shown is not None
        assert answer is not None
        write(tmp_path, shown.file, getattr(shown, which) + "\n")
        checked = check(tmp_path)
        assert checked.is_good, "\n".join(map(str, checked.problems))
        assert checked.guide is not None
        reply = said(answer[3], int(answer[1]), answer[2])
        served = serve(lambda target, _: reply if target == "GET /books/12.json" else BOOKS)
        return verify(checked.views["2.0"], client_of(checked.guide, served.url)).problems

    return verified


@pytest.mark.parametrize("code", CODES)
def test_a_rule_finds_what_its_page_shows_as_wrong(
    code: str, found: Callable[[str, str], tuple[Problem, ...]], golden: Callable[[str, str], None]
) -> None:
    problems = found(code, "wrong")
    assert [(each.code, each.severity) for each in problems] == [(code, RULES[code].severity)]
    golden(f"rules/{code}.txt", "\n".join(report(problems)) + "\n")


@pytest.mark.parametrize("code", CODES)
def test_nothing_is_wrong_with_what_its_page_shows_as_right(
    code: str, found: Callable[[str, str], tuple[Problem, ...]]
) -> None:
    assert found(code, "right") == ()
