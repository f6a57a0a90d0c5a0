"""`python -m apiguide` is the command `apiguide`."""

from apiguide.cli import run

if __name__ == "__main__":
    run()
