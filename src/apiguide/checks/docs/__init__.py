"""Rules of links in texts, and of hand-written pages with their macro calls."""
