"""The guide as of a release, sentence by sentence, and the law that it does not matter what came later."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apiguide.history import _Interner, _WithoutEndpoints, at, views
from apiguide.inheritance import resolve_inheritance
from apiguide.model import Absence, Change, Deprecation, Endpoint, Field, Guide, Part, Versioned
from apiguide.view import GuideView
from apiguide.yaml_source import FrozenDict

GuideOf = Callable[[str], Guide]

RELEASES = ("1.0", "1.1", "2.0", "3.0")


def endpoints(guide: Guide) -> dict[str, str]:
    """Names of the endpoints in each release."""
    return {r: " ".join(id_.split("/")[1] for id_ in view.endpoints) for r, view in views(guide).items()}


def endpoint(guide: Guide, release: str, id_: str = "books/create") -> Endpoint:
    return at(guide, release).endpoints[id_]


def body(guide: Guide, release: str, name: str = "book") -> Mapping[str, Field]:
    return endpoint(guide, release).parameters.body[name].fields or {}


def response(view: GuideView, id_: str = "books/get", status: str = "200") -> Field | None:
    response = view.endpoints[id_].responses[status]
    return response and response.body


# Starts and ends


def test_what_came_with_a_release_is_there_from_it_on(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/list.yaml
    === books/create.yaml
    since: "1.1"
    === books/search.yaml
    documented_since: "2.0"
    """)
    assert endpoints(guide) == {
        "1.0": "list",
        "1.1": "list create",
        "2.0": "list create search",
        "3.0": "list create search",
    }


def test_what_is_removed_is_gone_from_that_release_on(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/list.yaml
    removed: "2.0"
    """)
    assert endpoints(guide) == {"1.0": "list", "1.1": "list", "2.0": "", "3.0": ""}


def test_an_end_that_is_still_to_come_is_not_known_yet(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/list.yaml
    removed: "2.0"
    """)
    assert endpoint(guide, "1.1", "books/list").removed is None


def test_a_deprecation_is_known_from_its_release_on(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/list.yaml
    deprecated: {since: "2.0", use: books/search, note: It is slow.}
    """)
    deprecated = {r: endpoint(guide, r, "books/list").deprecated for r in guide.releases}
    assert [bool(each) for each in deprecated.values()] == [False, False, True, True]
    assert deprecated["2.0"] is not None
    assert deprecated["2.0"].use == "books/search"


@pytest.mark.parametrize(
    ("life", "there"),
    [
        ('since: "1.1", removed: "3.0"', (False, True, True, False)),
        ('absent: [{from: "1.1", until: "3.0"}]', (True, False, False, True)),
    ],
)
def test_whatever_may_come_may_go(guide_of: GuideOf, life: str, there: tuple[bool, ...]) -> None:
    """Resource, object, endpoint, parameter, field, response, note, example, enum value and permission."""
    life_of_file = life.replace(", ", "\n    ") if "since" in life else life
    guide = guide_of(f"""
    === authors/resource.yaml
    {life_of_file}
    === books/resource.yaml
    notes: [{{info: Read., {life}}}]
    objects:
      author: {{{life}, fields: {{name: {{}}}}}}
      book: {{fields: {{id: {{}}, title: {{{life}}}}}}}
    === books/create.yaml
    notes: [{{info: Read., {life}}}]
    permissions: [all, {{value: books.create, {life}}}]
    parameters:
      query: {{quick: {{{life}}}}}
      body:
        format: {{type: string, enum: [paper, {{value: audio, {life}}}]}}
    responses: {{201: {{{life}}}}}
    examples: [{{title: One, {life}}}]
    """)
    for release, is_there in zip(RELEASES, there, strict=True):
        view = at(guide, release)
        create = view.endpoints["books/create"]
        found = [
            "authors" in view.resources,
            bool(view.resources["books"].notes),
            "author" in view.objects,
            "title" in view.objects["book"].fields,
            bool(create.notes),
            len(create.permissions or ()) == 2,
            "quick" in create.parameters.query,
            len(create.parameters.body["format"].enum or ()) == 2,
            "201" in create.responses,
            bool(create.examples),
        ]
        assert found == [is_there] * len(found), release


def test_what_is_there_again_is_as_new_as_its_return(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/list.yaml
    documented_since: "1.1"
    absent: [{from: "2.0", until: "3.0"}]
    """)
    assert endpoints(guide) == {"1.0": "", "1.1": "list", "2.0": "", "3.0": "list"}
    before, after = endpoint(guide, "1.1", "books/list"), endpoint(guide, "3.0", "books/list")
    assert (before.introduced, before.absent, after.since, after.documented_since) == ("1.1", (), "3.0", None)


def test_what_inherits_is_absent_where_its_source_is(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/resource.yaml
    objects: {book: {fields: {id: {}, title: {absent: [{from: "1.1", until: "2.0"}]}}}}
    === books/create.yaml
    parameters:
      body: {book: {object: book, fields: {title: {}, id: {absent: [{from: "2.0", until: "3.0"}]}}}}
    """)
    there = {release: "".join(name[0] for name in sorted(body(guide, release))) for release in RELEASES}
    assert there == {"1.0": "it", "1.1": "i", "2.0": "t", "3.0": "it"}


# Changes


CHANGED = """
    === books/create.yaml
    path: /v3/books
    title: Create book
    permissions: [books.create]
    changes:
      - {release: "1.1", note: Moved., before: {path: /book, permissions: null}}
      - {release: "2.0", note: Renamed., before: {title: Add book}}
      - {release: "3.0", note: Moved again., before: {path: /v2/books}}
"""


def test_the_state_at_a_release_has_the_former_values_of_every_newer_change(guide_of: GuideOf) -> None:
    guide = guide_of(CHANGED)
    states = {r: endpoint(guide, r) for r in guide.releases}
    assert {r: (each.path, each.title) for r, each in states.items()} == {
        "1.0": ("/book", "Add book"),
        "1.1": ("/v2/books", "Add book"),
        "2.0": ("/v2/books", "Create book"),
        "3.0": ("/v3/books", "Create book"),
    }


def test_null_in_before_means_that_the_key_was_not_stated(guide_of: GuideOf) -> None:
    guide = guide_of(CHANGED)
    assert endpoint(guide, "1.0").permissions is None
    assert endpoint(guide, "1.1").permissions is not None


def test_a_view_has_no_former_states_but_keeps_what_is_said_of_past_changes(guide_of: GuideOf) -> None:
    guide = guide_of(CHANGED)
    found = {r: [(c.release, c.before) for c in endpoint(guide, r).changes] for r in guide.releases}
    assert found["1.0"] == []
    assert found["3.0"] == [(c.release, None) for c in guide.endpoints["books/create"].changes if c.note]


def test_a_change_without_before_changes_nothing(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/create.yaml
    changes: [{release: "2.0", note: It is quicker now.}]
    """)
    assert endpoint(guide, "1.0") == endpoint(guide, "2.0").model_copy(update={"changes": ()})


def test_lists_in_before_replace_today_s(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/create.yaml
    parameters:
      body:
        book:
          fields: {title: {}, isbn: {since: "1.1"}}
          changes: [{release: "3.0", before: {fields: {name: {}, pages: {since: "2.0"}}}}]
        format: {enum: [paper, audio], changes: [{release: "2.0", before: {enum: [scroll]}}]}
    """)
    assert {r: list(body(guide, r)) for r in guide.releases} == {
        "1.0": ["name"],
        "1.1": ["name"],
        "2.0": ["name", "pages"],
        "3.0": ["title", "isbn"],
    }
    enums = {r: endpoint(guide, r).parameters.body["format"].enum or () for r in guide.releases}
    assert [str(value.value) for value in enums["1.1"]] == ["scroll"]
    assert [str(value.value) for value in enums["2.0"]] == ["paper", "audio"]


def test_a_change_inside_a_nested_field_stands_on_that_field(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/create.yaml
    parameters:
      body:
        book:
          fields:
            size: {fields: {height: {unit: mm, changes: [{release: "2.0", before: {unit: in}}]}}}
    """)
    units = {r: (body(guide, r)["size"].fields or {})["height"].unit for r in guide.releases}
    assert units == {"1.0": "in", "1.1": "in", "2.0": "mm", "3.0": "mm"}


def test_objects_resources_responses_values_and_examples_change_too(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/resource.yaml
    title: Books
    changes: [{release: "2.0", before: {title: Volumes}}]
    objects: {book: {fields: {id: {}}, changes: [{release: "2.0", before: {name: volume}}]}}
    === books/create.yaml
    parameters:
      body:
        format:
          enum: [{value: a, description: New., changes: [{release: "2.0", before: {description: Old.}}]}]
    permissions: [{value: p, description: New., changes: [{release: "2.0", before: {description: Old.}}]}]
    responses: {201: {description: New., changes: [{release: "2.0", before: {description: Old.}}]}}
    examples: [{title: New, changes: [{release: "2.0", before: {title: Old}}]}]
    """)
    for release, word in {"1.1": "Old", "2.0": "New"}.items():
        view = at(guide, release)
        create = view.endpoints["books/create"]
        response, enum = create.responses["201"], create.parameters.body["format"].enum
        assert view.resources["books"].title == {"Old": "Volumes", "New": "Books"}[word]
        assert view.sent_name("book") == {"Old": "volume", "New": "book"}[word]
        assert enum is not None
        assert create.permissions is not None
        assert response is not None
        assert [enum[0].description, create.permissions[0].description] == [f"{word}."] * 2
        assert response.description == f"{word}."
        assert create.examples[0].title == word


def test_a_renamed_field_is_one_that_went_and_one_that_came(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/create.yaml
    parameters:
      body: {book: {fields: {name: {removed: "2.0"}, title: {since: "2.0", replaces: name}}}}
    """)
    assert {r: list(body(guide, r)) for r in guide.releases} == {
        "1.0": ["name"],
        "1.1": ["name"],
        "2.0": ["title"],
        "3.0": ["title"],
    }


# A part never outlives its whole


def test_endpoints_and_objects_are_there_no_longer_than_their_resource(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/resource.yaml
    since: "1.1"
    removed: "3.0"
    objects: {book: {fields: {id: {}}}}
    === books/list.yaml
    since: "1.0"
    === authors/get.yaml
    responses: {200: {body: {object: book}}}
    """)
    assert endpoints(guide) == {"1.0": "get", "1.1": "list get", "2.0": "list get", "3.0": "get"}
    known = {r: response(view, "authors/get") is not None for r, view in views(guide).items()}
    assert known == {"1.0": False, "1.1": True, "2.0": True, "3.0": False}


def test_what_is_inside_a_field_is_there_no_longer_than_the_field(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/create.yaml
    since: "1.1"
    parameters:
      body:
        book: {fields: {id: {}, size: {removed: "3.0", fields: {height: {since: "1.0", removed: "3.0"}}}}}
    """)
    assert {r: list(body(guide, r)) for r in RELEASES[1:]} == {
        "1.1": ["id", "size"],
        "2.0": ["id", "size"],
        "3.0": ["id"],
    }
    height = (body(guide, "1.1")["size"].fields or {})["height"]
    assert (height.since, height.removed) == (None, None)


@pytest.mark.parametrize(
    "parameter",
    [
        'book: {fields: {title: {since: "2.0"}}}',
        "book: {object: book}",
        "book: {object: book, fields: {id: {}}}",
        "books: {type: array, items: {object: book}}",
    ],
)
def test_a_wrapper_without_fields_or_object_in_the_release_is_dropped(
    guide_of: GuideOf, parameter: str
) -> None:
    guide = guide_of(f"""
    === books/resource.yaml
    objects: {{book: {{since: "2.0", fields: {{id: {{}}}}}}}}
    === books/create.yaml
    parameters: {{body: {{{parameter}}}}}
    """)
    there = {r: bool(endpoint(guide, r).parameters.body) for r in guide.releases}
    assert there == {"1.0": False, "1.1": False, "2.0": True, "3.0": True}


@pytest.mark.parametrize(
    "schema",
    [
        '{fields: {title: {since: "2.0"}}}',
        "{object: book, only: [title]}",
        "{object: book, without: [id]}",
        "{type: array, items: {object: book, only: [title]}}",
        "{object: tape}",
    ],
)
def test_a_body_without_fields_or_object_in_the_release_is_dropped(guide_of: GuideOf, schema: str) -> None:
    guide = guide_of(f"""
    === guide.yaml
    statuses: {{404: {{title: Not Found, when: always, body: {schema}}}}}
    === books/resource.yaml
    objects:
      book: {{fields: {{id: {{}}, title: {{since: "2.0"}}}}}}
      tape: {{fields: {{minutes: {{since: "2.0"}}}}}}
    === books/get.yaml
    responses: {{200: {{body: {schema}}}, 202: {{}}}}
    """)
    there = {r: response(view) is not None for r, view in views(guide).items()}
    assert there == {"1.0": False, "1.1": False, "2.0": True, "3.0": True}
    of_guide = {r: view.settings.statuses["404"].body is not None for r, view in views(guide).items()}
    assert of_guide == there


def test_a_field_that_is_an_object_stays_with_its_fields_not_known(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/resource.yaml
    objects:
      author: {since: "2.0", fields: {name: {}}}
      book:
        fields: {size: {fields: {height: {since: "2.0"}}}, author: {object: author}, notes: {type: object}}
    === books/get.yaml
    responses: {200: {body: {object: book}}}
    """)
    for release, lost in {"1.1": True, "2.0": False}.items():
        view = at(guide, release)
        fields = view.objects["book"].fields
        assert {name: view.is_lost(field) for name, field in fields.items()} == {
            "size": lost,
            "author": lost,
            "notes": False,
        }


def test_an_object_declared_without_fields_is_free_and_not_lost(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/resource.yaml
    objects: {extra: {description: Whatever there is.}}
    === books/get.yaml
    responses: {200: {body: {object: extra}}}
    """)
    view = at(guide, "1.0")
    extra = response(view)
    assert extra is not None
    assert not view.is_lost(extra)
    assert view.members(extra) is None


def test_an_enum_without_values_in_a_release_is_no_enum(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/create.yaml
    parameters: {body: {format: {type: string, enum: [{value: audio, since: "2.0"}]}}}
    """)
    assert endpoint(guide, "1.1").parameters.body["format"].enum is None
    assert endpoint(guide, "2.0").parameters.body["format"].enum is not None


def test_a_list_of_which_nothing_is_there_yet_is_empty(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/create.yaml
    notes: [{info: Read., since: "2.0"}]
    """)
    assert endpoint(guide, "1.1").notes == ()
    assert len(endpoint(guide, "2.0").notes) == 1


def test_a_status_of_which_only_the_number_is_known_stays(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/create.yaml
    responses: {201: {since: "1.1"}, 404: null}
    """)
    statuses = {r: list(endpoint(guide, r).responses) for r in ("1.0", "1.1")}
    assert statuses == {"1.0": ["404"], "1.1": ["201", "404"]}


def test_a_path_parameter_is_there_where_the_path_names_it(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/get.yaml
    path: /shelves/:shelf_id/books/:id
    changes: [{release: "2.0", before: {path: "/books/:id"}}]
    parameters: {path: {shelf_id: {}, id: {}}}
    """)
    names = {r: list(endpoint(guide, r, "books/get").parameters.path) for r in ("1.1", "2.0")}
    assert names == {"1.1": ["id"], "2.0": ["shelf_id", "id"]}


def test_a_newer_form_is_named_only_where_both_are_there(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/list_older.yaml
    prefer: books/list
    === books/list.yaml
    since: "2.0"
    """)
    preferred = {r: endpoint(guide, r, "books/list_older").prefer for r in guide.releases}
    assert preferred == {"1.0": None, "1.1": None, "2.0": "books/list", "3.0": "books/list"}


# The ways to look


def test_views_are_those_at_each_release_oldest_first(guide_of: GuideOf) -> None:
    guide = guide_of(CHANGED)
    assert list(views(guide)) == list(RELEASES)
    assert views(guide) == {release: at(guide, release) for release in RELEASES}


def test_there_is_no_view_of_an_unknown_release(guide_of: GuideOf) -> None:
    with pytest.raises(KeyError):
        at(guide_of(CHANGED), "4.0")


def test_what_does_not_change_is_the_very_same_part(guide_of: GuideOf) -> None:
    seen = views(guide_of("=== books/list.yaml\n"))
    assert len({id(view.endpoints["books/list"]) for view in seen.values()}) == 1


def test_what_two_releases_share_is_the_very_same(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/create.yaml
    path: /books
    changes: [{release: "2.0", before: {path: /book}}]
    parameters:
      query: {quick: {enum: [a, {value: b, since: "1.1"}]}}
      body: {book: {fields: {title: {}, isbn: {since: "3.0"}}}}
    """)
    endpoints = {release: view.endpoints["books/create"] for release, view in views(guide).items()}
    assert len({*map(id, endpoints.values())}) == 4
    bodies = {r: id(each.parameters.body) for r, each in endpoints.items()}
    assert bodies["1.0"] == bodies["1.1"] == bodies["2.0"] != bodies["3.0"]
    queries = {r: id(each.parameters.query) for r, each in endpoints.items()}
    assert queries["1.0"] != queries["1.1"] == queries["2.0"] == queries["3.0"]


def test_what_has_nothing_newer_is_the_very_same(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/create.yaml
    permissions: [all, {value: books.create, since: "2.0"}]
    parameters: {query: {quick: {since: "1.1"}, slow: {since: "2.0", removed: "3.0"}}}
    """)
    resolved = resolve_inheritance(guide)
    create, older = resolved.endpoints["books/create"], as_of(resolved, "2.0").endpoints["books/create"]
    assert older.permissions is create.permissions
    assert older.parameters.query["quick"] is create.parameters.query["quick"]
    assert older.parameters.query["slow"].removed is None


# The laws. Random guides break rules of checks (a field may end before it starts); laws hold for them too.

NAMES = ("p", "q", "r")
OBJECTS = ("a", "b", "c")

texts = st.sampled_from(["One.", "Two.", "Three."])
releases = st.sampled_from(RELEASES)


def some(**keys: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=keys)


def named(values: st.SearchStrategy[Any], *, least: int = 1) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(st.sampled_from(NAMES), values, min_size=least, max_size=3)


deprecations = st.fixed_dictionaries({"since": releases}, optional={"note": texts})
starts = st.one_of(
    st.just({}), releases.map(lambda r: {"since": r}), releases.map(lambda r: {"documented_since": r})
)
absences = st.lists(
    st.lists(releases, min_size=2, max_size=2, unique=True)
    .map(lambda pair: sorted(pair, key=RELEASES.index))
    .map(lambda pair: {"from": pair[0], "until": pair[1]}),
    max_size=1,
)
lives = st.builds(
    lambda a, b: a | b, starts, some(absent=absences, removed=releases, deprecated=deprecations)
)


def changes(before: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[list[dict[str, Any]]]:
    change = st.fixed_dictionaries({}, optional={"note": texts, "before": before})
    return st.dictionaries(releases, change, max_size=3).map(
        lambda found: [{"release": r} | found[r] for r in RELEASES if r in found]
    )


def dated(
    keys: st.SearchStrategy[dict[str, Any]], before: st.SearchStrategy[dict[str, Any]] | None = None
) -> st.SearchStrategy[dict[str, Any]]:
    changed = some() if before is None else some(changes=changes(before))
    return st.builds(lambda *parts: dict(p for part in parts for p in part.items()), keys, lives, changed)


values = dated(
    st.fixed_dictionaries({"value": texts}, optional={"description": texts}), some(description=texts)
)
enums = st.lists(st.one_of(texts, values), min_size=1, max_size=2)
own_keys = {
    "description": texts,
    "required": st.booleans(),
    "nullable": st.booleans(),
    "enum": enums,
    "default": texts,
    "object": st.sampled_from(OBJECTS),
    "only": st.lists(st.sampled_from(NAMES), min_size=1, max_size=2),
    "without": st.lists(st.sampled_from(NAMES), min_size=1, max_size=2),
}


def holding(inner: st.SearchStrategy[Any]) -> dict[str, st.SearchStrategy[Any]]:
    return {**own_keys, "fields": named(inner), "items": inner, "additional_fields": inner}


def field_of(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    keys = holding(inner)
    return dated(some(**keys), some(**{key: st.none() | value for key, value in keys.items()}))


fields = st.recursive(dated(some(**own_keys), some(**own_keys)), field_of, max_leaves=6)
bodies = st.one_of(fields, st.builds(lambda name, rest: {**rest, "object": name}, own_keys["object"], fields))
objects = dated(
    some(
        fields=named(fields), only=own_keys["only"], without=own_keys["without"], name=st.sampled_from(NAMES)
    ),
    some(name=st.none() | st.sampled_from(NAMES), wrapped=st.booleans()),
)
notes = st.lists(dated(st.just({"info": "Read."})), max_size=2)
paths = st.sampled_from(["/x", "/x/:p", "/x/:q/:p"])
responses = st.dictionaries(
    st.sampled_from(["200", "404"]),
    st.none() | dated(some(description=texts, body=bodies), some(body=st.none() | bodies)),
    max_size=2,
)
endpoint_keys = {
    "path": paths,
    "title": texts,
    "paging": st.booleans(),
    "permissions": enums,
    "prefer": st.sampled_from(["x/one", "y/one"]),
}
whole_endpoints = dated(
    some(
        **endpoint_keys,
        notes=notes,
        parameters=some(path=named(fields), query=named(fields), body=named(bodies)),
        responses=responses,
        examples=st.lists(dated(some(title=texts), some(title=texts)), max_size=2),
    ),
    some(**endpoint_keys),
)
resources = dated(some(title=texts, notes=notes, parameters=named(fields)), some(title=texts))


@st.composite
def guide_texts(draw: st.DrawFn) -> str:
    """A guide of two resources, an object in each and in guide.yaml, and an endpoint or two, as YAML."""
    declared = {name: draw(objects) for name in OBJECTS}
    for base, name in (("a", "b"), ("b", "c"), ("a", "c")):
        if draw(st.booleans()):
            declared[name]["extends"] = base
    statuses = {"404": {"title": "Not Found", "when": "always", "body": draw(bodies)}}
    files = {
        "guide.yaml": {
            "objects": {"a": declared["a"]},
            "statuses": statuses,
            "paging": draw(named(dated(some(description=texts)))),
        },
        "x/resource.yaml": draw(resources) | {"objects": {"b": declared["b"]}},
        "y/resource.yaml": draw(resources) | {"objects": {"c": declared["c"]}},
        "x/one.yaml": draw(whole_endpoints),
        "y/one.yaml": draw(whole_endpoints),
    }
    lines = []
    for name, content in files.items():
        lines.append(f"=== {name}")
        lines.extend(f"{key}: {json.dumps(value)}" for key, value in content.items())
    return "\n".join(lines) + "\n"


def as_of(resolved: Guide, release: str) -> GuideView:
    """The view of a guide in which nothing is left to take."""
    bare = Guide(resolved.settings, resolved.resources, FrozenDict())
    return _WithoutEndpoints(bare, release, _Interner()).view(resolved.endpoints, _Interner(), {})


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(text=guide_texts())
def test_a_view_names_nothing_newer_and_looking_again_changes_nothing(guide_of: GuideOf, text: str) -> None:
    resolved = resolve_inheritance(guide_of(text))
    for index, release in enumerate(RELEASES):
        view = as_of(resolved, release)
        parts = [view.settings.objects, view.settings.statuses, view.resources, view.endpoints]
        assert max(map(RELEASES.index, mentioned(parts)), default=0) <= index
        assert as_of(view.guide, release) == view


def mentioned(value: Any) -> Iterator[str]:
    """The releases that parts name, however deep."""
    if isinstance(value, Part):
        if isinstance(value, Versioned | Absence | Deprecation | Change):
            names = ("since", "documented_since", "from_", "until", "removed", "release")
            yield from filter(None, (getattr(value, name, None) for name in names))
        value = dict(value)
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for each in value:
            yield from mentioned(each)


single = {
    "description": texts,
    "unit": texts,
    "default": texts,
    "required": st.booleans(),
    "nullable": st.booleans(),
}
single_fields = st.builds(
    lambda keys, changed: keys | changed,
    some(**single),
    some(changes=changes(some(**{key: st.none() | value for key, value in single.items()}))),
)


def stated(field: dict[str, Any], release: str) -> dict[str, Any]:
    """What a field of a file says at a release."""
    keys = {key: value for key, value in field.items() if key != "changes"}
    for change in reversed(field.get("changes", [])):
        if RELEASES.index(change["release"]) > RELEASES.index(release):
            keys |= change.get("before", {})
    return {key: value for key, value in keys.items() if value is not None}


@given(of_object=single_fields, of_endpoint=single_fields, release=releases)
def test_a_field_says_at_each_release_what_it_and_the_object_said_then(
    guide_of: GuideOf, of_object: dict[str, Any], of_endpoint: dict[str, Any], release: str
) -> None:
    text = f"""
=== books/resource.yaml
objects: {{book: {{fields: {{p: {json.dumps(of_object)}}}}}}}
=== books/create.yaml
parameters: {{body: {{book: {{object: book, fields: {{p: {json.dumps(of_endpoint)}}}}}}}}}
responses: {{200: {{body: {{object: book, fields: {{p: {json.dumps(of_endpoint)}}}}}}}}}
"""
    view = at(guide_of(text), release)
    theirs, mine = stated(of_object, release), stated(of_endpoint, release)
    body = response(view, "books/create")
    assert body is not None
    assert (body.fields or {})["p"].model_copy(update={"changes": ()}) == Field(**theirs | mine)
    for key in ("required", "nullable"):
        theirs.pop(key, None)
    parameter = view.endpoints["books/create"].parameters.body["book"]
    assert (parameter.fields or {})["p"].model_copy(update={"changes": ()}) == Field(**theirs | mine)
