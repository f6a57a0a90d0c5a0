"""The records of one object, in memory."""

from __future__ import annotations

import hashlib

from apiguide.mock.judge import NOWHERE
from apiguide.model import Object
from apiguide.yaml_source import Map, Text

ALIASES = ("identifier", "uuid", "slug")
"""Fields that name a record as well as its key does, where they are texts."""


class Records:
    """The records of an object, by the field that is their key."""

    def __init__(self, object_: Object, key: str) -> None:
        self.key = key
        self._held: dict[str, Map] = {}
        self._is_number = "integer" in (object_.fields[key].type or ("integer",))
        self._aliases = [name for name in ALIASES if name != key and name in object_.fields]

    def all(self) -> list[Map]:
        """The records in the order in which they came."""
        return [*self._held.values()]

    def get(self, value: str) -> Map | None:
        """The record that a value in a path names."""
        if value in self._held:
            return self._held[value]
        return next(
            (e for e in self._held.values() if any(str(e.get(n)) == value for n in self._aliases)), None
        )

    def keep(self, record: Map) -> None:
        """Keeps a record in place of the one with the same key."""
        self._held[str(record[self.key])] = record

    def keep_first(self, record: Map) -> None:
        """Keeps a record unless there is one with its key."""
        if isinstance(record.get(self.key), Text):
            self._held.setdefault(str(record[self.key]), record)

    def add(self, record: Map) -> Map:
        """Keeps a record under a new key, with names of its own."""
        number = max((int(each) for each in self._held if each.isdigit()), default=0) + 1
        new: dict[Text, Text] = {}
        for name in (self.key, *self._aliases):
            former = record.get(name)
            if name == self.key and self._is_number:
                new[Text.make(name, NOWHERE)] = Text.make(str(number), NOWHERE)
            elif name == self.key or isinstance(former, Text):
                new[Text.make(name, NOWHERE)] = _word(f"{name} {number} {len(self._held)}", str(former or ""))
        made = Map.make({**record, **new}, NOWHERE)
        self.keep(made)
        return made

    def remove(self, record: Map) -> None:
        """Deletes a record."""
        del self._held[str(record[self.key])]


def _word(seed: str, like: str) -> Text:
    """A text that nobody has yet, as long as another one."""
    digest = hashlib.sha256(seed.encode()).hexdigest()
    return Text.make(digest[: min(max(len(like), 8), 32)], NOWHERE, plain=False)
