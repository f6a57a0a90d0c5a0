"""What a page shows is held against what came."""

import pytest

from apiguide.proof.comparing import Got, differences, leaves
from apiguide.proof.printed import Shown


def unlike(language: str, shown: str, body: str, *, is_shortened: bool = False) -> list[str]:
    got = Got("200", f"application/{language}", body)
    return [*differences(Shown("200", language, shown, is_shortened), got)]


@pytest.mark.parametrize(
    ("shown", "body"),
    [
        ('{"a": 1, "b": [true, null, "x"]}', '{"b":[true,null,"x"],"a":1}'),
        ('{"a": 9.90}', '{"a":9.9}'),
        ("[]", "[]"),
        ("{}", " {} "),
        ('[{"a": {"b": "é"}}]', '[{"a":{"b":"\\u00e9"}}]'),
    ],
)
def test_the_same_json_is_written_in_many_ways(shown: str, body: str) -> None:
    assert unlike("json", shown, body) == []


@pytest.mark.parametrize(
    ("shown", "body", "message"),
    [
        ('{"a": 1}', '{"a": 2}', "the page shows 1 at a, and 2 came"),
        ('{"a": 1}', '{"a": "1"}', "the page shows 1 at a, and '1' came"),
        ('{"a": 1}', '{"a": true}', "the page shows 1 at a, and True came"),
        ('{"a": null}', "{}", "the page shows 'a', which did not come"),
        ("{}", '{"a": null}', "'a' came, which the page does not show"),
        ('{"a": {"b": 1}}', '{"a": {}}', "the page shows 'b' at a, which did not come"),
        ("[1, 2]", "[1]", "the page shows 2 items, and 1 came"),
        ("[1, 2]", "[2, 1]", "the page shows 1 at [0], and 2 came"),
        ("{}", "[]", "the page shows {}, and [] came"),
        ("{", "{}", "one of the bodies cannot be read: "),
    ],
)
def test_json_that_differs(shown: str, body: str, message: str) -> None:
    found = unlike("json", shown, body)
    assert found
    assert found[0].startswith(message)


@pytest.mark.parametrize(
    ("shown", "body", "message"),
    [
        ("<a>1</a>", "<b>1</b>", "the page shows <a> at /a, and <b> came"),
        ("<a>1</a>", '<a type="integer">1</a>', 'the page shows <a> at /a, and <a type="integer"> came'),
        ("<a>1</a>", "<a>2</a>", "the page shows '1' at /a, and '2' came"),
        ("<a><b/></a>", "<a/>", "the page shows <b> at /a, which did not come"),
        ("<a><b/></a>", "<a><b/><c/></a>", "<c> came at /a, which the page does not show"),
        ("<a><b/><c/></a>", "<a><c/><b/></a>", "the page shows <b> at /a/b, and <c> came"),
        ("<a>", "<a/>", "one of the bodies cannot be read: "),
    ],
)
def test_xml_that_differs(shown: str, body: str, message: str) -> None:
    found = unlike("xml", shown, body)
    assert found
    assert found[0].startswith(message)


def test_blanks_between_elements_say_nothing() -> None:
    assert unlike("xml", "<a>\n  <b>1</b>\n</a>", "<a><b>1</b></a>") == []


def test_a_shortened_answer_is_a_part() -> None:
    assert unlike("json", '{"a": 1}', '{"a": 1, "b": 2}', is_shortened=True) == []
    assert unlike("xml", "<o><b>2</b></o>", "<o><a/><b>2</b><c/></o>", is_shortened=True) == []
    assert unlike("json", '{"a": 1}', '{"b": 2}', is_shortened=True)
    assert unlike("json", "[1]", "[1, 2]", is_shortened=True), "items of a list are never left out"
    xml_list = '<o type="array"><b/>{}</o>'
    assert unlike("xml", xml_list.format(""), xml_list.format("<b/>"), is_shortened=True)


def test_status_and_media_type_are_compared_before_bodies() -> None:
    shown = Shown("200", "json", "{}")
    assert [*differences(shown, Got("201", "application/json", "{}"))] == ["the page shows 200, and 201 came"]
    assert [*differences(shown, Got("200", "application/xml", "{}"))] == [
        "the page shows JSON, and application/xml came"
    ]
    assert [*differences(shown, Got("200", "", ""))] == ["the page shows JSON, and nothing came"]
    assert [*differences(shown, Got("200", "application/vnd.books+json", "{}"))] == []


def test_no_body_is_held_against_none() -> None:
    assert [*differences(Shown("204"), Got("204", "", ""))] == []
    assert [*differences(Shown("204"), Got("204", "", "{}"))] == ["the page shows no body, and one came"]


@pytest.mark.parametrize(
    ("xml", "json"),
    [
        ("<a><b type='integer'>1</b></a>", '{"a": {"b": 1}}'),
        ("<a><b>true</b></a>", '{"a": {"b": true}}'),
        ("<a><b nil='true'/></a>", '{"a": {"b": null}}'),
        ("<a><b>1.50</b></a>", '{"b": 1.5}'),
        ("<a type='array'/>", "[]"),
        ("<a type='array'><b>x</b><b>y</b></a>", '["y", "x"]'),
    ],
)
def test_the_formats_of_an_example_have_the_same_values(xml: str, json: str) -> None:
    assert leaves(Shown("200", "xml", xml)) == leaves(Shown("200", "json", json))
    assert leaves(Shown("200", "json", '{"a": {"b": 7}}')) != leaves(Shown("200", "xml", xml))
