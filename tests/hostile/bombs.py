"""Files that are small and try to cost much, each made by a few lines: (place, text) by name.

A place is the file of the small guide of `lab.py` that the text is put in for.
"""

from collections.abc import Callable

from tests.hostile.lab import CREATE, GUIDE, INDEX, RESOURCE, SMALL

MOST = 1024 * 1024 - 4096


def times(count: int, make: Callable[[int], str]) -> str:
    return "".join(map(make, range(count)))


def endpoint(extra: str) -> str:
    return SMALL[CREATE] + extra


def described(text: str) -> str:
    return SMALL[CREATE].replace("description: Adds a book.", f"description: {text}")


def taking(fields: str) -> str:
    return SMALL[CREATE].replace("parameters:\n", f"parameters:\n  query:\n{fields}")


def objects(text: str) -> str:
    return SMALL[RESOURCE] + text


def settings(text: str) -> str:
    return SMALL[GUIDE] + text


def releases(count: int) -> str:
    return SMALL[GUIDE].replace(
        "releases: [", "releases: [" + times(count, lambda i: f'{{release: "0.{i}"}}, ')
    )


def words(count: int, sign: str) -> str:
    return ", ".join(f"{sign}{number}" for number in range(count))


def notes(text: Callable[[int], str]) -> str:
    return endpoint("notes:\n" + times(10, lambda i: f"  - info: |\n{text(i)}"))


BOMBS: dict[str, tuple[str, str]] = {
    "nothing but brackets": (CREATE, "[" * MOST),
    "mappings in mappings": (CREATE, "{a: " * (MOST // 4)),
    "keys in keys": (CREATE, "? " * (MOST // 2)),
    "comments": (CREATE, endpoint("# a\n" * (MOST // 4))),
    "empty lines": (CREATE, endpoint("\n" * MOST)),
    "a long word": (CREATE, endpoint("notes: " + "a" * MOST)),
    "escaped quotes": (CREATE, endpoint("notes: '" + "''" * (MOST // 2) + "'\n")),
    "a text of many lines": (CREATE, endpoint("notes: >\n" + "  a\n" * (MOST // 4))),
    "hidden characters": (CREATE, endpoint("notes: '" + "\u200b" * (MOST // 3) + "'\n")),
    "misspelt keys": (CREATE, endpoint(times(19_000, lambda i: f"descrption{i}: a\n"))),
    "long misspelt keys": (CREATE, endpoint(times(9_000, lambda i: f"{'description' * 9}{i}: a\n"))),
    "a key that stands again and again": (CREATE, endpoint("title: a\n" * 19_000)),
    "keys without values": (CREATE, endpoint(times(19_000, lambda i: f"a{i}:\n"))),
    "aliases": (CREATE, endpoint("a: &a b\nb:\n" + "  - *a\n" * 19_000)),
    "tags in one line": (CREATE, endpoint("a: [" + "!b c, " * 19_000 + "]\n")),
    "parameters": (CREATE, taking(times(9_000, lambda i: f"    p{i}: {{type: string}}\n"))),
    "parameters of a legal number": (CREATE, taking(times(990, lambda i: f"    p{i}: {{type: string}}\n"))),
    "parameters that are all wrong": (
        CREATE,
        taking(times(990, lambda i: f"    p{i}: {{tpe: a, exmple: b}}\n")),
    ),
    "parameters with history": (
        CREATE,
        taking(
            times(990, lambda i: f'    p{i}: {{changes: [{{release: "2.0", before: {{type: string}}}}]}}\n')
        ),
    ),
    "required parameters and examples": (
        CREATE,
        taking(times(990, lambda i: f"    p{i}: {{required: true}}\n"))
        + "examples:\n"
        + "  - {title: a}\n" * 50,
    ),
    "values of parameters that are not there": (
        CREATE,
        taking(times(990, lambda i: f"    p{i}: {{}}\n"))
        + "examples:\n"
        + times(
            9, lambda _: "  - parameters: {query: {" + ", ".join(f"q{i}: a" for i in range(990)) + "}}\n"
        ),
    ),
    "allowed values": (CREATE, taking(f"    p: {{enum: [{words(15_000, 'v')}], example: w}}\n")),
    "allowed values of many parameters": (
        CREATE,
        taking(times(18, lambda i: f"    p{i}: {{enum: [{words(990, 'v')}], example: w}}\n")),
    ),
    "a pattern that takes Python years": (
        CREATE,
        taking(f"    p: {{type: string, pattern: '^(a+)+$', example: {'a' * 60}b}}\n"),
    ),
    "a pattern and a long text": (
        CREATE,
        taking(f"    p: {{pattern: 'a*a*a*a*b', example: {'a' * (MOST // 2)}}}\n"),
    ),
    "a pattern of repeated repeats": (
        CREATE,
        taking("    p: {pattern: '(((a{1,999}){1,999}){1,999}){1,999}'}\n"),
    ),
    "many patterns": (
        CREATE,
        taking(times(990, lambda i: f"    p{i}: {{pattern: '\\w{{60}}{i}', example: c}}\n")),
    ),
    "a number of many digits": (
        CREATE,
        taking(f"    p: {{type: integer, minimum: 1, example: {'9' * MOST}}}\n"),
    ),
    "a number with a great exponent": (
        CREATE,
        taking("    p: {type: decimal, maximum: 1, example: 1e999999999}\n"),
    ),
    "a path of placeholders": (CREATE, SMALL[CREATE].replace("path: /books", "path: " + "/:a" * (MOST // 3))),
    "examples": (CREATE, endpoint("examples:\n" + "  - {title: a}\n" * 9_000)),
    "texts with markup": (
        CREATE,
        taking(
            times(990, lambda i: f"    p{i}: {{description: '*a* `b` [c](https://d.test/{i}) of {i}'}}\n")
        ),
    ),
    "stars": (CREATE, described("'" + "**a _b " * (MOST // 7) + "'")),
    "ampersands": (CREATE, described("'" + "&" * MOST + "'")),
    "links that are not closed": (CREATE, notes(lambda i: f"      {i}{'[a](' * 990}\n")),
    "brackets": (CREATE, notes(lambda i: f"      {i}{'[' * 199}{']' * 199}\n")),
    "headings": (CREATE, notes(lambda i: f"      {i}[a](b)\n" + "      # a\n" * 2_400)),
    "fences": (CREATE, notes(lambda i: f"      {i}[a](b)\n" + times(1_000, lambda k: f"      ```a{k}\n"))),
    "paragraphs": (CREATE, notes(lambda i: f"      {i}[a](b)\n" + "      a\n\n" * 3_000)),
    "tables": (
        CREATE,
        notes(lambda i: f"      {i}[a](b)\n\n      |a|b|\n      |-|-|\n" + "      |a|b|\n" * 1_500),
    ),
    "quotes in quotes": (CREATE, described("'" + "> " * (MOST // 2) + "a'")),
    "broken references": (
        CREATE,
        endpoint("notes:\n" + times(900, lambda i: f"  - info: '[a](ref:boks/gt{i})'\n")),
    ),
    "objects": (RESOURCE, objects(times(4_000, lambda i: f"  o{i}: {{fields: {{a: {{object: x{i}}}}}}}\n"))),
    "objects that extend each other in a row": (
        RESOURCE,
        objects(times(900, lambda i: f"  o{i}: {{extends: o{i + 1}}}\n") + "  o900: {fields: {a: {}}}\n"),
    ),
    "objects that extend a wide one": (
        RESOURCE,
        objects(
            "  o: {fields: {"
            + ", ".join(f"f{i}: {{}}" for i in range(990))
            + "}}\n"
            + times(900, lambda i: f"  o{i}: {{extends: o}}\n")
        ),
    ),
    "objects that hold each other twice": (
        RESOURCE,
        objects(
            times(60, lambda i: f"  o{i}: {{fields: {{a: {{object: o{i + 1}}}, b: {{object: o{i + 1}}}}}}}\n")
            + "  o60: {fields: {a: {}}}\n"
        ).replace("      id:", "      o: {object: o0}\n      id:", 1),
    ),
    "fields of many objects": (
        RESOURCE,
        objects(
            times(18, lambda i: f"  o{i}: {{fields: {{{words(900, 'f').replace(',', ': {},')}: {{}}}}}}\n")
        ),
    ),
    "releases": (GUIDE, releases(5_000)),
    "releases of a legal number": (GUIDE, releases(190)),
    "statuses": (
        GUIDE,
        settings(times(300, lambda i: f"  {205 + i if i < 190 else i + 210}: {{title: A}}\n")),
    ),
    "exceptions": (
        GUIDE,
        settings(
            "exceptions:\n"
            + times(990, lambda i: f'  - {{at: objects.book.t{i}, release: "2.0", reason: a}}\n')
        ),
    ),
    "macro calls": (INDEX, '{{ endpoint("books/get") }}\n\n' * 9_000),
    "macro calls of a legal number": (INDEX, '{{ endpoint("books/get") }}\n\n' * 190),
    "long texts in macro calls": (
        INDEX,
        times(200, lambda i: '{{ info("' + "*a* " * 1_000 + f'{i}") }}}}\n\n'),
    ),
    "broken macro calls": (INDEX, "{{ a }}" * 9_000),
    "brackets in a macro call": (INDEX, "{{ " + "(" * 90_000 + " }}"),
    "references in a page": (INDEX, times(20_000, lambda i: f"[a](ref:boks/gt{i})\n\n")),
    "headings of a page": (INDEX, "# a\n" * 200_000),
}
