"""What guide.yaml says once for the whole guide."""

from __future__ import annotations

from apiguide.rules.rule import Rule


class BadUrl(Rule):
    """The address of a server is none.

    Curl lines begin with it, and readers copy them.

    Write it with its scheme and without a query.

    Wrong, in `guide.yaml`:

    ```yaml
    servers: [{url: library.test}]
    ```

    Right:

    ```yaml
    servers: [{url: "http://library.test"}]
    ```
    """


class BadExtension(Rule):
    """An extension that no path can end with.

    It is put at the end of each path, so it has letters, digits, `.`, `-` and `_` only.

    Write it as in `.json`, or `""` for none.

    Wrong, in `guide.yaml`:

    ```yaml
    formats: {json: {media_type: application/json, extension: /json}}
    ```

    Right:

    ```yaml
    formats: {json: {media_type: application/json, extension: .json}}
    ```
    """


class BadMediaType(Rule):
    """A format's media type is none (RFC 9110 §8.3.1).

    It is sent as `Accept` and `Content-type`.

    Write it as in `application/json`.

    Wrong, in `guide.yaml`:

    ```yaml
    formats: {json: {media_type: json}}
    ```

    Right:

    ```yaml
    formats: {json: {media_type: application/json}}
    ```
    """


class BadOption(Rule):
    """An option of curl that does not begin with `-`, or has what a shell treats as special.

    Curl lines are copied into a shell, so nothing in them may do there what nobody expects.

    Write an option of curl.

    Wrong, in `guide.yaml`:

    ```yaml
    curl: {options: [i]}
    ```

    Right:

    ```yaml
    curl: {options: [-i]}
    ```
    """


class BadMethod(Rule):
    """A name under `methods` that is no HTTP method.

    Methods are in capitals, and small letters make another method of it (RFC 9110 §9.1).

    Write it in capitals.

    Wrong, in `guide.yaml`:

    ```yaml
    methods: {Get: {description: Reads.}, POST: {description: Creates.}, GET: {description: Reads.}}
    ```

    Right:

    ```yaml
    methods: {GET: {description: Reads.}, POST: {description: Creates.}}
    ```
    """


class NotAStatus(Rule):
    """A code that is no HTTP status.

    A status has three digits, the first from 1 to 5 (RFC 9110 §15).

    Write the code; its name is its `title` in guide.yaml.

    Wrong, in `books/get.yaml`:

    ```yaml
    responses:
      OK: {description: It is there., body: {object: book}}
    ```

    Right:

    ```yaml
    responses:
      200: {description: It is there., body: {object: book}}
    ```
    """


class BadRelease(Rule):
    """A name that no release can have.

    The guide of each release is a folder of the site of that name; `latest` and a few others are taken.

    Use letters, digits, `.`, `-` and `_`.

    Wrong, in `guide.yaml`:

    ```yaml
    releases: [{release: "1.0"}, {release: "1.1"}, {release: latest}]
    ```

    Right:

    ```yaml
    releases: [{release: "1.0"}, {release: "1.1"}, {release: "2.0"}]
    ```
    """


class DuplicateRelease(Rule):
    """A release is listed twice, or differs from another in capitals alone.

    The order of the list is the order of releases, and each is a folder of the site; some systems do not
    tell capitals from small letters there.

    Delete one of the two.

    Wrong, in `guide.yaml`:

    ```yaml
    releases: [{release: "1.0"}, {release: "1.1"}, {release: "1.1"}]
    ```

    Right:

    ```yaml
    releases: [{release: "1.0"}, {release: "1.1"}]
    ```
    """


class DuplicateGroup(Rule):
    """Two groups of the navigation have one id.

    Resources name the group by its id, so it must be one.

    Give one of the two another id.

    Wrong, in `guide.yaml`:

    ```yaml
    groups: [{id: lending, title: Lending}, {id: lending, title: Members}]
    ```

    Right:

    ```yaml
    groups: [{id: lending, title: Lending}, {id: members, title: Members}]
    ```
    """


class DuplicateAuthentication(Rule):
    """Two ways to authenticate have one id.

    Pages name them by their ids.

    Give one of the two another id.

    Wrong, in `guide.yaml`:

    ```yaml
    authentication:
      - {id: basic, type: basic, title: HTTP Basic}
      - {id: basic, type: api_key, title: API key}
    ```

    Right:

    ```yaml
    authentication:
      - {id: basic, type: basic, title: HTTP Basic}
      - {id: key, type: api_key, title: API key}
    ```
    """


class NotInGroup(Rule):
    """A group is led by a resource that is not in it.

    `first` orders the resources of the group; where a resource belongs, it says itself.

    State the `group` in the resource, or delete it in `first`.

    Wrong, in `guide.yaml`:

    ```yaml
    groups: [{id: lending, title: Lending}, {id: members, title: Members, first: [books]}]
    ```

    Right:

    ```yaml
    groups: [{id: lending, title: Lending, first: [books]}, {id: members, title: Members}]
    ```
    """


class NoPaging(Rule):
    """A call pages, and the guide does not say how.

    `paging: true` gives a call the parameters that stand under `paging` in guide.yaml.

    Declare them there, or delete the key.

    Wrong, in `books/get.yaml`:

    ```yaml
    paging: true
    ```

    Right:

    ```yaml
    paging: false
    ```
    """


class OverBudget(Rule):
    """A resource has more debt than guide.yaml allows it.

    A budget keeps what is missing or poor from growing: new calls come with their descriptions.

    Mend as many of its warnings as the hint says, or allow more under `debt`.

    Wrong, in `guide.yaml`:

    ```yaml
    debt: {books: 0}
    ```

    Right:

    ```yaml
    debt: {books: 1}
    ```
    """


class UnknownRule(Rule):
    """A code or family under `rules.ignore` that is none.

    It would ignore nothing.

    Take the code that the hint names; `apiguide rule` lists them all.

    Wrong, in `guide.yaml`:

    ```yaml
    rules: {ignore: {repeats-nam: Names of this API are sentences.}}
    ```

    Right:

    ```yaml
    rules: {ignore: {repeats-name: Names of this API are sentences.}}
    ```
    """


class NotIgnorable(Rule):
    """A rule under `rules.ignore` whose findings are errors.

    Errors are facts that contradict each other or the format. No guide can be made of them, so a build
    refuses them, and a check that passed over them would promise what does not hold. Warnings can be
    ignored.

    Mend what it finds, and delete the line.

    Wrong, in `guide.yaml`:

    ```yaml
    rules: {ignore: {unknown-object: They are not described yet.}}
    ```

    Right:

    ```yaml
    rules: {ignore: {no-description: They are not described yet.}}
    ```
    """
