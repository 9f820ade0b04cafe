"""The handout as a tagged PDF (PDF/UA-1), set by typst with fonts that come from packages.

The texts go to typst as JSON data and never become a part of its markup.
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
"""What stands in the file once for each page."""
_SCALES = (1.12, 1.0, 0.94, 0.88)
"""How large the type may be, and how much smaller is tried where a sheet would need a third page."""
_ROOMIER = 1.2
"""By how much larger its type may be than what is estimated for the fonts of a browser (36 sheets): what is tried first
mostly fits, and each trial takes a tenth of a second."""
_VOWEL_SIGNS = dict.fromkeys(range(0x064B, 0x0656))
FONTS = ("fontpkg_noto_sans", "fontpkg_amiri")
"""Amiri keeps whole words in the text of the PDF; Noto Sans Arabic builds letters of base and dots, and four words of
five cannot be read back, copied or spoken."""


def render_pdf(sheets: Iterable[Handout]) -> bytes:
    """The whole document, of the first of `sheets` (each shorter than the one before) that has room on two pages; the
    last one stays as it is.

    Raises InputProblems where the extra `pdf` is not installed.
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
    """The PDF that a template makes of plain data. Raises InputProblems where the extra `pdf` is not installed."""
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
    """Where the fonts of the extra `pdf` lie; None if a package of them is missing."""
    found = [find_spec(name) for name in FONTS]
    return [Path(str(spec.origin)).parent / "files" for spec in found if spec] if all(found) else None


def plain_data(part: object) -> Any:
    """Records as dicts, with what only a PDF needs beside codes, numbers and texts."""
    if isinstance(part, TaggedText):
        # typst knows no variants of languages. Vowel signs are left out, as in newspapers: readers of a PDF's text tear
        # words apart at them.
        return part._asdict() | {"lang": part.language.partition("-")[0], "text": part.text.translate(_VOWEL_SIGNS)}
    if isinstance(part, Code):
        drawing = code_drawing(part.target).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
        return {"target": part.target, "drawing": drawing, "caption": plain_data(part.caption)}
    if isinstance(part, Enum):
        return part.value
    if hasattr(part, "_asdict"):
        # A number must not break at the end of a line: half of it would be dialled.
        more = {"whole": part.link.startswith("tel:")} if isinstance(part, Reach) else {}
        return {name: plain_data(value) for name, value in part._asdict().items()} | more
    return [plain_data(each) for each in part] if isinstance(part, tuple) else part
