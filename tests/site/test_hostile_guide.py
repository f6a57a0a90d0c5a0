"""A guide whose every text tries to be more than text, in a real browser."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

pytestmark = pytest.mark.browser

EVIL = (
    "<script>window.hacked=1</script><img src=x onerror=window.hacked=1>"
    "\"'><svg onload=window.hacked=1> {{ 7*7 }} {% raw %} [x](javascript:window.hacked=1) "
    "![y](//evil.test/y.png)"
)


class _Quoted(yaml.SafeDumper):
    """Writes every text in quotes and every value out."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Quoted.add_representer(
    str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')
)


def write(path: Path, data: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.dump(data, Dumper=_Quoted, allow_unicode=True))


@pytest.fixture
def hostile(project: Path) -> Path:
    """A project that has the hostile text wherever the format takes a text."""
    field = {
        "type": "string",
        "unit": EVIL,
        "description": EVIL,
        "example": EVIL,
        "default": EVIL,
        "enum": [{"value": EVIL, "description": EVIL}],
    }
    note = {"info": EVIL}
    write(
        project / "reference/guide.yaml",
        {
            "title": "Hostile",
            "description": EVIL,
            "servers": [{"url": "http://hostile.test", "description": EVIL}],
            "releases": [{"release": "1.0"}, {"release": "2.0"}],
            "formats": {
                "xml": {"media_type": "application/xml", "extension": ".xml", "dialect": "rails"},
                "json": {"media_type": "application/json", "extension": ".json"},
            },
            "authentication": [
                {"id": "basic", "type": "basic", "title": EVIL, "user": EVIL, "password": EVIL}
            ],
            "groups": [{"id": "all", "title": EVIL}],
            "methods": {"POST": {"description": EVIL, "notes": [note]}},
            "statuses": {"201": {"title": EVIL, "description": EVIL}},
        },
    )
    write(
        project / "reference/things/resource.yaml",
        {
            "title": EVIL,
            "group": "all",
            "description": EVIL,
            "notes": [note],
            "parameters": {"id": field},
            "objects": {"thing": {"description": EVIL, "fields": {"text": field}}},
        },
    )
    write(
        project / "reference/things/create.yaml",
        {
            "title": EVIL,
            "method": "POST",
            "path": "/things/:id",
            "description": EVIL,
            "permissions": [{"value": EVIL, "description": EVIL}],
            "notes": [note, {"warning": EVIL, "since": "2.0"}],
            "deprecated": {"since": "2.0", "use": EVIL, "note": EVIL},
            "parameters": {
                "query": {"q": field},
                "header": {"X-Evil": field},
                "body": {"thing": {"object": "thing", "fields": {"text": {}}}},
            },
            "responses": {"201": {"description": EVIL, "body": {"object": "thing"}}},
            "examples": [
                {
                    "title": EVIL,
                    "description": EVIL,
                    "parameters": {"path": {"id": EVIL}, "body": {"thing": {"text": EVIL}}},
                }
            ],
        },
    )
    (project / "docs/index.md").write_text(
        "---\ntitle: <script>window.hacked=1</script>\n"
        "description: '\"><script>window.hacked=1</script>'\n---\n"
        "# Hostile `<script>window.hacked=1</script>` <script>window.hacked=1</script>\n\n"
        "<script>window.hacked=1</script>\n\n<img src=x onerror=window.hacked=1>\n\n"
        '[x](javascript:window.hacked=1)\n\n<iframe src="//evil.test"></iframe>\n\n'
        '![y](http://evil.test/y.png)\n\n{{ endpoint("things/create") }}\n\n'
        '{{ authentication("GET", "/things") }}\n\n{{ statuses() }}\n\n{{ methods() }}\n\n{{ resources() }}\n'
    )
    settings = yaml.safe_load((project / "mkdocs.yml").read_text())
    settings.pop("nav", None)
    (project / "mkdocs.yml").write_text(yaml.safe_dump(settings, sort_keys=False))
    return project


def test_a_hostile_text_stays_text(
    hostile: Path,
    tmp_path: Path,
    build_site: Callable[..., Path],
    serve: Callable[[Path], str],
    visit: Any,
) -> None:
    base = serve(build_site(hostile, tmp_path / "site"))
    visitor = visit(base)
    for path in ("latest/", "latest/things/", "latest/things/create/"):
        page = visitor.open(path)
        page.locator("h1").wait_for()
        assert page.evaluate("window.hacked") is None, path
        assert page.locator("[href^='javascript:'], [onerror], [onload], iframe").count() == 0, path
        assert page.locator("article script, article img[src*='evil']").count() == 0, path
        assert visitor.elsewhere == [], path
    text = page.locator("article").inner_text()
    assert "<script>window.hacked=1</script>" in text
    assert "{{ 7*7 }} {% raw %}" in text
    assert "49" not in page.title()


def test_a_hostile_title_stays_text_in_search(
    hostile: Path,
    tmp_path: Path,
    build_site: Callable[..., Path],
    serve: Callable[[Path], str],
    visit: Any,
) -> None:
    page = visit(serve(build_site(hostile, tmp_path / "site"))).open("latest/")
    page.locator("input.md-search__input").click()
    page.locator("input.md-search__input").press_sequentially("things")
    page.locator(".md-search-result__item").first.wait_for()
    assert page.evaluate("window.hacked") is None
    assert (
        page.locator(".md-search-result script, .md-search-result img, .md-search-result svg[onload]").count()
        == 0
    )
