"""What deprecated parts name to be used instead: an endpoint, a parameter or field beside them, or a text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from apiguide.checks.parts import file_of
from apiguide.checks.references.symbols import Symbols, UnknownField
from apiguide.docs_macros import UnknownEndpoint
from apiguide.model import Deprecation, Endpoint, Field, Part, Resource
from apiguide.problems import Problem, did_you_mean, mark_of

_ID = re.compile(r"[a-z0-9_-]+/[a-z0-9_-]+\Z")
"""How an endpoint is named; `use` may be words as well."""
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*\Z")
"""How a field or a resource is named."""


def check_uses(parts: Iterable[Part], symbols: Symbols) -> Iterator[Problem]:
    """An endpoint or a resource that is named as what to use instead is there."""
    for part in parts:
        if isinstance(part, Deprecation) and part.use is not None:
            page = part.use.partition("#")[0]
            if _ID.match(page) and symbols.page(page.partition("/")[0]) and not symbols.page(page):
                hint = did_you_mean(page, symbols.guide.endpoints)
                message = f"there is no endpoint `{page}`"
                yield UnknownEndpoint.at(mark_of(part.use), message, hint or f"write {file_of(page)}")
        elif isinstance(part, Endpoint | Resource) and part.deprecated is not None:
            use = part.deprecated.use
            if use is not None and _NAME.match(use) and not symbols.page(use):
                names = [*symbols.guide.endpoints, *symbols.guide.resources]
                hint = did_you_mean(use, names) or "write `RESOURCE/ENDPOINT`, or a sentence"
                yield UnknownEndpoint.at(mark_of(use), f"there is no endpoint `{use}`", hint)


def check_used_field(field: Field, siblings: Collection[str], symbols: Symbols) -> Iterator[Problem]:
    """A field that is named as what to use instead of another is one of those beside it."""
    use = field.deprecated.use if field.deprecated is not None else None
    if (
        use is not None
        and _NAME.match(use)
        and use.partition(".")[0] not in siblings
        and not symbols.page(use)
    ):
        hint = did_you_mean(use, siblings) or "name a field beside it, or an endpoint, or write a sentence"
        yield UnknownField.at(mark_of(use), f"there is no field `{use}` to use instead", hint)
