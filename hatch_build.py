"""Build step: turn translations and the bundled data into the forms that load fastest.

.po files become .mo files. The wheel also gets a JSON twin of each TOML file and of each translation, the templates
compiled, the whole catalogue pickled, and its QR codes drawn.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

if sys.version_info < (3, 11):  # noqa: UP036  (pip builds a package before it reads its requires-python)
    sys.exit("kotoneuvo needs Python 3.11 or newer; this is {}.{}".format(*sys.version_info))

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from jinja2 import FileSystemLoader

COMPILED = ("kotoneuvo", "help")
"""The .po files that gettext reads; those of the handout become JSON."""
MADE = datetime(2020, 2, 2, tzinfo=UTC)
"""The date of everything in a wheel, the same as hatchling's, so that builds are reproducible."""


class CompileData(BuildHookInterface[Any]):
    """Compiles translations, and for wheels that are not editable also the data."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, before hatchling collects the files."""
        for source in sorted(Path(self.root, "kotoneuvo", "locale").glob("*/LC_MESSAGES/*.po")):
            if source.stem not in COMPILED:
                continue
            with source.open("rb") as file:
                catalog = read_po(file)
            catalog.creation_date = catalog.revision_date = MADE  # with the current time every wheel would differ
            with source.with_suffix(".mo").open("wb") as file:
                write_mo(file, catalog)
        if self.target_name == "wheel" and version != "editable":
            self._twin_translations(build_data)
            for source in sorted(Path(self.root, "data").glob("*.*")):
                build_data["force_include"][str(source)] = f"kotoneuvo/data/{source.name}"
            reached: list[dict[str, Any]] = []
            for source in sorted(Path(self.root, "data").glob("*.toml")):
                data = tomllib.loads(source.read_text(encoding="utf-8"))
                self._twin(build_data, data, "data", source.stem)
                reached += [*data.get("service", []), *data.get("office", [])]
            codes = Path(self.directory, "codes.tsv")
            codes.write_text(self._codes(reached), encoding="utf-8")
            build_data["force_include"][str(codes)] = f"kotoneuvo/data/{codes.name}"
            for page in self._compiled_pages():
                build_data["force_include"][str(page)] = f"kotoneuvo/render/compiled/{page.name}"
            compiled = self._compiled_catalogue()
            build_data["force_include"][str(compiled)] = f"kotoneuvo/data/{compiled.name}"

    def _compiled_pages(self) -> list[Path]:
        """The compiled templates: compiling takes jinja2 longer than writing a handout."""
        sys.path.insert(0, self.root)
        from kotoneuvo.render.pages import PACKAGE, templates

        sys.path.remove(self.root)
        written = templates().overlay(loader=FileSystemLoader(PACKAGE))
        written.compile_templates(self.directory, ["html", "css", "js"], zip=None, ignore_errors=False)
        return sorted(Path(self.directory).glob("tmpl_*.py"))

    def _compiled_catalogue(self) -> Path:
        """The pickled catalogue, so that the program need not read and check its files at every start."""
        target = Path(self.directory, "catalogue.pickle")
        self._run("-P", "tools/compile_catalogue.py", str(target))
        return target

    def _run(self, *arguments: str) -> None:
        """Run Python on this source tree in a separate process, with the packages of the build environment."""
        environment = {
            **os.environ,
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONHASHSEED": "0",
            "PYTHONPATH": os.pathsep.join([self.root, *sys.path]),
        }
        subprocess.run([sys.executable, *arguments], check=True, cwd=self.root, env=environment)

    def _twin_translations(self, build_data: dict[str, Any]) -> None:
        """Write the translations of the handout and the catalogue as JSON."""
        sys.path.insert(0, self.root)
        from kotoneuvo.catalogue.translations import read_rows

        sys.path.remove(self.root)
        root = Path(self.root)
        homes = dict.fromkeys(root.glob("data/translations/*.po"), "data/translations")
        for source in root.glob("kotoneuvo/locale/*/LC_MESSAGES/handout.po"):
            homes[source] = str(source.parent.relative_to(root / "kotoneuvo"))
        for source, home in sorted(homes.items()):
            self._twin(build_data, [*read_rows(source)], home, source.stem)

    def _codes(self, data: list[dict[str, Any]]) -> str:
        """The QR codes of all pages and phone numbers in the catalogue, a line each: content, tab, drawing."""
        sys.path.insert(0, self.root)
        from kotoneuvo.render.handout.drawings import call_link, draw, page_link

        sys.path.remove(self.root)
        contacts = [each for entry in data for each in entry.get("contact", [])]
        links = [page_link(page) for each in contacts for page in _pages(each.get("url", ""))]
        links += [call_link(each["phone"]) for each in contacts if "phone" in each]
        return "".join(f"\n{link}\t{draw(link)}" for link in sorted({*filter(None, links)})) + "\n"

    def _twin(self, build_data: dict[str, Any], content: object, home: str, stem: str) -> None:
        """Put a JSON file into the wheel's folder `home`."""
        twin = Path(self.directory, f"{home.replace('/', '-')}-{stem}.json")
        twin.parent.mkdir(parents=True, exist_ok=True)
        twin.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
        build_data["force_include"][str(twin)] = f"kotoneuvo/{home}/{stem}.json"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Delete the compiled files, which belong only into the wheel."""
        for pattern in ("*.json", "*.pickle", "*.tsv", "tmpl_*.py"):
            for twin in Path(self.directory).glob(pattern):
                twin.unlink()


def _pages(url: str | dict[str, str]) -> list[str]:
    """The pages of a contact point: one, or one per language."""
    return list(url.values()) if isinstance(url, dict) else [url]
