"""What may differ between two releases, and what each difference means for clients of the older one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from apiguide.anchors import OBJECT, anchor
from apiguide.problems import Mark


class Kind(StrEnum):
    """What happened."""

    ADDED = "added"
    CHANGED = "changed"
    DEPRECATED = "deprecated"
    REMOVED = "removed"
    DOCUMENTED = "documented"
    """Known from here on; it may be older, so it is no news of the API."""


class Impact(StrEnum):
    """What it means for a client that worked with the older release."""

    BREAKING = "breaking"
    """A request that was valid, or a response that was relied on, may no longer be."""
    RISKY = "risky"
    """Careful clients are not affected; others may be."""
    SAFE = "safe"


@dataclass(frozen=True)
class Rule:
    """A kind of difference."""

    kind: Kind
    impact: Impact
    meaning: str
    """In a sentence, for the handbook."""


_A, _C, _R, _D = Kind.ADDED, Kind.CHANGED, Kind.REMOVED, Kind.DEPRECATED
_K = Kind.DOCUMENTED
_BREAKING, _RISKY, _SAFE = Impact.BREAKING, Impact.RISKY, Impact.SAFE

RULES = {
    "endpoint-removed": Rule(_R, _BREAKING, "An endpoint is gone."),
    "endpoint-moved": Rule(_C, _BREAKING, "An endpoint has another method or path."),
    "endpoint-added": Rule(_A, _SAFE, "An endpoint is new."),
    "resource-removed": Rule(_R, _BREAKING, "A resource is gone, with all of its endpoints."),
    "resource-added": Rule(_A, _SAFE, "A resource is new."),
    "format-removed": Rule(_R, _BREAKING, "An endpoint no longer speaks a format."),
    "format-added": Rule(_A, _SAFE, "An endpoint speaks one more format."),
    "permission-added": Rule(_C, _RISKY, "An endpoint needs one more permission."),
    "permission-removed": Rule(_C, _SAFE, "An endpoint needs a permission less."),
    "parameter-removed": Rule(_R, _BREAKING, "A parameter is gone, or has another name."),
    "parameter-required": Rule(_C, _BREAKING, "A parameter became required."),
    "required-parameter-added": Rule(_A, _BREAKING, "A required parameter is new."),
    "parameter-added": Rule(_A, _SAFE, "A parameter is new."),
    "parameter-optional": Rule(_C, _SAFE, "A parameter is no longer required."),
    "type-narrowed": Rule(_C, _BREAKING, "A parameter takes fewer types."),
    "type-widened": Rule(_C, _SAFE, "A parameter takes more types."),
    "range-narrowed": Rule(_C, _BREAKING, "A parameter's range, length or pattern allows less."),
    "range-widened": Rule(_C, _SAFE, "A parameter's range, length or pattern allows more."),
    "value-removed": Rule(_R, _BREAKING, "A parameter no longer takes a value."),
    "value-added": Rule(_A, _SAFE, "A parameter takes one more value."),
    "default-changed": Rule(_C, _RISKY, "Leaving a parameter out means something else."),
    "field-removed": Rule(_R, _BREAKING, "A response's field is gone, or has another name."),
    "field-added": Rule(_A, _SAFE, "A response has one more field."),
    "field-retyped": Rule(_C, _BREAKING, "A response's field has another type."),
    "field-optional": Rule(_C, _BREAKING, "A response's field is no longer always sent."),
    "field-required": Rule(_C, _SAFE, "A response's field is always sent now."),
    "field-nullable": Rule(_C, _RISKY, "A response's field may be null now."),
    "field-not-nullable": Rule(_C, _SAFE, "A response's field is never null now."),
    "response-value-added": Rule(_A, _RISKY, "A response's field has one more possible value."),
    "response-value-removed": Rule(_R, _SAFE, "A response's field no longer has a value."),
    "unit-changed": Rule(_C, _BREAKING, "A value has another unit."),
    "format-changed": Rule(_C, _RISKY, "A text has another format."),
    "form-changed": Rule(
        _C, _BREAKING, "XML or JSON write it otherwise: its element, its wrapping, its type there."
    ),
    "body-removed": Rule(_R, _BREAKING, "A status comes without a body."),
    "body-added": Rule(_A, _SAFE, "A status comes with a body."),
    "status-removed": Rule(_R, _BREAKING, "An endpoint no longer answers with a status."),
    "status-added": Rule(_A, _SAFE, "An endpoint answers with one more status that is an error."),
    "success-added": Rule(_A, _RISKY, "An endpoint answers with one more status that is a success."),
    "deprecated": Rule(_D, _SAFE, "Something should no longer be used."),
    "noted": Rule(_C, _RISKY, "Something works otherwise, as the writer says."),
    "resource-documented": Rule(_K, _SAFE, "A resource is known from this release on; it may be older."),
    "endpoint-documented": Rule(_K, _SAFE, "An endpoint is known from this release on; it may be older."),
    "permission-documented": Rule(
        _K, _SAFE, "That an endpoint needs a permission is known from this release on."
    ),
    "parameter-documented": Rule(_K, _SAFE, "A parameter is known from this release on; it may be older."),
    "field-documented": Rule(_K, _SAFE, "A response's field is known from this release on; it may be older."),
    "value-documented": Rule(_K, _SAFE, "A value of a parameter or field is known from this release on."),
    "status-documented": Rule(
        _K, _SAFE, "That an endpoint answers with a status is known from this release on."
    ),
    "object-added": Rule(_A, _SAFE, "A resource has one more object. Only its own page tells so."),
    "object-removed": Rule(_R, _SAFE, "A resource has an object less. Only its own page tells so."),
    "object-documented": Rule(_K, _SAFE, "An object is known from this release on. Only its page tells so."),
    "note-documented": Rule(_K, _SAFE, "A note is known from this release on. Only its page tells so."),
    "body-documented": Rule(_K, _SAFE, "The body of a response is known from this release on."),
}
"""The rules by their codes."""


@dataclass(frozen=True)
class Difference:
    """One thing that a client of the older release finds otherwise in the newer one."""

    code: str
    """The rule."""
    page: str
    """The resource or endpoint on whose page it stands."""
    names: tuple[str, ...]
    """The part of that page: its place and the names down to it; empty for the page as a whole."""
    text: str
    """What is otherwise, as one sentence of Markdown."""
    where: Mark
    """Where the part is declared."""
    note: str | None = None
    """What the guide's writer says of the change, as Markdown."""

    @property
    def rule(self) -> Rule:
        """What kind of difference it is."""
        return RULES[self.code]

    @property
    def kind(self) -> Kind:
        """What happened."""
        return self.rule.kind

    @property
    def impact(self) -> Impact:
        """What it means for clients."""
        return self.rule.impact

    @property
    def clause(self) -> str:
        """The text as the end of another sentence."""
        return f"{self.text[:1].lower()}{self.text[1:]}".rstrip(".")

    @property
    def anchor(self) -> str:
        """The anchor in the page; "" for the page as a whole."""
        return anchor(*self.names)

    @property
    def at(self) -> str:
        """Its place as exceptions and errata name it: `objects.OBJECT.FIELD`, `RESOURCE/ENDPOINT#ANCHOR`."""
        if self.names[:1] == (OBJECT,):
            return ".".join(("objects", *self.names[1:]))
        return f"{self.page}#{self.anchor}" if self.names else self.page

    def is_at(self, at: str) -> bool:
        """Whether it is the part that guide.yaml names, or inside it."""
        return self.at == at or self.at.startswith((f"{at}.", f"{at}-", f"{at}#"))
