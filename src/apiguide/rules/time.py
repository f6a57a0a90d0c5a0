"""Releases, what they added and removed, and the promise that nothing breaks."""

from __future__ import annotations

from apiguide.rules.rule import Rule, WarningRule


class UnknownRelease(Rule):
    """guide.yaml lists no release with that name."""


class UnquotedRelease(WarningRule):
    """A release is not quoted."""


class TwoStarts(Rule):
    """`since` and `documented_since` are used together."""


class RemovedBeforeStart(Rule):
    """Something is removed in the release that introduced it, or in an earlier one."""


class DeprecatedBeforeStart(Rule):
    """Something is deprecated before it exists."""


class DeprecatedAfterEnd(Rule):
    """Something is deprecated in the release that removes it, or in a later one."""


class ChangesOutOfOrder(Rule):
    """Changes are not listed oldest first, one per release, after the start of the part."""


class ChangeAfterEnd(Rule):
    """Something is changed in the release that removes it, or in a later one."""


class EmptyChange(Rule):
    """A change does not say what has changed."""


class NeverUnstated(Rule):
    """A change says that a key used to be left out, but that key can never be left out."""


class BreaksPromise(Rule):
    """A release breaks clients of the previous one, although `compatible_since` promises that none does."""


class NeedlessException(WarningRule):
    """An exception is not needed, either one to the promise or a name under `odd_names`."""


class HistoryRewritten(Rule):
    """The guide of a published release has changed, and clients that relied on it would break."""


class HistoryChanged(WarningRule):
    """The guide of a published release has changed, but in a way that breaks no client."""
