"""Names of fields, parameters and elements."""

from __future__ import annotations

from apiguide.rules.rule import Rule, Warned


class BadName(Rule):
    """A name that cannot be sent where it stands.

    Names have visible ASCII characters only; those of headers and cookies are tokens (RFC 9110 §5.6.2), and
    where XML is a format, those of a body's fields are names of elements.

    Write the name as the API has it; where XML cannot have it, say `formats: [json]` on the call.

    Wrong, in `books/create.yaml`:

    ```yaml
    parameters:
      header: {"Request Id": {type: string, description: Comes back in the reply., example: a1}}
    ```

    Right:

    ```yaml
    parameters:
      header: {Request-Id: {type: string, description: Comes back in the reply., example: a1}}
    ```
    """


class NameWithBrackets(Rule):
    """A name is written with the brackets in which it is sent.

    Brackets come from the structure: they are put where the request needs them, and not into the XML.

    Declare a list with `items`, or an object with `fields`.

    Wrong, in `books/create.yaml`:

    ```yaml
    parameters:
      query: {"tags[]": {type: string, description: Words to find it by., example: novel}}
    ```

    Right:

    ```yaml
    parameters:
      query: {tags: {type: array, items: {type: string}, description: Words to find it by., example: [novel]}}
    ```
    """


class NameStyle(Warned):
    """A name is not in the style that guide.yaml sets for the API's names.

    Clients guess names from those that they know, so one that is written otherwise costs them an error.
    Nothing is looked for where guide.yaml sets no style; headers, cookies and the examples' own data are
    left alone.

    Correct the name if the slip is in the guide. If the API has it so, list it under `rules.odd_names` with
    the reason.

    Wrong, in `guide.yaml`:

    ```yaml
    rules: {names: snake_case}
    paging:
      perPage: {type: integer, description: Records on a page., example: 50}
    ```

    Right:

    ```yaml
    rules: {names: snake_case}
    paging:
      per_page: {type: integer, description: Records on a page., example: 50}
    ```
    """


class LookAlike(Warned):
    """A name differs from another only in capitals, `_` or `-`, or by what looks like a slip.

    Two names that look alike are nearly always one name and a slip, and the one with the slip works
    nowhere. A slip is looked for in names that stand once in the guide, next to one that stands three times
    or more.

    Correct the name. If the API has both, list it under `rules.odd_names` with the reason.

    Wrong, in `guide.yaml`:

    ```yaml
    objects:
      loan:
        fields:
          book_id: {type: integer, description: Book that is lent., example: 12}
          bookId: {type: integer, description: Book that is lent instead., example: 13}
    ```

    Right:

    ```yaml
    objects:
      loan:
        fields:
          book_id: {type: integer, description: Book that is lent., example: 12}
          other_id: {type: integer, description: Book that is lent instead., example: 13}
    ```
    """
