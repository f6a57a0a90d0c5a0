"""The Jinja environment of the macros: the site's own `macros/` first, then the package's defaults.

Data reaches templates as variables only and is escaped there; no text of the guide is ever template source.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import jinja2
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from apiguide.folders import MACRO_SUFFIX, MACROS, default_macros
from apiguide.model.endpoint import PLACEHOLDER
from apiguide.rendering.parts import first_shown
from apiguide.texts import Texts, english

_NAMED = re.compile(r"""{%-?\s*(?:extends|from|import|include)\s+["']([^"']+)["']""")
_WORD = re.compile(r"[A-Za-z0-9_-]*\Z")


@dataclass(frozen=True)
class Heading:
    """An entry of the table of contents."""

    level: int
    id: str
    text: str


class Rendered(NamedTuple):
    """What a macro makes."""

    html: Markup
    headings: tuple[Heading, ...]
    """Those in it, in the order in which they were made."""


@lru_cache(maxsize=10_000)
def breakable(text: str) -> Markup:
    """A name, which may break after an underscore."""
    return Markup(str(escape(text)).replace("_", "_<wbr>"))


def placeholders(path: str) -> Markup:
    """A path with its placeholders marked; it may break after a slash, but not after the first."""
    parts = []
    for number, part in enumerate(path.split("/")):
        shown = PLACEHOLDER.sub(r"<var>\g<0></var>", str(escape(part)))
        parts.append(f"<wbr>{shown}" if number > 1 else shown)
    return Markup("/".join(parts))


def fragment(text: str) -> str:
    """A name as the end of a URL."""
    return text if _WORD.match(text) else quote(str(text), safe="-_.~:[]@")


class Compiled(jinja2.BytecodeCache):
    """Compiled templates, for those environments of a process that load the very same sources."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Takes what has been compiled of the source."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps what has been compiled."""
        self._codes[bucket.key, bucket.checksum] = bucket.code


COMPILED = Compiled()


def compile_all(environment: jinja2.Environment, *names: str) -> None:
    """Compiles templates and those that they name, for others of this process; some may not be needed."""
    open_, seen = [*names], {*names}
    while open_:
        with suppress(jinja2.TemplateNotFound):
            name = open_.pop()
            environment.get_template(name)
            assert environment.loader is not None, "templates are loaded from folders"
            found = {*_NAMED.findall(environment.loader.get_source(environment, name)[0])} - seen
            open_ += sorted(found)
            seen |= found


class Templates:
    """Macros by the name of their file."""

    def __init__(self, own: Path | None = None, texts: Texts | None = None) -> None:
        self.texts = texts or english()
        folders = [*([own] if own is not None else []), default_macros()]
        self.environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(folders),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=COMPILED,
        )
        self._done: dict[tuple[object, Hashable], Rendered] = {}
        self._headings: list[Heading] = []
        """Those of what is being rendered."""
        self.environment.filters["cached"] = self._cached
        self.environment.filters["in_toc"] = self._in_toc
        self.environment.filters["fragment"] = fragment
        self.environment.filters["breakable"] = breakable
        self.environment.filters["first_shown"] = first_shown
        self.environment.filters["placeholders"] = placeholders
        self.environment.filters["in_digits"] = self.texts.number
        self.environment.globals["t"] = self.texts.html
        self.environment.filters["capitalize_first"] = lambda text: text[:1].upper() + text[1:]

    @classmethod
    def of(cls, root: Path, texts: Texts | None = None) -> Templates:
        """The macros of the project in `root`, with the texts that they say, by default in English."""
        own = root / MACROS
        return cls(own if own.is_dir() else None, texts)

    def compile(self) -> None:
        """Compiles those that all guides need, for others of this process."""
        compile_all(
            self.environment, *(f"{name}{MACRO_SUFFIX}" for name in ("endpoint", "resource", "release_links"))
        )

    def has(self, name: str) -> bool:
        """Whether there is a file for the macro."""
        return name.isidentifier() and f"{name}{MACRO_SUFFIX}" in self.environment.list_templates()

    @jinja2.pass_context  # without it, Jinja would do this for literals once and for all when it compiles
    def _in_toc(self, _: object, text: str, level: int, id_: str) -> str:
        """The text, which becomes an entry of the table of contents: `{{ text | in_toc(level, id) }}`."""
        self._headings.append(Heading(level, id_, escape(text).striptags()))
        return text

    def _cached(self, macro: Callable[[Hashable], str], value: Hashable) -> Markup:
        """What a macro makes of one value, for templates: `{{ macro | cached(value) }}`.

        The same fields stand on many pages. As a filter it costs half of what it would as a function.
        """
        key = (macro, value)
        if key not in self._done:
            self._done[key] = self._made(macro, value)
        made = self._done[key]
        self._headings += made.headings
        return made.html

    def _made(self, macro: Callable[..., str], *arguments: Any) -> Rendered:
        outer, self._headings = self._headings, []
        try:
            return Rendered(Markup(macro(*arguments)), tuple(self._headings))
        finally:
            self._headings = outer

    def rendered(self, name: str, *arguments: Any, of: str | None = None) -> Rendered:
        """What a macro makes of its arguments; `of` names the file where that is not the macro's own name.

        Raises jinja2.TemplateError where a template is wrong.
        """
        file = f"{of or name}{MACRO_SUFFIX}"
        macro = getattr(self.environment.get_template(file).module, name, None)
        if macro is None:
            raise jinja2.TemplateRuntimeError(f"macros/{file} has no macro {name!r}")
        return self._made(macro, *arguments)

    def macro(self, name: str, *arguments: Any, of: str | None = None) -> Markup:
        """The HTML alone of what a macro makes."""
        return self.rendered(name, *arguments, of=of).html
