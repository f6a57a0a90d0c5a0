"""Texts and examples that are missing or poor."""

from __future__ import annotations

from apiguide.rules.rule import Warned


class NoDescription(Warned):
    """A part has no description.

    Readers have to guess what it is. It counts as debt.

    Add `description: …`: what it does, its unit, its limits.

    Wrong, in `books/create.yaml`:

    ```yaml
    parameters:
      query: {notify: {type: boolean, example: true}}
    ```

    Right:

    ```yaml
    parameters:
      query: {notify: {type: boolean, description: Tells whoever waits for the book., example: true}}
    ```
    """


class RepeatsName(Warned):
    """A description says no more than the name.

    It costs a line and tells nothing. It counts as debt.

    Say what the name does not.

    Wrong, in `books/create.yaml`:

    ```yaml
    parameters:
      query: {gift_id: {type: integer, description: The gift's ID., example: 7}}
    ```

    Right:

    ```yaml
    parameters:
      query: {gift_id: {type: integer, description: Number on the deed of gift., example: 7}}
    ```
    """


class RepeatedText(Warned):
    """A field repeats the description that it takes from an object.

    A correction in one place would leave the other as it was. It counts as debt.

    Delete it; it is taken.

    Wrong, in `books/create.yaml`:

    ```yaml
    parameters:
      body: {book: {object: book, fields: {title: {description: Title as on the cover.}}}}
    ```

    Right:

    ```yaml
    parameters:
      body: {book: {object: book, fields: {title: {required: true}}}}
    ```
    """


class Todo(Warned):
    """`TODO`, `FIXME`, `TBD` or `XXX` stands in what readers see.

    It counts as debt.

    Write what is meant. A note to other writers is a comment: `# …`, in a line of its own.

    Wrong, in `books/get.yaml`:

    ```yaml
    description: Gives a book (TODO, and its authors?).
    ```

    Right:

    ```yaml
    # And its authors?
    description: Gives a book.
    ```
    """


class TrailingSpaces(Warned):
    """A line of a text ends with spaces.

    Nobody sees them, and two of them make Markdown break the line.

    Delete them; for a line break, end the line with a backslash or begin a new paragraph.

    Wrong, in `books/get.yaml`:

    ```yaml
    description: "Gives a book. "
    ```

    Right:

    ```yaml
    description: "Gives a book."
    ```
    """


class CutText(Warned):
    """` #` in a text without quotes: YAML takes the rest of the line for a comment.

    The description, or the value of an example, ends there, and nothing else tells.

    Quote the text. A comment that is meant stands two spaces apart and has a space after its `#`, or stands
    in a line of its own.

    Wrong, in `books/get.yaml`:

    ```yaml
    description: Gives the book which is #1 of the list.
    ```

    Right:

    ```yaml
    description: "Gives the book which is #1 of the list."
    ```
    """


class NoExample(Warned):
    """Nobody has stated a value of a field, so examples show one that is made up.

    A made-up text or number says nothing of what the API sends. It counts as debt.

    Add `example: …`; `const`, `default` and `enum` give a value as well.

    Wrong, in `books/create.yaml`:

    ```yaml
    parameters:
      query: {branch: {type: string, description: Where it stands.}}
    ```

    Right:

    ```yaml
    parameters:
      query: {branch: {type: string, description: Where it stands., example: north}}
    ```
    """


class ExampleDiffers(Warned):
    """An example asks for one record, and the reply is about another.

    Readers who compare the two are led astray. It counts as debt.

    Show the same record in both.

    Wrong, in `books/get.yaml`:

    ```yaml
    examples: [{parameters: {path: {id: 14}}}]
    ```

    Right:

    ```yaml
    examples: [{parameters: {path: {id: 14}}, responses: {200: {id: 14}}}]
    ```
    """


class Incomplete(Warned):
    """A call's parameters or reply are not known in detail.

    The page says so. It counts as debt.

    Find out, declare them, and delete the gap under `incomplete`.

    Wrong, in `books/get.yaml`:

    ```yaml
    incomplete: [reply]
    ```

    Right:

    ```yaml
    responses:
      200: {body: {object: book}}
    ```
    """
