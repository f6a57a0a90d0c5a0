"""Paths, methods and statuses of calls."""

from __future__ import annotations

from apiguide.rules.rule import Rule, WarningRule


class BadPath(Rule):
    """The path of a call cannot be one."""


class PlaceholderWithoutParameter(Rule):
    """A placeholder of the path has no parameter."""


class ParameterWithoutPlaceholder(Rule):
    """A call declares a path parameter that its path does not have."""


class UnusedParameter(WarningRule):
    """A path parameter of a resource is in the path of none of its calls."""


class BodyOfGet(WarningRule):
    """A call whose method takes no body has parameters in one."""


class SafeNotSaid(WarningRule):
    """A GET call whose path ends with a word that names no thing does not say whether it is safe."""


class SameRequest(Rule):
    """Two calls of one release are the same request."""


class DuplicateTitle(Rule):
    """Two calls of one resource have the same title."""


class UnknownStatus(Rule):
    """Nothing says what a status means."""


class UndeclaredStatus(Rule):
    """An example answers with a status that the call does not list."""


class NoBody(Rule):
    """An example gives values for a status that comes without a body."""
