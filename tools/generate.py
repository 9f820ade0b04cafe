"""Bring every generated file up to date: ``python tools/generate.py``; with ``--check`` only list those that are not.

Run it after a change of facts, fields, texts of the catalogue, commands or dependencies. It writes docs/reference, the
examples in docs/catalogue/add.md, data/catalogue.schema.json, and the translators' files.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from guide import fill_guide
from licences import fill_licences
from reference import codes, commands, json_keys
from translations import translations

from kotoneuvo.catalogue.load import load_catalogue
from kotoneuvo.catalogue.schema import catalogue_schema

ROOT = Path(__file__).resolve().parents[1]


def generated() -> dict[Path, str]:
    """Every generated file of the checkout, with the text that it should have."""
    facts = load_catalogue().facts
    data, reference = ROOT / "data", ROOT / "docs" / "reference"
    services = (data / "services.toml").read_text(encoding="utf-8")
    filled = (ROOT / "docs" / "catalogue" / "add.md", reference / "catalogue.md", reference / "facts.md")
    licences = reference / "licences.md"
    schema = json.dumps(catalogue_schema(facts), ensure_ascii=False, indent=1)
    return {
        **{page: fill_guide(page.read_text(encoding="utf-8"), facts, services) for page in filled},
        licences: fill_licences(licences.read_text(encoding="utf-8")),
        reference / "commands.md": commands(),
        reference / "codes.md": codes(data),
        reference / "json.md": json_keys(data),
        data / "catalogue.schema.json": schema + "\n",
        **translations(ROOT),
    }


def main(check: bool) -> int:
    """Write the files that are not up to date, or with `check` only list them; 1 if there are any then, else 0."""
    old = {path: text for path, text in generated().items() if not path.is_file() or path.read_text("utf-8") != text}
    for path, text in old.items():
        print(path.relative_to(ROOT))
        if not check:
            path.write_text(text, encoding="utf-8", newline="\n")
    if check and old:
        print("These files are not up to date; run: python tools/generate.py", file=sys.stderr)
    return 1 if check and old else 0


if __name__ == "__main__":
    raise SystemExit(main("--check" in sys.argv[1:]))
