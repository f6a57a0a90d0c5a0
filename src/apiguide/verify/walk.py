"""Which endpoints can be asked, in which order, and which records their paths name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

from apiguide.examples.envelopes import records
from apiguide.examples.values import own_value
from apiguide.mock.items import Items
from apiguide.mock.routes import Routes
from apiguide.model import Endpoint, Field
from apiguide.model.endpoint import PLACEHOLDER, path_shape
from apiguide.verify.client import Question
from apiguide.yaml_source import Text

_KEY = re.compile(r"[\w:@~-][\w.:@~ -]{0,199}")
"""Keys of records that are put into paths; others could lead to another place."""

NO_RECORD = "no list returned a record for its path"


class NotReachedError(Exception):
    """Why an endpoint is not asked."""


class Walk:
    """The way through the endpoints of a release: lists come before what needs their records."""

    def __init__(self, items: Items, allowed: Iterable[str] = ()) -> None:
        self.items = items
        self.view = items.view
        self.allowed = frozenset(allowed)
        self._routes = Routes(items.view)
        self._keys: dict[str, str] = {}
        """A record of each object that came in a list, by its key."""
        self._keys_at: dict[tuple[str, str], str] = {}
        """The same by the path of the list too: disks of this server, not of any."""

    def endpoints(self) -> Iterator[tuple[str, Endpoint]]:
        """All endpoints: those with the fewest placeholders first, and of these lists first."""
        yield from sorted(
            self.view.endpoints.items(),
            key=lambda pair: (len(pair[1].placeholders), not self.listed(pair[1]), pair[0]),
        )

    def needed(self, endpoint: Endpoint) -> set[str]:
        """The endpoints that list the records which the path of one names, and those that these need."""
        found: set[str] = set()
        wanted = set(self._named(endpoint))
        for id_, each in reversed([*self.endpoints()]):
            if each is not endpoint and self.listed(each) & wanted:
                found.add(id_)
                wanted |= set(self._named(each))
        return found

    def question(self, id_: str, endpoint: Endpoint) -> Question:
        """What is asked of an endpoint. Raises NotReachedError where it cannot or must not be asked."""
        if not endpoint.is_safe and id_ not in self.allowed:
            raise NotReachedError("it is not safe")
        if any(field.required for field in endpoint.parameters.body.values()):
            raise NotReachedError("it needs a body")
        path = self._path(id_, endpoint)
        headers = [*_required(endpoint.parameters.header)]
        cookies = "; ".join(f"{name}={value}" for name, value in _required(endpoint.parameters.cookie))
        if cookies:
            headers.append(("Cookie", cookies))
        return Question(endpoint.method, path, tuple(_required(endpoint.parameters.query)), tuple(headers))

    def why_not(self, id_: str, endpoint: Endpoint) -> str:
        """Why an endpoint cannot be asked yet, or must not; empty where it can."""
        try:
            self.question(id_, endpoint)
        except NotReachedError as error:
            return str(error)
        return ""

    def learn(self, path: str, keys: Iterable[tuple[str, str]]) -> None:
        """Remembers the keys of records in a list at a path, by their objects; the first of each stays."""
        for object_, key in keys:
            if _KEY.fullmatch(key):
                self._keys.setdefault(object_, key)
                self._keys_at.setdefault((object_, path), key)

    def key(self, object_: str) -> str | None:
        """The field by which paths name records of an object."""
        known = self.items.key(object_)
        each = self.view.objects.get(object_)
        return known or ("id" if each is not None and "id" in each.fields else None)

    def listed(self, endpoint: Endpoint) -> set[str]:
        """The objects of which an endpoint lists records."""
        bodies = (
            each.body for each in self.view.responses(endpoint) if each.is_success and each.body is not None
        )
        found = (record for body in bodies for record in records(self.view, body) if not record.is_single)
        return {record.field.object for record in found if record.field.object is not None}

    def _path(self, id_: str, endpoint: Endpoint) -> str:
        steps = endpoint.path.split("/")
        for end, step in enumerate(steps):
            match = PLACEHOLDER.fullmatch(step)
            if match is None:
                if PLACEHOLDER.search(step):
                    raise NotReachedError(f"nothing is known of `{step}`")
                continue
            object_ = self._object("/".join(endpoint.path.split("/")[: end + 1]))
            key = self._record(object_, "/".join(steps[:end])) if object_ is not None else None
            if key is None:
                raise NotReachedError(NO_RECORD)
            steps[end] = quote(key, safe="")
        path = "/".join(steps)
        self._check(id_, endpoint, path)
        return path

    def _check(self, id_: str, endpoint: Endpoint, path: str) -> None:
        """Refuses a path that other endpoints have too, since a record is called as they are."""
        others = {
            route.id
            for route in self._routes.find(self._routes.base + path)
            if path_shape(route.endpoint.path) != path_shape(endpoint.path)
        }
        if others:
            raise NotReachedError(f"the record that a list returned has a name that leads to {min(others)}")

    def _record(self, object_: str, path: str) -> str | None:
        return self._keys_at.get((object_, path)) or self._keys.get(object_)

    def _named(self, endpoint: Endpoint) -> Iterator[str]:
        """The objects whose records a path names."""
        steps = endpoint.path.split("/")
        for end, step in enumerate(steps, start=1):
            object_ = self._object("/".join(steps[:end])) if PLACEHOLDER.search(step) else None
            if object_ is not None:
                yield object_

    def _object(self, path: str) -> str | None:
        """The object whose record a path ends with: that of its endpoint, else of the list above it."""
        found = self.items.shapes.get(path_shape(path))
        if found is not None:
            return found[0]
        above = path_shape(path.rpartition("/")[0])
        listed = [
            self.listed(each) for each in self.view.endpoints.values() if path_shape(each.path) == above
        ]
        names = {name for each in listed for name in each}
        return names.pop() if len(names) == 1 else None


def _required(fields: Mapping[str, Field]) -> Iterator[tuple[str, str]]:
    """What must be sent besides, as the guide has it. Raises NotReachedError where it has no value."""
    for name, field in fields.items():
        if field.required:
            value = own_value(field)
            if not isinstance(value, Text):
                raise NotReachedError(f"`{name}` is required, and the guide has no value for it")
            yield str(name), str(value)
