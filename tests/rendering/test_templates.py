"""Templates are compiled once for all who load them in a process, and anew where they have changed."""

from pathlib import Path
from typing import NoReturn

import jinja2
import pytest
from tests.parcels import write

from apiguide.rendering.templates import Templates, compile_all
from apiguide.site.build import get_ready


def refuse(*_: object) -> NoReturn:
    raise AssertionError("a template is compiled")


def pages(folder: Path) -> jinja2.Environment:
    return Templates(folder).environment


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "page.html.jinja").write_text(
        "{% from \"shown.html.jinja\" import shown %}{%- include 'nowhere.html.jinja' ignore missing %}"
        "{{ shown(1) }}"
    )
    (tmp_path / "shown.html.jinja").write_text("{% macro shown(value) %}one {{ value }}{% endmacro %}")
    return tmp_path


def test_what_a_template_names_is_compiled_with_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compile_all(pages(folder), "page.html.jinja")
    monkeypatch.setattr(jinja2.Environment, "compile", refuse)
    assert pages(folder).get_template("page.html.jinja").render() == "one 1"


def test_a_template_that_has_changed_is_compiled_again(folder: Path) -> None:
    compile_all(pages(folder), "page.html.jinja")
    (folder / "shown.html.jinja").write_text("{% macro shown(value) %}other {{ value }}{% endmacro %}")
    assert pages(folder).get_template("page.html.jinja").render() == "other 1"


def test_a_build_that_is_ready_compiles_no_macro_of_a_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path)
    get_ready(tmp_path)
    monkeypatch.setattr(jinja2.Environment, "compile", refuse)
    for name in ("endpoint", "resource", "release_links"):
        assert Templates.of(tmp_path).environment.get_template(f"{name}.html.jinja").module is not None


@pytest.mark.parametrize(("file", "text"), [("mkdocs.yml", "["), ("macros/endpoint.html.jinja", "{% macro")])
def test_what_is_wrong_is_left_to_the_build_to_tell(file: str, text: str, tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "macros").mkdir(exist_ok=True)
    (tmp_path / file).write_text(text)
    get_ready(tmp_path)
