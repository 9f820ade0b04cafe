"""Lets `python -m kotoneuvo` run the command."""

from kotoneuvo.cli.entry import run

run()
