"""The summary of a file as one HTML page: self-contained, readable without colour, made to be printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from kotoneuvo.words import Words

_STEPS = (
    (0.0, "#ffffff"),
    (0.001, "#fdf3d8"),
    (0.1, "#f9dfa6"),
    (0.25, "#f2c078"),
    (0.5, "#e08b4f"),
    (0.75, "#a8431f"),
)
"""Shares from which a colour holds; text is dark on all but the last, where it is white (contrast at least 4.5:1)."""
_STYLE = """
:root{color-scheme:light;--ink:#1a1a1a;--soft:#595959;--rule:#b8b8b8}
*{box-sizing:border-box}
body{font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:var(--ink);background:#fff;
margin:0 auto;padding:1.5rem;max-width:76rem}
h1{font-size:1.7rem;line-height:1.25;margin:0 0 .25rem}h2{font-size:1.25rem;margin:2.2rem 0 .5rem}
p,figcaption{max-width:46rem;margin:.4rem 0}figure{margin:0}.soft{color:var(--soft)}
table{border-collapse:collapse;margin:.6rem 0;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--soft);padding:.2rem 0 .5rem;max-width:46rem}
th,td{padding:.32rem .6rem;border:1px solid var(--rule);vertical-align:top}
th{text-align:left;font-weight:600;background:#f4f4f4}td.n{text-align:right;white-space:nowrap}
.scroll{overflow-x:auto;max-width:100%}
.heat{font-size:.86rem}.heat th[scope=col]{vertical-align:bottom;min-width:5.2rem;hyphens:auto;overflow-wrap:break-word}
.heat th[scope=row]{position:sticky;left:0;white-space:nowrap}
.heat td{text-align:center;white-space:nowrap;-webkit-print-color-adjust:exact;print-color-adjust:exact}
.heat small{display:block;font-size:.78rem}
.key{display:flex;flex-wrap:wrap;gap:.4rem;padding:0;list-style:none;font-size:.86rem}
.key li{border:1px solid var(--rule);padding:.15rem .6rem;-webkit-print-color-adjust:exact;print-color-adjust:exact}
@page{size:A4 landscape;margin:12mm}
@media print{body{font-size:10pt;padding:0;max-width:none}#heat{break-before:page}.scroll{overflow:visible}
.heat{font-size:7.5pt}.heat th[scope=col]{min-width:0}th,td{padding:.12rem .25rem}tr{break-inside:avoid}
h2{break-after:avoid}
.heat th[scope=row]{position:static}}
"""


HeatCell = tuple[float, str, str]


@dataclass(frozen=True)
class Heat:
    """A map of shares: `cells` are (share 0 to 1, its text, clients) by row and column, None for too few clients."""

    rows: Sequence[str]
    columns: Sequence[str]
    cells: Sequence[Sequence[HeatCell | None]]


@dataclass(frozen=True)
class TableOf:
    """A table of words: the last `numbers` columns are numbers."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: int = 1


@dataclass(frozen=True)
class GapsPage:
    """What the page says, in the language of the worker; `parts` are headings with their paragraphs and tables."""

    title: str
    lead: Sequence[str]
    heat_title: str
    heat_words: Sequence[str]
    heat: Heat
    parts: Sequence[tuple[str, Sequence[str | TableOf]]]


def render_gaps(page: GapsPage, words: Words) -> str:
    """The page as one HTML document without any other file."""
    body = [f"<h1>{escape(page.title)}</h1>", *map(_paragraph, page.lead)]
    for title, blocks in page.parts[:1]:
        body += _part(title, blocks)
    body.append(f'<h2 id="heat">{escape(page.heat_title)}</h2>')
    body += map(_paragraph, page.heat_words)
    body += [_key(words), _heat(page.heat, page.heat_title, words)] if page.heat.rows else []
    for title, blocks in page.parts[1:]:
        body += _part(title, blocks)
    return (
        f'<!doctype html>\n<html lang="{words.language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="robots" content="noindex">\n'
        f"<title>{escape(page.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(body)
        + "\n</main>\n</body>\n</html>\n"
    )


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def _part(title: str, blocks: Sequence[str | TableOf]) -> list[str]:
    return [
        f"<h2>{escape(title)}</h2>",
        *(_paragraph(each) if isinstance(each, str) else _table(each) for each in blocks),
    ]


def _table(table: TableOf) -> str:
    plain = len(table.head) - table.numbers
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in table.head)
    lines = []
    for row in table.rows:
        cells = [f'<th scope="row">{escape(row[0])}</th>']
        cells += [
            f"<td>{escape(text)}</td>" if place < plain else f'<td class="n">{escape(text)}</td>'
            for place, text in enumerate(row[1:], 1)
        ]
        lines.append(f"<tr>{''.join(cells)}</tr>")
    # A caption is never wider than its table, and these tables are narrow.
    caption = f'<figcaption class="soft">{escape(table.caption)}</figcaption>' if table.caption else ""
    top = f"<thead><tr>{head}</tr></thead>" if any(table.head) else ""
    return f'<figure class="scroll">{caption}<table>{top}<tbody>{"".join(lines)}</tbody></table></figure>'


def _colour(share: float) -> str:
    colour = [colour for least, colour in _STEPS if share >= least][-1]
    ink = "#ffffff" if colour == _STEPS[-1][1] else "#1a1a1a"
    return f"background:{colour};color:{ink}"


def _key(words: Words) -> str:
    _ = words.gettext
    ends = [least for least, _colour_of in _STEPS[2:]] + [1.0]
    names = [
        "0 %",
        *(f"{round(low * 100) or 1}–{round(high * 100)} %" for low, high in zip([0.001, *ends], ends, strict=False)),
    ]
    items = "".join(
        f'<li style="{_colour(least)}">{escape(name)}</li>' for (least, _c), name in zip(_STEPS, names, strict=True)
    )
    label = escape(_("Share of clients without a suitable service nearby"))
    return f'<ul class="key" aria-label="{label}">{items}</ul>'


def _heat(heat: Heat, title: str, words: Words) -> str:
    _ = words.gettext
    place = escape(_("Municipality"))
    head = f'<th scope="col">{place}</th>'
    head += "".join(f'<th scope="col">{escape(name)}</th>' for name in heat.columns)
    lines = []
    for name, cells in zip(heat.rows, heat.cells, strict=True):
        lines.append(f'<tr><th scope="row">{escape(name)}</th>{"".join(map(_heat_cell, cells))}</tr>')
    return (
        '<div class="scroll" role="region" aria-labelledby="heat" tabindex="0"><table class="heat">'
        f"<caption>{escape(title)}</caption><thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table></div>"
    )


def _heat_cell(cell: HeatCell | None) -> str:
    if cell is None:
        return "<td>–</td>"
    share, told, clients = cell
    return f'<td style="{_colour(share)}">{escape(told)}<small>{escape(clients)}</small></td>'
