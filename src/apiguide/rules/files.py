"""Files that are missing, in the wrong place, or not readable as text."""

from __future__ import annotations

from apiguide.rules.rule import Rule


class NoReference(Rule):
    """There is no folder `reference/`."""


class NoGuide(Rule):
    """The guide has no `guide.yaml`."""


class NoResourceFile(Rule):
    """A resource's folder has no `resource.yaml`."""


class UnexpectedFile(Rule):
    """A file is where no file of a guide belongs, or does not have the name of one."""


class UnreadableFile(Rule):
    """A file or a folder cannot be read."""


class NotUtf8(Rule):
    """A file is not UTF-8."""

    code = "not-utf-8"


class FileTooLarge(Rule):
    """A file is larger than 1 MiB."""


class TooManyValues(Rule):
    """A file has more than 20,000 values."""


class EmptyFile(Rule):
    """A file is empty or contains only comments."""


class ForbiddenCharacter(Rule):
    """A file contains an invisible character."""
