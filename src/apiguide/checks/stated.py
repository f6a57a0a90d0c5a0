"""All rules that look at a guide as its files state it, in every release at once, but for `rules.ignore`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from apiguide.checks.names.spelling import check_spelling
from apiguide.checks.references.fields import Fields, check_duplicate_objects, check_unused_objects
from apiguide.checks.references.symbols import Symbols
from apiguide.checks.references.uses import check_uses
from apiguide.checks.requests.endpoints import check_requests, check_status_body
from apiguide.checks.settings.guide_file import check_settings
from apiguide.checks.time.lifespans import check_lifespans
from apiguide.checks.values import check_formats, check_patterns
from apiguide.model import Guide, Part, Resource
from apiguide.model.forms import forms
from apiguide.problems import Problem, mark_of


def check_stated(guide: Guide, lost: frozenset[str] = frozenset()) -> Iterator[Problem]:
    """Problems of the guide as its files state it.

    `lost` are the paths of files with errors of their own, of which what they would declare may be missing.
    """
    for task in tasks(guide, Symbols(guide, lost)):
        yield from task()


def tasks(guide: Guide, symbols: Symbols) -> tuple[Callable[[], Iterator[Problem]], ...]:
    """The rules in parts that know nothing of each other, the longest first."""
    return (
        partial(check_requests, guide, symbols),
        partial(check_lifespans, guide),
        partial(_fields, guide, symbols),
        partial(check_settings, guide, symbols),
        partial(check_duplicate_objects, guide),
        partial(check_unused_objects, guide, symbols),
        partial(check_spelling, guide),
        partial(check_uses, guide.parts, symbols),
        partial(check_forms, guide.parts),
        partial(check_patterns, guide.parts),
        partial(check_formats, guide.parts),
    )


def _fields(guide: Guide, symbols: Symbols) -> Iterator[Problem]:
    """Objects, and the fields that belong to no endpoint."""
    rules = Fields(symbols, xml="xml" in guide.settings.formats)
    for code, status in guide.settings.statuses.items():
        if status.body is not None:
            yield from rules.field(status.body, mark_of(code))
            yield from check_status_body(code, code)
    yield from rules.named(guide.settings.paging, "query")
    for name, each in guide.settings.objects.items():
        yield from rules.object(name, each)
    yield from check_resources(guide, guide.resources.values(), symbols)


def check_resources(guide: Guide, resources: Iterable[Resource], symbols: Symbols) -> Iterator[Problem]:
    """Objects of resources, and the parameters of their paths."""
    rules = Fields(symbols, xml="xml" in guide.settings.formats)
    for resource in resources:
        for name, each in resource.objects.items():
            yield from rules.object(name, each)
        yield from rules.named(resource.parameters, "path")


def check_forms(parts: Iterable[Part]) -> Iterator[Problem]:
    """Texts have the forms that the model names."""
    for part in parts:
        for key, form in forms(type(part)):
            held = getattr(part, key)
            for text in (held,) if isinstance(held, str) else held or ():
                if not form.pattern.match(text):
                    yield form.problem(text)
