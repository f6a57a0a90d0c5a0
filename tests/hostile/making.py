"""Files that hypothesis makes of the words of the format, of YAML and Markdown, and of noise."""

import json
from contextlib import suppress
from typing import Any

import yaml
from hypothesis import strategies as st
from tests.hostile.lab import CREATE, GUIDE, INDEX, RESOURCE

from apiguide.model import Endpoint, Field, Object, Resource, Settings

KEYS = sorted({info.alias or name for model in (Endpoint, Field, Object, Resource, Settings)
               for name, info in model.model_fields.items()})  # fmt: skip
WORDS = [
    *(
        "on",
        "yes",
        "null",
        "~",
        "true",
        "3.10",
        "0755",
        "0x1F",
        "12:30:45",
        "1e999",
        "-0",
        ".inf",
        "2024-02-30",
    ),
    *(
        "book",
        "books/get",
        "books/create",
        "1.0",
        "2.0",
        "3.0",
        "string",
        "integer",
        "array",
        "object",
        "/books/:id",
    ),
    *(
        "{{ 7*7 }}",
        "{% raw %}",
        "{# #}",
        "<script>",
        "[a](javascript:b)",
        "[a](ref:books/get#x)",
        "../../etc/passwd",
    ),
    *(
        "a: b",
        "a #b",
        "*a",
        "&a",
        "!a",
        "@a",
        "`a",
        "%a",
        "- a",
        "? a",
        "|",
        ">",
        "''",
        '"',
        "\t",
        "\u202e",
        "\x00",
    ),
    *("^(a+)+$", "(?=a)", "[", "a" * 300, "9" * 400, "é", "😀", "e\u0301"),
]
TEXTS = st.sampled_from(WORDS) | st.text(max_size=12)
TREES = st.recursive(
    TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS) | TEXTS, inner, max_size=5)
    ),
    max_leaves=25,
)
MACROS = st.sampled_from(
    [
        '{{ endpoint("books/get") }}',
        "{{ a.b }}",
        "{% if %}",
        '{{ info("a" * 9) }}',
        "{{ statuses(1, a=[2]) }}",
        "---",
    ]
)


class _Plain(yaml.SafeDumper):
    """Writes texts without quotes where YAML lets it."""

    yaml_implicit_resolvers = {}  # noqa: RUF012

    def ignore_aliases(self, data: Any) -> bool:
        return True


@st.composite
def files(draw: st.DrawFn) -> tuple[str, bytes]:
    """A file's path and its bytes."""
    path = draw(st.sampled_from([GUIDE, RESOURCE, CREATE, CREATE, INDEX]))
    if path == INDEX:
        return path, "\n\n".join(draw(st.lists(TEXTS | MACROS, max_size=8))).encode("utf-8", "surrogatepass")
    tree = draw(st.dictionaries(st.sampled_from(KEYS), TREES, max_size=8))
    dumped = json.dumps(tree, ensure_ascii=False)
    if draw(st.booleans()):
        with suppress(yaml.YAMLError):
            dumped = yaml.dump(tree, Dumper=_Plain, allow_unicode=True)
    start, end = sorted((draw(st.integers(0, len(dumped))), draw(st.integers(0, len(dumped)))))
    if draw(st.integers(0, 3)) == 0:
        dumped = dumped[:start] + draw(TEXTS) + dumped[end:]
    return path, dumped.encode("utf-8", "surrogatepass")
