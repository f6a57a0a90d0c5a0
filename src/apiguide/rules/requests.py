"""Paths, methods and statuses of calls."""

from __future__ import annotations

from apiguide.rules.rule import Rule, Warned


class BadPath(Rule):
    """The path of a call cannot be one.

    Curl lines are made from it. Placeholders are written `:name`, the query is declared under `parameters`,
    and the extension comes with each format.

    Do what the hint says.

    Wrong, in `books/get.yaml`:

    ```yaml
    path: /books/{id}
    ```

    Right:

    ```yaml
    path: /books/:id
    ```
    """


class PlaceholderWithoutParameter(Rule):
    """A placeholder of the path has no parameter.

    Readers would not learn what to put in its place.

    Declare it under `parameters` of the resource, which is for all of its calls, or under `parameters.path`
    of the call.

    Wrong, in `books/get.yaml`:

    ```yaml
    path: /shelves/:shelf_id/books/:id
    ```

    Right:

    ```yaml
    path: /shelves/:shelf_id/books/:id
    parameters:
      path: {shelf_id: {type: integer, description: Number of the shelf., example: 3}}
    ```
    """


class ParameterWithoutPlaceholder(Rule):
    """A call declares a path parameter that its path does not have.

    Take the name that the hint gives, or put `:name` into the path.

    Wrong, in `books/get.yaml`:

    ```yaml
    parameters:
      path: {shelf_id: {type: integer, description: Number of the shelf., example: 3}}
    ```

    Right:

    ```yaml
    path: /shelves/:shelf_id/books/:id
    parameters:
      path: {shelf_id: {type: integer, description: Number of the shelf., example: 3}}
    ```
    """


class UnusedParameter(Warned):
    """A path parameter of a resource is in the path of none of its calls.

    It is shown nowhere; most often the placeholder is spelt otherwise.

    Take the name that the hint gives, or delete the parameter.

    Wrong, in `books/resource.yaml`:

    ```yaml
    parameters:
      id: {type: integer, description: Number of the book., example: 12}
      shelf_id: {type: integer, description: Number of the shelf., example: 3}
    ```

    Right:

    ```yaml
    parameters:
      id: {type: integer, description: Number of the book., example: 12}
    ```
    """


class BodyOfGet(Warned):
    """A call whose method takes no body has parameters in one.

    A body in a GET, HEAD or TRACE request means nothing (RFC 9110 §9.3), and proxies and libraries drop it.

    Move the parameters to `query`, or correct the method. If the API really reads it, ignore the rule with
    that as the reason.

    Wrong, in `books/get.yaml`:

    ```yaml
    parameters:
      body: {short: {type: boolean, description: Asks for the title alone., example: true}}
    ```

    Right:

    ```yaml
    parameters:
      query: {short: {type: boolean, description: Asks for the title alone., example: true}}
    ```
    """


class SafeNotSaid(Warned):
    """A GET call whose path ends with a word that names no thing does not say whether it is safe.

    A path that ends with a record or a list reads it. One that ends with another word (`/books/:id/lend`)
    may do something, whatever its method, and clients send a GET again without asking (RFC 9110 §9.2.1).
    Only the writer knows.

    Say `safe: true` where the call only reads, and `safe: false` where it changes something or hands out a
    secret; the page then warns. An object or a resource of that name settles it, too.

    Wrong, in `books/get.yaml`:

    ```yaml
    path: /books/:id/lend
    ```

    Right:

    ```yaml
    path: /books/:id/lend
    safe: false
    ```
    """


class SameRequest(Rule):
    """Two calls of one release are the same request.

    A server could not tell them apart, nor could a reader.

    Tell them apart by a query or body parameter with `const` or `required`, or delete one.

    Wrong, in `books/get.yaml`:

    ```yaml
    method: POST
    path: /books
    ```

    Right:

    ```yaml
    method: GET
    path: /books/:id
    ```
    """


class DuplicateTitle(Rule):
    """Two calls of one resource have the same title.

    Readers could not choose between them in the navigation.

    Say in the title what differs.

    Wrong, in `books/get.yaml`:

    ```yaml
    title: Create book
    ```

    Right:

    ```yaml
    title: Get book
    ```
    """


class UnknownStatus(Rule):
    """Nothing says what a status means.

    Give the response a `description`, or list the status under `statuses` in guide.yaml.

    Wrong, in `books/create.yaml`:

    ```yaml
    responses:
      202: {body: {object: book}}
    ```

    Right:

    ```yaml
    responses:
      202: {description: The book will be added tonight., body: {object: book}}
    ```
    """


class UndeclaredStatus(Rule):
    """An example answers with a status that the call does not list.

    List it under `responses`, or delete it in the example.

    Wrong, in `books/get.yaml`:

    ```yaml
    examples: [{responses: {201: {id: 12}}}]
    ```

    Right:

    ```yaml
    examples: [{responses: {200: {id: 12}}}]
    ```
    """


class NoBody(Rule):
    """An example gives values for a status that comes without a body.

    Declare the `body` of the response, or delete the values.

    Wrong, in `books/get.yaml`:

    ```yaml
    responses:
      200: {}
    examples: [{responses: {200: {id: 12}}}]
    ```

    Right:

    ```yaml
    responses:
      200: {body: {object: book}}
    examples: [{responses: {200: {id: 12}}}]
    ```
    """
