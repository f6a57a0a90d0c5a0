"""What may be missing in a guide whose files have errors, and which findings can be told all the same.

A part of a file that cannot be read is left out. What only follows from that is no finding: so, of a file
that lacks something or needs what another file lacks, only what is certain is reported, and its values are
not looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from apiguide.checks.parts import file_of, files, objects_of
from apiguide.folders import RESOURCE_FILE
from apiguide.model import Endpoint, Guide, Part, Resource, Settings, inside, resource_id
from apiguide.problems import Problem, Severity
from apiguide.validation import Location

_SETTINGS = file_of("")

_INDEPENDENT: Mapping[type[Part], frozenset[str]] = {
    Settings: frozenset(
        {"title", "description", "servers", "curl", "groups", "methods", "authentication"}
        | {"exceptions", "errata", "synonyms", "debt", "rules"}
    ),
    Endpoint: frozenset({"title", "description", "permissions", "notes", "prefer", "formerly", "safe"}),
    Resource: frozenset({"title", "group", "description", "notes", "formerly"}),
}
"""Keys of files without which all that the file says of values is as it was."""
_WORDS = frozenset({"date", "description", "title"})
"""Keys inside those of guide.yaml that nothing else depends on."""

_TIME = frozenset(
    {"unknown-release", "unquoted-release", "removed-before-start", "deprecated-before-start"}
    | {"deprecated-after-end", "changes-out-of-order", "change-after-end", "absent-out-of-order"}
    | {"empty-change", "never-unstated"}
)
_NEEDED: Mapping[str, frozenset[str]] = {
    "releases": _TIME,
    "formats": frozenset({"unknown-format", "items-without-name", "bad-name", "bad-path"}),
    "groups": frozenset({"unknown-group", "not-in-group"}),
    "methods": frozenset({"unknown-method"}),
    "statuses": frozenset({"unknown-status", "unnamed-status", "undeclared-status", "no-body"}),
    "paging": frozenset({"no-paging"}),
    "authentication": frozenset({"unknown-authentication"}),
    "objects": frozenset({"safe-not-said"}),
    "compatible_since": frozenset({"no-promise", "page-collision"}),
    "title": frozenset({"site-name-differs", "missing-key"}),
}
"""The rules whose findings in other files depend on a key of guide.yaml."""
_OF_ALL = frozenset(
    {"not-in-group", "unused-object", "unused-parameter", "safe-not-said", "look-alike", "dead-link"}
    | {"over-budget", "said-twice"}
)
"""The rules whose findings may follow from whatever is missing elsewhere."""
_CERTAIN = frozenset(
    {"bad-url", "bad-extension", "bad-media-type", "bad-option", "bad-method", "not-a-status", "bad-release"}
    | {"duplicate-release", "duplicate-group", "duplicate-authentication", "duplicate-synonym"}
    | {"bad-synonym", "mutual-synonyms", "unknown-rule", "not-ignorable"}
    | {"bad-former-name", "unknown-endpoint", "unknown-object", "unknown-resource", "unknown-group"}
    | {"unknown-format", "unknown-method", "unknown-release", "unquoted-release"}
    | {"duplicate-object", "extends-circle", "prefer-circle", "duplicate-value", "bad-pattern", "mixed-types"}
    | {"untried-pattern", "bad-name", "name-with-brackets", "bad-path"}
    | {"todo", "trailing-spaces", "cut-text", "incomplete"}
    | {"dead-reference", "relative-link", "dropped-link", "dropped-image", "unread-markup", "too-many-links"}
    | {"empty-link", "raw-html"}
)
"""The rules whose findings are true of what stands there, whatever else may be missing in the file."""
_OF_VALUES = frozenset(
    {"wrong-type", "undeclared-value", "not-in-enum", "not-the-constant", "too-long", "not-the-pattern"}
    | {"too-small", "too-large", "no-items", "null-not-allowed", "number-out-of-range", "wrong-kind"}
)
"""Those of values, which are certain where nothing is missing of what says which values are allowed."""


@dataclass(frozen=True)
class Losses:
    """What is missing in a guide."""

    guide: Guide
    of_files: Mapping[str, frozenset[Location]]
    """What files lack, by their paths."""

    @cached_property
    def objects(self) -> frozenset[str]:
        """The objects of which something is missing, perhaps everything."""
        unclear = set[str]()
        for path, found in self.of_files.items():
            unclear |= {str(each[1]) for each in found if each[:1] == ("objects",) and len(each) > 1}
            if not found.isdisjoint(((), ("objects",))):
                owners = self.guide.object_owner.items()
                unclear |= {name for name, owner in owners if file_of(owner) == path}
        return frozenset(unclear)

    @cached_property
    def loses_objects(self) -> bool:
        """Whether there may be objects whose names are not known."""
        owners = (found for path, found in self.of_files.items() if self._model(path) is not Endpoint)
        return any(location in ((), ("objects",)) for found in owners for location in found)

    @cached_property
    def doubtful(self) -> frozenset[str]:
        """The files, by their paths, of which nobody fully knows what they say, or what they need."""
        if not self.of_files:
            return frozenset()
        if not self._settings <= _INDEPENDENT[Settings] | {"objects"}:
            return frozenset(file_of(id_) for id_, _ in files(self.guide))
        doubtful = {path for path, found in self.of_files.items() if self._is_doubtful(path, found)}
        for id_ in self.guide.endpoints:
            if file_of(resource_id(id_)) in doubtful:
                doubtful.add(file_of(id_))
        unclear = self._unclear_objects()
        doubtful |= {file_of(id_) for id_, part in files(self.guide) if _named(part) & unclear}
        return frozenset(doubtful)

    def _is_doubtful(self, path: str, found: Collection[Location]) -> bool:
        """Whether what a file lacks says more than its own keys can tell."""
        model = self._model(path)
        independent = _INDEPENDENT[model] | ({"objects"} if model is Resource else set())
        return model is not Settings and not all(each and each[0] in independent for each in found)

    def _is_unclear(self, path: str) -> bool:
        """Whether the values of a file may be other than they seem."""
        keys = {each[:1] for each in self.of_files.get(path, ())}
        return path in self.doubtful or not keys <= {(key,) for key in _INDEPENDENT[self._model(path)]}

    def _unclear_objects(self) -> set[str]:
        """The objects of which something is missing, and those that need one of these."""
        needed = {name: _named(each) for name, each in self.guide.objects.items()}
        unclear = {*self.objects}
        if self.loses_objects:
            unclear |= {name for _, part in files(self.guide) for name in _named(part)} - needed.keys()
        more = unclear
        while more:
            more = {name for name, names in needed.items() if name not in unclear and names & unclear}
            unclear |= more
        return unclear

    @cached_property
    def _settings(self) -> frozenset[str]:
        """The keys of guide.yaml of which something is missing that others need."""
        found = self.of_files.get(_SETTINGS, frozenset())
        if () in found:
            return frozenset(Settings.key_names())
        return frozenset(str(each[0]) for each in found if each[1:2] == () or each[-1] not in _WORDS)

    @staticmethod
    def _model(path: str) -> type[Part]:
        """What a file holds."""
        if path == _SETTINGS:
            return Settings
        return Resource if path.endswith(f"/{RESOURCE_FILE}") else Endpoint

    def reported(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """The problems but for those that may only follow from what is missing."""
        if not self.of_files:
            yield from problems
            return
        unreported = _OF_ALL.union(*(_NEEDED.get(key, frozenset()) for key in self._settings))
        lacking = self.doubtful | self.of_files.keys()
        for problem in problems:
            path, code = problem.where.source.path, problem.code
            if not path or code in unreported:
                continue
            if "rules" in self._settings and problem.severity is Severity.WARNING:
                continue
            if code in _CERTAIN or path not in lacking or (code in _OF_VALUES and not self._is_unclear(path)):
                yield problem


def _named(part: Part) -> set[str]:
    """The objects that a part and all inside it name."""
    return {name for each in inside(part) for name in objects_of(each)}


def not_checked(paths: Collection[str], causes: Collection[str]) -> str:
    """A line that says of which files not everything was looked at, and why; empty where there are none."""
    if not paths:
        return ""
    since = "it" if len(paths) == 1 else "they"
    verb = "has" if len(causes) == 1 else "have"
    since = since if {*paths} == {*causes} else _some(causes)
    return f"not checked in full: {_some(paths)}, since {since} {verb} errors"


def _some(paths: Collection[str]) -> str:
    first = min(paths)
    more = len(paths) - 1
    return f"{first} and {more} more {'file' if more == 1 else 'files'}" if more else first
