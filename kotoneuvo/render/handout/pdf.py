"""The handout as a tagged PDF (PDF/UA-1), typeset by typst with fonts from Python packages.

The texts go to typst as JSON data, so that none can become markup.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from enum import Enum
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kotoneuvo.advice.problems import N_, InputProblems, Problem
from kotoneuvo.render.handout.content import Code, Handout, Reach, TaggedText
from kotoneuvo.render.handout.drawings import SIGNS, code_drawing
from kotoneuvo.render.handout.fit import overflow

PAGES = 2
_TEMPLATE = Path(__file__).with_name("handout.typ")
_PAGE = b"/Type/Page/"
"""Occurs in a PDF by typst once for each page."""
_SCALES = (1.12, 1.0, 0.94, 0.88)
"""The type sizes to try, as factors, until the handout fits on two pages."""
_ROOMIER = 1.2
"""How much larger the type can be than `fit` estimates for a browser's fonts (measured on 36 handouts). With it the
first size tried usually fits, and each trial takes a tenth of a second."""
_VOWEL_SIGNS = dict.fromkeys(range(0x064B, 0x0656))
FONTS = ("fontpkg_noto_sans", "fontpkg_amiri")
"""Amiri for Arabic script: with Noto Sans Arabic, which composes letters of base and dots, four words of five cannot be
copied from the PDF or read aloud."""


def render_pdf(sheets: Iterable[Handout]) -> bytes:
    """Return the first of `sheets` that fits on two pages, else the last; each is shorter than the one before.

    Raises InputProblems if the extra `pdf` is not installed.
    """
    document = b""
    for sheet in sheets:
        data = plain_data(sheet) | {"signs": SIGNS}
        *likely, smallest = _SCALES
        for scale in (*(each for each in likely if overflow(sheet, each / _ROOMIER) <= 0), smallest):
            document = typeset(_TEMPLATE, data, scale)
            if document.count(_PAGE) <= PAGES:
                return document
    return document


def typeset(template: Path, data: Mapping[str, Any], scale: float = 1) -> bytes:
    """Return the PDF that a template makes of plain data. Raises InputProblems if the extra `pdf` is not installed."""
    folders = font_folders()
    if folders is None or find_spec("typst") is None:
        message = N_("a PDF needs further packages: pip install 'kotoneuvo[pdf]', or make an HTML page instead")
        raise InputProblems([Problem(message)])
    import typst

    return typst.compile(
        template,
        format="pdf",
        font_paths=folders,
        ignore_system_fonts=True,
        sys_inputs={"sheet": json.dumps(data, ensure_ascii=False), "scale": f"{scale:.2f}"},
        pdf_standards="ua-1",
    )


def font_folders() -> list[Path] | None:
    """Return the folders of the extra's fonts; None if a font package is missing."""
    found = [find_spec(name) for name in FONTS]
    return [Path(str(spec.origin)).parent / "files" for spec in found if spec] if all(found) else None


def plain_data(part: object) -> Any:
    """Return records as dicts of plain data, with additions that only the PDF template needs."""
    if isinstance(part, TaggedText):
        # typst has no language variants. Vowel signs are left out, as in newspapers: programs that read a PDF's text
        # split words at them.
        return part._asdict() | {"lang": part.language.partition("-")[0], "text": part.text.translate(_VOWEL_SIGNS)}
    if isinstance(part, Code):
        drawing = code_drawing(part.target).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
        return {"target": part.target, "drawing": drawing, "caption": plain_data(part.caption)}
    if isinstance(part, Enum):
        return part.value
    if hasattr(part, "_asdict"):
        # A phone number must not be broken across lines, or people would dial half of it.
        more = {"whole": part.link.startswith("tel:")} if isinstance(part, Reach) else {}
        return {name: plain_data(value) for name, value in part._asdict().items()} | more
    return [plain_data(each) for each in part] if isinstance(part, tuple) else part
