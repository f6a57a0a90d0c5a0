"""Why a site could not be built, told with the macro, template, hook or plugin that is at fault."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import jinja2

_PLUGINS = "mkdocs.plugins."
"""What stands before the names under which plugins warn."""
_OURS = Path(__file__).parents[1]


class BuildError(Exception):
    """A site that could not be built; the message says what to do."""


@contextmanager
def explained(what: str) -> Iterator[None]:
    """Turns errors of MkDocs, macros, hooks and plugins into BuildErrors that say what MkDocs warned of."""
    from mkdocs.exceptions import Abort, MkDocsException

    messages = _Messages()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(messages)
    try:
        yield
    except (Abort, MkDocsException) as error:
        said = "\n".join(messages.lines) or str(error)
        raise BuildError(f"{what}:\n{said}") from error
    except BuildError:
        raise
    except Exception as error:
        fault = _template_fault(error) or _plugin_fault(error)
        if fault is None:
            raise
        raise BuildError(f"{what}:\n{fault}") from error
    finally:
        logger.removeHandler(messages)


def _template_fault(error: Exception) -> str | None:
    """Where in `macros/`, or in a theme of the project, an error arose, and what; None where it did not."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return f"{error.filename}:{error.lineno}: {error.message}"
    for frame, line in reversed(list(traceback.walk_tb(error.__traceback__))):
        if "__jinja_exception__" in frame.f_globals:  # stands in for a template's frame
            return f"{frame.f_code.co_filename}:{line}: {error}"
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            return f"{template.filename}:{template.get_corresponding_lineno(line)}: {error}"
        if not isinstance(error, jinja2.TemplateError):
            return None
    return None


def _plugin_fault(error: Exception) -> str | None:
    """Where a hook, or a plugin but ours, was when an error arose in it, and what; None where none was."""
    from mkdocs import plugins

    found = None
    was_mkdocs = False
    for frame, line in traceback.walk_tb(error.__traceback__):
        code = frame.f_code
        if was_mkdocs and not Path(code.co_filename).is_relative_to(_OURS):
            found = f"{code.co_filename}:{line}: {code.co_name}: {type(error).__name__}: {error}"
        was_mkdocs = code.co_filename == plugins.__file__
    return found


class _Messages(logging.Handler):
    """Keeps what MkDocs and its plugins warn of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        plugin = record.name.removeprefix(_PLUGINS)
        is_foreign = plugin != record.name and not plugin.startswith("apiguide.")
        before = f"{record.levelname.lower()} of the plugin `{plugin}`: " if is_foreign else ""
        self.lines.append(f"{before}{record.getMessage()}")
