"""What is wrong in a guide, beyond what the model refuses.

A module or package is named like a family, and has its rules and functions that yield their `Problem`s. What
`stated` calls looks at the guide as its files state it; `values`, `text` and `docs` look at its views, so
they run on the part of it whose structure holds. `registry` lists all rules. Nothing here loads a file that
is trusted like code (`macros/`, and mkdocs.yml, of which some is read as data).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path

from apiguide.checks import stated, values
from apiguide.checks.choice import Choice, check_ignored
from apiguide.checks.docs.addresses import check_start_page
from apiguide.checks.docs.extensions import check_extensions
from apiguide.checks.docs.pages import check_docs, check_shown, check_syntax
from apiguide.checks.losses import Losses, not_checked
from apiguide.checks.parts import file_of, files, objects_of
from apiguide.checks.references.fields import DuplicateObject, ExtendsCircle, ExtendsTooMuch
from apiguide.checks.references.said_twice import check_said_twice
from apiguide.checks.references.symbols import Symbols, UnknownObject
from apiguide.checks.requests.endpoints import check_same_requests
from apiguide.checks.settings.debt import check_debt
from apiguide.checks.settings.mkdocs_file import check_site_name, read_mkdocs_file
from apiguide.checks.text import check_shown_text, check_text
from apiguide.checks.time.history import check_history
from apiguide.checks.time.lifespans import NeverUnstated
from apiguide.checks.time.promise import check_promise
from apiguide.checks.values import TooLargeExample
from apiguide.docs import DocsPage, read_docs
from apiguide.docs_macros import UnknownRelease
from apiguide.history import views
from apiguide.model import Guide, inside
from apiguide.problems import Problem, errors, few_guesses, ordered
from apiguide.processes import map_chunks
from apiguide.reader import read
from apiguide.view import GuideView
from apiguide.yaml_source import FrozenDict

MANY = 200
"""As many endpoints are worth processes of their own."""

_WITHOUT_VIEW = frozenset(
    rule.code
    for rule in (UnknownRelease, UnknownObject, DuplicateObject, ExtendsCircle, ExtendsTooMuch, NeverUnstated)
)
"""Problems of files of which there is no view, in whatever release."""


@dataclass(frozen=True)
class Checked:
    """A project that has been read and checked."""

    root: Path
    guide: Guide | None
    """What is known of it where there are errors; None where there are no files."""
    views: Mapping[str, GuideView]
    """The guide as of each release; empty where there are errors in its structure."""
    docs: tuple[DocsPage, ...]
    problems: tuple[Problem, ...]
    """All of them, by file, line and column."""
    not_checked: str = ""
    """A line that says what was not looked at, and why."""

    @property
    def is_good(self) -> bool:
        """Whether a site can be built: there are no errors."""
        return not errors(self.problems)


def check_against(checked: Checked, ref: str) -> Checked:
    """Adds what a project whose structure holds tells otherwise of published releases than at a git ref.

    Raises time.history.AgainstError where there is nothing to compare with.
    """
    if checked.guide is None or not checked.views:
        return checked
    found = list(check_history(checked.guide, checked.views, checked.root, ref))
    return replace(checked, problems=tuple(ordered((*checked.problems, *_reported(checked.guide, found)))))


def check(root: Path, *, first: Callable[[], object] = lambda: None) -> Checked:
    """Reads the project in `root` and finds what is wrong in it; never raises for what its files say.

    This process does something else `first` when others have begun to look at values, the longest part; it
    may not be done where there are errors.
    """
    with few_guesses():
        return _check(root, first)


def _check(root: Path, first: Callable[[], object]) -> Checked:
    reading = read(root)
    docs, docs_problems = read_docs(root)
    of_docs = [*docs_problems, *check_syntax(docs)]
    guide = reading.rest
    if guide is None:
        return Checked(root, None, {}, docs, tuple(ordered((*reading.problems, *of_docs))))
    losses = Losses(guide, reading.lost)
    lost = frozenset(p.where.source.path for p in errors(reading.problems))
    symbols, ahead = Symbols(guide, lost, losses), _Ahead(guide)
    found = [*chain(*_found_by(stated.tasks(guide, symbols), guide, ahead.look))]
    found += check_ignored(guide.settings.rules.ignore)
    problems = [*reading.problems, *losses.reported(found)]
    has_errors = bool(errors(problems))
    unread = {problem.where.source.path for problem in docs_problems}
    of_config = _of_mkdocs_file(root, guide, docs, unread)
    problems += losses.reported((*check_docs(guide, docs), *of_config))
    broken = {problem.where.source.path for problem in (*found, *problems) if problem.code in _WITHOUT_VIEW}
    sound = _sound(guide, broken | losses.doubtful) if broken or lost else guide
    seen: Mapping[str, GuideView] = {}
    if sound is None:
        problems += losses.reported(check_text(guide))
    else:
        seen = ahead.views if sound is guide and ahead.views else views(sound)
        shown = partial(check_shown_text, sound, seen[guide.newest])
        rules = [
            partial(check_text, guide),
            partial(check_same_requests, seen),
            partial(check_said_twice, sound),
        ]
        poor, *others = map(
            losses.reported, _found_by([shown, *rules, *values.tasks(sound, seen)], guide, first)
        )
        problems += chain(*others)
        if not any(problem.code == TooLargeExample.code for problem in problems):
            problems += losses.reported(check_shown(seen, docs, root, symbols))
        wrong = {problem.where.source.path for problem in errors(problems)}
        problems += [problem for problem in poor if problem.where.source.path not in wrong]
        problems += losses.reported(check_debt(guide, _reported(guide, problems)))
        if not has_errors:
            problems += check_promise(guide, seen)
    left_out = _left_out(guide, sound, reading.lost.keys(), problems)
    if has_errors:
        seen = {}
    problems += of_docs
    return Checked(root, guide, seen, docs, tuple(ordered(_reported(guide, problems))), left_out)


def _of_mkdocs_file(
    root: Path, guide: Guide, docs: tuple[DocsPage, ...], unread: Set[str]
) -> Iterator[Problem]:
    """Where mkdocs.yml and the guide do not go together; nothing where it cannot be read as data."""
    config = read_mkdocs_file(root)
    if config is not None:
        yield from check_site_name(guide, config)
        yield from check_extensions(docs, config)
        yield from check_start_page(docs, unread)


def _left_out(guide: Guide, sound: Guide | None, lost: Set[str], problems: Iterable[Problem]) -> str:
    """What was not looked at in full, and why, in a line; empty where all was."""
    known = {file_of(id_) for id_, _ in files(guide)}
    unseen = known - {file_of(id_) for id_, _ in files(sound)} if sound is not None else known
    causes = {each.where.source.path for each in problems if each.code in _WITHOUT_VIEW} & known
    return not_checked(unseen | lost, causes | lost)


class _Ahead:
    """The views of a guide, made while others still look whether its structure holds; it mostly does."""

    def __init__(self, guide: Guide) -> None:
        self.guide = guide
        self.views: Mapping[str, GuideView] = {}
        """Empty where they cannot be made, or only at a great expense."""

    def look(self) -> None:
        """Makes them."""
        with suppress(Exception):
            symbols = Symbols(self.guide)
            if not symbols.extending_too_much and not symbols.extended_fields.too_long:
                self.views = views(self.guide)


def _reported(guide: Guide | None, problems: list[Problem]) -> list[Problem]:
    """The problems but for warnings that the guide ignores with a reason."""
    if guide is None or not guide.settings.rules.ignore:
        return problems
    choice = Choice(ignore=frozenset(guide.settings.rules.ignore))
    return [problem for problem in problems if choice.keeps(problem)]


def _found_by(
    rules: Sequence[Callable[[], Iterable[Problem]]],
    guide: Guide,
    first: Callable[[], object] = lambda: None,
) -> list[list[Problem]]:
    """What each rule finds; in a large guide, side by side in processes."""
    least = 2 if len(guide.endpoints) > MANY else len(rules) + 1
    parts = map_chunks(lambda part: [list(rule()) for rule in part], rules, least=least, first=first)
    return [problems for _, found in parts for problems in found]


def _sound(guide: Guide, broken: set[str]) -> Guide | None:
    """The files of a guide that are not broken and need none that is; None where guide.yaml is.

    So that one run says what is wrong in every file, and a slip in one hides nothing in another.
    """
    if file_of("") in broken:
        return None
    resources = {id_: each for id_, each in guide.resources.items() if file_of(id_) not in broken}
    endpoints_ = {
        id_: each
        for id_, each in guide.endpoints.items()
        if file_of(id_) not in broken and id_.partition("/")[0] in resources
    }
    is_complete = len(resources) == len(guide.resources) and len(endpoints_) == len(guide.endpoints)
    smaller = guide if is_complete else Guide(guide.settings, FrozenDict(resources), FrozenDict(endpoints_))
    needing = {
        file_of(id_)
        for id_, part in files(smaller)
        if any(name not in smaller.objects for each in inside(part) for name in objects_of(each))
    }
    return _sound(smaller, broken | needing) if needing else smaller
