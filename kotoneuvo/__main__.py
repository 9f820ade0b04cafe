"""`python -m kotoneuvo`."""

from kotoneuvo.cli.main import main

main()
