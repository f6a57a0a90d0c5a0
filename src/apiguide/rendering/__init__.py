"""From a `GuideView` to the HTML of pages.

`pages` and `rows` decide what a page shows and hold it as plain values; the templates in `macros/` lay it
out. Knows of no site builder: `render.Renderer` gives content, table of contents and search entries.
"""
