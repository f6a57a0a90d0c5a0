"""Runs what pages print: each curl line of a built site, by a real shell and the real curl.

`printed` reads lines and answers from the pages, `running` runs the lines against `mock`, `comparing` holds
what comes back against what is shown, and `table` tells of it. Nothing here asks the model what a page should
show.
"""
