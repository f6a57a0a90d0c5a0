"""What guide.yaml says once for the whole guide."""

from __future__ import annotations

from apiguide.rules.rule import Rule


class BadUrl(Rule):
    """The address of a server is none."""


class BadExtension(Rule):
    """An extension that no path can end with."""


class BadMediaType(Rule):
    """A format's media type is none (RFC 9110 §8.3.1)."""


class BadOption(Rule):
    """An option of curl that does not begin with `-`, or has what a shell treats as special."""


class BadMethod(Rule):
    """A name under `methods` that is no HTTP method."""


class NotAStatus(Rule):
    """A code that is no HTTP status."""


class BadRelease(Rule):
    """A name that no release can have."""


class DuplicateRelease(Rule):
    """A release is listed twice, or differs from another in capitals alone."""


class DuplicateGroup(Rule):
    """Two groups of the navigation have one id."""


class DuplicateAuthentication(Rule):
    """Two ways to authenticate have one id."""


class BadSynonym(Rule):
    """A synonym without a letter, a very long one, or far too many of them."""


class DuplicateSynonym(Rule):
    """A word or a synonym of it is listed twice."""


class MutualSynonyms(Rule):
    """Two words each are the synonym of the other."""


class NotInGroup(Rule):
    """A group is led by a resource that is not in it."""


class NoPaging(Rule):
    """An endpoint pages, and the guide does not say how."""


class OverBudget(Rule):
    """A resource has more debt than guide.yaml allows it."""


class UnknownRule(Rule):
    """A code or family under `rules.ignore` that is none."""


class NotIgnorable(Rule):
    """A rule under `rules.ignore` whose findings are errors."""
