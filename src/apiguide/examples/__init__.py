"""Examples: from values, typed by the declared fields, to XML, JSON and curl lines.

`values` makes a tree of typed values of a field; `xml` and `json` write it; `requests` puts requests together
and `curl` writes them as shell lines. What is written comes as `Tokens`, so that it is marked up without
being lexed again.
"""
