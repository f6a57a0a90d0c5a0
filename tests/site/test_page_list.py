"""A release lists its pages, and sitemaps are made from the list."""

from pathlib import Path

import pytest

from apiguide.site.manifest import ManifestError
from apiguide.site.page_list import NAME, PageEntry, load, save, sitemap

PAGES = (
    PageEntry("", "Überblick", True, None),
    PageEntry("books/get/", "Get <book>", False, "2025-05-01"),
)


def test_a_list_is_read_as_it_was_written(tmp_path: Path) -> None:
    save(PAGES, tmp_path)
    assert load(tmp_path) == PAGES
    assert len((tmp_path / NAME).read_text(encoding="utf-8").splitlines()) == 4
    save((), tmp_path)
    assert load(tmp_path) == ()


@pytest.mark.parametrize("content", [None, "", "[1]", "{", '[{"url": "a"}]', '{"a": 1}'])
def test_a_folder_without_a_list_is_built_again(content: str | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / NAME).write_text(content)
    with pytest.raises(ManifestError, match=r"pages\.json is missing or cannot be read; build it again"):
        load(tmp_path)


def test_a_sitemap_has_addresses_and_days() -> None:
    text = sitemap("https://guide.example/a&b/", PAGES)
    assert "<url><loc>https://guide.example/a&amp;b/</loc></url>\n" in text
    assert (
        "<url><loc>https://guide.example/a&amp;b/books/get/</loc><lastmod>2025-05-01</lastmod></url>\n"
        in text
    )
