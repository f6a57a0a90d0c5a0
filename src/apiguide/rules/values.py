"""Types, and values of examples that do not fit them."""

from __future__ import annotations

from apiguide.rules.rule import Rule


class WrongType(Rule):
    """A value is not of the type that its field has.

    An example that no server would take or send teaches readers something false.

    Correct the value or the type.

    Wrong, in `books/resource.yaml`:

    ```yaml
    parameters:
      id: {type: integer, description: Number of the book., example: twelve}
    ```

    Right:

    ```yaml
    parameters:
      id: {type: integer, description: Number of the book., example: 12}
    ```
    """


class UndeclaredValue(Rule):
    """An example has a value that nothing declares.

    It would stand in the example and not in the table. A value that only later releases have is dropped
    from older ones; this one is in none that shows it.

    Declare the field or parameter, or delete the value.

    Wrong, in `books/get.yaml`:

    ```yaml
    examples: [{responses: {200: {id: 12, titel: Emma}}}]
    ```

    Right:

    ```yaml
    examples: [{responses: {200: {id: 12, title: Emma}}}]
    ```
    """


class NotInEnum(Rule):
    """A value that is not among those allowed.

    Take one of those under `enum`, or add it there.

    Wrong, in `books/create.yaml`:

    ```yaml
    parameters:
      query: {sort: {type: string, enum: [title, price], description: What comes first., example: date}}
    ```

    Right:

    ```yaml
    parameters:
      query: {sort: {type: string, enum: [title, price], description: What comes first., example: price}}
    ```
    """


class NotTheConstant(Rule):
    """A value other than the one that the field always has.

    Write the constant, or take `const` out.

    Wrong, in `books/create.yaml`:

    ```yaml
    parameters:
      query: {short: {type: string, const: "1", description: Asks for titles alone., example: "2"}}
    ```

    Right:

    ```yaml
    parameters:
      query: {short: {type: string, const: "1", description: Asks for titles alone.}}
    ```
    """


class TooLong(Rule):
    """A value longer than `max_length` allows.

    Shorten it, or allow more.

    Wrong, in `books/create.yaml`:

    ```yaml
    parameters:
      query: {code: {type: string, max_length: 3, description: Code of the branch., example: NORTH}}
    ```

    Right:

    ```yaml
    parameters:
      query: {code: {type: string, max_length: 3, description: Code of the branch., example: NOR}}
    ```
    """


class NotThePattern(Rule):
    """A value that does not match the field's `pattern`.

    Correct the value or the pattern.

    Wrong, in `books/create.yaml`:

    ```yaml
    parameters:
      query: {code: {type: string, pattern: "^[A-Z]+$", description: Code of the branch., example: north}}
    ```

    Right:

    ```yaml
    parameters:
      query: {code: {type: string, pattern: "^[A-Z]+$", description: Code of the branch., example: NORTH}}
    ```
    """


class TooSmall(Rule):
    """A number less than the field's `minimum`.

    Correct the value or the limit.

    Wrong, in `books/create.yaml`:

    ```yaml
    parameters:
      query: {copies: {type: integer, minimum: 1, description: How many to add., example: 0}}
    ```

    Right:

    ```yaml
    parameters:
      query: {copies: {type: integer, minimum: 1, description: How many to add., example: 2}}
    ```
    """


class TooLarge(Rule):
    """A number more than the field's `maximum`.

    Correct the value or the limit.

    Wrong, in `books/create.yaml`:

    ```yaml
    parameters:
      query: {copies: {type: integer, maximum: 9, description: How many to add., example: 10}}
    ```

    Right:

    ```yaml
    parameters:
      query: {copies: {type: integer, maximum: 9, description: How many to add., example: 2}}
    ```
    """


class NoItems(Rule):
    """A list has values, and does not say what its items are.

    Items have a type, and where XML is a format the name of their element.

    State `items`.

    Wrong, in `books/create.yaml`:

    ```yaml
    parameters:
      query: {tags: {type: array, description: Words to find it by., example: [novel]}}
    ```

    Right:

    ```yaml
    parameters:
      query: {tags: {type: array, items: {type: string}, description: Words to find it by., example: [novel]}}
    ```
    """


class ItemsWithoutName(Rule):
    """Items of a list have no name, and XML needs an element for each.

    Items that are objects are called after the object.

    Add `name: …`, in the singular.

    Wrong, in `books/get.yaml`:

    ```yaml
    responses:
      200:
        body:
          fields:
            shelf_ids: {type: array, items: {type: integer}, description: Shelves., example: [3]}
    ```

    Right:

    ```yaml
    responses:
      200:
        body:
          fields:
            shelf_ids:
              {type: array, items: {type: integer, name: shelf_id}, description: Shelves., example: [3]}
    ```
    """


class DuplicateValue(Rule):
    """A value is listed twice, or a field stands in two sections.

    The second one says nothing, or contradicts the first.

    Delete one of the two.

    Wrong, in `books/create.yaml`:

    ```yaml
    parameters:
      query: {sort: {type: string, enum: [title, title], description: What comes first., example: title}}
    ```

    Right:

    ```yaml
    parameters:
      query: {sort: {type: string, enum: [title, price], description: What comes first., example: title}}
    ```
    """


class Contradiction(Rule):
    """What a field says of itself cannot be true together.

    A list has `items`, an object has `fields`, and a minimum is not more than a maximum.

    Do what the hint says.

    Wrong, in `books/create.yaml`:

    ```yaml
    parameters:
      query: {copies: {type: integer, minimum: 9, maximum: 1, description: How many to add., default: 2}}
    ```

    Right:

    ```yaml
    parameters:
      query: {copies: {type: integer, minimum: 1, maximum: 9, description: How many to add., default: 2}}
    ```
    """


class TooLargeExample(Rule):
    """An example would have more than 10,000 values.

    Objects that hold each other many times over make a tree that no page can show.

    Choose the fields by `only`.
    """
