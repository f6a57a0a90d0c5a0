"""Links in texts, and hand-written pages in docs/ with their macro calls."""

from __future__ import annotations

from apiguide.rules.rule import Rule, Warned


class DocsJinja(Rule):
    """A page has something of Jinja that is no macro call with literal arguments.

    Pages come from pull requests, and nothing in them is run. Variables, filters and statements would have
    to be.

    Write `{{ macro("text", 1) }}`. Braces as text go between `{% raw %}` and `{% endraw %}`.

    Wrong, in `docs/index.md`:

    ```markdown
    {{ release | upper }}
    ```

    Right:

    ```markdown
    {{ release() }}
    ```
    """


class DocsSyntax(Rule):
    """A macro call in a page cannot be read.

    Write `{{ macro("text", 1) }}`. Braces as text go between `{% raw %}` and `{% endraw %}`.

    Wrong, in `docs/index.md`:

    ```markdown
    {{ note("Closed on Sundays. }}
    ```

    Right:

    ```markdown
    {{ note("Closed on Sundays.") }}
    ```
    """


class UnknownMacro(Rule):
    """There is no macro of that name.

    Take the name that the hint gives; the handbook lists them all.

    Wrong, in `docs/index.md`:

    ```markdown
    {{ crul("GET", "/books") }}
    ```

    Right:

    ```markdown
    {{ curl("GET", "/books") }}
    ```
    """


class MacroArguments(Rule):
    """A macro call has arguments for which the macro has no use.

    Write it as the hint shows; what stands there in brackets can be left out.

    Wrong, in `docs/index.md`:

    ```markdown
    {{ curl("GET") }}
    ```

    Right:

    ```markdown
    {{ curl("GET", "/books") }}
    ```
    """


class UnknownAuthentication(Rule):
    """There is no way to authenticate of that name in guide.yaml.

    Take one of the ids under `authentication`, or leave it out for the first one.

    Wrong, in `docs/index.md`:

    ```markdown
    {{ curl("GET", "/books", "digest") }}
    ```

    Right:

    ```markdown
    {{ curl("GET", "/books") }}
    ```
    """


class UnknownExample(Rule):
    """A call has no example of that number.

    Examples are counted from 1; where a call states none, one is made.

    Wrong, in `docs/index.md`:

    ```markdown
    {{ example("books/get", 2) }}
    ```

    Right:

    ```markdown
    {{ example("books/get", 1) }}
    ```
    """


class NoPromise(Rule):
    """A page tells since when the API is compatible, and guide.yaml does not say it.

    State `compatible_since` in guide.yaml, or take the macro call out.

    Wrong, in `docs/index.md`:

    ```markdown
    Nothing has broken since {{ compatible_since() }}.
    ```

    Right:

    ```markdown
    The newest release is {{ release() }}.
    ```
    """


class NoStatusBody(Rule):
    """A page shows the body of a status that comes without one.

    State its `body` under `statuses` in guide.yaml, or take the macro call out.

    Wrong, in `docs/index.md`:

    ```markdown
    {{ status_body(404) }}
    ```

    Right:

    ```markdown
    {{ statuses() }}
    ```
    """


class DeadReference(Rule):
    """A `ref:` link leads to a call, a resource or a part of a page that no release has.

    Take the name that the hint gives. Calls are named by their files, parts by the end of the address that
    a browser shows when a row is clicked.

    Wrong, in `books/get.yaml`:

    ```yaml
    description: Gives a book that was [added](ref:books/creat).
    ```

    Right:

    ```yaml
    description: Gives a book that was [added](ref:books/create).
    ```
    """


class DeadLink(Warned):
    """A link of a page leads to what is not there, or not in every release that has the page.

    Readers end up on a page that says "not found", or at the top of a long one.

    Take the name that the hint gives. A page is linked by its file (`faq.md`), a heading by its words in
    lower case with `-` for spaces (`#how-to-pay`), a call by `ref:books/get`.

    Wrong, in `docs/index.md`:

    ```markdown
    See [how to pay](#how-to-pay).

    ## Paying
    ```

    Right:

    ```markdown
    See [how to pay](#paying).

    ## Paying
    ```
    """


class RelativeLink(Rule):
    """A relative link in a text of `reference/`.

    The text stands on several pages, so a link from one of them leads nowhere on another.

    Write `ref:RESOURCE/CALL`, or the whole address.

    Wrong, in `books/get.yaml`:

    ```yaml
    description: Gives a book that was [added](../create/).
    ```

    Right:

    ```yaml
    description: Gives a book that was [added](ref:books/create).
    ```
    """


class DroppedLink(Warned):
    """The address of a link has a scheme that pages do not have.

    A link that runs a script is not shown; its words are.

    Begin the address with `https`, `mailto` or `ref:`.

    Wrong, in `books/get.yaml`:

    ```yaml
    description: Gives a book ([call us](tel:+44123)).
    ```

    Right:

    ```yaml
    description: Gives a book ([write to us](mailto:help@library.test)).
    ```
    """


class DroppedImage(Warned):
    """A text of `reference/` has an image, and pages do not show it.

    Texts stand in tables and in several places; and no page loads anything from another host.

    Put the image into a page of docs/, or delete it.

    Wrong, in `books/get.yaml`:

    ```yaml
    description: "Gives a book. ![Cover](https://library.test/cover.png)"
    ```

    Right:

    ```yaml
    description: Gives a book.
    ```
    """


class UnreadMarkup(Warned):
    """A text has more brackets or lists inside lists than Markdown can follow.

    It is shown as it stands, without its markup.

    Use fewer of them.
    """


class PageCollision(Rule):
    """Two pages would stand at one address.

    One of them would overwrite the other.

    Rename one of the two files.
    """


class TooManyCalls(Rule):
    """A page has more than 200 macro calls, or more references than anybody follows.

    A limit keeps a check of a stranger's page from taking for ever.

    Split the page.
    """


class TooManyLinks(Rule):
    """A file has more than 1,000 links, or 25,000 characters of texts with links.

    A limit keeps a check of a stranger's files from taking for ever.

    Use fewer links, or split the file.
    """
