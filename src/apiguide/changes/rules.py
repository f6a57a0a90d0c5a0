"""What may differ between two releases, and what each difference means for clients of the older one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from apiguide.anchors import OBJECT, anchor
from apiguide.problems import Mark
from apiguide.texts import Said, Texts, english


class Kind(StrEnum):
    """What happened."""

    ADDED = "added"
    CHANGED = "changed"
    DEPRECATED = "deprecated"
    REMOVED = "removed"
    DOCUMENTED = "documented"
    """Documented from here on; it may be older, so it does not count as a change of the API."""


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
    meaning: str = ""
    """In a sentence, for the handbook; what breaks clients is also on pages, so the catalogue has it."""


_A, _C, _R, _D = Kind.ADDED, Kind.CHANGED, Kind.REMOVED, Kind.DEPRECATED
_K = Kind.DOCUMENTED
_BREAKING, _RISKY, _SAFE = Impact.BREAKING, Impact.RISKY, Impact.SAFE

RULES = {
    "endpoint-removed": Rule(_R, _BREAKING),
    "endpoint-moved": Rule(_C, _BREAKING),
    "endpoint-added": Rule(_A, _SAFE, "An endpoint is new."),
    "resource-removed": Rule(_R, _BREAKING),
    "resource-added": Rule(_A, _SAFE, "A resource is new."),
    "format-removed": Rule(_R, _BREAKING),
    "format-added": Rule(_A, _SAFE, "An endpoint supports an additional format."),
    "permission-added": Rule(_C, _RISKY, "An endpoint requires an additional permission."),
    "permission-removed": Rule(_C, _SAFE, "An endpoint no longer requires a permission."),
    "parameter-removed": Rule(_R, _BREAKING),
    "parameter-moved": Rule(_C, _BREAKING),
    "parameter-required": Rule(_C, _BREAKING),
    "required-parameter-added": Rule(_A, _BREAKING),
    "parameter-added": Rule(_A, _SAFE, "A parameter is new."),
    "parameter-optional": Rule(_C, _SAFE, "A parameter is no longer required."),
    "parameter-nullable": Rule(_C, _SAFE, "A parameter may now be null."),
    "parameter-not-nullable": Rule(_C, _BREAKING),
    "empty-value-allowed": Rule(_C, _SAFE, "A query parameter may now be sent without a value."),
    "empty-value-refused": Rule(_C, _BREAKING),
    "type-narrowed": Rule(_C, _BREAKING),
    "type-widened": Rule(_C, _SAFE, "A parameter accepts more types."),
    "range-narrowed": Rule(_C, _BREAKING),
    "range-widened": Rule(_C, _SAFE, "A parameter's range, length or pattern allows more."),
    "pattern-changed": Rule(
        _C, _RISKY, "A text matches another pattern; which of the two allows more, nobody can tell."
    ),
    "value-removed": Rule(_R, _BREAKING),
    "value-added": Rule(_A, _SAFE, "A parameter accepts an additional value."),
    "default-changed": Rule(_C, _RISKY, "Leaving out a parameter has a different meaning."),
    "field-removed": Rule(_R, _BREAKING),
    "field-added": Rule(_A, _SAFE, "A response has an additional field."),
    "field-retyped": Rule(_C, _BREAKING),
    "field-type-narrowed": Rule(_C, _SAFE, "A response field has fewer types."),
    "field-optional": Rule(_C, _BREAKING),
    "field-required": Rule(_C, _SAFE, "A response field is now always present."),
    "field-nullable": Rule(_C, _RISKY, "A response field may now be null."),
    "field-not-nullable": Rule(_C, _SAFE, "A response field is no longer ever null."),
    "response-value-added": Rule(_A, _RISKY, "A response field has an additional possible value."),
    "response-value-removed": Rule(_R, _SAFE, "A response field can no longer have a certain value."),
    "response-range-narrowed": Rule(
        _C, _SAFE, "The range, length or pattern of a response field allows less."
    ),
    "response-range-widened": Rule(
        _C, _RISKY, "The range, length or pattern of a response field allows more."
    ),
    "response-default-changed": Rule(
        _C, _RISKY, "A response field that is left out has a different meaning."
    ),
    "unit-changed": Rule(_C, _BREAKING),
    "format-changed": Rule(_C, _RISKY, "A text has a different format."),
    "form-changed": Rule(_C, _BREAKING),
    "body-removed": Rule(_R, _BREAKING),
    "body-added": Rule(_A, _SAFE, "A status now comes with a body."),
    "status-removed": Rule(_R, _BREAKING),
    "status-added": Rule(_A, _SAFE, "An endpoint returns an additional error status."),
    "success-added": Rule(_A, _RISKY, "An endpoint returns an additional success status."),
    "deprecated": Rule(_D, _SAFE, "Something should no longer be used."),
    "deprecation-ended": Rule(_C, _SAFE, "Something is no longer deprecated."),
    "safety-added": Rule(_C, _SAFE, "An endpoint is now safe to repeat."),
    "safety-removed": Rule(_C, _RISKY, "An endpoint is no longer safe to repeat."),
    "noted": Rule(_C, _RISKY, "Something works differently, according to the writer's note."),
    "resource-documented": Rule(_K, _SAFE, "A resource is documented from this release on; it may be older."),
    "endpoint-documented": Rule(
        _K, _SAFE, "An endpoint is documented from this release on; it may be older."
    ),
    "permission-documented": Rule(
        _K, _SAFE, "A required permission is documented from this release on; it may be older."
    ),
    "parameter-documented": Rule(
        _K, _SAFE, "A parameter is documented from this release on; it may be older."
    ),
    "field-documented": Rule(
        _K, _SAFE, "A response field is documented from this release on; it may be older."
    ),
    "value-documented": Rule(
        _K, _SAFE, "A value of a parameter or field is documented from this release on; it may be older."
    ),
    "status-documented": Rule(
        _K, _SAFE, "A status of an endpoint is documented from this release on; it may be older."
    ),
    "object-added": Rule(_A, _SAFE, "A resource has an additional object; only its own page mentions it."),
    "object-removed": Rule(_R, _SAFE, "A resource no longer has an object; only its own page mentions it."),
    "object-documented": Rule(
        _K, _SAFE, "An object is documented from this release on; only its own page mentions it."
    ),
    "note-documented": Rule(
        _K, _SAFE, "A note is documented from this release on; only its own page mentions it."
    ),
    "body-documented": Rule(
        _K, _SAFE, "The body of a response is documented from this release on; it may be older."
    ),
}
"""The rules by their codes."""


def breaks(texts: Texts) -> dict[str, Rule]:
    """The rules of what breaks clients, with their meanings."""
    found = ((code, rule) for code, rule in RULES.items() if rule.impact is Impact.BREAKING)
    return {code: replace(rule, meaning=texts.text(f"breaks.{code}")) for code, rule in found}


@dataclass(frozen=True)
class Difference:
    """One thing that differs for a client between the older release and the newer one."""

    code: str
    """The rule."""
    page: str
    """The resource or endpoint on whose page it stands."""
    names: tuple[str, ...]
    """The part of that page: its place and the names down to it; empty for the page as a whole."""
    said: Said
    """What is otherwise, as one sentence of Markdown."""
    where: Mark
    """Where the part is declared."""
    note: str | None = None
    """What the guide's writer says about the change, as Markdown."""

    @property
    def text(self) -> str:
        """What is otherwise, in English."""
        return self.said.by(english())

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
