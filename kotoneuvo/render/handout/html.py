"""The handout as one self-contained HTML page: no script, nothing fetched, good on paper, on a phone and read aloud.

The page is built as a tree and written out by the standard library, which escapes every text and attribute: no word of
a catalogue can become markup.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

from kotoneuvo.render.handout.codes import code_drawing
from kotoneuvo.render.handout.contacts import shown_value
from kotoneuvo.render.handout.room import SMALLEST, room_for
from kotoneuvo.render.handout.sheet import Block, Brief, Code, Detail, Line, Phrase, Said, Sheet, Step

Element = ElementTree.Element
Content = Element | str | None
_WIDER = 0.87
"""How much smaller type is that leaves room for fonts as wide as DejaVu Sans."""
_STYLE = Path(__file__).with_name("handout.css")


def render_html(sheet: Sheet) -> str:
    """The whole document."""
    client = sheet.readers[0]
    root = _element(
        "html",
        _element(
            "head",
            _element("meta", charset="utf-8"),
            _element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            _element("title", sheet.title[0][0].text),
            _element("style", "\n" + _STYLE.read_text(encoding="utf-8")),
        ),
        _element("body", *_body(sheet), style=f"--type: {_print_size(sheet):.1f}pt"),
        **_tongue(client),
    )
    return "<!DOCTYPE html>\n" + ElementTree.tostring(root, encoding="unicode", method="html") + "\n"


def _print_size(sheet: Sheet) -> float:
    """The size on paper. The fonts of the computer that prints may be wider than those of the PDF."""
    return max(_WIDER * room_for(sheet)[0], SMALLEST)


def _body(sheet: Sheet) -> Iterable[Content]:
    yield _element(
        "header",
        _element("h1", *_inline(sheet.title)),
        _element("p", *_columns(sheet.intro, sheet), cls=_class("intro", sheet)),
    )
    steps = _element("ol", *(_step(step, sheet) for step in sheet.steps), role="list", cls="steps")
    yield _element("main", steps if sheet.steps else None, *(_block(block, sheet) for block in sheet.blocks))
    yield _element(
        "footer",
        *(_element("p", *_columns(phrase, sheet), cls=_class("closing", sheet)) for phrase in sheet.closing),
        *(_element("p", *_columns(phrase, sheet), cls=_class("small", sheet)) for phrase in sheet.small_print),
    )


def _step(step: Step, sheet: Sheet) -> Element:
    """One numbered step: heading, what and why and how, contacts, codes, box and room for a note."""
    number = _element("span", str(step.number), cls="number")
    gloss = _element("p", *_inline(step.gloss), cls="gloss") if step.gloss else None
    after = _element("p", *_columns(step.after, sheet), cls=_class("after", sheet)) if step.after else None
    text = _element(
        "div",
        gloss,
        after,
        _element("p", *_columns(step.summary, sheet), cls=_class("summary", sheet)),
        _element("dl", *(_detail(detail, sheet) for detail in (*step.points, *step.details))),
        _element("p", *_columns(step.age, sheet), cls=_class("age old" if step.old else "age", sheet)),
        cls="text",
    )
    codes = _element("div", *(_code(code) for code in step.codes), cls="codes") if step.codes else None
    box = _element("label", _element("input", type="checkbox"), _element("span", *_inline(sheet.done)))
    note = _element("span", _element("span", *_inline(sheet.notes)), cls="note")
    return _element(
        "li",
        _element("h2", number, _said(step.name)),
        _element("div", text, codes, cls="body"),
        _element("div", box, note, cls="done"),
        cls="step",
    )


def _detail(detail: Detail, sheet: Sheet) -> Element:
    return _element(
        "div",
        _element("dt", *_inline(detail.label)),
        _element("dd", *_value(detail), *_around(detail, sheet)),
        cls="row",
    )


def _around(detail: Detail, sheet: Sheet) -> Iterable[Content]:
    """The words of a detail: beside a value in a row, alone in columns."""
    if not detail.around:
        return
    if detail.value:
        yield " "
        yield _in_brackets(detail.around)
    else:
        yield _element("div", *_columns(detail.around, sheet), cls=_class("", sheet))


def _in_brackets(phrase: Phrase) -> Element:
    """Words beside a value: in brackets, so that "24 hours" is never read on as a part of a phone number."""
    return _element("span", "(", *_inline(phrase), ")")


def _value(detail: Detail) -> Iterable[Content]:
    """A number, address or page: isolated and from left to right; a phone number never breaks."""
    if not detail.value:
        return
    phone = detail.link.startswith("tel:")
    text = _element("bdi", shown_value(detail), dir="ltr", cls="value phone" if phone else "value")
    yield _element("a", text, href=detail.link) if detail.link else text


def _code(code: Code) -> Element:
    drawing = ElementTree.fromstring(code_drawing(code.target))
    drawing.attrib |= {"role": "img", "aria-label": f"QR: {code.target}"}
    return _element("figure", drawing, _element("figcaption", *_inline(code.caption)), cls="code")


def _block(block: Block, sheet: Sheet) -> Element:
    items = (_brief(brief, sheet) for brief in block.briefs)
    return _element(
        "section", _element("h2", *_inline(block.heading)), _element("ul", *items, role="list"), cls="block"
    )


def _brief(brief: Brief, sheet: Sheet) -> Element:
    parts: list[Content] = [_element("strong", _said(brief.name))]
    if brief.gloss:
        parts += [" – ", _element("span", *_inline(brief.gloss), cls="gloss")]
    for detail in brief.details:
        parts += [" · ", *_value(detail)]
        if detail.around and detail.value:
            parts += [" ", _in_brackets(detail.around)]
        elif detail.around:
            parts += _inline(detail.around)
    if brief.age:
        parts += [" ", _element("span", *_inline(brief.age), cls="age")]
    return _element("li", *parts)


def _columns(phrase: Phrase, sheet: Sheet) -> Iterable[Content]:
    """One column a reader."""
    for place, line in enumerate(phrase):
        yield _element("span", *_line(line), cls="worker" if place else "", **_tongue(sheet.readers[place]))


def _class(name: str, sheet: Sheet) -> str:
    return f"{name} two".strip() if len(sheet.readers) > 1 else name


def _inline(phrase: Phrase) -> Iterable[Content]:
    """All readers in a row."""
    for place, line in enumerate(phrase):
        if place:
            yield " / "
        yield from _line(line)


def _line(line: Line) -> Iterable[Content]:
    for place, said in enumerate(line):
        if place:
            yield " · "
        if said.stand_in:
            yield _element("span", said.stand_in, cls="stand-in")
            yield " "
        yield _said(said)


def _said(said: Said) -> Element:
    return _element("span", said.text, **_tongue(said))


def _tongue(said: Said) -> dict[str, str]:
    return {"lang": said.language, "dir": "rtl" if said.rtl else "ltr"}


def _element(tag: str, *content: Content, cls: str = "", **attributes: str) -> Element:
    """An element with its attributes and content, texts and elements in order."""
    element = Element(tag, {**({"class": cls} if cls else {}), **attributes})
    last: Element | None = None
    for part in content:
        if isinstance(part, Element):
            element.append(part)
            last = part
        elif part and last is None:
            element.text = (element.text or "") + part
        elif part and last is not None:
            last.tail = (last.tail or "") + part
    if tag in _ON_A_LINE:
        element.tail = "\n"
    return element


_ON_A_LINE = frozenset(
    {"head", "meta", "title", "style", "header", "main", "footer", "section", "li", "p", "dl", "h1", "h2"}
)
"""Elements after which the source may break its line without changing what is shown."""
