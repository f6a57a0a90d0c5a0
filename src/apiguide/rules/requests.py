"""Paths, methods and statuses of endpoints."""

from __future__ import annotations

from apiguide.rules.rule import Rule, WarningRule


class BadPath(Rule):
    """The path of an endpoint cannot be one."""


class PlaceholderWithoutParameter(Rule):
    """A placeholder of the path has no parameter."""


class ParameterWithoutPlaceholder(Rule):
    """An endpoint declares a path parameter that its path does not have."""


class UnusedParameter(WarningRule):
    """A path parameter of a resource is in the path of none of its endpoints."""


class BodyOfGet(WarningRule):
    """An endpoint whose method takes no body has parameters in one."""


class SafeNotSaid(WarningRule):
    """A GET endpoint whose path ends with a word that names no thing does not say whether it is safe."""


class SameRequest(Rule):
    """Two endpoints of one release are the same request."""


class DuplicateTitle(Rule):
    """Two endpoints of one resource have the same title."""


class UnknownStatus(Rule):
    """Nothing says what a status means."""


class UndeclaredStatus(Rule):
    """An example answers with a status that the endpoint does not list."""


class NoBody(Rule):
    """An example gives values for a status that comes without a body."""
