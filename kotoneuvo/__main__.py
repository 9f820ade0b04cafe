"""`python -m kotoneuvo`."""

from kotoneuvo.cli.entry import main

main()
