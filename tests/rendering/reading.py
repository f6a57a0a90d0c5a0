"""Finished pages read as a browser would, to hold against what is known of them from the data."""

from html.parser import HTMLParser

from apiguide.rendering.templates import Heading


class Reading(HTMLParser):
    """The headings with an id, all ids but those of tabs, and all links of some HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.headings: list[Heading] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self._open: tuple[str, int, str] | None = None
        self._text = ""
        self._is_folded = self._is_permalink = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        id_, classes = values.get("id"), values.get("class", "").split()
        if id_ and not id_.startswith("__tabbed_"):
            self.ids.append(id_)
        if "href" in values:
            self.links.append(values["href"])
        self._is_folded |= tag == "details"
        self._is_permalink |= "headerlink" in classes
        level = int(tag[1]) if tag in ("h1", "h2", "h3", "h4", "h5", "h6") else 4 - ("ag-resource" in classes)
        is_listed = "ag-section" in classes and not self._is_folded and "ag-level-2" not in classes
        if id_ and (tag[1:].isdigit() or is_listed):
            self._open, self._text = (tag, level, id_), ""

    def handle_data(self, data: str) -> None:
        if not self._is_permalink:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        self._is_folded &= tag != "details"
        self._is_permalink &= tag != "a"
        if self._open is not None and self._open[0] == tag:
            _, level, id_ = self._open
            self.headings.append(Heading(level, id_, " ".join(self._text.split())))
            self._open = None
