"""The guide as it was `at` a release.

Works on a guide with nothing left to inherit (`resolve_inheritance`). One function goes through all parts:
what came later is dropped, and the former values of what changed later are laid over, newest first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from apiguide.identity import ByIdentity, Identity
from apiguide.inheritance import Resolver
from apiguide.model import (
    Change,
    Endpoint,
    Field,
    Guide,
    Object,
    Part,
    Response,
    Status,
    Versioned,
    resource_id,
)
from apiguide.view import Facts, GuideView
from apiguide.yaml_source import FrozenDict

_P = TypeVar("_P", bound=Part)
_B = TypeVar("_B", Response, Status)
_V = TypeVar("_V")

_MOMENTS = ("since", "documented_since", "from_", "until", "removed", "release")
"""The keys of parts that name a release."""
_NEVER: frozenset[str] = frozenset()


def at(guide: Guide, release: str) -> GuideView:
    """The guide exactly as of a release.

    Raises KeyError for a release that the guide does not have.
    """
    return Releases(guide, (release,)).views(guide.endpoints)[release]


def views(guide: Guide) -> dict[str, GuideView]:
    """The guide as of each release, oldest first; cheaper than `at` for each."""
    return Releases(guide, guide.releases).views(guide.endpoints)


class Releases:
    """A guide as of some of its releases, but for its endpoints: these can be looked at a few at a time."""

    def __init__(self, guide: Guide, releases: Iterable[str]) -> None:
        self.resolver = Resolver(guide)
        resolved, interner = self.resolver.without_endpoints(), _Interner()
        self._without_endpoints = {
            release: _WithoutEndpoints(resolved, release, interner) for release in releases
        }

    def views(self, endpoints: Mapping[str, Endpoint]) -> dict[str, GuideView]:
        """The guide with these endpoints as of each of the releases, in their order."""
        resolved = {id_: self.resolver.endpoint(id_, each) for id_, each in endpoints.items()}
        interner = _Interner()
        facts = Facts()
        return {
            release: each.view(resolved, interner, facts) for release, each in self._without_endpoints.items()
        }


class _Interner:
    """Changed copies of parts, no two of them alike: what releases share is the very same in each."""

    def __init__(self) -> None:
        self._made: dict[tuple[object, ...], Any] = {}
        """By what went into them."""
        self._moments = ByIdentity[frozenset[str]]()
        self.filtered = ByIdentity[dict[int, Part | None]]()
        """Parts as of releases, by how many of their moments have passed."""

    def moments(self, part: Part) -> frozenset[str]:
        """The releases from which on a part, or something in it, may be another."""
        known = self._moments.get(part)
        if known is None:
            found: list[str] = []
            for key, value in part.stated_values():
                if isinstance(value, str):
                    found += [value] if key in _MOMENTS else ()
                elif isinstance(value, Part):
                    found += self.moments(value)
                elif isinstance(value, FrozenDict | tuple):
                    inner = value.values() if isinstance(value, FrozenDict) else value
                    found += [moment for e in inner if isinstance(e, Part) for moment in self.moments(e)]
            known = self._moments[part] = frozenset(found) if found else _NEVER
        return known

    def part(self, part: _P, update: Mapping[str, Any]) -> _P:
        """The part with other values."""
        values = [each for pair in sorted(update.items()) for each in pair]
        return self._interned(part, values, lambda: part.replace(**update))

    def names(self, source: Mapping[str, Any], kept: Mapping[str, _V]) -> FrozenDict[_V]:
        """The names that are kept of others."""
        return self._interned(source, [*kept, *kept.values()], lambda: FrozenDict(kept))

    def values(self, source: tuple[Any, ...], kept: tuple[_V, ...]) -> tuple[_V, ...]:
        """The values that are kept of others."""
        return self._interned(source, kept, lambda: kept)

    def _interned(self, source: object, values: Sequence[Any], make: Callable[[], _V]) -> _V:
        key = (Identity(source), *(each if isinstance(each, str) else Identity(each) for each in values))
        if key not in self._made:
            self._made[key] = make()
        made: _V = self._made[key]
        return made


class _WithoutEndpoints:
    """A resolved guide without endpoints as of a release."""

    def __init__(self, resolved: Guide, release: str, interner: _Interner) -> None:
        self.resolved = resolved
        self.release = release
        filtered = _ReleaseFilter(resolved, release, interner).guide()
        self.guide = _without_lost(release, filtered, interner)

    def view(self, resolved: Mapping[str, Endpoint], interner: _Interner, facts: Facts) -> GuideView:
        """It with resolved endpoints."""
        release_filter = _ReleaseFilter(self.resolved, self.release, interner)
        there = {
            id_: filtered
            for id_, each in resolved.items()
            if resource_id(id_) in self.guide.resources
            and (filtered := release_filter.part(each)) is not None
        }
        view = self._with(there, facts)
        return self._with({id_: _complete(each, view, interner) for id_, each in there.items()}, facts)

    def _with(self, endpoints: Mapping[str, Endpoint], facts: Facts) -> GuideView:
        guide = Guide(self.guide.settings, self.guide.resources, FrozenDict(endpoints))
        return GuideView(self.release, guide, facts)


def _without_lost(release: str, guide: Guide, interner: _Interner) -> Guide:
    """A release's guide whose statuses have no bodies that it cannot show."""
    view = GuideView(release, guide)
    statuses = {code: _known_body(status, view, interner) for code, status in guide.settings.statuses.items()}
    settings = guide.settings.replace(statuses=FrozenDict(statuses))
    return Guide(settings, guide.resources, guide.endpoints)


class _ReleaseFilter:
    """Drops what is newer than a release or was gone by then, and former states."""

    def __init__(self, guide: Guide, release: str, interner: _Interner) -> None:
        self.source = guide
        self.interner = interner
        self.order = guide.order
        self.index = guide.order[release]

    def guide(self) -> Guide:
        """The guide without endpoints."""
        settings = self.part(self.source.settings)
        assert settings is not None, "settings have no lifespan"
        return Guide(settings, FrozenDict(self._names(self.source.resources)), FrozenDict())

    def part(self, part: _P) -> _P | None:
        """The part as of the release, the very same where nothing differs; None where it is not there."""
        moments = self.interner.moments(part)
        if not moments:
            return part
        known = self.interner.filtered.get(part)
        if known is None:
            known = self.interner.filtered[part] = {}
        passed = sum(self.order[moment] <= self.index for moment in moments)
        if passed not in known:
            known[passed] = self._filtered(part)
        filtered: _P | None = known[passed]  # type: ignore[assignment]
        return filtered

    def _filtered(self, part: _P) -> _P | None:
        update: dict[str, Any] = {}
        if isinstance(part, Versioned):
            if self.order[part.introduced] > self.index:
                return None
            if part.removed is not None:
                if self.order[part.removed] <= self.index:
                    return None
                update["removed"] = None
            if part.absent:
                passed = tuple(each for each in part.absent if self.order[each.from_] <= self.index)
                if passed and self.order[passed[-1].until] > self.index:
                    return None
                update["absent"] = passed
                if passed and self.order[passed[-1].until] > self.order[part.introduced]:
                    update |= {"since": passed[-1].until, "documented_since": None}
            if part.deprecated is not None and self.order[part.deprecated.since] > self.index:
                update["deprecated"] = None
            update |= self._laid_over(part)
        for key in part.stated | update.keys():
            if key == "changes":
                continue
            value = update.get(key, getattr(part, key))
            filtered = self._value(value)
            if key == "enum" and filtered == ():
                filtered = None
            if filtered is not value:
                update[key] = filtered
        if not update:
            return part
        if isinstance(part, Object) and update.get("fields") == {}:
            return None  # all of its fields are gone
        return self.interner.part(part, update)

    def _laid_over(self, part: Versioned) -> dict[str, Any]:
        changes: tuple[Change[Any], ...] = getattr(part, "changes", ())
        update: dict[str, Any] = {}
        for change in reversed(changes):
            if self.order[change.release] > self.index and change.before is not None:
                update |= dict(change.before.stated_values())
        if changes:
            old = [c for c in changes if self.order[c.release] <= self.index]
            kept = tuple(self.interner.part(c, {"before": None}) for c in old)
            update["changes"] = self.interner.values(changes, kept)
        return update

    def _value(self, value: Any) -> Any:
        """A key's value as of the release."""
        if isinstance(value, str):
            return value
        if isinstance(value, Part):
            return self.part(value)
        if isinstance(value, FrozenDict) and any(isinstance(v, Part) for v in value.values()):
            names = self._names(value)
            same = len(names) == len(value) and all(names[k] is v for k, v in value.items())
            return value if same else self.interner.names(value, names)
        if isinstance(value, tuple) and any(isinstance(v, Part) for v in value):
            kept = tuple(v for item in value if (v := self._value(item)) is not None)
            same = len(kept) == len(value) and all(a is b for a, b in zip(kept, value, strict=True))
            return value if same else self.interner.values(value, kept)
        return value

    def _names(self, names: Mapping[str, Any]) -> dict[str, Any]:
        kept = {}
        for name, value in names.items():
            filtered = self._value(value)
            if filtered is not None or value is None:
                kept[name] = filtered
        return kept


def _complete(endpoint: Endpoint, view: GuideView, interner: _Interner) -> Endpoint:
    """The endpoint without what its release cannot show: lost bodies, other paths' parameters."""
    parameters = endpoint.parameters
    body = {n: f for n, f in parameters.body.items() if not _is_lost(f, view)}
    path = {n: f for n, f in parameters.path.items() if n in endpoint.placeholders}
    update: dict[str, Any] = {}
    if len(body) < len(parameters.body) or len(path) < len(parameters.path):
        kept = {
            "body": interner.names(parameters.body, body),
            "path": interner.names(parameters.path, path),
        }
        update["parameters"] = interner.part(parameters, kept)
    listed = endpoint.responses
    responses = {code: each and _known_body(each, view, interner) for code, each in listed.items()}
    if any(each is not listed[code] for code, each in responses.items()):
        update["responses"] = interner.names(listed, responses)
    if endpoint.prefer is not None and endpoint.prefer not in view.endpoints:
        update["prefer"] = None
    return interner.part(endpoint, update) if update else endpoint


def _known_body(part: _B, view: GuideView, interner: _Interner) -> _B:
    """A response or status without a body that the release cannot show."""
    if part.body is None or not _is_lost(part.body, view):
        return part
    return interner.part(part, {"body": None})


def _is_lost(field: Field, view: GuideView) -> bool:
    """Whether the object of a body or wrapper, or of a list's items, is not there or has no field left."""
    return _is_lost(field.items, view) if field.items is not None else view.is_lost(field)
