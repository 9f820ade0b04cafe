"""Refresh what is made in the docs, parts of the authors' guide and the commands: ``python docs/build.py``."""

from __future__ import annotations

from pathlib import Path

from licences import PAGE, fill_licences

from kotoneuvo.catalogue.bundle import data_folder
from kotoneuvo.catalogue.guide import fill_guide
from kotoneuvo.catalogue.read_facts import read_facts
from kotoneuvo.cli.manual import reference

GUIDE = Path(__file__).parent / "catalogue.md"
COMMANDS = Path(__file__).parent / "commands.md"


def main() -> None:
    """Write them anew."""
    catalogue = (data_folder() / "services.toml").read_text(encoding="utf-8")
    text = GUIDE.read_text(encoding="utf-8")
    GUIDE.write_text(fill_guide(text, read_facts(data_folder()), catalogue), encoding="utf-8")
    COMMANDS.write_text(reference(), encoding="utf-8")
    PAGE.write_text(fill_licences(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
