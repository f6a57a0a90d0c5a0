"""What requests have created, changed and deleted, in memory; it begins with the records of the examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from apiguide.examples.envelopes import records
from apiguide.examples.values import Values
from apiguide.mock.answers import Answer, Sent, answer, laid_at, node_of
from apiguide.mock.items import Items, record_of, success
from apiguide.mock.judge import NOWHERE
from apiguide.mock.records import ALIASES, Records
from apiguide.mock.routes import Route
from apiguide.model import LOCATIONS, Endpoint, Field
from apiguide.model.endpoint import path_shape
from apiguide.yaml_source import Map, Seq

_PAGE, _SIZES = "page", ("per_page", "page_size", "limit", "size")


class Store:
    """The records of a release, by their objects."""

    def __init__(self, items: Items) -> None:
        self.items = items
        self.view = view = items.view
        self._records: dict[str, Records] = {}
        for each in view.endpoints.values():
            if each.method == "GET":
                self._seed(each)

    def answer(self, route: Route, sent: Sent) -> Answer:
        """The answer to a valid request, after it has done what it asks for."""
        endpoint = route.endpoint
        named = [(each.object, self._named(each.object, each.value)) for each in self._known(route)]
        if any(record is None for _, record in named):
            return Answer("404")
        object_, record = named[-1] if named else (None, None)
        plain = answer(self.items, endpoint, sent)
        if object_ is not None and record is not None:
            record = self._changed(endpoint, object_, record, sent)
        body = next(
            (each.body for each in self.view.responses(endpoint) if each.status == plain.status), None
        )
        if body is None or plain.tree is None:
            return plain
        returned = record_of(self.view, body)
        if returned is None:
            return self._listed(route, sent, plain, body)
        path = tuple(map(str, returned.path))
        node = node_of(plain.tree)
        if self._creates(endpoint, returned.field.object):
            record = self._records_of(str(returned.field.object)).add(_at(node, path))
        elif returned.field.object != object_:
            return plain
        return replace(plain, tree=self._tree(body, laid_at(node, path, record or {}, over=True)))

    def _changed(self, endpoint: Endpoint, object_: str, record: Map, sent: Sent) -> Map:
        """The record that a path names, after a request has deleted or changed it."""
        held = self._records_of(object_)
        if endpoint.method == "DELETE" and path_shape(endpoint.path) in self.items.shapes:
            held.remove(record)
        elif endpoint.method != "GET" and (changes := dict(self._sent_fields(endpoint, object_, sent))):
            names = (held.key, *ALIASES)
            changes = {name: value for name, value in changes.items() if name not in names}
            record = Map.make({**record, **changes}, NOWHERE)
            held.keep(record)
        return record

    def _sent_fields(self, endpoint: Endpoint, object_: str, sent: Sent) -> Iterator[tuple[Any, Any]]:
        """What a request sends of a record's fields."""
        fields = self.view.objects[object_].fields
        for name, value in sent.body.items():
            field = endpoint.parameters.body.get(name)
            if field is not None and field.object == object_ and isinstance(value, Map):
                yield from ((key, each) for key, each in value.items() if key in fields)
            elif name in fields and not isinstance(value, Map):
                yield name, value

    def _creates(self, endpoint: Endpoint, object_: str | None) -> bool:
        """Whether an endpoint creates a record: it is POST on the path below which records are."""
        below = self.items.shapes.get(f"{path_shape(endpoint.path)}/:")
        return endpoint.method == "POST" and below is not None and below[0] == object_

    def _listed(self, route: Route, sent: Sent, plain: Answer, body: Field) -> Answer:
        """A list of records, where the response is a list of an object that the store knows."""
        for each in records(self.view, body):
            object_ = each.field.object
            if each.is_single or object_ is None or object_ not in self._records or None in each.path:
                continue
            members = self.view.members(each.field) or {}
            parents = {name: value for name, value in route.values.items() if name in members}
            found = [
                record
                for record in self._records[object_].all()
                if all(str(record.get(name, value)) == value for name, value in parents.items())
            ]
            node: Any = Seq.make(_page(found, route.endpoint, sent), NOWHERE)
            path = tuple(map(str, each.path))
            if path:
                assert plain.tree is not None, "the response has a body"
                node = laid_at(node_of(plain.tree), path[:-1], {path[-1]: node}, over=True)
            return replace(plain, tree=self._tree(body, node))
        return plain

    def _tree(self, body: Field, node: Any) -> Any:
        return Values(self.view).of(body, node, all_fields=True, name="body")

    def _known(self, route: Route) -> Iterator[Any]:
        """The records that a path names, of objects of which there are records."""
        named = self.items.named(route.endpoint, route.values)
        yield from (each for each in named if each.object in self._records)

    def _named(self, object_: str, value: str) -> Map | None:
        return self._records[object_].get(value)

    def _records_of(self, object_: str) -> Records:
        if object_ not in self._records:
            key = self.items.key(object_)
            assert key is not None, "it has a path of its own"
            self._records[object_] = Records(self.view.objects[object_], key)
        return self._records[object_]

    def _seed(self, endpoint: Endpoint) -> None:
        """Takes the records of an endpoint's examples."""
        response = success(self.view, endpoint)
        if response is None or response.body is None:
            return
        for example in endpoint.examples or (None,):
            stated: Mapping[str, Any] = (
                {name: example.parameters.location(name) for name in LOCATIONS} if example else {}
            )
            sent = Sent(**{name: Map.make(dict(stated.get(name, {})), NOWHERE) for name in LOCATIONS})
            tree = answer(self.items, endpoint, sent).tree
            if tree is None:
                continue
            for record in records(self.view, response.body):
                object_ = record.field.object
                if object_ is None or self.items.key(object_) is None or None in record.path:
                    continue
                found = _at(node_of(tree), tuple(map(str, record.path)))
                for each in found if isinstance(found, Seq) else [found]:
                    if isinstance(each, Map):
                        self._records_of(object_).keep_first(each)


def _at(node: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        node = node.get(name) if isinstance(node, Map) else None
    return Map.make({}, NOWHERE) if node is None else node


def _page(found: list[Map], endpoint: Endpoint, sent: Sent) -> list[Map]:
    """The records of the page that a request asks for, where the endpoint has pages."""
    query = sent.query
    size = next((int(str(query[name])) for name in _SIZES if str(query.get(name, "")).isdigit()), None)
    if not endpoint.paging or size is None:
        return found
    number = str(query.get(_PAGE, "1"))
    first = (max(int(number), 1) - 1) * size if number.isdigit() else 0
    return found[first : first + size]
