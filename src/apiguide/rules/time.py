"""Releases, what came with them and went, and the promise that nothing breaks."""

from __future__ import annotations

from apiguide.rules.rule import Rule, Warned


class UnknownRelease(Rule):
    """There is no release of that name in guide.yaml.

    What came with a release that nobody knows could be in no guide.

    Take the name that the hint gives, or list the release under `releases` in guide.yaml.

    Wrong, in `books/get.yaml`:

    ```yaml
    since: "1.2"
    ```

    Right:

    ```yaml
    since: "1.1"
    ```
    """


class UnquotedRelease(Warned):
    """A release is not quoted.

    Editors and other tools read `1.10` as the number 1.1; apiguide does not, and says so that all agree.

    Put it between quotes.

    Wrong, in `books/get.yaml`:

    ```yaml
    since: 1.1
    ```

    Right:

    ```yaml
    since: "1.1"
    ```
    """


class TwoStarts(Rule):
    """`since` and `documented_since` stand side by side.

    One says that a release brought something, the other that it may be older.

    Keep `since` if the release is known to have brought it.

    Wrong, in `books/get.yaml`:

    ```yaml
    since: "1.1"
    documented_since: "1.1"
    ```

    Right:

    ```yaml
    since: "1.1"
    ```
    """


class RemovedBeforeStart(Rule):
    """Something is removed in the release that it came with, or in an earlier one.

    No release would ever have it. `removed` names the first release without it.

    Name a later release, or delete the part.

    Wrong, in `books/get.yaml`:

    ```yaml
    since: "1.1"
    removed: "1.1"
    ```

    Right:

    ```yaml
    since: "1.1"
    removed: "2.0"
    ```
    """


class DeprecatedBeforeStart(Rule):
    """Something is deprecated before it is there.

    Name the release that it came with, or a later one.

    Wrong, in `books/get.yaml`:

    ```yaml
    since: "1.1"
    deprecated: {since: "1.0"}
    ```

    Right:

    ```yaml
    since: "1.1"
    deprecated: {since: "2.0"}
    ```
    """


class DeprecatedAfterEnd(Rule):
    """Something is deprecated when it is gone already.

    Name an earlier release than the first one without it.

    Wrong, in `books/get.yaml`:

    ```yaml
    deprecated: {since: "2.0"}
    removed: "2.0"
    ```

    Right:

    ```yaml
    deprecated: {since: "1.1"}
    removed: "2.0"
    ```
    """


class ChangesOutOfOrder(Rule):
    """Changes are not listed oldest first, one a release, after the start.

    The state at a release is found by going back through them, so their order counts.

    Put them in order; make one of two that are of the same release.

    Wrong, in `books/get.yaml`:

    ```yaml
    changes:
      - {release: "2.0", note: Finds lost books too.}
      - {release: "1.1", note: Finds audio books too.}
    ```

    Right:

    ```yaml
    changes:
      - {release: "1.1", note: Finds audio books too.}
      - {release: "2.0", note: Finds lost books too.}
    ```
    """


class ChangeAfterEnd(Rule):
    """A change of what is gone already.

    Delete the change, or correct `removed`.

    Wrong, in `books/get.yaml`:

    ```yaml
    removed: "1.1"
    changes: [{release: "2.0", note: Finds lost books too.}]
    ```

    Right:

    ```yaml
    removed: "2.0"
    changes: [{release: "1.1", note: Finds lost books too.}]
    ```
    """


class EmptyChange(Rule):
    """A change does not say what changed.

    Readers would be told that something is otherwise, and not what.

    State under `before` what was otherwise, or say it in a `note`.

    Wrong, in `books/get.yaml`:

    ```yaml
    changes: [{release: "1.1"}]
    ```

    Right:

    ```yaml
    changes: [{release: "1.1", note: Finds audio books too.}]
    ```
    """


class NeverUnstated(Rule):
    """A change says that something was left out before which a part has always had.

    A call has a title, a method and a path in every release, and a resource a title.

    State the former one, or delete the key.

    Wrong, in `books/get.yaml`:

    ```yaml
    changes: [{release: "1.1", before: {title: null}}]
    ```

    Right:

    ```yaml
    changes: [{release: "1.1", before: {title: Show book}}]
    ```
    """


class BreaksPromise(Rule):
    """A release breaks clients of the one before it, which `compatible_since` says that none does.

    Whoever relies on the promise finds out in production.

    Undo the change. If the API really broke its promise, own up to it under `exceptions` with a reason; the
    guide then says so.

    Wrong, in `books/create.yaml`:

    ```yaml
    parameters:
      query:
        branch: {type: string, required: true, since: "1.1", description: Where it stands., example: north}
    ```

    Right:

    ```yaml
    parameters:
      query:
        branch: {type: string, since: "1.1", description: Where it stands., example: north}
    ```
    """


class NeedlessException(Warned):
    """An exception to a rule that nothing needs: to the promise, or under `odd_names`.

    Readers would be warned of what does not happen, and a later slip would be passed over.

    Delete it.

    Wrong, in `guide.yaml`:

    ```yaml
    compatible_since: "1.0"
    exceptions: [{at: objects.book.title, release: "1.1", reason: It was the title on the spine.}]
    ```

    Right:

    ```yaml
    compatible_since: "1.0"
    ```
    """


class HistoryRewritten(Rule):
    """The guide of a published release says otherwise than it did, and clients that followed it would fail.

    `apiguide check --against REF` finds it. Readers may still run that release.

    If the API changed, say since when. If the guide was wrong, add the correction to `errata`, as the hint
    shows.
    """


class HistoryChanged(Warned):
    """The guide of a published release says otherwise than it did, and no client fails for it.

    `apiguide check --against REF` finds it. It may be news that belongs to a later release.

    If the API changed, say since when. If the guide was incomplete, leave it, or add the correction to
    `errata`.
    """
