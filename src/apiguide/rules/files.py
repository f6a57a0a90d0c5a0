"""Files that are missing, in a wrong place, or cannot be read as text."""

from __future__ import annotations

from apiguide.rules.rule import Rule


class NoReference(Rule):
    """There is no folder `reference/`.

    It is where the API is described; without it there is nothing to check. A symbolic link is not followed,
    since a check reads nothing outside of the project.

    Run the command in the folder of the project, or name that with `--root`; `apiguide init DIR` writes a
    small guide to start from.
    """


class NoGuide(Rule):
    """The guide has no `guide.yaml`.

    The title, the server, the releases and the formats stand there, and no page can be made without them.

    Write `reference/guide.yaml` with at least `title`, `servers`, `releases` and `formats`.
    """


class NoResourceFile(Rule):
    """The folder of a resource has no `resource.yaml`.

    Each folder in `reference/` is a resource, and its title stands in that file.

    Write one with `title: …`, or move the calls into the folder of their resource.
    """


class UnexpectedFile(Rule):
    """A file stands where no file of a guide can stand, or is named otherwise than those.

    It would be passed over in silence, and what it says be missing in the guide: a call in `books/get.yml`,
    say, or in a folder inside a resource's. Symbolic links are refused, since they may lead out of the
    project. Hidden files and those that editors leave (`list.yaml~`, `#list.yaml#`) are none of the guide's
    and passed over.

    Rename the file or move it, as the hint says. Names of resources and calls are lower case, with digits,
    `_` and `-`.
    """


class UnreadableFile(Rule):
    """A file or a folder cannot be read.

    Give whoever runs the check permission to read it.
    """


class NotUtf8(Rule):
    """A file is not UTF-8.

    Other encodings cannot be told from each other, so letters beyond ASCII would come out wrong.

    Save the file as UTF-8; every editor can.
    """

    code = "not-utf-8"


class FileTooLarge(Rule):
    """A file has more than a mebibyte.

    A description of one call never has; a limit keeps a check of a stranger's files from filling the memory.

    Split it: a file for each call, and objects with the resource that they belong to.
    """


class TooManyValues(Rule):
    """A file has more than 20,000 values.

    A limit keeps a check of a stranger's files from taking for ever.

    Split it: a file for each call, and objects with the resource that they belong to.
    """


class EmptyFile(Rule):
    """A file is empty, or holds nothing but comments.

    Nobody can tell whether something was meant to stand there.

    Fill it, or delete it.
    """


class ForbiddenCharacter(Rule):
    """A character that cannot be seen.

    Control characters, zero-width spaces and marks that turn the direction of a text change what is sent or
    shown, and nobody sees that in a review. They come along when text is copied from web pages.

    Delete the character at the place that is named.
    """
