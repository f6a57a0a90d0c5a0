"""Which rules' findings are reported: those selected, less those ignored. Both name codes and families."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from apiguide.checks.registry import FAMILIES, RULES, UNREADABLE
from apiguide.checks.settings.guide_file import NotIgnorable, UnknownRule
from apiguide.problems import Problem, did_you_mean, mark_of, quoted


class NoSuchRule(Exception):
    """There is no rule and no family of that name."""

    def __init__(self, word: str, known: Collection[str] = (*RULES, *FAMILIES)) -> None:
        self.hint = did_you_mean(word, known) or "`apiguide rule` lists them all"
        super().__init__(f"there is no rule {quoted(word)}")


class FindsErrors(Exception):
    """A rule, or a family, whose findings are errors."""

    def __init__(self, word: str) -> None:
        is_of_server = word == "server" or (word in RULES and RULES[word].family == "server")
        because = "the server contradicts the guide" if is_of_server else "no guide can be built with them"
        why = f"which cannot be ignored: {because}"
        super().__init__(f"{quoted(word)} reports errors, {why}")


def codes(word: str) -> frozenset[str]:
    """The rule of that code, or all rules of the family of that name. Raises NoSuchRule."""
    if word in RULES:
        return frozenset((word,))
    if word in FAMILIES:
        return frozenset(code for code, rule in RULES.items() if rule.family == word)
    raise NoSuchRule(word)


def ignorable(word: str) -> frozenset[str]:
    """Those of the rules called so that find warnings. Raises NoSuchRule, FindsErrors."""
    found = frozenset(code for code in codes(word) if RULES[code].can_be_ignored())
    if not found:
        raise FindsErrors(word)
    return found


def check_ignored(words: Iterable[str]) -> Iterator[Problem]:
    """What the guide ignores are rules, and a guide can do without them."""
    for word in words:
        try:
            ignorable(word)
        except NoSuchRule as error:
            yield UnknownRule.at(mark_of(word), str(error), error.hint)
        except FindsErrors as error:
            yield NotIgnorable.at(mark_of(word), str(error), "fix what it reports, and delete this line")


@dataclass(frozen=True)
class Choice:
    """Codes and families that are selected, all if there are none, and such that are ignored."""

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()

    @cached_property
    def _reported(self) -> frozenset[str]:
        """The codes that are reported.

        What keeps a file from being read is always among them: nobody knows what else is wrong in it, so
        silence about the selected rules would be misleading.
        """
        selected = _all(map(codes, self.select)) if self.select else frozenset(RULES)
        unread = (code for code, rule in RULES.items() if rule.family in UNREADABLE)
        return selected.union(unread) - _all(map(_warnings, self.ignore))

    @property
    def asks_server(self) -> bool:
        """Whether all that is selected are rules that a check never reports."""
        return bool(self.select) and all(
            RULES[code].family == "server" for code in _all(map(codes, self.select))
        )

    def keeps(self, problem: Problem) -> bool:
        """Whether a problem is reported."""
        return problem.code in self._reported


def _all(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)


def _warnings(word: str) -> frozenset[str]:
    """What is ignored by a word; nothing where it is wrong, which is a problem of its own."""
    try:
        return ignorable(word)
    except (NoSuchRule, FindsErrors):
        return frozenset()
