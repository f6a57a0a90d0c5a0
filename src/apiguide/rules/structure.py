"""Keys and values that are not those of the format."""

from __future__ import annotations

from apiguide.rules.rule import Rule


class UnknownKey(Rule):
    """A key that the format does not have.

    A misspelt key would be passed over in silence, and what it says be missing in the guide.

    Take the key that the hint names, or look it up in the format.

    Wrong, in `books/create.yaml`:

    ```yaml
    parameters:
      body:
        book: {object: book, fields: {title: {requierd: true}}}
    ```

    Right:

    ```yaml
    parameters:
      body:
        book: {object: book, fields: {title: {required: true}}}
    ```
    """


class MissingKey(Rule):
    """A key is missing that the part needs.

    There is nothing to take in its place: a call has a title, a method and a path.

    Add the key.

    Wrong, in `guide.yaml`:

    ```yaml
    releases: [{release: "1.0"}, {date: "2024-06-01"}]
    ```

    Right:

    ```yaml
    releases: [{release: "1.0"}, {release: "1.1", date: "2024-06-01"}]
    ```
    """


class WrongKind(Rule):
    """A list, a mapping or a text stands where another of these is needed.

    The same words say different things as a list and as a mapping of names.

    Write the value as the hint shows.

    Wrong, in `books/get.yaml`:

    ```yaml
    responses: [200]
    ```

    Right:

    ```yaml
    responses: {200: {body: {object: book}}}
    ```
    """


class UnknownWord(Rule):
    """A value that is none of the few words which its key knows.

    It would mean nothing: a type that nobody knows cannot be checked, and a gap that has no name cannot be
    shown.

    Write one of the words that the hint lists.

    Wrong, in `books/resource.yaml`:

    ```yaml
    parameters:
      id: {type: int, description: Number of the book., example: 12}
    ```

    Right:

    ```yaml
    parameters:
      id: {type: integer, description: Number of the book., example: 12}
    ```
    """


class NullNotAllowed(Rule):
    """A null stands where none can.

    A key without a value is left out; a field that may be null says `nullable: true`; and the word itself
    is quoted.

    Delete the key, state `nullable: true` on the field, or quote `"null"`.

    Wrong, in `books/resource.yaml`:

    ```yaml
    parameters:
      id: {type: integer, description: Number of the book., example: null}
    ```

    Right:

    ```yaml
    parameters:
      id: {type: integer, description: Number of the book., example: 12}
    ```
    """


class EmptyText(Rule):
    """A text has nothing in it.

    A page would show a heading or a row without words.

    Write the text, or delete the key.

    Wrong, in `books/get.yaml`:

    ```yaml
    description: ""
    ```

    Right:

    ```yaml
    description: Gives a book.
    ```
    """


class NotABoolean(Rule):
    """A value that is neither `true` nor `false`.

    `yes`, `on` and `1` are words and numbers here, since they may be values of the API.

    Write `true` or `false`.

    Wrong, in `books/create.yaml`:

    ```yaml
    parameters:
      body:
        book: {object: book, fields: {title: {required: yes}}}
    ```

    Right:

    ```yaml
    parameters:
      body:
        book: {object: book, fields: {title: {required: true}}}
    ```
    """


class NotAnInteger(Rule):
    """A key that takes a whole number has something else.

    Write digits alone, as in `42`.

    Wrong, in `guide.yaml`:

    ```yaml
    debt: {books: few}
    ```

    Right:

    ```yaml
    debt: {books: 3}
    ```
    """


class NotANumber(Rule):
    """A key that takes a number has something else.

    Numbers are written as JSON writes them (RFC 8259 §6), so that they mean the same everywhere.

    Write `0.5`, not `.5`; `1000`, not `1,000`.

    Wrong, in `books/resource.yaml`:

    ```yaml
    parameters:
      id: {type: integer, minimum: one, description: Number of the book., example: 12}
    ```

    Right:

    ```yaml
    parameters:
      id: {type: integer, minimum: 1, description: Number of the book., example: 12}
    ```
    """


class NumberOutOfRange(Rule):
    """A number with more than 300 digits.

    No program that reads the examples could hold it.

    Write a shorter one.

    Wrong, in `books/resource.yaml`:

    ```yaml
    parameters:
      id: {type: integer, maximum: 1e999, description: Number of the book., example: 12}
    ```

    Right:

    ```yaml
    parameters:
      id: {type: integer, maximum: 1e9, description: Number of the book., example: 12}
    ```
    """


class NotADate(Rule):
    """A date that is not written as year, month and day, or that no calendar has.

    Dates are those of RFC 3339, so that they are sorted and read in one way.

    Write it as in `"2024-06-01"`.

    Wrong, in `guide.yaml`:

    ```yaml
    releases: [{release: "1.0", date: "1 June 2024"}]
    ```

    Right:

    ```yaml
    releases: [{release: "1.0", date: "2024-06-01"}]
    ```
    """


class BadPattern(Rule):
    r"""A `pattern` that is no regular expression.

    Examples are held against it, so it must be one.

    Put a backslash before a sign that stands for itself.

    Wrong, in `books/resource.yaml`:

    ```yaml
    parameters:
      id: {type: string, pattern: '(\d+', description: Number of the book., example: "12"}
    ```

    Right:

    ```yaml
    parameters:
      id: {type: string, pattern: '\d+', description: Number of the book., example: "12"}
    ```
    """


class BodyWithoutName(Rule):
    """A request's body is written as a schema, where it is a map of names.

    What a request sends is named: one object that wraps the rest, or bare parameters. A reply's body is one
    schema.

    Put the name in front, as the hint shows.

    Wrong, in `books/create.yaml`:

    ```yaml
    parameters:
      body: {object: book}
    ```

    Right:

    ```yaml
    parameters:
      body: {book: {object: book}}
    ```
    """


class BodyWithName(Rule):
    """A reply's body is written as a map of names, where it is one schema.

    The name that wraps a reply comes from its object and the format's dialect; it is not typed again.

    Take the name away, as the hint shows.

    Wrong, in `books/get.yaml`:

    ```yaml
    responses:
      200: {body: {book: {object: book}}}
    ```

    Right:

    ```yaml
    responses:
      200: {body: {object: book}}
    ```
    """


class NoteKind(Rule):
    """A note that says nothing, or two things at once.

    A box on a page is of one kind: `info`, `note` or `warning`.

    Write an item of the list for each box.

    Wrong, in `books/get.yaml`:

    ```yaml
    notes:
      - info: Gone books are found too.
        warning: This call is slow.
    ```

    Right:

    ```yaml
    notes:
      - info: Gone books are found too.
      - warning: This call is slow.
    ```
    """
