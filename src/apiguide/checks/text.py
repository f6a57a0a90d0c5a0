"""Rules of text: what is missing or poor in descriptions and examples. These are debt: warnings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from apiguide.checks.parts import mark_of
from apiguide.examples.values import own_value
from apiguide.model import PLACES, Field, Guide
from apiguide.problems import Mark, Problem, Severity
from apiguide.view import GuideView
from apiguide.yaml_source import FrozenDict


def check(guide: Guide) -> Iterator[Problem]:
    """Calls, resources and objects' fields without a description, and calls not known in detail."""
    for resource in guide.resources.values():
        if resource.description is None:
            yield _missing(f"the resource `{resource.title}`", mark_of(resource.title))
    for endpoint in guide.endpoints.values():
        if endpoint.description is None:
            yield _missing(f"the call `{endpoint.title}`", mark_of(endpoint.title))
        for gap in endpoint.incomplete or ():
            message = (
                f"the {gap} of `{endpoint.title}` {'is' if gap == 'reply' else 'are'} not known in detail"
            )
            yield _debt("incomplete", message, mark_of(gap), "find out, and delete it here")
    for _, name, each in guide.declared_objects():
        for field_name, field in each.fields.items():
            if field.description is None and each.extends is None:
                yield _missing(f"the field `{field_name}` of `{name}`", mark_of(field_name))


def check_shown(guide: Guide, view: GuideView) -> Iterator[Problem]:
    """Parameters and inner fields of a release without a description, and values that nobody has stated."""
    shown = _Shown(view)
    for id_, endpoint in view.endpoints.items():
        stated = (*guide.endpoints[id_].parameters.path, *guide.resources[id_.partition("/")[0]].parameters)
        for place in PLACES:
            fields = endpoint.parameters.place(place)
            if place == "path":
                # These are called after the placeholders, which have no places of their own.
                fields = FrozenDict({name: fields[name] for name in stated if name in fields})
            yield from shown.fields(fields, "parameter")
        for response in endpoint.responses.values():
            if response is not None and response.body is not None:
                yield from shown.inside(response.body, "field")
    for each in view.objects.values():
        for name, field in each.fields.items():
            yield from shown.made_up(name, field)
            yield from shown.inside(field, "field")


class _Shown:
    """What a release shows of fields."""

    def __init__(self, view: GuideView) -> None:
        self.view = view

    def fields(
        self, fields: Mapping[str, Field], what: str, object_name: str | None = None
    ) -> Iterator[Problem]:
        """Problems of named fields; those that are taken from an object are that object's."""
        holder = self.view.objects.get(object_name or "")
        taken = holder.fields if holder is not None else {}
        for name, field in fields.items():
            if name in taken:
                continue
            if field.description is None and field.object is None and field.fields is None:
                yield _missing(f"the {what} `{name}`", mark_of(name))
            yield from self.made_up(name, field)
            yield from self.inside(field, what)

    def inside(self, field: Field, what: str) -> Iterator[Problem]:
        """Problems of the fields inside a field."""
        for held in (field, field.items, field.additional_fields):
            if held is not None and held.fields is not None:
                yield from self.fields(held.fields, what, held.object)

    @staticmethod
    def made_up(name: str, field: Field) -> Iterator[Problem]:
        """A single value that is made by type since nobody has stated one."""
        item = field.items if field.items is not None and own_value(field) is None else field
        if own_value(item) is None and not item.is_object and not item.is_array:
            message = f"nobody has stated a value of `{name}`, so examples show one that is made up"
            yield _debt("no-example", message, mark_of(name), "add `example: …`")


def _missing(what: str, mark: Mark) -> Problem:
    return _debt("no-description", f"{what} has no description", mark, "add `description: …`")


def _debt(code: str, message: str, mark: Mark, hint: str) -> Problem:
    return Problem(code, message, mark, hint, Severity.WARNING)
