"""Names of parts of the guide that are not there, or mean two things at once."""

from __future__ import annotations

from apiguide.rules.rule import Rule


class UnknownObject(Rule):
    """There is no object of that name.

    Its fields would be missing in tables and examples.

    Take the name that the hint gives, or declare the object in a resource.

    Wrong, in `books/get.yaml`:

    ```yaml
    responses:
      200: {body: {object: bok}}
    ```

    Right:

    ```yaml
    responses:
      200: {body: {object: book}}
    ```
    """


class DuplicateObject(Rule):
    """Two objects have one name.

    Any call may use any object of the guide, so a name means one of them.

    Give one of them another name; `name: book` says how it is sent all the same.

    Wrong, in `guide.yaml`:

    ```yaml
    objects:
      book: {fields: {isbn: {type: string, description: Number on the cover., example: 9780141439587}}}
    ```

    Right:

    ```yaml
    objects:
      short_book: {fields: {isbn: {type: string, description: Number on the cover., example: 9780141439587}}}
    ```
    """


class UnknownEndpoint(Rule):
    """There is no call of that name, or not in every release that shows the words which name it.

    A call is named by its file: `books/get` is `reference/books/get.yaml`.

    Take the name that the hint gives. Where a page of docs/ names a call that came later, say `since` in
    the page's front matter.

    Wrong, in `books/get.yaml`:

    ```yaml
    prefer: books/creat
    ```

    Right:

    ```yaml
    prefer: books/create
    ```
    """


class UnknownResource(Rule):
    """There is no resource of that name.

    A resource is named by its folder in `reference/`.

    Take the name that the hint gives.

    Wrong, in `guide.yaml`:

    ```yaml
    debt: {boks: 3}
    ```

    Right:

    ```yaml
    debt: {books: 3}
    ```
    """


class UnknownGroup(Rule):
    """There is no group of that name in guide.yaml.

    The navigation would not know where to put the resource.

    Take the name that the hint gives, or list the group under `groups` in guide.yaml.

    Wrong, in `books/resource.yaml`:

    ```yaml
    group: landing
    ```

    Right:

    ```yaml
    group: lending
    ```
    """


class UnknownFormat(Rule):
    """There is no format of that name.

    `xml` and `json` can be written; a call speaks those of them that guide.yaml lists.

    Take one of the names in the hint.

    Wrong, in `books/get.yaml`:

    ```yaml
    formats: [yaml]
    ```

    Right:

    ```yaml
    formats: [json]
    ```
    """


class UnknownMethod(Rule):
    """A call has a method that the API does not use.

    Take the one that the hint names, or list it under `methods` in guide.yaml.

    Wrong, in `books/create.yaml`:

    ```yaml
    method: PSOT
    ```

    Right:

    ```yaml
    method: POST
    ```
    """


class UnknownField(Rule):
    """A field that the object does not have, in any release.

    `only`, `without`, `sections`, `brief` and `replaces` name fields that are there.

    Take the name that the hint gives.

    Wrong, in `books/get.yaml`:

    ```yaml
    responses:
      200: {body: {object: book, only: [titel]}}
    ```

    Right:

    ```yaml
    responses:
      200: {body: {object: book, only: [title]}}
    ```
    """


class UnknownPlace(Rule):
    """A place that the guide does not have.

    `at` of an exception or a correction names a part of the guide: `objects.OBJECT.FIELD` or
    `RESOURCE/CALL#ANCHOR`. The macro `parameters` takes a place of parameters: `path`, `query`, `header`,
    `cookie` or `body`.

    Take the name that the hint gives.

    Wrong, in `guide.yaml`:

    ```yaml
    errata: [{at: books/gte, releases: ["1.0"], date: "2025-02-01", reason: It never was.}]
    ```

    Right:

    ```yaml
    errata: [{at: books/get, releases: ["1.0"], date: "2025-02-01", reason: It never was.}]
    ```
    """


class ExtendsCircle(Rule):
    """An object extends itself, by way of others or not.

    Nobody could tell its fields.

    Take one `extends` out.

    Wrong, in `guide.yaml`:

    ```yaml
    objects:
      audio_book: {extends: old_book}
      old_book: {extends: audio_book}
    ```

    Right:

    ```yaml
    objects:
      audio_book: {extends: old_book}
      old_book: {extends: book}
    ```
    """


class NothingToTake(Rule):
    """A field says nothing of itself, and what it takes from has no field of that name.

    A parameter of an object takes what it does not state from the object's field of the same name. A slip
    in the name would leave it without a type and a description.

    Take the name that the hint gives, or say what the field is.

    Wrong, in `books/create.yaml`:

    ```yaml
    parameters:
      body: {book: {object: book, fields: {titel: {required: true}}}}
    ```

    Right:

    ```yaml
    parameters:
      body: {book: {object: book, fields: {title: {required: true}}}}
    ```
    """


class NothingToChoose(Rule):
    """`only` or `without` stands where no object is named to choose fields of.

    Name the object: `object: …` on a field, `extends: …` on an object.

    Wrong, in `books/get.yaml`:

    ```yaml
    responses:
      200: {body: {type: object, only: [title]}}
    ```

    Right:

    ```yaml
    responses:
      200: {body: {object: book, only: [title]}}
    ```
    """


class PreferCircle(Rule):
    """A call is said to be an older form of itself, or two calls of each other.

    Readers would be sent round in a circle.

    Delete one `prefer`.

    Wrong, in `books/get.yaml`:

    ```yaml
    prefer: books/get
    ```

    Right:

    ```yaml
    prefer: books/create
    ```
    """


class FormerlyTaken(Rule):
    """A call's former name is the name of another call, now or before.

    Old addresses lead to the renamed call, and one address leads to one page.

    Delete the name in one of the two.

    Wrong, in `books/get.yaml`:

    ```yaml
    formerly: [books/create]
    ```

    Right:

    ```yaml
    formerly: [books/show]
    ```
    """


class BadFormerName(Rule):
    """A name under `formerly` that no file of a call can have had.

    The old address leads to the new one by a page that is written there, so it must be one inside the site.

    Write the id that the call had, `RESOURCE/CALL`, without `.yaml`.

    Wrong, in `books/get.yaml`:

    ```yaml
    formerly: [../books/show.yaml]
    ```

    Right:

    ```yaml
    formerly: [books/show]
    ```
    """


class ExtendsTooMuch(Rule):
    """Too many objects extend each other, or take too many fields.

    At most 16 may stand in a row, and the objects of a file may take 3,000 fields by `extends`. Nobody can
    follow longer rows, and a limit keeps a stranger's file from taking for ever.

    State the fields where they are, or take fewer by `only`.
    """
