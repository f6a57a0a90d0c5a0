"""A made-up guide of any size, as our YAML and as the Markdown that one would write by hand for MkDocs."""

from __future__ import annotations

import random
from pathlib import Path

PARAMETERS, FIELDS, PER_RESOURCE = 12, 15, 20

_MKDOCS = """site_name: Bench
site_url: http://bench.test/
docs_dir: docs
site_dir: build
theme:
  name: material
  font: false
  features: [content.code.copy, content.tabs.link, navigation.indexes, {features}]
markdown_extensions:
  - admonition
  - attr_list
  - tables
  - toc: {{permalink: true}}
  - pymdownx.highlight
  - pymdownx.superfences
  - pymdownx.tabbed: {{alternate_style: true}}
plugins: [{plugins}]
"""

_GUIDE = """title: Bench
servers: [{url: "http://bench.test"}]
releases: [%s]
formats:
  xml: {media_type: application/xml, extension: .xml, dialect: rails}
  json: {media_type: application/json, extension: .json, dialect: rails}
authentication: [{id: basic, type: basic, title: HTTP Basic, user: user, password: userpass}]
statuses:
  201: {title: Created, description: It has been created.}
  404: {title: Not Found, description: There is no such thing., when: path_parameters}
"""

_WORDS = [
    "server",
    "disk",
    "network",
    "address",
    "limit",
    "price",
    "backup",
    "queue",
    "owner",
    "label",
    "state",
]


def write_yaml(
    folder: Path, endpoints: int, releases: int = 1, seed: int = 1, *, own_objects: bool = False
) -> None:
    """Writes a project of apiguide with that many endpoints, of which each release changed a tenth.

    The endpoints of a resource respond with one object, or each with one of its own.
    """
    rng = random.Random(seed)
    names = [f"{number}.0" for number in range(1, releases + 1)]
    (folder / "docs").mkdir(parents=True)
    (folder / "docs/index.md").write_text("# Bench\n")
    features = "navigation.prune, navigation.sections"
    (folder / "mkdocs.yml").write_text(_MKDOCS.format(plugins="search, apiguide", features=features))
    (folder / "reference").mkdir()
    listed = ", ".join(f'{{release: "{name}"}}' for name in names)
    (folder / "reference/guide.yaml").write_text(_GUIDE % listed)
    for number in range(endpoints):
        resource = f"resource_{number // PER_RESOURCE}"
        location = folder / "reference" / resource
        if not location.exists():
            location.mkdir()
            (location / "resource.yaml").write_text(
                f"title: Resource {number // PER_RESOURCE}\ndescription: {_sentence(rng)}\n"
                f"parameters:\n  id: {{type: integer, description: Its number., example: 1}}\n"
                "objects:\n" + (_object(resource, rng) if not own_objects else "")
            )
        if own_objects:
            with (location / "resource.yaml").open("a") as file:
                file.write(_object(f"object_{number}", rng))
        fields = "\n".join(
            f"        parameter_{i}: {{type: string, description: {_sentence(rng)}, example: value {i}}}"
            for i in range(PARAMETERS)
        )
        came = names[number % 10] if 0 < number % 10 < releases else None
        since = (
            f'\n        newer: {{type: string, since: "{came}", description: {_sentence(rng)}, example: a}}'
        )
        fields += since if came else ""
        (location / f"endpoint_{number}.yaml").write_text(
            f"title: Endpoint {number}\nmethod: POST\npath: /{resource}/:id/endpoint_{number}\n"
            f"description: {_sentence(rng)} {_sentence(rng)}\n"
            f"notes:\n  - info: {_sentence(rng)}\n  - warning: {_sentence(rng)}\n"
            f"parameters:\n  body:\n    {resource}:\n      fields:\n{fields}\n"
            f"responses:\n  201: {{body: {{object: {f'object_{number}' if own_objects else resource}}}}}\n"
        )


def _object(name: str, rng: random.Random) -> str:
    """An object of a resource."""
    fields = "".join(
        f"      field_{i}: {{type: string, description: {_sentence(rng)}, example: value {i}}}\n"
        for i in range(FIELDS)
    )
    return f"  {name}:\n    fields:\n{fields}"


def write_markdown(folder: Path, endpoints: int, features: str, seed: int = 1) -> None:
    """Writes a MkDocs project with the same pages, by hand as it were; `features` are Material's."""
    rng = random.Random(seed)
    (folder / "docs").mkdir(parents=True)
    (folder / "docs/index.md").write_text("# Bench\n")
    (folder / "mkdocs.yml").write_text(_MKDOCS.format(plugins="search", features=features))
    for number in range(endpoints):
        resource = f"resource_{number // PER_RESOURCE}"
        location = folder / "docs" / resource
        if not location.exists():
            location.mkdir()
            (location / "index.md").write_text(f"# Resource {number // PER_RESOURCE}\n\n{_sentence(rng)}\n")
        (location / f"endpoint_{number}.md").write_text(_page(rng, number, resource))


def _page(rng: random.Random, number: int, resource: str) -> str:
    parameters = "\n".join(f"| *parameter_{i}* | string | {_sentence(rng)} |" for i in range(PARAMETERS))
    fields = "\n".join(f"| *field_{i}* | string | {_sentence(rng)} |" for i in range(FIELDS))
    path = f"/{resource}/1/endpoint_{number}"
    return f"""# Endpoint {number}

**POST** `{path}.xml` `{path}.json`

{_sentence(rng)} {_sentence(rng)}

!!! info
    {_sentence(rng)}

!!! warning
    {_sentence(rng)}

## Parameters

| Parameter | Type | Description |
|---|---|---|
{parameters}

## Example

{_tabs(path, resource, "parameter", PARAMETERS, request=True)}
{_tabs(path, resource, "field", FIELDS, request=False)}
## Responses

| Status | Meaning |
|---|---|
| 201 Created | It has been created. |
| 404 Not Found | There is no such thing. |

### 201 Created

| Field | Type | Description |
|---|---|---|
{fields}
"""


def _tabs(path: str, root: str, name: str, count: int, *, request: bool) -> str:
    xml = "\n".join(f"  <{name}_{i}>value {i}</{name}_{i}>" for i in range(count))
    json = ",\n".join(f'    "{name}_{i}": "value {i}"' for i in range(count))
    bodies = {"xml": f"<{root}>\n{xml}\n</{root}>", "json": f'{{\n  "{root}": {{\n{json}\n  }}\n}}'}
    tabs = []
    for kind, body in bodies.items():
        language, text = kind, body
        if request:
            language = "bash"
            text = (
                f"curl -i -X POST -u user:userpass \\\n  -H 'Accept: application/{kind}' \\\n"
                f"  -H 'Content-type: application/{kind}' \\\n  -d '{body}' \\\n"
                f"  --url http://bench.test{path}.{kind}"
            )
        code = "\n".join(f"    {line}" for line in text.split("\n"))
        tabs.append(f'=== "{kind.upper()}"\n\n    ```{language}\n{code}\n    ```\n')
    return "\n".join(tabs)


def _sentence(rng: random.Random) -> str:
    words = " ".join(rng.choices(_WORDS, k=rng.randint(6, 14)))
    return f"{words.capitalize()}."
