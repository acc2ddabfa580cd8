"""`python -m foodsafety_cli` is `fs`."""

from foodsafety_cli.cli.main import run

run()
