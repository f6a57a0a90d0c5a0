"""Releases, what came with them and went, and the promise that nothing breaks."""

from __future__ import annotations

from apiguide.rules.rule import Rule, WarningRule


class UnknownRelease(Rule):
    """There is no release of that name in guide.yaml."""


class UnquotedRelease(WarningRule):
    """A release is not quoted."""


class TwoStarts(Rule):
    """`since` and `documented_since` stand side by side."""


class RemovedBeforeStart(Rule):
    """Something is removed in the release that it came with, or in an earlier one."""


class DeprecatedBeforeStart(Rule):
    """Something is deprecated before it is there."""


class DeprecatedAfterEnd(Rule):
    """Something is deprecated when it is gone already."""


class ChangesOutOfOrder(Rule):
    """Changes are not listed oldest first, one a release, after the start."""


class ChangeAfterEnd(Rule):
    """A change of what is gone already."""


class EmptyChange(Rule):
    """A change does not say what changed."""


class NeverUnstated(Rule):
    """A change says that something was left out before which a part has always had."""


class BreaksPromise(Rule):
    """A release breaks clients of the one before it, which `compatible_since` says that none does."""


class NeedlessException(WarningRule):
    """An exception to a rule that nothing needs: to the promise, or under `odd_names`."""


class HistoryRewritten(Rule):
    """The guide of a published release says otherwise than it did, and clients that followed it would fail."""  # noqa: E501


class HistoryChanged(WarningRule):
    """The guide of a published release says otherwise than it did, and no client fails for it."""
