"""A few endpoints are checked without the others: the findings are those of a check of everything."""

from collections.abc import Callable
from pathlib import Path

from apiguide.checks import Checked
from apiguide.checks.partial_check import PartialCheck

GET = "reference/books/get.yaml"
OBJECT = """objects:
  chapter:
    fields:
      title: {type: string, description: What it is called., example: First}
      next: {object: chapter, description: The chapter after it., nullable: true}
"""


def test_a_endpoint_is_what_it_is_among_the_others(reference: Checked) -> None:
    few, whole = PartialCheck(reference.root), reference
    for id_ in ("virtual_servers/create", "users/get", "billing_plans/list"):
        found = few.check([id_])
        assert found is not None
        assert len(found.guide.endpoints) < len(whole.views["4.2"].endpoints) / 4
        assert found.problems == tuple(
            p for p in whole.problems if p.where.source.path == f"reference/{id_}.yaml"
        )
        for release, view in whole.views.items():
            assert found.views[release].endpoints.get(id_) == view.endpoints.get(id_)


def test_what_is_wrong_in_it_is_found_and_what_is_wrong_elsewhere_is_not(
    project: Callable[..., Path],
) -> None:
    root = project(
        {GET: ("object: book", "object: bok"), "reference/books/create.yaml": ("method: POST", "method: PST")}
    )
    found = PartialCheck(root).check(["books/get"])
    assert found is not None
    assert [(p.code, p.where.source.path) for p in found.problems] == [("unknown-object", GET)]


def test_endpoints_that_it_names_are_not_missed(project: Callable[..., Path]) -> None:
    root = project(
        {GET: ("Gives a book.", "Gives what [Create book](ref:books/create#body-book-title) made.")}
    )
    found = PartialCheck(root).check(["books/get"])
    assert found is not None
    assert found.problems == ()
    assert set(found.guide.endpoints) == {"books/get", "books/create"}

    (root / GET).write_text((root / GET).read_text().replace("body-book-title", "body-book-titel"))
    found = PartialCheck(root).check(["books/get"])
    assert found is not None
    assert [p.code for p in found.problems] == ["dead-reference"]


def test_endpoints_that_a_resource_names_are_not_missed(project: Callable[..., Path]) -> None:
    resource = "reference/books/resource.yaml"
    root = project({resource: ("What the library", "What [Create book](ref:books/create) told the library")})
    found = PartialCheck(root).check(["books/get"])
    assert found is not None
    assert set(found.guide.endpoints) == {"books/get", "books/create"}


def test_an_object_that_holds_its_like_is_looked_into_once(project: Callable[..., Path]) -> None:
    root = project({"reference/books/resource.yaml": ("objects:\n", OBJECT)})
    (root / GET).write_text((root / GET).read_text().replace("object: book", "object: chapter"))
    found = PartialCheck(root).check(["books/get"])
    assert found is not None
    assert "chapter" in found.guide.objects


def test_what_a_field_says_to_use_instead_is_there(project: Callable[..., Path]) -> None:
    field = "deprecated: {since: '2.0', use: books/gett}"
    text = f"title: Get book\nparameters: {{query: {{old: {{type: string, {field}}}}}}}"
    root = project({GET: ("title: Get book", text)})
    found = PartialCheck(root).check(["books/get"])
    assert found is not None
    assert "unknown-endpoint" in [p.code for p in found.problems]


def test_what_an_object_says_already_is_told(project: Callable[..., Path]) -> None:
    field = "parameters: {query: {title: {type: string, description: Title as on the cover., example: E}}}\n"
    checked = PartialCheck(project({"books/get.yaml": ("", field)})).check(["books/get"])
    assert checked is not None
    assert [problem.code for problem in checked.problems] == ["said-twice"]


def test_objects_whose_fields_are_extended_are_not_missed(project: Callable[..., Path]) -> None:
    files = {
        "books/get.yaml": ("", "parameters: {query: {by: {extends: reader.name}}}\n"),
        "readers/resource.yaml": (
            "title: Readers\ngroup: lending\ndescription: Who lend.\n"
            "objects:\n"
            "  reader: {fields: {name: {type: string, description: As on the card., example: Ada}}}\n"
        ),
    }
    checked = PartialCheck(project(files)).check(["books/get"])
    assert checked is not None
    assert checked.problems == ()
    by = checked.views["2.0"].endpoints["books/get"].parameters.query["by"]
    assert by.description == "As on the card."


def test_a_change_is_seen_each_time(project: Callable[..., Path]) -> None:
    root = project({})
    few = PartialCheck(root)
    for words in ("Gives a book.", "Gives one book.", "Gives a book."):
        text = (root / GET).read_text()
        (root / GET).write_text(
            "".join(
                f"description: {words}\n" if line.startswith("description") else line
                for line in text.splitlines(keepends=True)
            )
        )
        found = few.check(["books/get"])
        assert found is not None
        assert found.views["2.0"].endpoints["books/get"].description == words

    resource = root / "reference/books/resource.yaml"
    resource.write_text(resource.read_text().replace("      title:", "      name:"))
    found = few.check(["books/create"])
    assert found is not None
    assert {p.code for p in found.problems} != set()


def test_objects_of_whole_resources_are_checked_too(project: Callable[..., Path]) -> None:
    resource = "reference/books/resource.yaml"
    root = project(
        {
            resource: (
                "type: integer, description: Number on its label., example: 12}\n      title",
                "type: integer, description: Number on its label., example: x}\n      title",
            )
        }
    )
    endpoints = ["books/get", "books/create"]
    alone = PartialCheck(root).check(endpoints)
    whole = PartialCheck(root).check(endpoints, full_resources=["books"])
    assert alone is not None
    assert whole is not None
    assert "wrong-type" in {p.code for p in whole.problems}
    assert {p.where.source.path for p in whole.problems} == {resource}
    assert alone.problems == ()


def test_a_guide_that_cannot_be_read_has_none(project: Callable[..., Path]) -> None:
    root = project({})
    (root / "reference/guide.yaml").write_text("title: [\n")
    assert PartialCheck(root).check(["books/get"]) is None
