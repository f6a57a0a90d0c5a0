"""What readers can search for in the guide of a release, as files that their browsers fetch.

It is made of the guide, and of what pages say; nothing here knows of MkDocs.
"""
