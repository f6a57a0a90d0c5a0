"""The check as a whole: all problems of all files in one run, and never a traceback."""

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apiguide.checks import Checked, check
from apiguide.model import LOCATIONS, Change, Deprecation, Endpoint, Field, Object, Resource, Settings
from apiguide.problems import errors

CREATE, GET, BOOKS, GUIDE, PAGE = (
    "books/create.yaml",
    "books/get.yaml",
    "books/resource.yaml",
    "guide.yaml",
    "docs/index.md",
)
HALLS = "title: Halls\ndescription: Rooms.\ngroup: {}\n"
TWELVE = Path(__file__).parents[1] / "guides" / "twelve"


@pytest.fixture
def checked(project: Callable[..., Path]) -> Callable[..., Checked]:
    return lambda files: check(project(files))


def test_a_project_without_problems_has_a_view_of_each_release(checked: Callable[..., Checked]) -> None:
    found = checked({})
    assert found.problems == ()
    assert found.is_good
    assert list(found.views) == ["1.0", "1.1", "2.0"]
    assert found.guide is not None
    assert list(found.guide.endpoints) == ["books/create", "books/get"]
    assert [page.path for page in found.docs] == ["index.md"]


def test_a_guide_of_many_endpoints_has_no_problems() -> None:
    assert check(TWELVE).problems == ()


def test_all_problems_of_all_files_come_in_one_run(problems: Callable[..., list[Any]]) -> None:
    found = problems(
        {
            GUIDE: (
                "groups:",
                "exceptions: [{at: nothing, release: '1.1', reason: W.}]\ngroups:",
            ),
            BOOKS: ("example: Emma", "example: Emma, max_length: 2"),
            CREATE: ("POST", "PSOT"),
            GET: ("", "permissionz: [a]\nprefer: books/create\n"),
            "books/list.yaml": "title: All\nmethod: GET\npath: /books\ndescription: A. [It](ref:books/gte)\n"
            "parameters: {query: {n: {type: integer, description: N., example: a}}}\nresponses: {200: {}}\n",
            "halls/resource.yaml": HALLS.format("rooms"),
            "halls/get.yaml": "title: Get\nmethod: GET\npath: /halls/:id\ndescription: G.\n"
            "responses: {200: {body: {object: hall}}}\n",
            "halls/list.yaml": "title: [",
            PAGE: "{{ x }}\n{{ endpoint('books/get') }}\n{{ endpoint('books/gte') }}\n{{ nothing() }}\n",
        }
    )
    assert {(problem.where.source.path, problem.code) for problem in found} == {
        ("docs/index.md", "docs-jinja"),
        ("docs/index.md", "unknown-endpoint"),
        ("docs/index.md", "unknown-macro"),
        ("reference/books/create.yaml", "unknown-method"),
        ("reference/books/get.yaml", "unknown-key"),
        ("reference/books/list.yaml", "dead-reference"),
        ("reference/books/list.yaml", "wrong-type"),
        ("reference/books/resource.yaml", "too-long"),
        ("reference/guide.yaml", "unknown-location"),
        ("reference/halls/get.yaml", "placeholder-without-parameter"),
        ("reference/halls/get.yaml", "unknown-object"),
        ("reference/halls/list.yaml", "yaml-syntax"),
        ("reference/halls/resource.yaml", "unknown-group"),
    }
    assert found == sorted(found, key=lambda problem: (*problem.where.sort_key, problem.code))


def test_what_stands_in_a_file_that_cannot_be_read_is_not_missed_elsewhere(
    codes: Callable[..., list[str]],
) -> None:
    files = {
        BOOKS: ("title: Books", "titel: Books\ntitle: Books"),
        GET: ("", "prefer: books/create\n"),
        PAGE: "{{ endpoint('books/get') }} [it](ref:books#object-book)\n",
        "halls/resource.yaml": HALLS.format("lending"),
        "halls/get.yaml": "title: Get\nmethod: GET\npath: /halls\ndescription: '[B](ref:books)'\n"
        "responses: {200: {body: {object: book}}}\n",
    }
    assert codes(files) == ["unknown-key"]


def test_a_endpoint_that_cannot_be_read_is_not_missed_elsewhere(codes: Callable[..., list[str]]) -> None:
    files = {
        GET: ("title: Get book", "titel: Get book\ntitle: Get book"),
        CREATE: ("", "prefer: books/get\ndeprecated: {since: '1.1', use: books/get}\n"),
        PAGE: "{{ endpoint('books/get') }}\n\n[it](ref:books/get#response-title)\n",
    }
    assert codes(files) == ["unknown-key"]


def test_what_needs_a_file_that_has_no_views_has_none_itself(problems: Callable[..., list[Any]]) -> None:
    """`cell` needs `hall`, and `hall` needs `book`; what is wrong in a file beside them is still found."""
    get = "title: Get\nmethod: GET\npath: /%s\nresponses: {200: {body: {%s}}}\n"
    files = {
        BOOKS: ("  book:\n", "  book:\n    since: '9.9'\n"),
        "halls/resource.yaml": HALLS.format("lending") + "objects: {hall: {extends: book}}\n",
        "halls/get.yaml": get % ("halls", "object: hall"),
        "cells/resource.yaml": HALLS.format("lending") + "objects: {cell: {extends: hall}}\n",
        "cells/get.yaml": get % ("cells", "object: cell"),
        "desks/resource.yaml": HALLS.format("lending"),
        "desks/get.yaml": get % ("desks", "fields: {n: {type: integer, example: a}}"),
    }
    assert {(each.where.source.path, each.code) for each in errors(problems(files))} == {
        ("reference/books/resource.yaml", "unknown-release"),
        ("reference/desks/get.yaml", "wrong-type"),
    }


def test_there_are_no_views_of_a_guide_with_errors(checked: Callable[..., Checked]) -> None:
    found = checked({GET: ("object: book", "object: bok")})
    assert found.views == {}
    assert not found.is_good


def test_warnings_are_no_errors(checked: Callable[..., Checked]) -> None:
    found = checked({GET: ("description: Gives a book.\n", "")})
    assert [problem.code for problem in found.problems] == ["no-description"]
    assert found.is_good
    assert found.views


def test_a_problem_stands_in_a_file_and_says_what_to_do(problems: Callable[..., list[Any]]) -> None:
    found = problems(
        {
            GUIDE: ("title: City", "curl: {options: ['; rm']}\ntitle: City"),
            GET: ("{body: {object: book}}", "{body: {type: array, items: {}}}"),
            CREATE: ("", "paging: true\nincomplete: [reply]\n"),
        }
    )
    assert len(found) > 3
    for problem in found:
        assert problem.where.source.path.startswith(("reference/", "docs/"))
        assert problem.where.source.text
        assert problem.hint


def test_without_a_guide_pages_are_still_read(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("{{ x }}")
    assert [problem.code for problem in check(tmp_path).problems] == ["docs-jinja", "no-reference"]


def test_nothing_of_the_tree_is_run(project: Callable[..., Path]) -> None:
    root = project(
        {
            "mkdocs.yml": (
                "site_name: City Library API Guide\nhooks: [evil.py]\nplugins: !!python/name:os.system"
            ),
            "evil.py": "raise SystemExit('run')",
            "conftest.py": "raise SystemExit('run')",
            "apiguide.py": "raise SystemExit('run')",
            "macros/endpoint.html.jinja": "{{ 1/0 }}",
        }
    )
    assert check(root).problems == ()


JUNK: list[Any] = [
    *("9.9", "1.0", "1.1", "2.0", "null", "~", "", "true", "x", "é", "a b", "{{7*7}}", "1e5", "-1", "/x/:id"),
    *("array", "object", "integer", "book", "nobody", "books/get", "books/gte", "[x](ref:y)", "GET", "../x"),
    *(
        {},
        [],
        ["a"],
        {"a": "b"},
        {"since": "1.1"},
        {"object": "book"},
        {"type": "array", "items": {"name": "q"}},
    ),
    *({"fields": {"id": {}}}, [{"release": "1.1", "before": {"type": "integer"}}], {"extends": "book"}),
]
KEYS = sorted(
    {
        *LOCATIONS,
        *Field.model_fields,
        *Object.model_fields,
        *Endpoint.model_fields,
        *Resource.model_fields,
        *Settings.model_fields,
        *Change.model_fields,
        *Deprecation.model_fields,
        "200",
        "404",
        "id",
        "book",
    }
)


def _locations(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of all values inside a value."""
    entries = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [
        location for key, value in entries for location in ((*path, key), *_locations(value, (*path, key)))
    ]


LIBRARY: dict[str, Any] = {
    name: yaml.load(text, Loader=yaml.BaseLoader)
    for name, text in {
        "guide": """
            title: Library
            servers: [{url: http://library.test}]
            releases: [{release: "1.0"}, {release: "1.1"}, {release: "2.0"}]
            formats:
              xml: {media_type: application/xml, extension: .xml, dialect: rails}
              json: {media_type: application/json}
            groups: [{id: lending, title: Lending}]
            statuses:
              404: {title: Not Found, when: path_parameters, body: {object: errors}, example: {errors: [a]}}
            paging: {page: {type: integer, example: 1}}
            objects: {errors: {wrapped: false, fields: {errors: {items: {type: string, name: error}}}}}
            exceptions: [{at: objects.book.title, release: "1.1", reason: Wrong.}]
            """,
        "books/resource": """
            title: Books
            group: lending
            notes: [{info: Look., since: "1.1"}]
            parameters: {id: {type: [integer, string], example: 12}}
            objects:
              author: {fields: {name: {type: string, example: Jane}, books: {items: {object: book}}}}
              book:
                fields:
                  id: {type: integer, example: 12}
                  title: {type: string, example: Emma, changes: [{release: "1.1", before: {max_length: 5}}]}
                  author: {object: author, since: "1.1"}
                  labels: {type: object, additional_fields: {type: string}, example: {en: Novel}}
              audio_book:
                extends: book
                without: [labels]
                fields: {title: {max_length: 9}, minutes: {example: 3}}
            """,
        "books/create": """
            title: Create
            method: POST
            path: /books
            permissions: [a, {value: b, since: "1.1"}]
            changes: [{release: "1.1", note: Moved., before: {path: /b, title: Add}}]
            parameters:
              query: {notify: {type: boolean, allow_empty_value: true, example: "true"}}
              body:
                book:
                  object: book
                  fields:
                    title: {required: true}
                    author: {fields: {name: {}}}
                    kind: {enum: [paper, {value: audio, since: "1.1"}], default: paper}
            responses:
              201: {description: Done., body: {object: audio_book}}
              404: "null"
            examples:
              - {title: One, parameters: {body: {book: {title: Emma}}}, responses: {201: {title: Emma}}}
            deprecated: {since: "2.0", use: books/list}
            """,
        "books/list": """
            title: List
            method: GET
            path: /authors/:id/books
            paging: "true"
            prefer: books/create
            responses: {200: {description: Done., body: {items: {object: book, only: [id, title]}}}}
            """,
    }.items()
}


class _Plain(yaml.Dumper):
    """Writes texts without quotes wherever YAML lets it, so that `null` is null."""

    yaml_implicit_resolvers = {}  # noqa: RUF012


def _write(files: dict[str, Any], root: Path) -> None:
    for name, content in files.items():
        path = root / "reference" / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.dump(content, Dumper=_Plain, allow_unicode=True, sort_keys=False))


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_file_is_so_odd_that_the_check_fails(data: st.DataObject, tmp_path: Path) -> None:
    files = deepcopy(LIBRARY)
    for _ in range(data.draw(st.integers(1, 4), "edits")):
        root: Any = files[data.draw(st.sampled_from(sorted(files)), "file")]
        locations = _locations(root)
        if not locations:
            continue
        *way, last = data.draw(st.sampled_from(locations), "place")
        for key in way:
            root = root[key]
        if isinstance(root, dict) and data.draw(st.booleans(), "adds"):
            last = data.draw(st.sampled_from(KEYS), "key")
        root[last] = deepcopy(data.draw(st.sampled_from(JUNK), "value"))
    _write(files, tmp_path)
    found = check(tmp_path)
    assert all(problem.where.source.path for problem in found.problems)


def test_the_guide_that_odd_files_are_made_of_has_no_errors(tmp_path: Path) -> None:
    _write(LIBRARY, tmp_path)
    assert errors(check(tmp_path).problems) == []
