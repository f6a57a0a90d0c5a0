"""What a stateful mock keeps."""

from collections.abc import Callable
from typing import Any

Ask = Callable[..., Any]


def ids(ask: Ask, query: str = "") -> list[int]:
    return [each["book"]["id"] for each in ask("GET", f"/books.json{query}").json]


def test_it_begins_with_the_records_of_the_examples(ask_stateful: Ask) -> None:
    assert ids(ask_stateful) == [12]
    assert ask_stateful("GET", "/books/12.json").status == 200
    assert ask_stateful("GET", "/books/13.json").status == 404


def test_what_is_created_is_there_until_it_is_deleted(ask_stateful: Ask) -> None:
    made = ask_stateful("POST", "/books.json", {"book": {"title": "Persuasion"}}).json["book"]
    assert made["id"] == 13
    assert made["title"] == "Persuasion"
    assert ids(ask_stateful) == [12, 13]
    assert ask_stateful("GET", "/books/13.json").json["book"] == made
    assert ask_stateful("DELETE", "/books/13.json").status == 204
    assert ids(ask_stateful) == [12]
    gone = ask_stateful("GET", "/books/13.json")
    assert (gone.status, gone.json) == (404, {"errors": ["there is no such record"]})
    assert ask_stateful("DELETE", "/books/13.json").status == 404


def test_what_is_edited_stays_so_in_each_format(ask_stateful: Ask) -> None:
    assert ask_stateful("PUT", "/books/12.json", {"book": {"title": "Emma (2nd ed.)"}}).status == 204
    assert ask_stateful("GET", "/books/12.json").json["book"]["title"] == "Emma (2nd ed.)"
    assert "<title>Emma (2nd ed.)</title>" in ask_stateful("GET", "/books.xml").text


def test_what_is_refused_changes_nothing(ask_stateful: Ask) -> None:
    assert ask_stateful("POST", "/books.json", {"book": {"pages": 1}}).status == 422
    assert ask_stateful("PUT", "/books/12.json", {"book": {"pages": "many"}}).status == 422
    assert ask_stateful("GET", "/books/12.json").json["book"]["pages"] == 474
    assert ids(ask_stateful) == [12]


def test_a_record_has_an_identifier_too(ask_stateful: Ask) -> None:
    made = ask_stateful("POST", "/books.json", {"book": {"title": "Persuasion"}}).json["book"]
    assert made["identifier"] != "k3x9"
    assert ask_stateful("GET", f"/books/{made['identifier']}.json").json["book"]["id"] == made["id"]
    assert ask_stateful("DELETE", f"/books/{made['identifier']}.json").status == 204
    assert ids(ask_stateful) == [12]


def test_an_action_is_about_the_record_as_it_is(ask_stateful: Ask) -> None:
    ask_stateful("PUT", "/books/12.json", {"book": {"title": "Changed"}})
    reply = ask_stateful("POST", "/books/12/do.json", {"action": "lend", "days": 3})
    assert (reply.status, reply.json["book"]["title"]) == (200, "Changed")
    assert ask_stateful("POST", "/books/99/do.json", {"action": "lend", "days": 3}).status == 404


def test_lists_have_pages_where_they_are_documented(ask_stateful: Ask) -> None:
    for number in range(5):
        ask_stateful("POST", "/books.json", {"book": {"title": f"Book {number}"}})
    assert ids(ask_stateful, "?page=1&per_page=4") == [12, 13, 14, 15]
    assert ids(ask_stateful, "?page=2&per_page=4") == [16, 17]
    assert ids(ask_stateful, "?page=3&per_page=4") == []
