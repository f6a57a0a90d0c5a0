"""Links in texts, and hand-written pages in docs/ with their macro calls."""

from __future__ import annotations

from apiguide.rules.rule import Rule, WarningRule


class DocsJinja(Rule):
    """A page has something of Jinja that is no macro call with literal arguments."""


class DocsSyntax(Rule):
    """A macro call in a page cannot be read."""


class UnknownMacro(Rule):
    """There is no macro of that name."""


class MacroArguments(Rule):
    """A macro call has arguments for which the macro has no use."""


class UnknownAuthentication(Rule):
    """There is no way to authenticate of that name in guide.yaml."""


class UnknownExample(Rule):
    """An endpoint has no example of that number."""


class UnknownParameter(Rule):
    """An endpoint has no parameter of that name, or several."""


class NoPromise(Rule):
    """A page tells since when the API is compatible, and guide.yaml does not say it."""


class NoStatusBody(Rule):
    """A page shows the body of a status that comes without one."""


class DeadReference(Rule):
    """A `ref:` link leads to an endpoint, a resource or a part of a page that no release has."""


class DeadLink(WarningRule):
    """A link of a page leads to what is not there, or not in every release that has the page."""


class RelativeLink(Rule):
    """A relative link in a text of `reference/`."""


class DroppedLink(WarningRule):
    """The address of a link has a scheme that pages do not have."""


class DroppedImage(WarningRule):
    """A text of `reference/` has an image, and pages do not show it."""


class UnreadMarkup(WarningRule):
    """A text has more brackets or lists inside lists than Markdown can follow."""


class PageCollision(Rule):
    """Two pages would stand at one address."""


class TooManyCalls(Rule):
    """A page has more than 200 macro calls, or more references than anybody follows."""


class TooManyLinks(Rule):
    """A file has more than 1,000 links, or 25,000 characters of texts with links."""
