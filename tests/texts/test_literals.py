"""No text of pages stands anywhere but in the catalogue, and none in it is idle."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import jinja2
import pytest

from apiguide.texts import english

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "apiguide"
THEME = PACKAGE / "site" / "theme"
TEMPLATES = [*sorted((ROOT / "macros").glob("*.jinja")), *sorted(THEME.rglob("*.html"))]
SCRIPTS = sorted(THEME.rglob("*.js"))
MODULES = [path for path in sorted(PACKAGE.rglob("*.py")) if path.parent.name != "texts"]

NO_TEXTS = re.compile(r"<(script|style)\b.*?</\1>|<!--.*?-->", re.DOTALL)
ATTRIBUTE = re.compile(r"\b(?:title|aria-label|placeholder|alt)=\"([^\"]*)\"")
WORD = re.compile(r"[A-Za-z]{2,}")
SENTENCE = re.compile(r"[A-Z][a-z]+\b|[a-z]+ [a-z]+ [a-z]+")
FONTS = {"Roboto", "Roboto Mono"}
"""Names that are no words."""


def tokens(text: str) -> Iterator[tuple[int, str, str]]:
    yield from jinja2.Environment().lex(text)


def visible(text: str) -> str:
    """What readers see of a template, apart from what its expressions say."""
    data = "".join(value if kind == "data" else "\0" for _, kind, value in tokens(text))
    data = NO_TEXTS.sub("", data)
    shown = [*ATTRIBUTE.findall(data), re.sub(r"<[^>]*>", " ", data)]
    return html.unescape(" ".join(shown))


def literals(text: str) -> Iterator[str]:
    """The texts in a template's expressions, without blocks that are kept by their names."""
    line = ""
    for _, kind, value in tokens(text):
        line = "" if kind.endswith("_begin") else line + value
        if kind == "string" and not line.lstrip().startswith("call kept("):
            yield value[1:-1]


def without_comments(script: str) -> str:
    return re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", script, flags=re.DOTALL)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_says_nothing_by_itself(path: Path) -> None:
    text = path.read_text("utf-8")
    assert WORD.findall(visible(text)) == []
    assert [each for each in literals(text) if SENTENCE.search(each) and each not in FONTS] == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_says_nothing_by_itself(path: Path) -> None:
    found = re.findall(r"\"([^\"\n]*)\"|`([^`]*)`", without_comments(path.read_text("utf-8")))
    texts = [re.sub(r"\$\{[^}]*\}|<[^>]*>", " ", one or other) for one, other in found]
    assert [each for each in texts if re.search(r"[A-Z][a-z]+ [a-z]+|>[A-Z][a-z]+", each)] == []


def test_what_would_be_found_is_found() -> None:
    assert WORD.findall(visible('<p class="a" title="Show {{ x }}">{% if a %}Text{% endif %}</p>')) == [
        "Show",
        "Text",
    ]
    assert [*literals('{{ heading(2, "a-b", "What is it") }}')] == ["a-b", "What is it"]


def test_every_text_is_used() -> None:
    sources = [path.read_text("utf-8") for path in (*TEMPLATES, *MODULES)]
    text, scripts = "\n".join(sources), "\n".join(path.read_text("utf-8") for path in (*SCRIPTS, *TEMPLATES))
    beginnings = {
        *re.findall(r"[\"']([a-z]+\.[a-z-]*)[\"'] ~", text),
        *re.findall(r"f\"([a-z]+\.[a-z-]*)\{", text),
    }
    told = {"script", "search", "not-found"}  # the sections that scripts are told
    by_type = ("types.", "many.")  # the section is a parameter, of `type_in_words`

    def is_used(key: str) -> bool:
        section, _, name = key.partition(".")
        if section in told and re.search(rf"\.{name}\b|\"{name}\"", scripts):
            return True
        return f'"{key}"' in text or key.startswith((*beginnings, *by_type))

    keys = [f"{section}.{name}" for section, name in _keys()]
    assert len(keys) > 300, "texts are not found"
    assert [key for key in keys if not is_used(key)] == []


def test_every_text_that_is_asked_for_is_there() -> None:
    known = {f"{section}.{name}" for section, name in _keys()}
    sources = "\n".join(path.read_text("utf-8") for path in (*TEMPLATES, *MODULES))
    asked = re.findall(r"(?<!lang\.)\b(?:t|text|html|said)\(\s*\"([a-z-]+\.[a-z_-]+)\"(?! ~)", sources)
    assert len(asked) > 150, "what is asked for is not found"
    assert sorted({*asked} - known) == []


def _keys() -> list[tuple[str, str]]:
    path = PACKAGE / "texts" / "en.yaml"
    sections = dict.fromkeys(re.findall(r"^([a-z-]+):$", path.read_text("utf-8"), re.MULTILINE))
    return [(section, name) for section in sections for name in english().section(section)]
