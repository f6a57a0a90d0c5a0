"""What the model refuses, in the writer's words: unknown and missing keys, values of a wrong kind."""

from __future__ import annotations

import re
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apiguide.model import Endpoint, Field, Part, Resource, Settings
from apiguide.problems import Problem, report
from apiguide.validation import MAX_PATTERNS, validate
from apiguide.yaml_source import load

NEEDED: dict[type[Part], str] = {
    Endpoint: "title: An endpoint\nmethod: GET\npath: /books\n",
    Field: "",
    Resource: "title: Books\n",
    Settings: (
        "title: City Library API Guide\n"
        "servers: [{url: http://library.test}]\n"
        'releases: [{release: "1.0"}]\n'
        "formats: {json: {media_type: application/json}}\n"
    ),
}
"""The lines that a text of each kind needs; one that states a key itself goes without that line."""


def whole(model: type[Part], text: str) -> str:
    stated = re.findall(r"^(\w+):", text, re.MULTILINE)
    lines = NEEDED[model].splitlines(keepends=True)
    return "".join([*(line for line in lines if line.split(":", 1)[0] not in stated), text])


def read(model: type[Part], text: str) -> tuple[Any, list[Problem]]:
    document = load(whole(model, text).encode(), "a.yaml")
    problems = list(document.problems)
    return validate(model, document, problems), problems


def part(model: type[Part], text: str) -> Any:
    found, problems = read(model, text)
    assert problems == []
    return found


def refused(model: type[Part], text: str) -> Problem:
    _, (problem,) = read(model, text)
    return problem


def told(model: type[Part], text: str) -> str:
    problem = refused(model, text)
    return f"{problem.message}; {problem.hint}"


def shown(model: type[Part], text: str) -> str:
    (block,) = report(read(model, text)[1])
    return block


def covered(problem: Problem) -> str:
    """The text that the carets stand under."""
    mark = problem.where
    return mark.source.lines[mark.line - 1][mark.column - 1 : mark.end_column - 1]


# Keys


def test_a_misspelt_key_is_answered_by_the_one_that_was_meant() -> None:
    assert shown(Endpoint, "parameters:\n  body:\n    book:\n      requierd: true\n") == dedent("""\
        a.yaml:7:7: error[unknown-key]: `requierd` is not a key of a field
          7 │       requierd: true
            │       ^^^^^^^^ did you mean `required`?""")


@pytest.mark.parametrize(
    ("model", "text", "key", "owner", "meant"),
    [
        (Endpoint, "parameter: {}", "parameter", "an endpoint", "parameters"),
        (Endpoint, "parameters: {bdoy: {}}", "bdoy", "parameters", "body"),
        (Endpoint, "responses: {200: {bdy: {}}}", "bdy", "a response", "body"),
        (Endpoint, "notes: [{warn: a}]", "warn", "a note", "warning"),
        (Endpoint, "examples: [{response: {}}]", "response", "an example", "responses"),
        (Endpoint, "examples: [{parameters: {bodi: {}}}]", "bodi", "example parameters", "body"),
        (Endpoint, "deprecated: {since: '1.1', us: a}", "us", "a deprecation", "use"),
        (Endpoint, "changes: [{release: '1.1', notes: a}]", "notes", "a change", "note"),
        (Resource, "object: {}", "object", "a resource", "objects"),
        (Resource, "objects: {a: {extend: b}}", "extend", "an object", "extends"),
        (Field, "properties: {}", "properties", "a field", "fields"),
        (Field, "additionalProperties: {}", "additionalProperties", "a field", "additional_fields"),
        (Field, "maxLength: 3", "maxLength", "a field", "max_length"),
        (Field, "items: {fields: {a: {typ: b}}}", "typ", "a field", "type"),
        (Field, "enum: [{valeu: a, value: b}]", "valeu", "a listed value", "value"),
        (Field, "json: {typ: string}", "typ", "a JSON form", "type"),
        (Settings, "curl: {option: a}", "option", "curl's settings", "options"),
        (Settings, "paging: {page: {typ: integer}}", "typ", "a field", "type"),
        (Settings, "statuses: {404: {titel: a, title: b}}", "titel", "a status", "title"),
    ],
)
def test_an_unknown_key_is_told_with_what_it_is_no_key_of(
    model: type[Part], text: str, key: str, owner: str, meant: str
) -> None:
    problem = refused(model, text)
    assert problem.code == "unknown-key"
    assert problem.message == f"`{key}` is not a key of {owner}"
    assert problem.hint == f"did you mean `{meant}`?"
    assert covered(problem) == key


def test_a_key_that_is_like_no_other_is_answered_by_those_that_are_known() -> None:
    assert told(Settings, "servers: [{host: a, url: b}]") == (
        "`host` is not a key of a server; its keys are description, url"
    )


def test_a_name_that_only_the_code_uses_is_no_key() -> None:
    assert refused(Field, "as_xml: {type: dateTime}").code == "unknown-key"
    assert (
        refused(Settings, "authentication: [{id: a, type: basic, title: b, place: query}]").code
        == "unknown-key"
    )


def test_a_missing_key_is_told_where_it_is_missing() -> None:
    problems: list[Problem] = []
    validate(Endpoint, load(b"# an endpoint\ntitle: An endpoint\nmethod: GET\n", "a.yaml"), problems)
    assert list(report(problems)) == [
        dedent("""\
            a.yaml:2:1: error[missing-key]: an endpoint needs `path`
              2 │ title: An endpoint
                │ ^ add `path: …`""")
    ]


@pytest.mark.parametrize(
    ("model", "text", "at", "sentence"),
    [
        (Settings, "groups:\n  - id: a", "6:5", "a group needs `title`; add `title: …`"),
        (Endpoint, "deprecated: {}", "4:1", "a deprecation needs `since`; add `since: …`"),
        (Field, "enum: [a, {description: b}]", "1:11", "a listed value needs `value`; add `value: …`"),
        (Field, "changes: [{note: a}]", "1:11", "a change needs `release`; add `release: …`"),
    ],
)
def test_a_missing_key_inside_is_told_where_its_owner_stands(
    model: type[Part], text: str, at: str, sentence: str
) -> None:
    problem = refused(model, text)
    assert problem.code == "missing-key"
    assert f"{problem.where.line}:{problem.where.column}" == at
    assert told(model, text) == sentence


def test_a_key_that_is_only_misspelt_is_not_called_missing_too() -> None:
    assert told(Settings, "groups: [{id: a, titel: b}]") == (
        "`titel` is not a key of a group; did you mean `title`?"
    )


@pytest.mark.parametrize("name", ["null", "~", "''"])
def test_a_name_is_a_text_with_something_in_it(name: str) -> None:
    problem = refused(Field, f"fields:\n  {name}: {{}}")
    assert problem.code in ("null-not-allowed", "empty-text")
    assert covered(problem) == name


@pytest.mark.parametrize("name", ["on", "no", "3.10", "0755", '"null"'])
def test_a_name_may_be_a_word_that_yaml_takes_for_a_value(name: str) -> None:
    assert list(part(Field, f"fields: {{{name}: {{}}}}").fields) == [name.strip('"')]


# Kinds


@pytest.mark.parametrize(
    ("model", "text", "sentence"),
    [
        (Endpoint, "examples: {title: a}", "`examples` must be a list, not a mapping"),
        (Endpoint, "permissions: books.create", "`permissions` must be a list, not a text"),
        (Endpoint, "changes: {release: '1.1'}", "`changes` must be a list, not a mapping"),
        (Field, "enum: paper", "`enum` must be a list, not a text"),
        (Settings, "servers: http://library.test", "`servers` must be a list, not a text"),
    ],
)
def test_what_should_be_a_list_is_told_how_one_is_written(
    model: type[Part], text: str, sentence: str
) -> None:
    assert told(model, text) == f"{sentence}; begin each item with `- `, or write […]"
    assert covered(refused(model, text)) == text.split(":", maxsplit=1)[0]


@pytest.mark.parametrize(
    ("model", "text", "sentence"),
    [
        (Endpoint, "parameters: a", "`parameters` must be a mapping, not a text"),
        (Endpoint, "responses: {200: book}", "`200` must be a mapping, not a text"),
        (Endpoint, "notes: [Careful]", "each item of `notes` must be a mapping, not a text"),
        (Settings, "groups: [[a]]", "each item of `groups` must be a mapping, not a list"),
        (Field, "changes: [{release: '1.1', before: a}]", "`before` must be a mapping, not a text"),
    ],
)
def test_what_should_be_a_mapping_is_told_how_one_is_written(
    model: type[Part], text: str, sentence: str
) -> None:
    problem = refused(model, text)
    assert problem.message == sentence
    assert re.fullmatch(r"write `key: value` lines, as in `\w+: …`", problem.hint or "")


@pytest.mark.parametrize(
    ("model", "text", "remedy"),
    [
        (Settings, 'releases: ["1.1"]', 'write `{release: "1.1"}`'),
        (Settings, "servers: [http://library.test]", 'write `{url: "http://library.test"}`'),
        (Endpoint, "deprecated: 1.1", 'write `{since: "1.1"}`'),
        (Endpoint, "deprecated: true", "write `{since: …}`"),
        (Endpoint, "deprecated: It is slow", "write `{since: …}`"),
        (Endpoint, "parameters: {body: {price: decimal}}", "write `{type: decimal}`"),
        (Field, "items: integer", "write `{type: integer}`"),
    ],
)
def test_a_text_that_says_what_a_mapping_should_is_told_with_its_key(
    model: type[Part], text: str, remedy: str
) -> None:
    assert refused(model, text).code == "wrong-kind"
    assert refused(model, text).hint == remedy


@pytest.mark.parametrize(
    ("model", "text"),
    [
        (Settings, "methods: [GET]"),
        (Resource, "objects: [book]"),
        (Endpoint, "parameters: {body: [book]}"),
        (Endpoint, "responses: [200]"),
    ],
)
def test_a_list_where_names_are_meant_is_told_to_give_each_a_line(model: type[Part], text: str) -> None:
    assert refused(model, text).hint == "write a line `name: …` for each"


@pytest.mark.parametrize(
    ("model", "text", "remedy"),
    [
        (Endpoint, "notes: null", "delete the key, or write []"),
        (Endpoint, "parameters: ~", "delete the key, or write {}"),
        (Field, "fields: {price: null}", "delete the key, or write {}"),
    ],
)
def test_null_is_called_null(model: type[Part], text: str, remedy: str) -> None:
    problem = refused(model, text)
    assert problem.message.endswith(", not null")
    assert problem.hint == remedy


@pytest.mark.parametrize(
    ("model", "text", "sentence"),
    [
        (Endpoint, "- title: An endpoint", "an endpoint must be a mapping of keys to values, not a list"),
        (Settings, "City Library", "the guide must be a mapping of keys to values, not a text"),
    ],
)
def test_a_file_that_holds_no_keys_is_told_so(model: type[Part], text: str, sentence: str) -> None:
    problems: list[Problem] = []
    assert validate(model, load(text.encode(), "a.yaml"), problems) is None
    assert [(p.code, p.message, p.hint) for p in problems] == [
        ("wrong-kind", sentence, "write `key: value` lines")
    ]


@pytest.mark.parametrize("text", ["servers: []", "releases: []", "formats: {}"])
def test_what_needs_one_is_not_empty(text: str) -> None:
    assert told(Settings, text) == "at least one is needed here; add one"


def test_one_text_is_as_good_as_a_list_of_it() -> None:
    assert part(Field, "only: title").only == ("title",)
    assert part(Endpoint, "formats: json").formats == ("json",)


# What a body is


def test_a_body_without_a_name_is_told_to_name_what_it_sends() -> None:
    assert shown(Endpoint, "parameters:\n  body: {object: book}\n") == dedent("""\
        a.yaml:5:10: error[body-without-name]: `parameters.body` is a map of names, not a schema
          5 │   body: {object: book}
            │          ^^^^^^ write `book: {object: book}`""")
    assert refused(Endpoint, "parameters: {body: {type: array}}").hint == "write `NAME: {type: array}`"


def test_a_body_may_have_parameters_called_object_and_type() -> None:
    body = part(Endpoint, "parameters: {body: {object: {type: string}, type: {}}}").parameters.body
    assert list(body) == ["object", "type"]


def test_a_response_with_names_is_told_to_give_one_schema() -> None:
    assert shown(Endpoint, "responses:\n  200: {body: {book: {object: book}}}\n") == dedent("""\
        a.yaml:5:16: error[body-with-name]: a response's body is one schema, not a map of names such as `book`
          5 │   200: {body: {book: {object: book}}}
            │                ^^^^ write `body: {object: book}`""")
    problem = refused(Settings, "statuses: {404: {title: None, body: {errors: {type: array}}}}")
    assert (problem.code, problem.hint) == ("body-with-name", "write `body: {fields: {…}}`")


def test_a_misspelt_key_of_a_response_is_no_name() -> None:
    assert (
        refused(Endpoint, "responses: {200: {body: {item: {object: book}}}}").hint == "did you mean `items`?"
    )


@pytest.mark.parametrize("typed", ["null", "~"])
def test_a_status_that_a_endpoint_does_not_have_is_null(typed: str) -> None:
    assert part(Endpoint, f"responses: {{404: {typed}, 200: {{}}}}").responses["404"] is None
    assert refused(Endpoint, "responses: {404: 'null'}").code == "wrong-kind"


# What cannot stand together


def test_two_starts_are_refused_at_the_second() -> None:
    problem = refused(Field, "since: '1.1'\ndocumented_since: '1.1'")
    assert problem.code == "two-starts"
    assert problem.hint == "keep `since` if it is known to be new in that release"
    assert covered(problem) == "documented_since"


@pytest.mark.parametrize(
    ("note", "remedy"),
    [("{since: '1.1'}", "add one"), ("{info: a, note: b}", "write a separate note for each")],
)
def test_a_note_says_one_thing(note: str, remedy: str) -> None:
    sentence = "a note needs exactly one of `info`, `note` and `warning`"
    assert told(Endpoint, f"notes: [{note}]") == f"{sentence}; {remedy}"


# Former states


def test_null_in_before_means_that_the_key_was_not_stated() -> None:
    text = "changes: [{release: '1.1', before: {type: null, required: ~, unit: 'null', default: null}}]"
    former = part(Field, text).changes[0].before
    assert former.model_fields_set == {"type", "required", "unit", "default"}
    assert (former.type, former.required, former.unit, former.default) == (None, None, "null", None)


def test_null_of_todays_state_is_a_value_and_not_nothing() -> None:
    field = part(Field, "default: null\nconst: 'null'\nexample: ~")
    assert (field.default.is_null, field.const.is_null, field.example.is_null) == (True, False, True)


@pytest.mark.parametrize("key", ["since", "documented_since", "removed", "deprecated", "changes"])
def test_a_place_in_time_cannot_stand_in_before(key: str) -> None:
    problem = refused(Field, f"changes: [{{release: '1.1', before: {{{key}: a}}}}]")
    assert (problem.code, problem.message) == ("unknown-key", f"`{key}` is not allowed in `before`")
    assert covered(problem) == key


def test_what_has_a_history_of_its_own_cannot_stand_in_before() -> None:
    text = "changes: [{release: '1.1', before: {parameters: {}}}]"
    assert refused(Endpoint, text).message == "`parameters` is not allowed in `before`"


def test_a_misspelt_key_of_a_former_state_is_answered_by_the_one_that_was_meant() -> None:
    text = "changes: [{release: '1.1', before: {pth: /a}}]"
    assert told(Endpoint, text) == "`pth` is not allowed in `before`; did you mean `path`?"


def test_a_field_may_be_called_before() -> None:
    assert refused(Field, "fields: {before: {typ: string}}").message == "`typ` is not a key of a field"


# Nothing is told twice


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("description:", "empty-value"),
        ("safe:", "empty-value"),
        ("notes:", "empty-value"),
        ("parameters:", "empty-value"),
        ("permissions:\n  -", "empty-value"),
        ("examples:\n  -", "empty-value"),
        ("parameters: {query: {q: {description: One, two}}}", "empty-value"),
        ("parameters: *all", "yaml-feature"),
        ("safe: *all", "yaml-feature"),
        ("*all : a", "yaml-feature"),
        ("safe: !!bool yes", "yaml-feature"),
    ],
)
def test_what_is_wrong_as_yaml_is_not_told_again_as_a_wrong_value(text: str, code: str) -> None:
    assert refused(Endpoint, text).code == code


# Laws


def keys_of(model: type[Part]) -> set[str]:
    found = {info.alias or name for name, info in model.model_fields.items()}
    return found.union(*(keys_of(each) for each in model.__subclasses__()))


NAMES = st.sampled_from([*sorted(keys_of(Part)), "book", "200", "'[key]'", "null", "~", "''", "<<"])
VALUES = st.sampled_from(["true", "1", "1e999", "'1.1'", "2024-01-15", "string", "array", '"[a"', "[]", "{}"])


def in_brackets(items: list[str]) -> str:
    return f"[{', '.join(items)}]"


def in_braces(entries: dict[str, str]) -> str:
    return f"{{{', '.join(f'{key}: {value}' for key, value in entries.items())}}}"


TREES = st.recursive(
    NAMES | VALUES,
    lambda inner: (
        st.lists(inner, max_size=3).map(in_brackets)
        | st.dictionaries(NAMES, inner, max_size=5).map(in_braces)
    ),
    max_leaves=25,
)


@pytest.mark.parametrize("model", NEEDED)
@given(tree=TREES)
def test_any_data_is_a_part_of_a_guide_or_has_problems_in_our_words(model: type[Part], tree: str) -> None:
    document = load(tree.encode(), "a.yaml")
    problems = list(document.problems)
    found = validate(model, document, problems) if document.root is not None else None
    assert found is not None or problems
    for problem in problems:
        assert problem.code != "not-valid", "no error text of the library that validates"
        assert problem.hint
        assert covered(problem) or tree[problem.where.column - 1] in "[{"
    assert len(list(report(problems))) == len(set(problems))


@pytest.mark.parametrize("key", ["pattern", r'"p\x61ttern"', r'"p\u0061ttern"'])
def test_a_file_has_so_many_patterns_however_the_key_is_typed(key: str) -> None:
    def named(number: int) -> str:
        fields = "".join(f"      f{i}: {{{key}: 'a{i}'}}\n" for i in range(number))
        return f"objects:\n  book:\n    fields:\n{fields}"

    assert read(Resource, named(MAX_PATTERNS - 1))[1] == []
    found, problems = read(Resource, named(MAX_PATTERNS + 1))
    assert found is None
    assert [problem.code for problem in problems] == ["too-many-values"]
