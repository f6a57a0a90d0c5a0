"""What requests have created, changed and deleted, in memory; it begins with the records of the examples."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from apiguide.examples.envelopes import Record, records
from apiguide.examples.values import Values
from apiguide.mock.answers import Answer, Sent, answer, laid_at, node_of, record_of
from apiguide.mock.judge import NOWHERE
from apiguide.mock.routes import Route, shape
from apiguide.model import Endpoint, Field
from apiguide.model.endpoint import PLACEHOLDER
from apiguide.view import GuideView, ResolvedResponse
from apiguide.yaml_source import Map, Seq, Text

_NOTHING = Sent(*(Map.make({}, NOWHERE) for _ in range(5)))
_PAGE, _SIZES = "page", ("per_page", "page_size", "limit", "size")


class _Items(NamedTuple):
    """The records at paths of one shape, `/books/:`."""

    object: str
    key: str
    """The field by which a path names a record."""


class Store:
    """The records of a release, by their objects."""

    def __init__(self, view: GuideView) -> None:
        self.view = view
        self._records: dict[str, dict[str, Map]] = {}
        self._items = dict(self._shapes())
        for each in view.endpoints.values():
            if each.method == "GET":
                self._seed(each)

    def answer(self, route: Route, sent: Sent) -> Answer:
        """The answer to a valid request, after it has done what it asks for."""
        endpoint = route.endpoint
        if not self._is_there(route):
            return Answer("404")
        plain = answer(self.view, endpoint, sent)
        response = self._success(endpoint, plain.status)
        own = self._items.get(shape(endpoint.path))
        if endpoint.method == "DELETE" and own is not None:
            self._records[own.object].pop(_last(route), None)
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
        key = next((each.key for each in self._items.values() if each.object == object_), None)
        items = self._items.get(shape(endpoint.path) + "/:")
        if endpoint.method == "POST" and items is not None and items.object == object_ and key is not None:
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

    # Paths

    def _is_there(self, route: Route) -> bool:
        """Whether the records are there that a path names."""
        steps = route.endpoint.path.split("/")
        for end in range(1, len(steps) + 1):
            items = self._items.get(shape("/".join(steps[:end])))
            match = PLACEHOLDER.fullmatch(steps[end - 1])
            if items is not None and match is not None:
                held = self._records.get(items.object)
                if held is not None and route.values[match[1]] not in held:
                    return False
        return True

    def _named(self, route: Route, object_: str) -> str | None:
        """The key of the record of an object that a path names last."""
        steps = route.endpoint.path.split("/")
        for end in range(len(steps), 0, -1):
            items = self._items.get(shape("/".join(steps[:end])))
            match = PLACEHOLDER.fullmatch(steps[end - 1])
            if items is not None and match is not None and items.object == object_:
                value = route.values[match[1]]
                return value if value in self._records.get(object_, {}) else None
        return None

    def _shapes(self) -> Iterator[tuple[str, _Items]]:
        """The shapes of paths that name a record, with what they name."""
        for endpoint in sorted(self.view.endpoints.values(), key=lambda each: each.method == "GET"):
            match = PLACEHOLDER.fullmatch(endpoint.path.rpartition("/")[2])
            object_ = self._object(endpoint)
            if match is not None and object_ is not None:
                fields = self.view.objects[object_].fields
                key = next((name for name in (match[1], "id") if name in fields), None)
                if key is not None:
                    yield shape(endpoint.path), _Items(object_, key)

    def _object(self, endpoint: Endpoint) -> str | None:
        """The object of the record that an endpoint returns, or sends."""
        response = self._success(endpoint)
        record = record_of(self.view, response.body) if response is not None and response.body else None
        sent = [field.object for field in endpoint.parameters.body.values() if field.object]
        found = record.field.object if record is not None else next(iter(sent), None)
        return found if found in self.view.objects else None

    def _success(self, endpoint: Endpoint, status: str | None = None) -> ResolvedResponse | None:
        """The response with a status, else the first success with a body."""
        responses = [each for each in self.view.responses(endpoint) if each.is_success]
        if status is not None:
            return next((each for each in responses if each.status == status), None)
        return next((each for each in responses if each.body is not None), None)

    def _seed(self, endpoint: Endpoint) -> None:
        """Takes the records of an endpoint's examples."""
        response = self._success(endpoint)
        if response is None or response.body is None:
            return
        for example in endpoint.examples or (None,):
            sent = _NOTHING
            if example is not None:
                sent = Sent(*(Map.make(dict(example.parameters.location(n)), NOWHERE) for n in _PLACES))
            tree = answer(self.view, endpoint, sent).tree
            if tree is None:
                continue
            node = node_of(tree)
            for record in records(self.view, response.body):
                object_ = record.field.object
                key = next((each.key for each in self._items.values() if each.object == object_), None)
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
