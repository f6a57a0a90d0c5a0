"""Requests made from examples, and the ten peculiarities of an API that a guide must be able to show."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest

from apiguide.checks.values import check_values
from apiguide.examples.requests import Request, examples_of
from apiguide.examples.values import Array, Scalar, Structure, Tree
from apiguide.history import at, views
from apiguide.model import Guide

GuideOf = Callable[[str], Guide]
Written = Callable[..., dict[str, str]]


def requests(guide: Guide, id_: str = "books/endpoint", release: str = "1.0") -> list[Request]:
    view = at(guide, release)
    shown = examples_of(view, view.endpoints[id_])
    assert [problem for each in shown for problem in each.problems] == []
    return [each.request for each in shown]


def only(guide: Guide) -> Request:
    [request] = requests(guide)
    return request


# Places of parameters


def test_placeholders_are_replaced_by_values_percent_encoded(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/endpoint.yaml
    path: /books/:isbn/pages/:page_id
    parameters: {path: {isbn: {type: string, example: "a/b ü?"}, page_id: {type: integer, example: 3}}}
    """)
    assert only(guide).path == "/books/a%2Fb%20%C3%BC%3F/pages/3"


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/books/:id:cancel", "/books/7:cancel"),
        ("/books:purge", "/books:purge"),
        ("/books::id", "/books:7"),
        ("/books/:id,:id", "/books/7,7"),
        ("/books/at/12:30", "/books/at/12:30"),
    ],
)
def test_a_colon_that_begins_no_placeholder_is_sent(guide_of: GuideOf, path: str, sent: str) -> None:
    guide = guide_of(f"""
    === books/endpoint.yaml
    path: "{path}"
    parameters: {{path: {{id: {{type: integer, example: 7}}, purge: {{example: x}}, cancel: {{example: y}}}}}}
    """)
    assert only(guide).path == sent


def test_nested_query_parameters_go_in_brackets(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/endpoint.yaml
    parameters:
      query:
        q: {type: string, example: Emma}
        period: {fields: {startdate: {example: a}, range: {fields: {days: {type: integer, example: 3}}}}}
        ids: {type: array, items: {type: integer, name: id}, example: [1, 2]}
        marks: {type: array, items: {name: mark, fields: {page: {type: integer, example: 7}}}}
    """)
    assert only(guide).query == (
        ("q", "Emma"),
        ("period[startdate]", "a"),
        ("period[range][days]", "3"),
        ("ids[]", "1"),
        ("ids[]", "2"),
        ("marks[][page]", "7"),
    )


@pytest.mark.parametrize(("stated", "value"), [("true", None), ('""', None), ("false", "false"), ("3", "3")])
def test_a_query_parameter_that_may_be_empty_is_a_bare_name_where_it_is_set(
    guide_of: GuideOf, stated: str, value: str | None
) -> None:
    guide = guide_of(f"""
    === books/endpoint.yaml
    parameters: {{query: {{short: {{allow_empty_value: true}}}}}}
    examples: [{{parameters: {{query: {{short: {stated}}}}}}}]
    """)
    assert only(guide).query == (("short", value),)


def test_a_query_parameter_that_may_not_be_empty_keeps_its_value(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/endpoint.yaml
    parameters: {query: {short: {type: boolean, example: true}}}
    """)
    assert only(guide).query == (("short", "true"),)


def test_headers_and_cookies_have_their_values(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/endpoint.yaml
    parameters: {header: {X-Note: {example: n}}, cookie: {session: {example: s}}}
    """)
    assert (only(guide).headers, only(guide).cookies) == ((("X-Note", "n"),), (("session", "s"),))


def test_items_of_a_list_stand_between_commas_outside_of_bodies_and_queries(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/endpoint.yaml
    path: /books/:ids
    parameters:
      path: {ids: {type: array, items: {type: integer, name: id}, example: [1, 2]}}
      header: {X-Marks: {type: array, items: {type: string, name: mark}, example: [a, "b c"]}}
      cookie: {seen: {type: array, items: {type: integer, name: id}, example: [3, 4]}}
    """)
    request = only(guide)
    assert (request.path, request.headers, request.cookies) == (
        *("/books/1%2C2", (("X-Marks", "a,b c"),)),
        (("seen", "3,4"),),
    )


def test_a_made_example_has_all_parameters(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/endpoint.yaml
    parameters: {query: {a: {example: "1"}, b: {example: "2", required: true}}}
    """)
    assert only(guide).query == (("a", "1"), ("b", "2"))


# Bodies


def test_a_endpoint_that_takes_no_body_sends_none(guide_of: GuideOf) -> None:
    assert only(guide_of("=== books/endpoint.yaml\nmethod: POST\n")).body is None


def test_an_example_that_states_none_of_an_optional_body_sends_none(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/endpoint.yaml
    method: POST
    parameters: {body: {book: {fields: {title: {type: string}}}}}
    examples: [{title: Nothing}]
    """)
    assert only(guide).body is None


def test_an_object_of_any_fields_is_sent_only_where_it_is_stated(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/endpoint.yaml
    method: POST
    parameters: {body: {extra: {type: object}}}
    examples: [{title: Nothing}]
    """)
    assert only(guide).body is None


def test_a_wrapper_of_required_parameters_is_sent_without_being_stated(
    guide_of: GuideOf, written: Written
) -> None:
    guide = guide_of("""
    === books/endpoint.yaml
    method: POST
    parameters:
      query: {notify: {type: boolean}}
      body: {book: {fields: {title: {type: string, required: true, example: Emma}, pages: {type: integer}}}}
    examples: [{title: With a message, parameters: {query: {notify: true}}}]
    """)
    assert json.loads(written(guide, "books/endpoint")["request.json"]) == {"book": {"title": "Emma"}}


def test_bare_parameters_are_sent_side_by_side_in_json_alone(guide_of: GuideOf, written: Written) -> None:
    guide = guide_of("""
    === books/endpoint.yaml
    method: POST
    parameters: {body: {user_id: {type: integer, example: 5}, mode: {type: string, example: new}}}
    """)
    found = written(guide, "books/endpoint")
    assert json.loads(found["request.json"]) == {"user_id": 5, "mode": "new"}
    assert [name for name in found if "xml" in name] == []


def test_an_object_that_is_not_wrapped_is_the_whole_of_a_json_body(
    guide_of: GuideOf, written: Written
) -> None:
    guide = guide_of(
        """
        === guide.yaml
        formats: {json: {media_type: application/json}}
        === books/resource.yaml
        objects: {book: {fields: {title: {type: string, example: Emma}}}}
        === books/create.yaml
        method: POST
        parameters: {body: {book: {object: book, wrapped: false, fields: {title: {required: true}}}}}
        """
    )
    assert written(guide, "books/create")["request.json"] == '{\n  "title": "Emma"\n}'


def test_an_object_that_is_not_wrapped_has_its_name_beside_other_parameters(
    guide_of: GuideOf, written: Written
) -> None:
    guide = guide_of("""
    === books/endpoint.yaml
    method: POST
    parameters: {body: {book: {wrapped: false, fields: {title: {example: Emma}}}, mode: {example: new}}}
    """)
    request = written(guide, "books/endpoint")["request.json"]
    assert json.loads(request) == {"book": {"title": "Emma"}, "mode": "new"}


def test_a_request_of_an_older_release_holds_only_what_existed(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/endpoint.yaml
    method: PUT
    path: /volumes/:id
    changes: [{release: "2.0", before: {path: "/books/:id", method: POST}}]
    parameters:
      path: {id: {type: integer, example: 12}}
      query: {quick: {since: "1.1", example: "1"}}
      body: {book: {fields: {title: {example: Emma}, isbn: {since: "2.0", example: "9"}}}}
    examples: [{parameters: {query: {quick: "1"}, body: {book: {title: Emma, isbn: "9"}}}}]
    """)
    shown = {}
    for release, view in views(guide).items():
        [example] = examples_of(view, view.endpoints["books/endpoint"])
        request = example.request
        assert request.body is not None
        shown[release] = (
            request.method,
            request.path,
            len(request.query),
            len(request.body.members[0][1].members),
        )
    assert shown == {
        "1.0": ("POST", "/books/12", 0, 1),
        "1.1": ("POST", "/books/12", 1, 1),
        "2.0": ("PUT", "/volumes/12", 1, 2),
        "3.0": ("PUT", "/volumes/12", 1, 2),
    }


# The ten points


# Values that come back


SENT = """
    === books/resource.yaml
    objects:
      book:
        fields:
          title: {type: string, example: Emma}
          pages: {type: integer, example: 3}
          tags: {type: array, items: {type: string, name: tag}, example: [old]}
    === books/endpoint.yaml
    method: POST
    parameters:
      body:
        book: {object: book, fields: {title: {}, pages: {type: string}, tags: {}, gift: {type: boolean}}}
    responses: {201: {body: %s}}
    examples: [{title: A, parameters: {body: {book: %s}}, responses: %s}]
"""


@pytest.mark.parametrize(
    ("body", "sent", "stated", "response"),
    [
        # What was sent; but no list, not what it cannot hold, not what it has no field for.
        ("{object: book}", "{title: Oz}", "{}", "Oz 3 old"),
        ("{object: book}", "{tags: [new]}", "{}", "Emma 3 old"),
        ("{object: book}", "{pages: many}", "{}", "Emma 3 old"),
        ("{object: book}", "{gift: true}", "{}", "Emma 3 old"),
        # What the example states of the response holds, and leaves the rest.
        ("{object: book}", "{title: Oz}", "{201: {title: Ozma}}", "Ozma 3 old"),
        ("{object: book}", "{title: Oz}", "{201: {pages: 9}}", "Oz 9 old"),
        # The items of a list are other records.
        ("{type: array, items: {object: book}}", "{title: Oz}", "{}", "Emma 3 old"),
    ],
)
def test_a_response_carries_what_was_sent(
    body: str, sent: str, stated: str, response: str, guide_of: GuideOf
) -> None:
    view = at(guide_of(SENT % (body, sent, stated)), "1.0")
    [example] = examples_of(view, view.endpoints["books/endpoint"])
    assert example.problems == ()
    [(_, tree)] = example.responses
    texts = list(_texts(tree))
    assert " ".join(texts) == response


def test_a_response_that_tells_of_a_failure_carries_nothing_of_what_was_sent(guide_of: GuideOf) -> None:
    stated = ("{object: book}", "{title: Oz}", "{422: {}}")
    text = SENT.replace("{201: {body: %s}}", "{422: {body: %s}}") % stated
    view = at(guide_of(text), "1.0")
    [example] = examples_of(view, view.endpoints["books/endpoint"])
    [(_, tree)] = example.responses
    assert " ".join(_texts(tree)) == "Emma 3 old"


def test_a_response_that_holds_no_object_carries_nothing_of_what_was_sent(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/endpoint.yaml
    method: POST
    parameters: {body: {book: {fields: {title: {type: string, example: Oz}}}}}
    responses: {201: {body: {fields: {title: {type: string, example: Emma}}}}}
    """)
    view = at(guide, "1.0")
    [example] = examples_of(view, view.endpoints["books/endpoint"])
    [(_, tree)] = example.responses
    assert list(_texts(tree)) == ["Emma"]


def test_responses_in_which_nothing_is_the_endpoints_own_are_made_once(guide_of: GuideOf) -> None:
    guide = guide_of("""
    === books/resource.yaml
    objects: {book: {fields: {title: {type: string, example: Emma}}}}
    === books/create.yaml
    method: POST
    parameters: {body: {book: {object: book, fields: {title: {}}}}}
    responses: {201: {body: {object: book}}}
    examples: [{parameters: {body: {book: {title: Oz}}}}]
    === books/get.yaml
    responses: {200: {body: {object: book}}}
    === books/find.yaml
    responses: {200: {body: {object: book}}}
    """)
    view, known = at(guide, "1.0"), {}
    trees = {}
    for id_, endpoint in view.endpoints.items():
        [shown] = examples_of(view, endpoint, known)
        [(_, trees[id_])] = shown.responses
    assert trees["books/get"] is trees["books/find"]
    shown_texts = {id_: list(_texts(tree)) for id_, tree in trees.items()}
    assert shown_texts == {"books/create": ["Oz"], "books/get": ["Emma"], "books/find": ["Emma"]}


def _texts(tree: Tree) -> Iterator[str]:
    if isinstance(tree, Structure):
        for _, each in tree.members:
            yield from _texts(each)
    elif isinstance(tree, Array):
        for each in tree.items:
            yield from _texts(each)
    elif isinstance(tree, Scalar):
        yield tree.text


def curl(lines: dict[str, str], format_name: str) -> list[str]:
    """A curl line as one, in two halves: what comes before the headers, and what comes after them."""
    joined = lines[f"curl.{format_name}"].replace(" \\\n  ", " ")
    accept = f" -H 'Accept: application/{format_name}'"
    start, _, end = joined.partition(accept)
    return [start, end]


def test_point_1_types_nulls_and_lists_of_xml(guide_of: GuideOf, written: Written) -> None:
    guide = guide_of("""
    === users/resource.yaml
    objects:
      user:
        fields:
          id: {type: integer, example: 1}
          login: {type: string, example: alice}
          active: {type: boolean, example: true}
          created_at: {type: datetime, example: 2015-02-10T08:15:00Z}
          updated_at: {type: datetime, xml: {type: dateTime}, example: 2015-02-10T08:15:00Z}
          born_on: {type: date, example: 1990-01-31}
          debt: {type: decimal, example: 12.50}
          load: {type: float, example: 0.5}
          deleted_at: {type: datetime, nullable: true, example: null}
          hosts: {type: array}
    === users/list.yaml
    path: /users
    responses: {200: {body: {type: array, items: {object: user}}}}
    """)
    found = written(guide, "users/list")
    assert (
        found["200.xml"]
        == """\
<?xml version="1.0" encoding="UTF-8"?>
<users type="array">
  <user>
    <id type="integer">1</id>
    <login>alice</login>
    <active type="boolean">true</active>
    <created_at type="datetime">2015-02-10T08:15:00Z</created_at>
    <updated_at type="dateTime">2015-02-10T08:15:00Z</updated_at>
    <born_on type="date">1990-01-31</born_on>
    <debt type="decimal">12.50</debt>
    <load type="float">0.5</load>
    <deleted_at nil="true"/>
    <hosts type="array"/>
  </user>
</users>"""
    )
    assert '"debt": 12.50,' in found["200.json"]
    assert json.loads(found["200.json"]) == [
        {
            "user": {
                "id": 1,
                "login": "alice",
                "active": True,
                "created_at": "2015-02-10T08:15:00Z",
                "updated_at": "2015-02-10T08:15:00Z",
                "born_on": "1990-01-31",
                "debt": 12.5,
                "load": 0.5,
                "deleted_at": None,
                "hosts": [],
            }
        }
    ]
    assert curl(found, "xml") == [
        "curl -i -u user:userpass",
        " --url http://library.test/users.xml",
    ]


NESTED = """
    === roles/resource.yaml
    objects:
      permission: {fields: {id: {type: integer, example: 4}}}
      role:
        fields: {id: {type: integer, example: 1}, permissions: {type: array, items: {object: permission}}}
      bill: {fields: {month: {type: integer, example: 3}}}
    === roles/list.yaml
    path: /roles
    responses: {200: {body: {type: array, items: {object: role}}}}
    === roles/get.yaml
    path: /roles/1
    responses: {200: {body: {object: role}}}
    === roles/status.yaml
    path: /roles/1/status
    responses: {200: {body: {type: array, items: {object: role, only: [id]}}}}
    === roles/bills.yaml
    path: /roles/1/bills
    responses: {200: {body: {type: array, items: {object: bill, wrapped: false}}}}
"""


@pytest.mark.parametrize(
    ("endpoint", "data", "xml"),
    [
        (
            "list",
            [{"role": {"id": 1, "permissions": [{"permission": {"id": 4}}]}}],
            '<roles type="array"> <role> <id type="integer">1</id> <permissions type="array"> <permission> '
            '<id type="integer">4</id> </permission> </permissions> </role> </roles>',
        ),
        (
            "get",
            {"role": {"id": 1, "permissions": [{"permission": {"id": 4}}]}},
            '<role> <id type="integer">1</id> <permissions type="array"> <permission> '
            '<id type="integer">4</id> </permission> </permissions> </role>',
        ),
        (
            "status",
            [{"role": {"id": 1}}],
            '<roles type="array"> <role> <id type="integer">1</id> </role> </roles>',
        ),
        (
            "bills",
            [{"month": 3}],
            '<bills type="array"> <bill> <month type="integer">3</month> </bill> </bills>',
        ),
    ],
)
def test_point_2_names_around_objects_in_json(
    guide_of: GuideOf, written: Written, endpoint: str, data: object, xml: str
) -> None:
    found = written(guide_of(NESTED), f"roles/{endpoint}")
    assert json.loads(found["200.json"]) == data
    assert " ".join(found["200.xml"].split()).partition("?> ")[2] == xml
    assert curl(found, "json")[0] == "curl -i -u user:userpass"


def test_point_2_figures_that_json_carries_as_text(guide_of: GuideOf, written: Written) -> None:
    guide = guide_of("""
    === books/resource.yaml
    objects: {stat: {fields: {used: {type: decimal, json: {type: string}, example: "0.0"}}}}
    === books/stats.yaml
    responses: {200: {body: {type: array, items: {object: stat}}}}
    """)
    found = written(guide, "books/stats")
    assert json.loads(found["200.json"]) == [{"stat": {"used": "0.0"}}]
    assert '<used type="decimal">0.0</used>' in found["200.xml"]
    assert curl(found, "json")[1] == " --url http://library.test/books.json"


def test_point_3_an_object_that_is_sent_under_other_names(guide_of: GuideOf, written: Written) -> None:
    guide = guide_of("""
    === zones/resource.yaml
    objects:
      hypervisor_group: {fields: {id: {type: integer, example: 2}, label: {type: string, example: A}}}
    === zones/create.yaml
    method: POST
    path: /hypervisor_zones
    parameters: {body: {pack: {object: hypervisor_group, fields: {label: {required: true}}}}}
    responses: {201: {body: {object: hypervisor_group}}}
    """)
    found = written(guide, "zones/create")
    assert found["request.xml"] == "<pack>\n  <label>A</label>\n</pack>"
    assert json.loads(found["request.json"]) == {"pack": {"label": "A"}}
    assert json.loads(found["201.json"]) == {"hypervisor_group": {"id": 2, "label": "A"}}
    assert "\n<hypervisor_group>\n" in found["201.xml"]
    assert curl(found, "xml")[1] == (
        " -H 'Content-type: application/xml' -d '<pack>\n  <label>A</label>\n</pack>'"
        " --url http://library.test/hypervisor_zones.xml"
    )


def test_point_4_parameters_nested_and_bare(guide_of: GuideOf, written: Written) -> None:
    guide = guide_of("""
    === users/create.yaml
    method: POST
    path: /users
    parameters:
      query: {period: {fields: {startdate: {type: string, example: "2015-03-01"}}}}
      body:
        user:
          fields:
            login: {type: string, example: alice}
            role_ids: {type: array, items: {type: integer, name: role_id}, example: [1, 2]}
            limits: {type: object, fields: {limit_ip: {type: integer, example: 4}}}
    === users/move.yaml
    method: POST
    path: /users/move
    parameters: {body: {user_id: {type: integer, example: 5}}}
    """)
    found = written(guide, "users/create")
    assert json.loads(found["request.json"]) == {
        "user": {"login": "alice", "role_ids": [1, 2], "limits": {"limit_ip": 4}}
    }
    assert " ".join(found["request.xml"].split()) == (
        '<user> <login>alice</login> <role_ids type="array"> <role_id>1</role_id> <role_id>2</role_id> '
        "</role_ids> <limits> <limit_ip>4</limit_ip> </limits> </user>"
    )
    assert curl(found, "json")[1].endswith(
        "'http://library.test/users.json?period%5Bstartdate%5D=2015-03-01'"
    )
    bare = written(guide, "users/move")
    assert (bare["request.xml"], json.loads(bare["request.json"])) == ("<user_id>5</user_id>", {"user_id": 5})


def test_point_5_actions_on_a_member_named_by_number_or_identifier(
    guide_of: GuideOf, written: Written
) -> None:
    guide = guide_of("""
    === servers/resource.yaml
    parameters: {id: {type: [integer, string], example: 12}}
    objects: {virtual_machine: {fields: {id: {type: integer, example: 12}}}}
    === servers/reboot.yaml
    method: POST
    path: /virtual_machines/:id/reboot
    responses: {201: {body: {object: virtual_machine}}}
    examples: [{}, {parameters: {path: {id: w8x2k5}}}]
    """)
    found = written(guide, "servers/reboot")
    assert curl(found, "xml") == [
        "curl -i -X POST -u user:userpass",
        " --url http://library.test/virtual_machines/12/reboot.xml",
    ]
    assert "/virtual_machines/w8x2k5/reboot.json" in found["2.curl.json"]
    assert json.loads(found["201.json"]) == {"virtual_machine": {"id": 12}}
    assert '<id type="integer">12</id>' in found["201.xml"]


def test_point_6_endpoints_of_one_method_and_path(guide_of: GuideOf, written: Written) -> None:
    guide = guide_of("""
    === users/resource.yaml
    objects: {user: {fields: {id: {type: integer, example: 5}, roles: {type: array}}}}
    === users/list.yaml
    path: /users
    responses: {200: {body: {type: array, items: {object: user}}}}
    === users/search.yaml
    path: /users
    parameters: {query: {q: {type: string, required: true, example: "O'Neil"}}}
    === users/list_short.yaml
    path: /users
    parameters: {query: {short: {type: boolean, required: true, allow_empty_value: true, example: true}}}
    responses: {200: {body: {type: array, items: {object: user, without: [roles]}}}}
    === users/recover.yaml
    method: POST
    path: /users
    parameters: {body: {mode: {type: string, required: true, const: recovery}}}
    """)
    ends = {
        endpoint: curl(written(guide, f"users/{endpoint}"), "json")[1]
        for endpoint in ("list", "search", "list_short")
    }
    assert ends == {
        "list": " --url http://library.test/users.json",
        "search": " --url 'http://library.test/users.json?q=O%27Neil'",
        "list_short": " --url 'http://library.test/users.json?short'",
    }
    assert json.loads(written(guide, "users/list")["200.json"]) == [{"user": {"id": 5, "roles": []}}]
    assert json.loads(written(guide, "users/list_short")["200.json"]) == [{"user": {"id": 5}}]
    assert "roles" not in written(guide, "users/list_short")["200.xml"]
    recover = written(guide, "users/recover")
    assert (recover["request.xml"], json.loads(recover["request.json"])) == (
        "<mode>recovery</mode>",
        {"mode": "recovery"},
    )


def test_point_7_paging_and_flags(guide_of: GuideOf, written: Written) -> None:
    guide = guide_of("""
    === guide.yaml
    paging: {page: {type: integer, example: 2}, per_page: {type: integer, example: 50}}
    === ips/resource.yaml
    objects: {ip_address: {fields: {id: {type: integer, example: 7}}}}
    === ips/list.yaml
    path: /ip_addresses
    paging: true
    parameters: {query: {used_ip: {type: integer, enum: [0, 1], example: 1}}}
    responses: {200: {body: {type: array, items: {object: ip_address}}}}
    """)
    found = written(guide, "ips/list")
    assert (
        curl(found, "xml")[1] == " --url 'http://library.test/ip_addresses.xml?page=2&per_page=50&used_ip=1'"
    )
    assert '<ip_addresses type="array">' in found["200.xml"]
    assert json.loads(found["200.json"]) == [{"ip_address": {"id": 7}}]


def test_point_8_a_map_by_type_of_lists(guide_of: GuideOf, written: Written) -> None:
    guide = guide_of("""
    === records/resource.yaml
    objects:
      dns_zone: {fields: {id: {type: integer, example: 6}}}
      dns_record: {fields: {ttl: {type: integer, example: 60}, ip: {type: string}}}
      dns_zone_records:
        name: dns_zone
        extends: dns_zone
        fields:
          records:
            type: object
            additional_fields: {type: array, items: {object: dns_record}}
            example: {A: [{ttl: 60, ip: 192.0.2.1}], TXT: []}
    === records/list.yaml
    path: /dns_zones/6/records
    responses: {200: {body: {object: dns_zone_records}}}
    """)
    found = written(guide, "records/list")
    assert json.loads(found["200.json"]) == {
        "dns_zone": {"id": 6, "records": {"A": [{"dns_record": {"ttl": 60, "ip": "192.0.2.1"}}], "TXT": []}}
    }
    assert " ".join(found["200.xml"].split()).partition("?> ")[2] == (
        '<dns_zone> <id type="integer">6</id> <records> <A type="array"> <dns_record> '
        '<ttl type="integer">60</ttl> <ip>192.0.2.1</ip> </dns_record> </A> <TXT type="array"/> '
        "</records> </dns_zone>"
    )
    assert curl(found, "json")[1] == " --url http://library.test/dns_zones/6/records.json"


def test_point_9_errors(guide_of: GuideOf, written: Written) -> None:
    guide = guide_of("""
    === guide.yaml
    objects:
      errors: {wrapped: false, fields: {errors: {type: array, items: {type: string, name: error}}}}
      error: {wrapped: false, fields: {error: {type: string, example: No.}}}
    statuses:
      403: {title: Forbidden, when: always, body: {object: error}}
      404: {title: Not Found, when: path_parameters, body: {object: errors}, example: {errors: [Gone]}}
      422: {title: Not valid, when: body_parameters, body: {object: errors}, example: {errors: [A, B]}}
    === books/edit.yaml
    method: PUT
    path: /books/:id
    parameters: {path: {id: {type: integer, example: 12}}, body: {book: {fields: {title: {example: Emma}}}}}
    responses: {404: null}
    === books/get.yaml
    path: /books/:id
    parameters: {path: {id: {type: integer, example: 12}}}
    """)
    edit, get = written(guide, "books/edit"), written(guide, "books/get")
    assert {name for name in (*edit, *get) if name[0] == "4"} == {
        f"{status}.{name}" for status in ("403", "404", "422") for name in ("xml", "json")
    }
    assert "404.json" not in edit
    assert "422.json" not in get
    assert json.loads(edit["422.json"]) == {"errors": ["A", "B"]}
    assert " ".join(edit["422.xml"].split()).partition("?> ")[2] == (
        '<errors type="array"> <error>A</error> <error>B</error> </errors>'
    )
    assert json.loads(get["404.json"]) == {"errors": ["Gone"]}
    assert json.loads(get["403.json"]) == {"error": "No."}
    assert get["403.xml"].endswith("\n<error>No.</error>")
    assert curl(edit, "json")[0] == "curl -i -X PUT -u user:userpass"


def test_point_10_old_and_new_paths_side_by_side(guide_of: GuideOf, written: Written) -> None:
    guide = guide_of("""
    === zones/resource.yaml
    objects: {network_group: {fields: {id: {type: integer, example: 1}}}}
    === zones/list.yaml
    path: /settings/network_zones
    since: "2.0"
    responses: {200: {body: {type: array, items: {object: network_group}}}}
    === zones/list_older_path.yaml
    path: /network_zones
    prefer: zones/list
    removed: "3.0"
    responses: {200: {body: {type: array, items: {object: network_group}}}}
    """)
    there = {release: list(view.endpoints) for release, view in views(guide).items()}
    assert there == {
        "1.0": ["zones/list_older_path"],
        "1.1": ["zones/list_older_path"],
        "2.0": ["zones/list", "zones/list_older_path"],
        "3.0": ["zones/list"],
    }
    old, new = written(guide, "zones/list_older_path", "2.0"), written(guide, "zones/list", "2.0")
    assert curl(old, "xml")[1] == " --url http://library.test/network_zones.xml"
    assert curl(new, "json")[1] == " --url http://library.test/settings/network_zones.json"
    assert old["200.xml"] == new["200.xml"]
    assert json.loads(old["200.json"]) == json.loads(new["200.json"]) == [{"network_group": {"id": 1}}]


def test_what_is_stated_of_a_response_and_sent_too_is_dropped_where_a_release_lacks_it(
    guide_of: GuideOf,
) -> None:
    text = SENT % ("{object: book}", "{pages: 4}", "{201: {pages: 5}}")
    guide = guide_of(text.replace("pages: {type: integer,", 'pages: {type: integer, since: "2.0",'))
    assert list(check_values(guide, views(guide))) == []
