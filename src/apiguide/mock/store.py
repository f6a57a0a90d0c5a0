"""What requests have created, changed and deleted, in memory; it begins with the records of the examples."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from apiguide.examples.envelopes import Record, records
from apiguide.examples.values import Values
from apiguide.mock.answers import Answer, Sent, answer, laid_at, node_of
from apiguide.mock.items import Items, record_of, success
from apiguide.mock.judge import NOWHERE
from apiguide.mock.routes import Route, shape
from apiguide.model import Endpoint, Field
from apiguide.model.endpoint import PLACEHOLDER
from apiguide.yaml_source import Map, Seq, Text

_NOTHING = Sent(*(Map.make({}, NOWHERE) for _ in range(5)))
_PAGE, _SIZES = "page", ("per_page", "page_size", "limit", "size")


class Store:
    """The records of a release, by their objects."""

    def __init__(self, items: Items) -> None:
        self.items = items
        self.view = view = items.view
        self._records: dict[str, dict[str, Map]] = {}
        for each in view.endpoints.values():
            if each.method == "GET":
                self._seed(each)

    def answer(self, route: Route, sent: Sent) -> Answer:
        """The answer to a valid request, after it has done what it asks for."""
        endpoint = route.endpoint
        if not self._is_there(route):
            return Answer("404")
        plain = answer(self.items, endpoint, sent)
        response = next((e for e in self.view.responses(endpoint) if e.status == plain.status), None)
        own = self.items.shapes.get(shape(endpoint.path))
        if endpoint.method == "DELETE" and own is not None:
            self._records.get(own[0], {}).pop(_last(route), None)
            return plain
        if response is None or response.body is None or plain.tree is None:
            return plain
        record = record_of(self.view, response.body)
        if record is not None and record.field.object:
            return self._one(route, sent, plain, response.body, record)
        return self._many(route, sent, plain, response.body)

    # Records

    def _one(self, route: Route, sent: Sent, plain: Answer, body: Field, record: Record) -> Answer:
        endpoint, tree, object_ = route.endpoint, plain.tree, record.field.object
        assert tree is not None, "the response has a body"
        assert object_ is not None, "it is about an object"
        path = tuple(map(str, record.path))
        node = node_of(tree)
        made = _at(node, path)
        held = self._records.setdefault(object_, {})
        key = self.items.key(object_)
        items = self.items.shapes.get(f"{shape(endpoint.path)}/:")
        if endpoint.method == "POST" and items is not None and items[0] == object_ and key is not None:
            new = self._new_key(object_, key)
            made = Map.make({**made, Text.make(key, NOWHERE): new}, NOWHERE)
            held[str(new)] = made
        elif (name := self._named(route, object_)) is not None:
            former = held[name]
            changed = self._changes(endpoint, sent, object_) if endpoint.method != "GET" else {}
            made = Map.make({**former, **changed}, NOWHERE)
            held[name] = made
        return Answer(plain.status, self._tree(body, laid_at(node, path, made, over=True)))

    def _many(self, route: Route, sent: Sent, plain: Answer, body: Field) -> Answer:
        """A list of records, where the response is a list of an object that the store knows."""
        for record in records(self.view, body):
            object_ = record.field.object
            if record.is_single or object_ is None or object_ not in self._records or None in record.path:
                continue
            members = self.view.members(record.field) or {}
            parents = {name: value for name, value in route.values.items() if name in members}
            found = [
                each
                for each in self._records[object_].values()
                if all(str(each.get(name, value)) == value for name, value in parents.items())
            ]
            listed = Seq.make(_page(found, route.endpoint, sent), NOWHERE)
            path = tuple(map(str, record.path))
            node: Any = listed
            if path:
                assert plain.tree is not None, "the response has a body"
                node = laid_at(node_of(plain.tree), path[:-1], {path[-1]: listed}, over=True)
            return Answer(plain.status, self._tree(body, node))
        return plain

    def _tree(self, body: Field, node: Any) -> Any:
        return Values(self.view).of(body, node, all_fields=True, name="body")

    def _changes(self, endpoint: Endpoint, sent: Sent, object_: str) -> Mapping[Any, Any]:
        """What a request sends of a record's fields."""
        fields = self.view.objects[object_].fields
        for name, value in sent.body.items():
            field = endpoint.parameters.body.get(name)
            if field is not None and field.object == object_ and isinstance(value, Map):
                return {key: each for key, each in value.items() if key in fields}
        return {}

    def _new_key(self, object_: str, key: str) -> Text:
        held = self._records.get(object_, {})
        numbers = [int(name) for name in held if name.isdigit()]
        field = self.view.objects[object_].fields.get(key)
        if field is None or not field.type or "integer" in field.type:
            return Text.make(str(max(numbers, default=0) + 1), NOWHERE)
        sample = next(iter(held), "0" * 12)
        digest = hashlib.sha256(f"{object_} {len(held)} {sample}".encode()).hexdigest()
        return Text.make(digest[: max(8, min(len(sample), 32))], NOWHERE, plain=False)

    def _is_there(self, route: Route) -> bool:
        """Whether the records are there that a path names."""
        named = self.items.named(route.endpoint, route.values)
        return all(
            each.object not in self._records or each.value in self._records[each.object] for each in named
        )

    def _named(self, route: Route, object_: str) -> str | None:
        """The key of the record of an object that a path names last."""
        named = [
            each.value for each in self.items.named(route.endpoint, route.values) if each.object == object_
        ]
        return named[-1] if named and named[-1] in self._records.get(object_, {}) else None

    def _seed(self, endpoint: Endpoint) -> None:
        """Takes the records of an endpoint's examples."""
        response = success(self.view, endpoint)
        if response is None or response.body is None:
            return
        for example in endpoint.examples or (None,):
            sent = _NOTHING
            if example is not None:
                sent = Sent(*(Map.make(dict(example.parameters.location(n)), NOWHERE) for n in _PLACES))
            tree = answer(self.items, endpoint, sent).tree
            if tree is None:
                continue
            node = node_of(tree)
            for record in records(self.view, response.body):
                object_ = record.field.object
                key = self.items.key(object_) if object_ is not None else None
                if object_ is None or key is None or None in record.path:
                    continue
                found = _at(node, tuple(map(str, record.path)))
                for each in found if isinstance(found, Seq) else [found]:
                    if isinstance(each, Map) and isinstance(each.get(key), Text):
                        self._records.setdefault(object_, {}).setdefault(str(each[key]), each)


_PLACES = ("path", "query", "header", "cookie", "body")


def _at(node: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        node = node.get(name) if isinstance(node, Map) else None
    return Map.make({}, NOWHERE) if node is None else node


def _last(route: Route) -> str:
    return route.values[PLACEHOLDER.findall(route.endpoint.path)[-1]]


def _page(found: list[Map], endpoint: Endpoint, sent: Sent) -> list[Map]:
    """The records of the page that a request asks for, where the endpoint has pages."""
    query = sent.query
    size = next(
        (int(str(query[name])) for name in _SIZES if name in query and str(query[name]).isdigit()), None
    )
    if not endpoint.paging or size is None:
        return found
    number = str(query.get(_PAGE, "1"))
    first = (max(int(number), 1) - 1) * size if number.isdigit() else 0
    return found[first : first + size]
