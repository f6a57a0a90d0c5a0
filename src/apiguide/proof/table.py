"""How many lines were run, by resource, and what was wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from apiguide.proof.running import Outcome

_WIDTH = 120


def report(outcomes: Mapping[str, Sequence[Outcome]]) -> Iterator[str]:
    """Lines of text: what was wrong, then a table of resources, then a sentence."""
    every = [each for found in outcomes.values() for each in found]
    for release, found in outcomes.items():
        for each in found:
            for wrong in each.wrong:
                yield f"{release}/{each.printed.page}: line {each.printed.number}: {wrong}"
                yield f"    {_in_one_line(each.printed.line)}"
    yield from _table(every)
    failed = sum(bool(each.wrong) for each in every)
    shortened = sum(any(shown.is_shortened for shown in each.printed.shown) for each in every)
    rest = f", {shortened} of them with a shortened answer" if shortened else ""
    verb = "does" if failed == 1 else "do"
    verdict = f"{failed:,} {verb} not agree" if failed else "all agree"
    yield f"{len(every):,} lines have been run{rest}; {verdict}"


def _in_one_line(line: str) -> str:
    """The beginning of a line that may have several."""
    text = " ".join(line.replace("\\\n", " ").split())
    return text if len(text) <= _WIDTH else f"{text[:_WIDTH]}…"


def _table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    lines = Counter(each.printed.resource or "(start page)" for each in outcomes)
    failed = Counter(each.printed.resource or "(start page)" for each in outcomes if each.wrong)
    shortened = Counter(
        each.printed.resource or "(start page)"
        for each in outcomes
        if any(shown.is_shortened for shown in each.printed.shown)
    )
    width = max(map(len, lines), default=0)
    yield f"{'':{width}}  lines  shortened  failed"
    for name in sorted(lines):
        yield f"{name:{width}}  {lines[name]:5}  {shortened[name] or '':9}  {failed[name] or '':6}".rstrip()
