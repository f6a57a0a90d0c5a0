"""A small guide without problems, one file of which is replaced by a hostile one."""

from pathlib import Path

GUIDE = "reference/guide.yaml"
RESOURCE = "reference/books/resource.yaml"
CREATE = "reference/books/create.yaml"
INDEX = "docs/index.md"

SMALL = {
    GUIDE: """\
title: City Library API Guide
servers: [{url: "http://library.test"}]
releases: [{release: "1.0"}, {release: "2.0"}]
formats:
  xml: {media_type: application/xml, extension: .xml, dialect: rails}
  json: {media_type: application/json, extension: .json, dialect: rails}
groups: [{id: lending, title: Lending}]
methods: {GET: {description: Reads.}, POST: {description: Creates.}}
statuses:
  200: {title: OK, description: Done.}
""",
    RESOURCE: """\
title: Books
group: lending
description: What the library lends.
parameters:
  id: {type: integer, description: Number of the book., example: 12}
objects:
  book:
    fields:
      id: {type: integer, description: Number in the list., example: 12}
      title: {type: string, description: Title as on the cover., example: Emma}
""",
    "reference/books/get.yaml": """\
title: Get book
method: GET
path: /books/:id
description: Gives a book.
responses:
  200: {body: {object: book}}
""",
    CREATE: """\
title: Create book
method: POST
path: /books
description: Adds a book.
parameters:
  body:
    book: {object: book, fields: {title: {required: true}}}
responses:
  200: {body: {object: book}}
""",
    INDEX: "# Library\n",
}


def write(root: Path, path: str = "", content: bytes = b"") -> Path:
    """The small guide in a folder, with the file at `path` replaced or added; gives the folder."""
    files = {name: text.encode() for name, text in SMALL.items()} | ({path: content} if path else {})
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    return root
