"""A law: whatever came later than what holds it bears a badge, or is told of in the history of its page."""

from collections.abc import Iterable, Iterator

import pytest

from apiguide.anchors import OBJECT, Listed, anchor, listed, listed_of_body, response_anchors
from apiguide.changes import Difference, Kind, history
from apiguide.checks import Checked
from apiguide.model import LOCATIONS, Versioned, resource_id
from apiguide.view import GuideView


def bears_none(part: Versioned, start: int, view: GuideView) -> bool:
    """Whether a part in a whole that is there from `start` on bears no badge, although it came later."""
    release = part.documented_since
    return release is not None and view.guide.order[release] > start and release != view.release


def without_sign(rows: Iterable[Listed], view: GuideView) -> set[str]:
    return {anchor(*row.names) for row in rows if bears_none(row.field, row.introduced, view)}


def told_of(silent: set[str], told: Iterable[Difference]) -> bool:
    """Whether each anchor is told of: itself, or the object that it is in as a whole."""
    known = {each.anchor for each in told if each.kind is Kind.DOCUMENTED and each.names}
    return all(each in known or any(each.startswith(f"{whole}-") for whole in known) for each in silent)


def own(rows: Iterable[Listed]) -> Iterator[Listed]:
    """The fields of an object, but not those of objects in it: the pages of these tell of them."""
    others: tuple[str, ...] = ()
    for row in rows:
        path = anchor(*row.names)
        if not path.startswith(others or ("-",)):
            yield row
            if row.held is not None and row.held.object is not None and row.held.fields is None:
                others = (*others, f"{path}-")


def rows_of_endpoint(id_: str, view: GuideView) -> Iterator[Listed]:
    endpoint = view.endpoints[id_]
    start = view.introduced(endpoint, view.introduced(view.resources[resource_id(id_)]))
    for location in LOCATIONS:
        yield from listed(view, view.parameters(endpoint, location), location, start, request=True)
    locations = response_anchors(view, endpoint)
    for response in view.responses(endpoint):
        if response.status in locations and response.body is not None:
            yield from listed_of_body(view, response.body, locations[response.status], start)


@pytest.mark.parametrize("release", ["4.2", "4.0"])
def test_no_field_of_the_reference_is_without_sign_and_history(release: str, reference: Checked) -> None:
    view, views = reference.views[release], reference.views
    number = 0
    for id_, endpoint in view.endpoints.items():
        told = [each for _, found in history(views, id_, release) for each in found]
        silent = without_sign(rows_of_endpoint(id_, view), view)
        assert told_of(silent, told), id_
        if bears_none(endpoint, view.introduced(view.resources[resource_id(id_)]), view):
            assert "endpoint-documented" in {each.code for each in told}, id_
        number += len(silent)
    assert number > 500


@pytest.mark.parametrize("release", ["4.2", "4.0"])
def test_no_resource_is_without_sign_and_history(release: str, reference: Checked) -> None:
    view, views = reference.views[release], reference.views
    number = 0
    for id_, resource in view.resources.items():
        told = [each for _, found in history(views, id_, release) for each in found]
        start = view.introduced(resource)
        for name in resource.objects:
            held = view.objects[name]
            rows = listed(view, held.fields, anchor(OBJECT, name), view.object_introduced(name))
            silent = without_sign(own(rows), view)
            silent |= {anchor(OBJECT, name)} if bears_none(held, start, view) else set()
            number += len(silent)
            assert told_of(silent, told), id_
        for page, endpoint in view.guide.endpoints_of(id_).items():
            assert not bears_none(endpoint, start, view) or page in {each.page for each in told}, id_
    assert number > 50
