"""Which paths name a record, and of which object: what the values in a path are about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from apiguide.examples.envelopes import Record, records
from apiguide.model import Endpoint, Field
from apiguide.model.endpoint import PLACEHOLDER, path_shape
from apiguide.view import GuideView, ResolvedResponse


class Named(NamedTuple):
    """A record that a path names."""

    object: str
    key: str
    """The field by which paths name records of the object."""
    value: str


class Items:
    """The records that the paths of a release name."""

    def __init__(self, view: GuideView) -> None:
        self.view = view

    @cached_property
    def shapes(self) -> Mapping[str, tuple[str, str]]:
        """The object and its key by the shapes of paths to its records, such as `/books/:`."""
        return dict(self._shapes())

    def key(self, object_: str) -> str | None:
        """The field by which paths name records of an object."""
        return next((key for name, key in self.shapes.values() if name == object_), None)

    def named(self, endpoint: Endpoint, values: Mapping[str, str]) -> Iterator[Named]:
        """The records that a path names, from the left."""
        steps = endpoint.path.split("/")
        for end, step in enumerate(steps, start=1):
            found, match = self.shapes.get(path_shape("/".join(steps[:end]))), PLACEHOLDER.fullmatch(step)
            if found is not None and match is not None and match[1] in values:
                yield Named(*found, values[match[1]])

    def _shapes(self) -> Iterator[tuple[str, tuple[str, str]]]:
        for endpoint in sorted(self.view.endpoints.values(), key=lambda each: each.method == "GET"):
            match = PLACEHOLDER.fullmatch(endpoint.path.rpartition("/")[2])
            object_ = self._object(endpoint)
            if match is not None and object_ is not None:
                fields = self.view.objects[object_].fields
                key = next((name for name in (match[1], "id") if name in fields), None)
                if key is not None:
                    yield path_shape(endpoint.path), (object_, key)

    def _object(self, endpoint: Endpoint) -> str | None:
        """The object of the record that an endpoint returns, or sends."""
        response = success(self.view, endpoint)
        record = record_of(self.view, response.body) if response is not None and response.body else None
        sent = [field.object for field in endpoint.parameters.body.values() if field.object]
        found = record.field.object if record is not None else next(iter(sent), None)
        return found if found in self.view.objects else None


def success(view: GuideView, endpoint: Endpoint) -> ResolvedResponse | None:
    """The first response of success that has a body."""
    return next(
        (each for each in view.responses(endpoint) if each.is_success and each.body is not None), None
    )


def record_of(view: GuideView, body: Field) -> Record | None:
    """The one object that a response is about; None where it lists, or tells of several."""
    found = [each for each in records(view, body) if each.is_single]
    return found[0] if len(found) == 1 else None
