"""A hook of the handbook's site: what is made of its reference stands under one heading, as a sample."""

from __future__ import annotations

from typing import Any

from mkdocs.structure.nav import Navigation, Section

from apiguide.site.pages import GuidePage


def on_nav(nav: Navigation, config: Any, files: Any) -> Navigation:
    """Moves the pages about the sample guide's releases and names into the section of its endpoints."""
    sample = nav.items[-1]
    assert isinstance(sample, Section), "the groups of the reference come last"
    made = [item for item in nav.items if isinstance(item, GuidePage)]
    sample.title = "The sample guide"
    sample.children += made
    for page in made:
        page.parent = sample
    nav.items = [item for item in nav.items if item not in made]
    return nav
