"""The states of a field through the releases, of what it says itself and of what it inherits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from apiguide.inheritance.inherited import VALUES, moved, narrows
from apiguide.model import Field, FieldChange, FieldKeys
from apiguide.model.field import LIMITS
from apiguide.yaml_source import Text

Keys = dict[str, Any]
"""The keys of a field at one time; None for what it does not state."""

_KEYS = tuple(FieldKeys.model_fields)
INNER = ("fields", "items", "additional_fields")
"""Keys that hold fields."""
_MEMBERS = ("fields", "sections", "only", "without", "additional_fields")
"""Keys that say what an object holds."""
_SHAPE = ("type", "object", "items", *_MEMBERS)
"""Keys that say whether a field is a single value, an object or a list, and of what."""
OF_RESPONSES = ("required", "nullable")
"""Keys that say of a response's field what does not hold for a parameter."""
OF_PLACE = ("replaces",)
"""Keys that say of a field what does not hold for one elsewhere that extends it."""


@dataclass(frozen=True)
class FieldHistory:
    """The states of a field that inherits: today's, and the former ones of itself and its source.

    Both may have changes of their own; the field has all that can be seen of these. With an object's

        label: {max_length: 40, unit: px, changes: [{release: "2.0", before: {max_length: 20, unit: mm}}]}

    and an endpoint's

        label: {unit: cm, required: true, changes: [{release: "3.0", before: {required: null}}]}

    today's keys are `{max_length: 40, unit: cm, required: true}`, and the changes are

        - {release: "2.0", before: {max_length: 20}}
        - {release: "3.0", before: {required: null}}

    since the endpoint has always said `unit` itself. So a release's change is what differs between the states
    after and before it; states are made from the newest to the oldest, by laying `before` over each side.
    """

    field: Field
    source: Field | None
    """What it inherits from."""
    order: Mapping[str | None, int]
    """The place of each release in time."""
    introduced: int
    """The release, as a number, from which the field is there: what its source was before is not seen."""
    inner: Callable[[Keys, Keys], Keys]
    """Makes the parts inside it, from what the field and its source say at one time."""
    refused: tuple[str, ...]
    """Keys that it never inherits."""
    name: str | None
    """Its name, as typed."""

    def keys(self) -> Keys:
        """Today's keys, the inherited ones among them, with `changes`."""
        own, base = keys_of(self.field), keys_of(self.source) if self.source else {}
        mine = {change.release: change for change in self.field.changes}
        theirs = {change.release: change for change in self.source.changes} if self.source else {}
        today = later = self._state(own, base)
        changes = []
        for release in sorted({*mine, *theirs}, key=lambda name: self.order[name], reverse=True):
            own, base = own | _former(mine.get(release)), base | _former(theirs.get(release))
            state = self._state(own, base)
            change = self._change(release, mine.get(release), theirs.get(release), later, state)
            if change is not None:
                changes.append(change)
            later = state
        changes.reverse()
        return today | {"changes": tuple(changes)}

    def _state(self, own: Keys, base: Keys) -> Keys:
        """The keys at one time."""
        refused = {*_refused(own, base), *self.refused}
        base = {key: value for key, value in base.items() if key not in refused}
        if isinstance(self.name, Text) and narrows(own):
            mark = self.name.mark
            base |= {key: moved(base[key], key, mark) for key in VALUES if base.get(key) is not None}
        state = {key: base.get(key) if value is None else value for key, value in own.items()}
        return state | self.inner(own, base)

    def _change(
        self, release: str, mine: FieldChange | None, theirs: FieldChange | None, later: Keys, state: Keys
    ) -> FieldChange | None:
        """A release's change, from the states after and before it; None where nothing travels."""
        stated = _former(mine)
        before = {key: state[key] for key in _KEYS if key in stated or state[key] != later[key]}
        if theirs is not None:
            is_seen = self.order[release] > self.introduced
            differs = theirs.before is None or not before.keys().isdisjoint(_former(theirs).keys() - stated)
            theirs = theirs if is_seen and differs else None
        if mine is None and theirs is None:
            return None
        notes = [change.note for change in (mine, theirs) if change is not None and change.note]
        former = FieldKeys.unchecked(**before) if before else None
        return FieldChange(release=release, note=notes[0] if notes else None, before=former)


def keys_of(field: Field) -> Keys:
    """The keys of a field as it states them."""
    return field.values_of(_KEYS)


def inherited(field: Field, source: Field) -> Field:
    """A field with all that it inherits from another today, but for what is inside both."""
    own = keys_of(field)
    refused = _refused(own, keys_of(source))
    taken = {key: getattr(source, key) for key in _KEYS if own[key] is None and key not in refused}
    return field.replace(**taken)


def _former(change: FieldChange | None) -> Keys:
    """The keys that differed before a change."""
    if change is None or change.before is None:
        return {}
    return dict(change.before.stated_values())


def _refused(own: Keys, base: Keys) -> tuple[str, ...]:
    """Keys that are not inherited since they would contradict what the field says it is."""
    mine, theirs = _kind(own), _kind(base)
    if mine is not None and theirs is not None and mine != theirs:
        return (*_SHAPE, "const", *VALUES, *LIMITS)
    types = own["type"]
    refused = [key for key, limited in LIMITS.items() if types and limited.isdisjoint(types)]
    refused += _MEMBERS if own["object"] not in (None, base.get("object")) else ()
    if own["const"] is not None:
        return (*refused, *VALUES)
    return (*refused, "const") if own["enum"] is not None else tuple(refused)


def _kind(keys: Keys) -> str | None:
    """Whether keys are those of a list, of an object or of a single value; None where they do not say."""
    types = keys.get("type") or ()
    if keys.get("items") is not None or "array" in types:
        return "array"
    if "object" in types or any(
        keys.get(key) is not None for key in ("object", "fields", "additional_fields")
    ):
        return "object"
    return "value" if types else None
