"""What is wrong in a guide, beyond what the model refuses.

Each module holds a family of rules as functions that yield `Problem`s. Those of `structure` look at the guide
as its files state it; those of `values`, `text` and `pages` at its views, so they run on the part of it whose
structure holds. Nothing here loads a file that is trusted like code (mkdocs.yml, `macros/`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from apiguide.checks import against, compatibility, debt, endpoints, pages, structure, text, values
from apiguide.checks.parts import file_of, files, inside
from apiguide.checks.references import Known
from apiguide.docs import DocsPage, read_docs
from apiguide.history import views
from apiguide.model import FieldKeys, Guide, Object, Part
from apiguide.problems import Mark, Problem, Source, errors, few_guesses, ordered
from apiguide.reader import read
from apiguide.view import GuideView
from apiguide.yaml_source import FrozenDict

_WITHOUT_VIEW = (
    "unknown-release",
    "unknown-object",
    "duplicate-object",
    "extends-circle",
    "extends-too-much",
    "never-unstated",
)
"""Problems of files of which there is no view, in whatever release."""


@dataclass(frozen=True)
class Checked:
    """A project that has been read and checked."""

    root: Path
    guide: Guide | None
    views: Mapping[str, GuideView]
    """The guide as of each release; empty where there are errors in its structure."""
    docs: tuple[DocsPage, ...]
    problems: tuple[Problem, ...]
    """All of them, by file, line and column."""

    @property
    def is_good(self) -> bool:
        """Whether a site can be built: there are no errors."""
        return not errors(self.problems)


def check_against(checked: Checked, ref: str) -> Checked:
    """Adds what a project without errors tells otherwise of published releases than it did at a git ref.

    Raises against.AgainstError where there is nothing to compare with.
    """
    if checked.guide is None or not checked.is_good:
        return checked
    found = against.check(checked.guide, checked.views, checked.root, ref)
    return replace(checked, problems=tuple(ordered((*checked.problems, *found))))


def check(root: Path) -> Checked:
    """Reads the project in `root` and finds what is wrong in it; never raises for what its files say."""
    with few_guesses():
        return _check(root)


def _check(root: Path) -> Checked:
    reading = read(root)
    docs, docs_problems = read_docs(root)
    problems = [*reading.problems, *docs_problems, *pages.check_syntax(docs)]
    found: Mapping[str, GuideView] = {}
    guide = reading.guide
    if guide is not None:
        lost = frozenset(p.where.source.path for p in errors(reading.problems))
        problems += structure.check(guide, lost)
        problems += text.check(guide)
        problems += pages.check_docs(guide, docs)
        has_errors = bool(errors(problems))
        sound = _sound(guide, {p.where.source.path for p in problems if p.code in _WITHOUT_VIEW})
        if sound is not None:
            seen = views(sound)
            problems += values.check(sound, seen)
            problems += endpoints.same_requests(seen)
            if not any(problem.code == values.TOO_LARGE for problem in problems):
                problems += pages.check(seen, docs, root, Known(guide, lost))
            wrong = {problem.where.source.path for problem in errors(problems)}
            poor = text.check_shown(sound, seen[guide.newest])
            problems += [problem for problem in poor if problem.where.source.path not in wrong]
            problems += debt.check(guide, tuple(problems))
            if not errors(problems):
                problems += compatibility.check(guide, seen)
            found = {} if has_errors else seen
    return Checked(root, guide, found, docs, tuple(ordered(problems)))


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
    is_whole = len(resources) == len(guide.resources) and len(endpoints_) == len(guide.endpoints)
    smaller = guide if is_whole else Guide(guide.settings, FrozenDict(resources), FrozenDict(endpoints_))
    needing = {
        file_of(id_)
        for id_, part in files(smaller)
        if any(name not in smaller.objects for name in _object_names(part))
    }
    return _sound(smaller, broken | needing) if needing else smaller


def _object_names(part: Part) -> Iterator[str]:
    """The objects that a part names, itself or inside it."""
    for each, _ in inside(part, Mark(Source(""))):
        name = each.object if isinstance(each, FieldKeys) else None
        name = each.extends if isinstance(each, Object) else name
        if name is not None:
            yield name
