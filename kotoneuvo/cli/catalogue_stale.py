"""`kotoneuvo catalogue stale`: what must be confirmed anew, with the page to look at."""

from __future__ import annotations

from typing import Annotated

import typer

from kotoneuvo.cli.catalogues import CatalogueFiles, Session
from kotoneuvo.cli.exit_codes import guarded
from kotoneuvo.cli.options import AsOf, Form, Format, Lang


@guarded
def run(
    within: Annotated[int, typer.Option(help="how many months to look ahead", min=0, max=120)] = 3,
    catalogue: CatalogueFiles = None,
    form: Form = Format.TEXT,
    as_of: AsOf = None,
    lang: Lang = None,
) -> None:
    "What is overdue for review or soon will be, oldest first, with the page to check."
    from kotoneuvo.catalogue.freshness import find_due
    from kotoneuvo.cli.output import json_text

    session = Session.begin(lang, as_of, catalogue)
    day, _ = session.day, session.words.gettext
    due = find_due(session.catalogue, day, within)
    if form is Format.JSON:
        services = [
            {
                "service": each.name,
                "assured": each.assured.isoformat(),
                "review": each.due.isoformat(),
                "past": each.due <= day,
                "pages": list(each.pages),
            }
            for each in due
        ]
        session.environment.stdout.write(json_text("kotoneuvo/stale/1", as_of=day, services=services))
        return
    # A page stands on a line of its own, whole, so that it can be clicked or copied.
    for each in due:
        print(f"{each.due}  {each.name}", *(f"            {page}" for page in each.pages[:1]), sep="\n")
    past = sum(each.due <= day for each in due)
    said = _("{past} overdue for review, {soon} more within {months} months")
    print(said.format(past=past, soon=len(due) - past, months=within))
