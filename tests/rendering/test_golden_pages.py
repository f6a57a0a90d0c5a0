"""Whole pages of a small guide, as they are in tests/golden/."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from apiguide.history import at
from apiguide.model import Guide
from apiguide.rendering.render import Renderer
from apiguide.rendering.templates import Templates

LIBRARY = """
=== guide.yaml
title: Library
servers: [{url: "http://library.test"}]
releases: [{release: "1.0"}, {release: "1.1"}]
formats:
  xml: {media_type: application/xml, extension: .xml, dialect: rails}
  json: {media_type: application/json, extension: .json, dialect: rails}
authentication: [{id: basic, type: basic, title: HTTP Basic, user: user, password: userpass}]
statuses:
  201: {title: Created, description: The object is there.}
  403: {title: Forbidden, description: You may not do this., when: always}
=== books/resource.yaml
title: Books
description: A book is something to read. See [Create book](ref:books/create).
parameters: {id: {type: integer, description: Number of the book., example: 12}}
objects:
  book:
    description: A book of the library.
    fields:
      id: {type: integer, description: Its number., example: 12}
      title: {type: string, description: Its title., example: Emma, max_length: 80}
      price: {type: decimal, unit: EUR, description: What it costs., example: "9.90", since: "1.1"}
      due_at: {type: datetime, nullable: true, description: When it is due., example: null}
      authors: {type: array, description: Who wrote it., items: {object: author}}
  author: {fields: {name: {type: string, description: As on the cover., example: Jane}}}
=== books/create.yaml
title: Create book
method: POST
path: /books
description: Adds a book to the **catalogue**.
permissions: [books.create]
notes:
  - warning: It cannot be taken back.
    since: "1.1"
parameters:
  query: {notify: {type: boolean, allow_empty_value: true, description: Tells the readers., example: true}}
  body:
    book:
      object: book
      fields:
        title: {required: true}
        price: {}
        format:
          type: string
          description: What it is made of.
          enum: [paper, {value: audio, description: For listening., since: "1.1"}]
          default: paper
responses: {201: {body: {object: book}}}
examples:
  - title: A novel
    parameters: {body: {book: {title: "Emma & <Co>", format: audio}}}
    responses: {201: {id: 13}}
=== books/delete.yaml
title: Delete book
method: DELETE
path: /books/:id
description: Removes a book.
responses: {201: {}}
"""


@pytest.mark.parametrize(
    ("id_", "release", "name"),
    [
        ("books/create", "1.1", "endpoint.html"),
        ("books/create", "1.0", "endpoint-of-first-release.html"),
        ("books", "1.1", "resource.html"),
    ],
)
def test_a_page(
    guide_of: Callable[[str], Guide], golden: Callable[[str, str], None], id_: str, release: str, name: str
) -> None:
    view = at(guide_of(LIBRARY), release)
    golden(name, Renderer(view, Templates()).page(id_).html + "\n")
