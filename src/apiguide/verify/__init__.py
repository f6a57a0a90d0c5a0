"""Holds the guide against a real server: where they differ, told at the lines of the reference.

`client` sends requests and keeps the secrets, `walk` says which endpoints can be reached and with which ids,
`differing` compares answers with what is documented, and `verify` puts it together.
"""
