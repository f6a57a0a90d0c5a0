"""Rules of the requests of endpoints: their methods, paths and statuses."""
