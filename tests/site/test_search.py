"""Our search in a site: what is shipped, what of other pages it knows, and where it is not used."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.parcels import write

from apiguide.checks import check
from apiguide.problems import report
from apiguide.site.build import build

OLD, NEW = "2024-10-01", "2025-04-01"
LUNR = "assets/javascripts/workers"


def built(root: Path, *releases: str) -> Path:
    """The folder of the first of the releases."""
    checked = check(root)
    assert checked.is_good, "\n".join(report(checked.problems))
    build(checked, releases or [NEW], root / "site")
    return root / "site" / (releases or [NEW])[0]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path / "guide")
    return tmp_path / "guide"


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def stub(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "search/search_index.json").read_text(encoding="utf-8"))
    return found


def index(folder: Path, name: str) -> Any:
    return json.loads((folder / "search" / stub(folder)["config"][name]).read_text(encoding="utf-8"))


def pages(folder: Path) -> dict[str, list[Any]]:
    return {row[1]: row for row in index(folder, "core")["pages"]}


def texts(folder: Path) -> dict[str, str]:
    return dict(zip(pages(folder), index(folder, "texts")["texts"], strict=True))


def worker_of(page: Path) -> str:
    settings = re.search(r'<script id="__config"[^>]*>(.*?)</script>', page.read_text(encoding="utf-8"))
    assert settings is not None
    found: str = json.loads(settings[1])["search"]
    return found


def test_every_page_names_our_worker_and_materials_is_not_there(root: Path) -> None:
    folder = built(root)
    for url in ("", "shipments/", "shipments/create/", "names/"):
        page = folder / url / "index.html"
        assert (page.parent / worker_of(page)).resolve() == folder / "assets/search.js"
    assert (folder / "assets/search.js").stat().st_size > 1_000
    assert not (folder / LUNR).exists()
    assert [path for path in folder.rglob("*") if "lunr" in path.name] == []


def test_the_index_that_every_page_fetches_is_a_stub(root: Path) -> None:
    folder = built(root)
    assert stub(folder)["docs"] == []
    assert (folder / "search/search_index.json").stat().st_size < 300
    names = {path.name for path in (folder / "search").iterdir()}
    config = stub(folder)["config"]
    assert names == {"search_index.json", *(config[key] for key in ("core", "texts", "engine"))} | {
        config[key] for key in ("elsewhere",) if key in config
    }


def test_files_of_the_index_are_called_by_their_content(root: Path) -> None:
    before = stub(built(root))["config"]
    replace(root / "reference/shipments/get.yaml", "description: ", "description: Zebra. ")
    folder = built(root)
    after = stub(folder)["config"]
    assert "Zebra." in texts(folder)["shipments/get/"]
    assert before["texts"] != after["texts"]
    assert before["engine"] == after["engine"]


def test_the_index_of_a_release_is_the_same_whatever_is_built_beside_it(root: Path) -> None:
    def files(folder: Path) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (folder / "search").iterdir()}

    alone = files(built(root, OLD))
    assert alone == files(built(root, OLD, NEW))


def test_hand_written_pages_are_found_by_heading_with_what_their_macros_show(root: Path) -> None:
    (root / "docs/more.md").write_text(
        "# More\n\nFirst *sentence*. Second.\n\n## Codes & such\n\nThe `code` of <b>it</b>.\n\n"
        "{{ statuses() }}\n\n| A | B |\n|---|---|\n| left | right |\n"
    )
    folder = built(root)
    kind, _, title, _, _, summary, parent = pages(folder)["more/"]
    assert (kind, title, summary, parent) == (2, "More", "First sentence.", -1)
    kind, _, title, _, _, summary, parent = pages(folder)["more/#codes-such"]
    assert (kind, title, summary) == (3, "Codes & such", "The code of it.")
    assert [*pages(folder)][parent] == "more/"
    text = texts(folder)["more/#codes-such"]
    assert "left right" in text
    assert "Not Found" in text


def test_a_status_leads_to_the_first_page_that_explains_all(root: Path) -> None:
    folder = built(root)
    terms = {text: uses for kind, text, uses in index(folder, "core")["terms"] if kind == 3}
    number, is_explained, prefix = terms["404"][:3]
    page = [*pages(folder)][number]
    anchor = index(folder, "core")["prefixes"][prefix]
    assert is_explained
    assert f'id="{anchor}"' in (folder / page / "index.html").read_text(encoding="utf-8")


def test_a_page_may_be_left_out_of_search_or_raised_in_it(root: Path) -> None:
    (root / "docs/secret.md").write_text("---\nsearch: {exclude: true}\n---\n# Secret\n\nZebra.\n")
    (root / "docs/first.md").write_text("---\nsearch: {boost: 2}\n---\n# First\n\nLion.\n")
    folder = built(root)
    assert "secret/" not in pages(folder)
    assert "Zebra" not in "".join(texts(folder).values())
    assert pages(folder)["first/"][7] == 2
    assert len(pages(folder)["shipments/"]) == 7


def test_a_part_of_a_page_may_be_left_out_of_search(root: Path) -> None:
    (root / "macros").mkdir(exist_ok=True)
    (root / "macros/aside.html.jinja").write_text(
        "{% macro aside() %}<p>Lion.</p><div data-search-exclude><p>Zebra.</p></div>{% endmacro %}"
    )
    (root / "docs/aside.md").write_text("# Aside\n\n{{ aside() }}\n\n{{ resources() }}\n")
    folder = built(root)
    assert texts(folder)["aside/"] == "Lion."
    assert "Zebra." in (folder / "aside/index.html").read_text(encoding="utf-8")


def test_pages_about_releases_and_the_dictionary_are_found(root: Path) -> None:
    found = pages(built(root))
    assert found["whats-new/"][:3] == [2, "whats-new/", f"What's new in {NEW}"]
    assert found["names/"][:3] == [2, "names/", "Names"]


def test_posts_of_a_blog_are_found(root: Path) -> None:
    (root / "docs/blog/posts").mkdir(parents=True)
    (root / "docs/blog/index.md").write_text("# News\n")
    (root / "docs/blog/posts/first.md").write_text("---\ndate: 2025-05-01\n---\n# First\n\nA zebra.\n")
    replace(root / "mkdocs.yml", "plugins:\n", "plugins:\n  - blog\n")
    folder = built(root)
    assert "zebra" in texts(folder)["blog/2025/05/01/first/"]


def test_a_guide_of_no_pages_but_its_reference_is_found(root: Path) -> None:
    (root / "docs/index.md").unlink()
    (root / "mkdocs.yml").write_text(
        re.sub(r"^nav:\n(  .*\n)+", "", (root / "mkdocs.yml").read_text(), flags=re.M)
    )
    for page in (root / "docs").glob("*.md"):
        page.unlink()
    assert "shipments/create/" in pages(built(root))


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs"])
def test_another_theme_keeps_its_own_search(root: Path, theme: str) -> None:
    config = root / "mkdocs.yml"
    config.write_text(re.sub(r"theme:\n(  .*\n)+", f"theme: {theme}\n", config.read_text()))
    folder = built(root)
    found = [each["text"] for each in stub(folder)["docs"] if each["location"] == "shipments/create/"]
    assert "Orders the transport of one or more parcels." in found[0]
    assert not (folder / "assets/search.js").exists()
    assert [path.name for path in (folder / "search").glob("*-*")] == []


@pytest.mark.parametrize("plugin", ["", "  - search: {enabled: false}\n"])
def test_without_search_nothing_of_it_is_shipped(root: Path, plugin: str) -> None:
    replace(root / "mkdocs.yml", "  - search\n", plugin)
    folder = built(root)
    assert not (folder / "assets/search.js").exists()
    assert not (folder / "search").exists()
    assert not (folder / LUNR).exists()


def test_a_project_with_a_page_layout_of_its_own_keeps_materials_search(
    root: Path, copy_of_base: Callable[[Path], None]
) -> None:
    copy_of_base(root / "own/base.html")
    replace(root / "mkdocs.yml", "name: material", "name: material\n  custom_dir: own")
    folder = built(root)
    assert {each["location"] for each in stub(folder)["docs"]} >= {"shipments/create/"}
    worker = worker_of(folder / "shipments/create/index.html")
    assert (folder / "shipments/create" / worker).resolve().is_file()
    assert not (folder / "assets/search.js").exists()


@pytest.fixture
def copy_of_base() -> Callable[[Path], None]:
    """`copy_of_base(path)`: writes Material's own layout of a page there."""
    from apiguide.site.layout import material_dir

    def copy(path: Path) -> None:
        path.parent.mkdir()
        path.write_bytes(Path(material_dir(), "base.html").read_bytes())

    return copy
