"""The site: hands finished pages to MkDocs, builds every release's guide, previews it.

This is the edge. Everything that knows of MkDocs or Material is here; nothing outside imports it but the
command line.
"""
