import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apiguide.markup import MOST, constructs, may_have


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[a](ref:b) `[c](d)` [e](ref:b)", [("link", "ref:b", 4), ("link", "ref:b", 24)]),
        ("a\n\n> - [b](<c d>)\n>   ![e](f)", [("link", "c d", 12), ("image", "![e]", 22)]),
        ("\\[a](b) [c](d)", [("link", "d", 12)]),
        (
            "[a](b 'c') <https://d> [b]()",
            [("link", "b", 4), ("link", "https://d", 12), ("link", "[b]()", 23)],
        ),
        ("[a][b] [b]\n\n[b]: c", [("link", "c", 17), ("link", "c", 17)]),
        ("[a](b&amp;c)", [("link", "[a]", 0)]),
        ("[![a](b)](c)", [("image", "![a]", 1), ("link", "c", 10)]),
        ("| <b> | <b> |\n|-|-|\n| `<i>` | <i> |", [("html", "<b>", 2), ("html", "<i>", 30)]),
        ("**<b>** </b>\n*<br\n/>*", [("html", "<b>", 2), ("html", "<br\n/>", 14)]),
        ("a <!-- b --> <!-- c", [("comment", "<!-- b -->", 2), ("comment", "<!--", 13)]),
        ("`` ` `` ~~a~~ ``b`` ~~c d~~", [("strike", "~~a~~", 8), ("strike", "~~c d~~", 20)]),
        ("&lt; \\* `~~a~~` ~~b~~", [("strike", "~~b~~", 16)]),
        ("<id> <T> a < b > c [d] {e}", []),
    ],
)
def test_each_construct_is_found_where_it_stands(text: str, found: list[tuple[str, str, int]]) -> None:
    assert sorted((each.at, each.kind, each.typed) for each in constructs(text)) == sorted(
        (at, kind, typed) for kind, typed, at in found
    )


def test_a_link_has_its_words_and_its_address() -> None:
    (link,) = constructs("See [*the* `page`\nthere](<ref:a b> 'T').")
    assert (link.words, link.address) == ("the page there", "ref:a b")


def test_of_many_constructs_the_first_are_told_and_all_links() -> None:
    found = constructs("~~a~~ <b>b</b> [c](d)\n\n" * 200)
    assert [each.kind for each in found].count("link") == 200
    assert [each.kind for each in found].count("html") == 1
    assert len(found) == 200 + MOST


PIECES = st.sampled_from(
    (
        *(
            "[",
            "](",
            ")",
            "![",
            "<",
            ">",
            "<!--",
            "-->",
            "`",
            "```\n",
            "*",
            "**",
            "~~",
            "\\",
            "\n",
            "\n\n",
            "    ",
        ),
        *(
            "- ",
            "1. ",
            "> ",
            "# ",
            "|",
            "\n|-|:-:|\n",
            "&amp;",
            "ref:a",
            "/b",
            "x",
            " ",
            "<b>",
            "{.a}",
            "{ .a }",
        ),
        *("[^1]", "]: ", "!!! note", '=== "a"', "[ ] ", "[!NOTE]", "\t", "\u00a0", "é", "\0"),
    )
)


@settings(max_examples=1_000, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_text_has_constructs_that_stand_in_it(text: str) -> None:
    found = constructs(text)
    assert all(0 <= each.at <= len(text) for each in found)
    assert may_have(text) or not found
