"""Links in texts, and hand-written pages in docs/ with their macro calls."""

from __future__ import annotations

from apiguide.rules.rule import Rule, WarningRule


class DocsJinja(Rule):
    """A page uses Jinja for something other than a macro call with literal arguments."""


class DocsSyntax(Rule):
    """A macro call on a page cannot be parsed."""


class UnknownMacro(Rule):
    """There is no macro with that name."""


class MacroArguments(Rule):
    """A macro call has arguments that the macro does not accept."""


class UnknownAuthentication(Rule):
    """guide.yaml has no authentication scheme with that id."""


class UnknownExample(Rule):
    """An endpoint has no example with that number."""


class UnknownParameter(Rule):
    """An endpoint has no parameter with that name, or several."""


class NoPromise(Rule):
    """A page shows since when the API has been compatible, but guide.yaml does not say so."""


class NoStatusBody(Rule):
    """A page shows the body of a status that has none."""


class DeadReference(Rule):
    """A `ref:` link points to an endpoint, a resource or a part of a page that no release has."""


class DeadLink(WarningRule):
    """A link on a page points to something that does not exist, or not in every release that has the page."""


class RelativeLink(Rule):
    """A text in `reference/` has a relative link."""


class DroppedLink(WarningRule):
    """The address of a link has a scheme that pages do not allow."""


class DroppedImage(WarningRule):
    """A text in `reference/` has an image, which pages do not show."""


class UnreadMarkup(WarningRule):
    """A text has more brackets, or more deeply nested lists, than Markdown can handle."""


class PageCollision(Rule):
    """Two pages would have the same address."""


class TooManyCalls(Rule):
    """A page has more than 200 macro calls, or more than 1,000 references."""


class TooManyLinks(Rule):
    """A file has more than 1,000 links, or more than 25,000 characters of text with links."""
