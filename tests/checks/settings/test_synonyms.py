from collections.abc import Callable

import pytest

GUIDE = "guide.yaml"


@pytest.mark.parametrize(
    ("entry", "code", "remedy", "says"),
    [
        ('{delete: [«"-_-"»]}', "bad-synonym", "write a word or phrase", "has no letter or digit"),
        ('{«"*"»: [remove]}', "bad-synonym", "write a word or phrase", ""),
        (f"{{delete: [«{'x' * 61}»]}}", "bad-synonym", "write a word or a short phrase", "60 characters"),
        ("{delete: [remove, «Remove»]}", "duplicate-synonym", "delete it", "is listed twice"),
        ('{delete: ["log out", «"log  out"»]}', "duplicate-synonym", "delete it", "is listed twice"),
        ("{delete: [«DELETE»]}", "duplicate-synonym", "delete it", "is the word itself"),
        ("{delete: [remove], «Delete»: [drop]}", "duplicate-synonym", "add its synonyms to those of", ""),
        (
            "{delete: [remove], remove: [«delete»]}",
            "mutual-synonyms",
            "list only the word that the guide",
            "",
        ),
    ],
)
def test_a_synonym_is_a_word_that_stands_once(
    entry: str, code: str, remedy: str, says: str, finds: Callable[..., None]
) -> None:
    finds(code, remedy, {GUIDE: ("", f"synonyms: {entry}\n")}, **({"says": says} if says else {}))


def test_synonyms_are_not_without_end(codes: Callable[..., list[str]]) -> None:
    def found(words: int, others: int) -> list[str]:
        row = ", ".join(f"b{number}" for number in range(others))
        lines = "".join(f"  a{number}: [{row}]\n" for number in range(words))
        return codes({GUIDE: ("", f"synonyms:\n{lines}")})

    assert found(3, 50) == found(500, 1) == []
    assert found(1, 51) == found(501, 1) == ["bad-synonym"]


def test_a_word_may_stand_for_several_and_have_synonyms_itself(codes: Callable[..., list[str]]) -> None:
    text = "synonyms: {start: [launch, boot], create: [launch, add], copy: [clone], convert: [copy]}\n"
    assert codes({GUIDE: ("", text)}) == []


def test_a_word_without_synonyms_is_not_listed(codes: Callable[..., list[str]]) -> None:
    assert len(codes({GUIDE: ("", "synonyms: {delete: []}\n")})) == 1
