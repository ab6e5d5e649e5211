"""``python -m energycalc``: the same as the command ``energycalc``."""

from energycalc.apps.cli import main

main()
