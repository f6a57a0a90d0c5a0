"""Rules of releases: when parts are there, the promise that nothing breaks, and history."""
