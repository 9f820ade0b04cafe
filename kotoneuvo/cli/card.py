"""`kotoneuvo card`: a card of questions and answers for the client to point at, in the client's language."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kotoneuvo.advice.advisor import Advisor
from kotoneuvo.catalogue.load import load_catalogue
from kotoneuvo.cli.catalogues import Workspace
from kotoneuvo.cli.commands import command
from kotoneuvo.cli.environment import refused
from kotoneuvo.cli.handout import named_language
from kotoneuvo.cli.named_files import Force
from kotoneuvo.cli.options import Lang, words_for
from kotoneuvo.interview.card import make_card
from kotoneuvo.render.handout.card import render_card_html, render_card_pdf
from kotoneuvo.render.handout.readers import Reader, handout_languages

Language = Annotated[
    str, typer.Argument(help="the client's language: uk, ar, somali, …", autocompletion=words_for("paper language"))
]


@command
def run(
    language: Language,
    output: Annotated[
        Path | None, typer.Option(help="write here: a name ending in .pdf or .html (default: HTML to stdout)")
    ] = None,
    lang: Lang = None,
    force: Force = False,
) -> None:
    """Make a card to point at: the questions of the interview in the client's language.

    The client points at an answer, the worker types its number, as `--plain` numbers it. Sensitive questions are not
    on it.
    """
    reader = Reader(named_language(language, handout_languages(), "language"))
    ending = output.suffix.casefold() if output else ".html"
    if ending not in (".pdf", ".html"):
        raise refused("the name of a card ends in .pdf or .html", "--output")
    work = Workspace(lang, outputs=[("--output", output)], force=force)
    # The bundled catalogue is enough: the card shows the interview's questions, and no service.
    card = make_card(Advisor(load_catalogue(), work.day), reader, work.words)
    work.write(render_card_pdf(card) if ending == ".pdf" else render_card_html(card), output)
