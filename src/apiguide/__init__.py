"""apiguide makes the published guide of an HTTP API from structured YAML.

The way of the data, one direction: `yaml_source` and `reader` turn files into a `model.Guide`, `checks` finds
what is wrong in it, `history` gives it as of a release, `examples` derives bodies and curl lines, `rendering`
makes HTML, and `site` hands that to MkDocs. Nothing before `site` knows of any site builder.

All modules are private until 1.0. Public are the commands, the YAML format, the formats of reports, the
contexts of the macros and the options of the MkDocs plugin.
"""

__version__ = "0.1.0"
