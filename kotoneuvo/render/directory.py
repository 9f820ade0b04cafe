"""The catalogue as one page to browse and print: search and filters without a server, all of it without a script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from html import escape
from pathlib import Path

from kotoneuvo.advice.facts import fold
from kotoneuvo.advice.service import NATIONWIDE, RUNNING, Catalogue, Operating, Service
from kotoneuvo.render.cards import Line
from kotoneuvo.render.facets import conditions, places, run_by
from kotoneuvo.render.lines import contact_lines, practical_lines, way_in
from kotoneuvo.render.listing import standing
from kotoneuvo.render.reasons import Reasons
from kotoneuvo.words import Words

_FOLDER = Path(__file__).parent
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
"""The page fetches nothing."""


def render_directory(catalogue: Catalogue, services: Iterable[Service], day: date, words: Words) -> str:
    """The page in one language, as the services stand on `day`: by phase, each with its conditions and contacts."""
    _ = words.gettext
    listed = list(services)
    reasons = Reasons(catalogue.facts, words)
    sections = "\n".join(_sections(listed, catalogue, day, reasons))
    title = _("Services for people who have moved to Finland")
    made = _("As of {date}. Catalogue {version}, {count} services.").format(
        date=words.date(day), version=catalogue.version, count=len(listed)
    )
    skip, caution = _("To the services"), _("The organisation decides in each case.")
    return f"""<!DOCTYPE html>
<html lang="{words.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<title>{escape(title)}</title>
<style>
{_asset("directory.css")}</style>
</head>
<body>
<a class="skip" href="#services">{escape(skip)}</a>
<header>
<h1>{escape(title)}</h1>
<p>{escape(made)} {escape(caution)}</p>
</header>
{_form(listed, catalogue, words)}
<main id="services" tabindex="-1">
{sections}
</main>
<script>
{_asset("directory.js")}</script>
</body>
</html>
"""


def _asset(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _form(services: list[Service], catalogue: Catalogue, words: Words) -> str:
    """Search and filters; shown by the script, as they are nothing without it."""
    _ = words.gettext
    facts = catalogue.facts
    towns = sorted((words.pick(each.name), code) for code, each in facts.municipalities.items())
    goals = [(words.pick(name), goal) for goal, name in facts.goals.items()]
    codes = {code for each in services if each.languages for code in each.languages.codes}
    languages = sorted((words.language_name(code), code) for code in codes)
    everything = _("all")
    choices = "\n".join(
        (
            _choice("municipality", _("Municipality"), towns, everything),
            _choice("goal", _("Goal"), goals, everything),
            _choice("language", _("Language served"), languages, everything),
        )
    )
    search, reset, found = escape(_("Search")), escape(_("Show all")), escape(_("{count} of {all} services"))
    return f"""<form id="search" role="search" hidden data-found="{found}">
<p><label for="text">{search}</label> <input id="text" type="search" autocomplete="off"></p>
{choices}
<p><button type="reset">{reset}</button> <output id="found" role="status"></output></p>
</form>"""


def _choice(name: str, label: str, values: list[tuple[str, str]], everything: str) -> str:
    options = "".join(f'<option value="{escape(value)}">{escape(text)}</option>' for text, value in values)
    return (
        f'<p><label for="{name}">{escape(label)}</label> '
        f'<select id="{name}"><option value="">{escape(everything)}</option>{options}</select></p>'
    )


def _sections(services: list[Service], catalogue: Catalogue, day: date, reasons: Reasons) -> Iterator[str]:
    for phase, name in catalogue.facts.phases.items():
        inside = [each for each in services if each.phase == phase]
        if inside:
            heading = escape(reasons.words.pick(name))
            articles = "\n".join(_article(each, catalogue, day, reasons) for each in inside)
            yield f"<section>\n<h2>{heading}</h2>\n{articles}\n</section>"


def _article(service: Service, catalogue: Catalogue, day: date, reasons: Reasons) -> str:
    words = reasons.words
    _ = words.gettext
    where = list(places(service, catalogue.facts, words).values())
    area = "*" if NATIONWIDE in service.area else " ".join(service.area)
    codes = " ".join(service.languages.codes) if service.languages else ""
    texts = (service.id, service.organization, *where, *service.name.values(), *service.summary.values())
    age = _("Information from {date}.").format(date=words.date(service.assured))
    if service.operating(day) is Operating.UNVERIFIED and day >= service.review:
        age = _("Information from {date}, not confirmed since: check before you go.").format(
            date=words.date(service.assured)
        )
    note = f'<p class="note">{escape(words.pick(service.note))}</p>' if service.note else ""
    lines = "".join(_line(line) for line in _lines(service, catalogue, day, where, reasons))
    return f"""<article id="{escape(service.id)}" data-area="{area}" data-goals="{" ".join(service.goals)}" \
data-languages="{escape(codes)}" data-text="{escape(fold(" ".join(texts)))}">
<h3>{escape(words.pick(service.name))}</h3>
<p>{escape(words.pick(service.summary))}</p>{note}
<dl>{lines}</dl>
<p class="age">{escape(age)}</p>
</article>"""


def _lines(service: Service, catalogue: Catalogue, day: date, where: list[str], reasons: Reasons) -> Iterator[Line]:
    words = reasons.words
    _ = words.gettext
    state = service.operating(day)
    if state not in RUNNING or service.valid_until:
        yield Line(_("State"), standing(service, state, words))
    yield Line(_("Where"), ", ".join(where))
    runs = run_by(service, catalogue)
    if runs:
        yield Line(_("Run by"), runs)
    needed = " · ".join(conditions(service, reasons))
    yield Line(_("Conditions"), needed or _("open to everyone"))
    if service.access.how:
        yield Line(_("Way in"), way_in(service.access, words))
    yield from contact_lines(service.contacts, words, day, service.assured)
    yield from practical_lines(service, words)
    for overlay in service.overlays:
        yield Line(_("Changed by") if overlay.fields else _("Added by"), overlay.name)


def _line(line: Line) -> str:
    text = escape(line.text)
    if line.link.startswith(("https://", "http://", "tel:", "mailto:")):
        text = f'<a href="{escape(line.link)}">{text}</a>'
    return f"<div><dt>{escape(line.label)}</dt><dd>{text}</dd></div>"
