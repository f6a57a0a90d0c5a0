"""What guide.yaml states for the guide as a whole."""

from __future__ import annotations

from apiguide.rules.rule import Rule


class BadUrl(Rule):
    """The address of a server is not valid."""


class BadExtension(Rule):
    """An extension is something that no path can end with."""


class BadMediaType(Rule):
    """The media type of a format is not valid (RFC 9110 §8.3.1)."""


class BadOption(Rule):
    """A curl option does not begin with `-`, or contains characters that are special to a shell."""


class BadMethod(Rule):
    """A name under `methods` is not an HTTP method."""


class NotAStatus(Rule):
    """A code is not an HTTP status."""


class BadRelease(Rule):
    """A name is not valid for a release."""


class DuplicateRelease(Rule):
    """A release is listed twice, or differs from another only in capitals."""


class DuplicateGroup(Rule):
    """Two navigation groups have the same id."""


class DuplicateAuthentication(Rule):
    """Two ways to authenticate have the same id."""


class BadSynonym(Rule):
    """A synonym has no letter or digit, is too long, or is one of too many."""


class DuplicateSynonym(Rule):
    """A word, or one of its synonyms, is listed twice."""


class MutualSynonyms(Rule):
    """Two words are synonyms of each other."""


class NotInGroup(Rule):
    """A group lists a resource under `first` that does not belong to it."""


class NoPaging(Rule):
    """An endpoint is paginated, but the guide does not say how."""


class OverBudget(Rule):
    """A resource has more debt than guide.yaml allows."""


class UnknownRule(Rule):
    """A name under `rules.ignore` is not a rule or a family of rules."""


class NotIgnorable(Rule):
    """A rule under `rules.ignore` finds errors, which cannot be ignored."""
