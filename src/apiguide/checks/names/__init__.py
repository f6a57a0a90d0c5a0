"""Rules of the names of fields, parameters and elements."""
