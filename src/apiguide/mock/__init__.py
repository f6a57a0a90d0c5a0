"""The documented API itself, on this machine: it answers requests by the reference alone.

A request is read (`bodies`, `queries`), led to the endpoints of its path (`routes`), judged by what they
document (`judge`), and answered with a documented status and body (`answers`, `writing`). `store` keeps what
requests change. Nothing here knows what pages print: what is printed is tried against it.
"""
