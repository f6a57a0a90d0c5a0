"""Rules of what guide.yaml says once for the whole guide."""
