"""What `apiguide verify` finds. A check of the files alone reports none of it: only a server can tell.

The rules are declared here so that they have codes, pages and places in reports as all others do;
`verify.differing` and `verify.verify` report them.
"""

from __future__ import annotations

from apiguide.rule import Rule, WarningRule


class UndocumentedField(Rule):
    """The server returns a field that the guide does not have."""


class UndocumentedBody(Rule):
    """The server returns a body where the guide has none."""


class NeverSeen(WarningRule):
    """The server never returned a field that the guide documents."""


class MissingField(Rule):
    """The server leaves out a field that the guide says is always there."""


class OtherType(Rule):
    """The server returns a value of another type."""


class UndocumentedNull(Rule):
    """The server returns null for a field that the guide does not call nullable."""


class UndocumentedValue(Rule):
    """The server returns a value that the guide does not list."""


class OtherShape(Rule):
    """The server wraps, lists or nests values in another way."""


class OtherStatus(Rule):
    """The server answers with a status that the guide does not have for the endpoint."""


class OtherMediaType(Rule):
    """The server answers in another format than it was asked for."""
