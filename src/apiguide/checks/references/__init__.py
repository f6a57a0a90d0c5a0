"""Rules of what parts of a guide say of each other by name."""
