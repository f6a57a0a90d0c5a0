"""Names of parts of the guide that do not exist, or are ambiguous."""

from __future__ import annotations

from apiguide.rules.rule import Rule


class UnknownObject(Rule):
    """There is no object with that name."""


class DuplicateObject(Rule):
    """Two objects have the same name."""


class UnknownEndpoint(Rule):
    """There is no endpoint with that name, or not in every release that shows the text naming it."""


class UnknownResource(Rule):
    """There is no resource with that name."""


class UnknownGroup(Rule):
    """guide.yaml has no group with that id."""


class UnknownFormat(Rule):
    """There is no format with that name."""


class UnknownMethod(Rule):
    """An endpoint uses a method that the API does not use."""


class UnknownField(Rule):
    """A field is named that the object does not have in any release."""


class UnknownLocation(Rule):
    """A place is named that the guide does not have."""


class ExtendsCircle(Rule):
    """An object extends itself, directly or through others."""


class NothingToTake(Rule):
    """A field states nothing, and the object it inherits from has no field with that name."""


class NothingToChoose(Rule):
    """`only` or `without` is used without an object whose fields it could select."""


class PreferCircle(Rule):
    """An endpoint is declared an older form of itself, or two endpoints are older forms of each other."""


class FormerlyTaken(Rule):
    """An endpoint's former name is or was the name of another endpoint."""


class BadFormerName(Rule):
    """A name under `formerly` cannot have been the name of an endpoint's file."""


class ExtendsTooMuch(Rule):
    """Too many objects extend each other, or they inherit too many fields."""
