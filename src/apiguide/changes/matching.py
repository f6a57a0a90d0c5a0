"""Which parameter or field of one release is which of another: by its name, its former name, or its place."""

from __future__ import annotations

from collections.abc import Mapping, Set

from apiguide.model import LOCATIONS, Endpoint, Field
from apiguide.model.endpoint import path_shape
from apiguide.yaml_source import FrozenDict


def is_same(name: str, other: str, *, ignores_case: bool) -> bool:
    """Whether two names are one to a server: in headers, upper and lower case are the same."""
    return name == other or (ignores_case and name.casefold() == other.casefold())


def heirs_of(old: Mapping[str, Field], new: Mapping[str, Field], *, ignores_case: bool) -> dict[str, str]:
    """What fields of an older mapping are called in a newer one."""
    folded = {name.casefold(): name for name in new} if ignores_case else {}
    heirs = {name: name if name in new else folded.get(name.casefold()) for name in old}
    known = {name: heir for name, heir in heirs.items() if heir is not None}
    for name, field in new.items():
        former = field.replaces
        if former is not None and former in old and former not in known and name not in known.values():
            known[former] = name
    return known


def moved_parameters(old: Endpoint, new: Endpoint) -> dict[str, tuple[str, str]]:
    """Parameters that are sent elsewhere now: the former and the present location, by name."""
    locations = [each for each in LOCATIONS if each != "path"]
    gone, come = (
        {
            each: {
                name for name in one.parameters.location(each) if name not in other.parameters.location(each)
            }
            for each in locations
        }
        for one, other in ((old, new), (new, old))
    )
    found: dict[str, tuple[str, str]] = {}
    for former in locations:
        for name in sorted(gone[former]):
            now = [each for each in locations if name in come[each]]
            if len(now) == 1 and sum(name in gone[each] for each in locations) == 1:
                found[name] = former, now[0]
    return found


def same_placeholders(old: Endpoint, new: Endpoint) -> tuple[FrozenDict[Field], FrozenDict[Field]]:
    """The parameters of two paths that fill the same place, by their names in the newer one.

    What a placeholder is called is never sent; that one came or went is told by the path.
    """
    before, after = old.parameters.path, new.parameters.path
    names = {name: name for name in new.placeholders}
    if path_shape(old.path) == path_shape(new.path):
        names = dict(zip(new.placeholders, old.placeholders, strict=True))
    both = {name: former for name, former in names.items() if name in after and former in before}
    kept = {name: each for name, each in after.items() if name in both}
    return FrozenDict({name: before[both[name]] for name in kept}), FrozenDict(kept)


def without(fields: Mapping[str, Field], names: Set[str]) -> Mapping[str, Field]:
    """The fields that have none of some names."""
    return {name: each for name, each in fields.items() if name not in names} if names else fields
