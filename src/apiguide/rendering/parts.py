"""The parts of a page, as plain values for the templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from apiguide.proof_record import digest
from apiguide.rendering.rows import Badge, FieldRow

FILTERED = 16
"""A list with as many rows has a box that filters it."""
SWITCHED = 8
"""A list with as many rows has a switch that shows the required ones alone."""
TABS = 20
"""More tabs than these no stylesheet of Material can open."""
FOLDED = 12
"""An example with more lines is folded where there is little room."""


@dataclass(frozen=True)
class Admonition:
    """A message in a box: `kind` is info, note or warning."""

    kind: str
    html: Markup
    badges: tuple[Badge, ...] = ()


@dataclass(frozen=True)
class Code:
    """Highlighted code in one format, or why there is none."""

    label: str
    language: str
    html: Markup | None
    reason: str | None = None
    lacks: str | None = None
    """What is not as it seems, said before the code."""
    text: str = field(default="", compare=False)
    """The code itself."""

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return self.html.count("\n") + 1 if self.html is not None else 0

    @property
    def is_long(self) -> bool:
        """Whether it is folded where there is little room."""
        return self.lines > FOLDED


def first_shown(codes: Sequence[Code]) -> int:
    """The place of the code that is shown at first: the first that there is."""
    return next((location for location, code in enumerate(codes) if code.html is not None), 0)


@dataclass(frozen=True)
class Fields:
    """A list of fields under a heading."""

    title: str
    anchor: str
    rows: tuple[FieldRow, ...]
    object: str | None = None
    object_href: str | None = None
    is_folded: bool = False

    @property
    def count(self) -> int:
        """How many there are, without those inside others."""
        return sum(not row.level for row in self.rows)

    @property
    def has_filter(self) -> bool:
        """Whether a reader may want to look for one by its name."""
        return len(self.rows) >= FILTERED

    @property
    def has_switch(self) -> bool:
        """Whether a reader may want to see the required ones alone."""
        needed = sum(row.is_needed for row in self.rows)
        return len(self.rows) >= SWITCHED and 0 < needed < len(self.rows)


@dataclass(frozen=True)
class ResponseCode:
    """An example response."""

    status: str
    title: str
    codes: tuple[Code, ...]
    """Its body in each format; none where it has no body."""
    shown: int = 0
    """How many fields of a long object are shown; 0 where nothing is left out."""
    of: int = 0
    """How many fields the object has."""
    href: str | None = None
    """Where all of them are listed."""

    def answer(self, at: int) -> tuple[str, str, str]:
        """Its status, and what is shown below it in the format at a place: language and text."""
        code = self.codes[at] if self.codes else None
        if code is None or code.html is None:
            return self.status, "", ""
        return self.status, code.language, code.text


@dataclass(frozen=True)
class ResponsePart:
    """A status and what comes with it."""

    status: str
    title: str
    description: Markup | None
    """None where nothing is said that is not true of the status wherever it comes."""
    href: str | None
    """Where the guide says what the status means."""
    fields: Fields | None
    holds: str | None
    """What the body is, in words: `a list of`, or None."""
    value: FieldRow | None = None
    """The body as a whole, where more is to be said than that it is an object or a list of objects."""
    is_lost: bool = False
    badges: tuple[Badge, ...] = ()
    has_body: bool = False
    example: ResponseCode | None = None
    """Its body, where none of the endpoint's examples shows it."""


@dataclass(frozen=True)
class ExamplePart:
    """An example request in each format, and the responses to it."""

    title: str | None
    description: Markup | None
    requests: tuple[Code, ...]
    responses: tuple[ResponseCode, ...]

    @property
    def formats(self) -> list[str]:
        """What the formats are called."""
        return [code.label for code in self.requests]

    @property
    def shown(self) -> int:
        """The place of the format that is shown at first: one that can carry the request."""
        return first_shown(self.requests)

    @property
    def digests(self) -> tuple[str, ...]:
        """Those of its curl lines, by which a record says that they have been run."""
        return tuple(
            digest(request.text, [response.answer(at) for response in self.responses])
            for at, request in enumerate(self.requests)
            if request.html is not None
        )


@dataclass(frozen=True)
class Permission:
    """A permission that an endpoint needs."""

    name: str
    description: Markup | None
    badges: tuple[Badge, ...]
