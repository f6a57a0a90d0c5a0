"""Files to begin an endpoint or a resource with: well guessed, right at once, and marked where unknown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest
from click.testing import CliRunner, Result
from tests.parcels import write

from apiguide.checks import Checked, check
from apiguide.checks.text import DEBT
from apiguide.cli import main
from apiguide.conventions import guess
from apiguide.formatting import formatted
from apiguide.model import Endpoint, Guide
from apiguide.model.endpoint import PLACEHOLDER
from apiguide.scaffold import DraftError, endpoint_draft, resource_draft
from apiguide.yaml_source import FrozenDict

GuideOf = Callable[[str], Guide]

LIBRARY = """
=== guide.yaml
title: Library
groups: [{id: lending, title: Lending}]
statuses: {200: {title: OK}, 201: {title: Created}, 204: {title: No Content}}
paging: {page: {type: integer, description: Which., example: 2}}
debt: {loans: 1}
=== books/resource.yaml
title: Books
parameters: {id: {type: integer, description: Number., example: 12}}
objects: {book: {fields: {id: {type: integer, description: Number., example: 12}}}}
=== books/list.yaml
title: List books
path: /library/books
paging: true
responses: {200: {body: {type: array, items: {object: book}}}}
=== books/create.yaml
title: Create book
method: POST
path: /library/books
parameters: {body: {item: {object: book}}}
responses: {201: {body: {object: book}}}
=== books/edit.yaml
title: Edit book
method: PATCH
path: /library/books/:id
parameters: {body: {item: {object: book}}}
responses: {204: {}}
=== books/bind.yaml
title: Bind book
method: PUT
path: /library/books/:id/bind
responses: {204: {}}
=== loans/resource.yaml
title: Loans
objects: {loan: {fields: {id: {type: integer, description: Number., example: 3}}}}
=== authors/resource.yaml
title: Authors
=== clock/resource.yaml
title: Clock
=== clock/get.yaml
title: Get clock
path: /time
responses: {200: {}}
"""


@pytest.fixture
def library(guide_of: GuideOf) -> Guide:
    return guide_of(LIBRARY)


def text(guide: Guide, id_: str, **given: str) -> str:
    return endpoint_draft(guide, id_, **given).text


# What is guessed


def test_a_endpoint_is_like_those_of_its_name_in_other_resources(library: Guide) -> None:
    assert text(library, "loans/edit") == dedent("""\
        title: Edit loan
        method: PATCH
        path: /loans/:id
        since: "3.0"
        incomplete: [parameters]
        description: TODO. What it does, in a sentence.
        parameters:
          path:
            id: {description: TODO. What it names.}
          body:
            loan: {object: loan}
        responses:
          204: {}
    """)


def test_a_list_answers_with_a_list_and_pages_as_others_do(library: Guide) -> None:
    assert text(library, "loans/list") == dedent("""\
        title: List loans
        method: GET
        path: /loans
        since: "3.0"
        paging: true
        description: TODO. What it does, in a sentence.
        responses:
          200: {body: {type: array, items: {object: loan}}}
    """)


def test_an_action_belongs_to_one_record_of_its_resource(library: Guide) -> None:
    assert text(library, "books/repair") == dedent("""\
        title: Repair book
        method: POST
        path: /library/books/:id/repair
        since: "3.0"
        description: TODO. What it does, in a sentence.
        responses:
          200: {body: {object: book}}
    """)


def test_where_nothing_is_alike_words_that_people_use_everywhere_tell(library: Guide) -> None:
    made = text(library, "loans/delete")
    assert "method: DELETE\npath: /loans/:id\n" in made
    assert made.endswith("responses:\n  204: {}\n")
    assert "method: GET\npath: /loans/:id\n" in text(library, "loans/show")


def test_the_words_after_the_verb_say_what_a_endpoint_is_about(library: Guide) -> None:
    assert "path: /loans/:id/books\n" in text(library, "loans/get_books")
    assert "{object: book}" in text(library, "loans/get_books")
    made = text(library, "loans/get_fees")
    assert "incomplete: [reply]" in made
    assert "object" not in made


def test_a_resource_without_records_has_actions_of_its_own(library: Guide) -> None:
    assert "path: /time/reset\n" in text(library, "clock/reset")


def test_a_path_that_is_taken_is_made_longer(library: Guide) -> None:
    assert "method: GET\npath: /library/books/search\n" in text(library, "books/search")


def test_a_status_that_the_guide_does_not_know_is_to_be_described(guide_of: GuideOf) -> None:
    made = text(guide_of("=== books/resource.yaml\ntitle: Books\n"), "books/create")
    assert "201: {description: TODO. What it means.}" in made


def test_the_first_release_is_not_named(guide_of: GuideOf) -> None:
    guide = guide_of('=== guide.yaml\nreleases: [{release: "1.0"}]\n=== books/resource.yaml\n')
    assert "since" not in text(guide, "books/list")
    assert "since" not in resource_draft(guide, "loans").text


@pytest.mark.parametrize(
    ("planned", "since", "next_"),
    [
        ("2.0 3.0", None, "2.0"),
        ("3.0", 'since: "2.0"\n', "3.0"),
        ("", 'since: "3.0"\n', None),
        ("1.0 2.0 3.0", 'since: "3.0"\n', None),
    ],
)
def test_the_newest_release_is_one_that_is_out(
    guide_of: GuideOf, planned: str, since: str | None, next_: str | None
) -> None:
    """What only a planned release has is in no guide that anybody sees."""
    releases = ", ".join(
        f'{{release: "{each}"{", status: planned" if each in planned.split() else ""}}}'
        for each in ("1.0", "2.0", "3.0")
    )
    guide = guide_of(f"=== guide.yaml\nreleases: [{releases}]\n=== books/resource.yaml\n")
    for draft in (endpoint_draft(guide, "books/list"), resource_draft(guide, "loans")):
        assert (since or "\nsince") in draft.text if since else "since" not in draft.text
        assert draft.planned == next_


@pytest.mark.parametrize(
    ("title", "object_", "one"),
    [
        ("Batches", "batch", "batch"),
        ("Caches", "cache", "cache"),
        ("Batches", "nothing", "batch"),
        ("CDN caches", "cdn_cache", "CDN cache"),
        ("Policies", "policy", "policy"),
        ("Matches", "match_result", "match"),
    ],
)
def test_one_of_many_is_called_as_its_object(guide_of: GuideOf, title: str, object_: str, one: str) -> None:
    guide = guide_of(
        f"=== things/resource.yaml\ntitle: {title}\nobjects: {{{object_}: {{fields: {{id: {{}}}}}}}}\n"
    )
    assert f"title: Get {one}\n" in text(guide, "things/get")
    assert f"title: Cancel {one}\n" in text(guide, "things/cancel")


def test_an_object_is_found_by_whatever_plural_names_the_resource(guide_of: GuideOf) -> None:
    objects = "objects: {batch: {fields: {id: {}}}}"
    guide = guide_of(f"=== guide.yaml\n{objects}\n=== jobs/resource.yaml\ntitle: Jobs\n")
    assert guess(guide, "jobs/get_batches").object == "batch"


@pytest.mark.parametrize("given", [{}, {"method": "POST"}])
def test_a_method_that_guide_yaml_does_not_list_comes_with_a_way_on(
    guide_of: GuideOf, given: dict[str, str]
) -> None:
    methods = "methods: {GET: {description: Reads.}, PUT: {description: Writes.}}"
    guide = guide_of(f"=== guide.yaml\n{methods}\n=== books/resource.yaml\n")
    with pytest.raises(DraftError) as refused:
        endpoint_draft(guide, "books/create", **given)
    assert str(refused.value) == (
        "POST is not among the `methods` of guide.yaml; add `POST: {description: …}` there, "
        "or choose from `GET` and `PUT` with --method"
    )
    listed = methods.replace("{GET", "{POST: {description: …}, GET")
    with_it = guide_of(f"=== guide.yaml\n{listed}\n=== books/resource.yaml\n")
    assert "method: POST" in text(with_it, "books/create", **given)
    assert "method: PUT" in text(guide, "books/create", method="PUT")


def test_of_the_endpoints_of_the_reference_most_would_have_been_guessed_from_the_others(
    reference: Checked,
) -> None:
    guide = reference.guide
    assert guide is not None
    methods, paths = 0, 0
    for id_, each in guide.endpoints.items():
        others = {name: other for name, other in guide.endpoints.items() if name != id_}
        guessed = guess(Guide(guide.settings, guide.resources, FrozenDict(others)), id_)
        methods += guessed.method == each.method
        paths += PLACEHOLDER.sub(":", guessed.path) == PLACEHOLDER.sub(":", each.path)
    assert methods > 0.9 * len(guide.endpoints)
    assert paths > 0.65 * len(guide.endpoints)


# What is given


def test_what_is_given_is_not_guessed(library: Guide) -> None:
    given = {"method": "GET", "path": "/a/:x/b", "title": 'A: "title" # of it'}
    made = text(library, "loans/edit", **given)
    assert made.startswith("title: 'A: \"title\" # of it'\nmethod: GET\npath: /a/:x/b\n")
    assert "x: {description: TODO" in made
    assert "body" not in made


@pytest.mark.parametrize(
    ("id_", "given", "message"),
    [
        (
            "books",
            {},
            "an endpoint is named RESOURCE/ENDPOINT, in lower case with digits, `_` and `-`: write it as ",
        ),
        ("books/Take Back", {}, "write books/take_back"),
        ("books/a/b", {}, "write it as in books/create"),
        ("books/resource", {}, "reference/books/resource.yaml is the file of the resource itself"),
        ("books/list", {}, "reference/books/list.yaml is there already"),
        ("boks/list", {}, "there is no resource `boks`; did you mean `books`?"),
        ("desks/list", {}, "there is no resource `desks`; `apiguide new resource desks` begins one"),
        ("loans/list", {"method": "get"}, "there is no method `get`; did you mean `GET`?"),
        ("loans/list", {"path": "loans"}, "the path `loans` does not begin with /; write `/loans`"),
        ("loans/list", {"path": "/loans/{id}"}, "write `/loans/:id`"),
        (
            "loans/get",
            {"path": "/library/books"},
            "GET /library/books is the request of reference/books/list",
        ),
        ("books/fetch", {"title": "list books", "path": "/x"}, "is also that of reference/books/list.yaml"),
        ("loans/list", {"title": "\u200b"}, "the invisible character U+200B"),
        ("loans/list", {"title": " "}, "the text is empty"),
    ],
)
def test_what_the_check_would_refuse_is_not_written(
    library: Guide, id_: str, given: dict[str, str], message: str
) -> None:
    with pytest.raises(DraftError) as refused:
        endpoint_draft(library, id_, **given)
    assert message in str(refused.value)


def test_a_resource_with_errors_is_to_be_mended_first(library: Guide) -> None:
    with pytest.raises(DraftError, match="has errors; `apiguide check` tells which"):
        endpoint_draft(library, "desks/list", lost=frozenset({"reference/desks/resource.yaml"}))


def test_a_resource_is_begun_with_its_title_and_group(library: Guide) -> None:
    assert resource_draft(library, "reading_rooms", group="lending").text == dedent("""\
        title: Reading rooms
        group: lending
        since: "3.0"
        description: TODO. What it is, and what one can do with it.
        # Next: `parameters`, the placeholders in paths, and `objects`, what endpoints send and return.
    """)


@pytest.mark.parametrize(
    ("name", "group", "message"),
    [
        ("Reading Rooms", None, "write reading_rooms"),
        ("books", None, "reference/books/resource.yaml is there already"),
        ("rooms", "lendin", "there is no group `lendin`; did you mean `lending`?"),
    ],
)
def test_a_resource_that_the_check_would_refuse_is_not_begun(
    library: Guide, name: str, group: str | None, message: str
) -> None:
    with pytest.raises(DraftError) as refused:
        resource_draft(library, name, group=group)
    assert message in str(refused.value)


# The commands


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path)
    return tmp_path


def new(project: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["new", *arguments, "--root", str(project)])


def test_what_is_begun_passes_the_check_and_all_that_is_missing_is_debt(project: Path) -> None:
    assert new(project, "resource", "depots").exit_code == 0
    endpoints = ("list", "get", "create", "edit", "delete", "open", "list_gates", "add_gate", "search")
    for endpoint in endpoints:
        for resource in ("depots", "shipments"):
            result = new(project, "endpoint", f"{resource}/{endpoint}")
            is_there = resource == "shipments" and endpoint in ("list", "get", "create")
            assert result.exit_code == (2 if is_there else 0), result.output
    checked = check(project)
    assert checked.guide is not None
    assert {f"depots/{endpoint}" for endpoint in endpoints} <= checked.guide.endpoints.keys()
    assert {problem.code for problem in checked.problems} <= DEBT
    assert sum(problem.code == "todo" for problem in checked.problems) >= len(endpoints)
    for path in (project / "reference").glob("*/*.yaml"):
        if path.name != "resource.yaml":
            assert formatted(path.read_bytes(), path.name, Endpoint) == path.read_bytes()


def test_the_command_names_the_file_and_what_comes_next(project: Path) -> None:
    result = new(project, "endpoint", "shipments/cancel")
    assert result.stdout == "reference/shipments/cancel.yaml\n"
    assert result.stderr == "what is marked TODO is debt until you write it; `apiguide check` lists it\n"


def test_a_planned_release_is_told_of(project: Path) -> None:
    assert "planned" not in new(project, "endpoint", "shipments/cancel").stderr
    guide = project / "reference" / "guide.yaml"
    text = guide.read_text("utf-8")
    last = next(line for line in reversed(text.splitlines()) if "release:" in line)
    guide.write_text(text.replace(last, f'{last}\n  - {{release: "9.9", status: planned}}'), "utf-8")
    result = new(project, "endpoint", "shipments/hold")
    assert 'if it comes with the planned release, write `since: "9.9"`' in result.stderr
    assert "9.9" not in (project / "reference/shipments/hold.yaml").read_text("utf-8")


def test_a_budget_is_told_of(project: Path) -> None:
    with (project / "reference" / "guide.yaml").open("a", encoding="utf-8") as guide:
        guide.write("debt: {shipments: 1}\n")
    assert "allows this resource a debt of 1" in new(project, "endpoint", "shipments/cancel").stderr


def test_no_file_is_written_over(project: Path) -> None:
    path = project / "reference" / "shipments" / "list.yaml"
    before = path.read_bytes()
    result = new(project, "endpoint", "shipments/list")
    assert result.exit_code == 2
    assert "reference/shipments/list.yaml is there already; nothing was written" in result.stderr
    assert path.read_bytes() == before


def test_a_file_that_is_in_the_way_is_not_written_over(project: Path, library: Guide) -> None:
    draft = resource_draft(library, "desks")
    draft.write(project)
    with pytest.raises(DraftError, match="is there already"):
        draft.write(project)


def test_nothing_is_written_through_a_link(project: Path, library: Guide) -> None:
    outside = project / "outside"
    outside.mkdir()
    (project / "reference" / "desks").symlink_to(outside)
    with pytest.raises(DraftError, match="reference/desks is a symbolic link"):
        resource_draft(library, "desks").write(project)
    assert list(outside.iterdir()) == []


def test_a_endpoint_can_be_added_while_another_file_has_errors(project: Path) -> None:
    (project / "reference" / "shipments" / "get.yaml").write_text("title: [\n", encoding="utf-8")
    assert new(project, "endpoint", "shipments/cancel").exit_code == 0
    result = new(project, "endpoint", "shipments/get")
    assert result.exit_code == 2
    assert "is there already" in result.stderr


def test_without_a_guide_nothing_is_begun(tmp_path: Path) -> None:
    result = new(tmp_path, "resource", "books")
    assert result.exit_code == 2
    assert "no-reference" in result.stdout
    assert "there is no guide to add to" in result.stderr
