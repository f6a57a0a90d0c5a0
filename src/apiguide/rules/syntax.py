"""What is not YAML, or more of YAML than a guide may use."""

from __future__ import annotations

from apiguide.rules.rule import Rule


class YamlSyntax(Rule):
    """The file is not YAML.

    Nothing of a file can be used whose structure is not clear. The place is where the fault began, as far
    as that can be told: an open bracket or quote is shown, not the end of the file.

    Do what the hint says; most often a text needs quotes, or a line another indentation.

    Wrong, in `books/get.yaml`:

    ```yaml
    description: Gives a book: its title and its number.
    ```

    Right:

    ```yaml
    description: "Gives a book: its title and its number."
    ```
    """


class YamlFeature(Rule):
    """An anchor, an alias, a tag or a merge key of YAML.

    They make a value depend on another place of the file, or on the program that reads it. What is to be
    said once stands in an object or in the resource's parameters, which know of releases too.

    Write the value out, or quote a text that begins with `&`, `*` or `!`.

    Wrong, in `books/create.yaml`:

    ```yaml
    description: &text Adds a book.
    ```

    Right:

    ```yaml
    description: Adds a book.
    ```
    """


class SeveralDocuments(Rule):
    """A second YAML document begins in the file.

    A file is one thing: a call, a resource, the guide.

    Write a file for each.

    Wrong, in `books/get.yaml`:

    ```yaml
    description: Gives a book.
    ---
    description: Adds a book.
    ```

    Right:

    ```yaml
    description: Gives a book.
    ```
    """


class TooDeep(Rule):
    """Values are nested deeper than 32 levels.

    Nobody can read that, and a limit keeps a stranger's file from breaking the check.

    Give what stands deep inside a name of its own, under `objects`.
    """


class DuplicateKey(Rule):
    """A key stands twice in one mapping.

    YAML says nothing of which one holds, and programs differ.

    Delete one of the two; the message says where the first one is.

    Wrong, in `books/get.yaml`:

    ```yaml
    description: Gives a book.
    description: Looks a book up.
    ```

    Right:

    ```yaml
    description: Gives a book.
    ```
    """


class KeyNotText(Rule):
    """A key is missing, or is no word.

    Keys are names.

    Write `key: value`; in front of the colon stands a plain name.

    Wrong, in `books/get.yaml`:

    ```yaml
    responses:
      200: {body: {object: book}}
      [404]: {}
    ```

    Right:

    ```yaml
    responses:
      200: {body: {object: book}}
      404: {}
    ```
    """


class EmptyValue(Rule):
    """A key or an item without a value, or a list or mapping that needs at least one item and has none.

    An empty value may mean an empty text, an empty mapping, null, or that someone meant to go on writing. A
    text that begins with `#` is empty, too: YAML takes it for a comment.

    Write the value: `{}`, `""` or `null` where one of these is meant; otherwise delete the key.

    Wrong, in `books/create.yaml`:

    ```yaml
    parameters:
      body:
        book: {object: book, fields: {title: }}
    ```

    Right:

    ```yaml
    parameters:
      body:
        book: {object: book, fields: {title: {}}}
    ```
    """
