"""Files that are missing, in a wrong place, or cannot be read as text."""

from __future__ import annotations

from apiguide.rules.rule import Rule


class NoReference(Rule):
    """There is no folder `reference/`."""


class NoGuide(Rule):
    """The guide has no `guide.yaml`."""


class NoResourceFile(Rule):
    """The folder of a resource has no `resource.yaml`."""


class UnexpectedFile(Rule):
    """A file stands where no file of a guide can stand, or is named otherwise than those."""


class UnreadableFile(Rule):
    """A file or a folder cannot be read."""


class NotUtf8(Rule):
    """A file is not UTF-8."""

    code = "not-utf-8"


class FileTooLarge(Rule):
    """A file has more than a mebibyte."""


class TooManyValues(Rule):
    """A file has more than 20,000 values."""


class EmptyFile(Rule):
    """A file is empty, or holds nothing but comments."""


class ForbiddenCharacter(Rule):
    """A character that cannot be seen."""
