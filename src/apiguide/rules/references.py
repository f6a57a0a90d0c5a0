"""Names of parts of the guide that are not there, or mean two things at once."""

from __future__ import annotations

from apiguide.rules.rule import Rule


class UnknownObject(Rule):
    """There is no object of that name."""


class DuplicateObject(Rule):
    """Two objects have one name."""


class UnknownEndpoint(Rule):
    """There is no endpoint of that name, or not in every release that shows the words which name it."""


class UnknownResource(Rule):
    """There is no resource of that name."""


class UnknownGroup(Rule):
    """There is no group of that name in guide.yaml."""


class UnknownFormat(Rule):
    """There is no format of that name."""


class UnknownMethod(Rule):
    """An endpoint has a method that the API does not use."""


class UnknownField(Rule):
    """A field that the object does not have, in any release."""


class UnknownLocation(Rule):
    """A place that the guide does not have."""


class ExtendsCircle(Rule):
    """An object extends itself, by way of others or not."""


class NothingToTake(Rule):
    """A field says nothing of itself, and what it inherits from has no field of that name."""


class NothingToChoose(Rule):
    """`only` or `without` stands where no object is named to choose fields of."""


class PreferCircle(Rule):
    """An endpoint is said to be an older form of itself, or two endpoints of each other."""


class FormerlyTaken(Rule):
    """An endpoint's former name is the name of another endpoint, now or before."""


class BadFormerName(Rule):
    """A name under `formerly` that no file of an endpoint can have had."""


class ExtendsTooMuch(Rule):
    """Too many objects extend each other, or inherit too many fields."""
