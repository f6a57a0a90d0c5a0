"""Paths, methods and statuses of endpoints."""

from __future__ import annotations

from apiguide.rules.rule import Rule, WarningRule


class BadPath(Rule):
    """The path of an endpoint is not valid."""


class PlaceholderWithoutParameter(Rule):
    """A placeholder in the path has no parameter."""


class ParameterWithoutPlaceholder(Rule):
    """An endpoint declares a path parameter that its path does not have."""


class UnusedParameter(WarningRule):
    """A resource's path parameter is not used in the path of any of its endpoints."""


class BodyOfGet(WarningRule):
    """An endpoint has body parameters, but its method takes no body."""


class SafeNotSaid(WarningRule):
    """A GET endpoint does not say whether it is safe, and its path ends with a word that names no thing."""


class SameRequest(Rule):
    """Two endpoints of the same release describe the same request."""


class DuplicateTitle(Rule):
    """Two endpoints of the same resource have the same title."""


class UnknownStatus(Rule):
    """The meaning of a status is not stated anywhere."""


class UndeclaredStatus(Rule):
    """An example has a response with a status that the endpoint does not list."""


class NoBody(Rule):
    """An example gives values for a status that has no body."""
