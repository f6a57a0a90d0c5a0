"""Which endpoints can be asked, in which order, and which records their paths name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from apiguide.examples.envelopes import records
from apiguide.examples.values import own_value
from apiguide.mock.items import Items
from apiguide.mock.routes import shape
from apiguide.model import Endpoint
from apiguide.model.endpoint import PLACEHOLDER
from apiguide.yaml_source import Text


class NotReachedError(Exception):
    """Why an endpoint is not asked."""


class Walk:
    """The way through the endpoints of a release: lists come before what needs their records."""

    def __init__(self, items: Items, allowed: Iterable[str] = ()) -> None:
        self.items = items
        self.view = items.view
        self.allowed = frozenset(allowed)
        self._ids: dict[str, str] = {}
        """A record of each object that came in a list, by its key."""

    def endpoints(self) -> Iterator[tuple[str, Endpoint]]:
        """All endpoints: those with the fewest placeholders first, and of these lists first."""
        lists = {id_: self._is_list(each) for id_, each in self.view.endpoints.items()}
        yield from sorted(
            self.view.endpoints.items(),
            key=lambda pair: (len(pair[1].placeholders), not lists[pair[0]], pair[0]),
        )

    def target(self, id_: str, endpoint: Endpoint) -> tuple[str, list[tuple[str, str]]]:
        """Path and query for a request. Raises NotReachedError where it cannot or must not be sent."""
        if not endpoint.is_safe and id_ not in self.allowed:
            raise NotReachedError("it is not safe")
        if endpoint.parameters.body and any(field.required for field in endpoint.parameters.body.values()):
            raise NotReachedError("it needs a body")
        steps = endpoint.path.split("/")
        for end, step in enumerate(steps, start=1):
            match = PLACEHOLDER.fullmatch(step)
            if match is None:
                if PLACEHOLDER.search(step):
                    raise NotReachedError(f"nothing is known of `{step}`")
                continue
            found = self.items.shapes.get(shape("/".join(endpoint.path.split("/")[:end])))
            value = self._ids.get(found[0]) if found is not None else None
            if value is None:
                raise NotReachedError(f"no list returned a record for `:{match[1]}`")
            steps[end - 1] = quote(value, safe="")
        query = []
        for name, field in endpoint.parameters.query.items():
            if field.required:
                value_of = own_value(field)
                if not isinstance(value_of, Text):
                    raise NotReachedError(f"`{name}` is required and has no example")
                query.append((str(name), str(value_of)))
        return "/".join(steps), query

    def learn(self, keys: Iterable[tuple[str, str]]) -> None:
        """Remembers the keys of records that came, by their objects; the first of each is asked for."""
        for object_, key in keys:
            self._ids.setdefault(object_, key)

    def _is_list(self, endpoint: Endpoint) -> bool:
        bodies = (
            each.body for each in self.view.responses(endpoint) if each.is_success and each.body is not None
        )
        return any(not record.is_single for body in bodies for record in records(self.view, body))
