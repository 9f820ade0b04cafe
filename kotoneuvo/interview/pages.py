"""The pages of advice with the commands under them: first steps, whole pathway, details, paper, next client."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Protocol

from rich.console import RenderableType
from rich.text import Text

from kotoneuvo.advice.facts import fold
from kotoneuvo.advice.problems import N_, InputProblems, Problem
from kotoneuvo.advice.report import Report
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.catalogue.search import Search
from kotoneuvo.interview.after_call import after_call
from kotoneuvo.interview.paper import Files, hand_over, show_message
from kotoneuvo.interview.prompt import Option, Prompt, Prompter, Signal, in_talk
from kotoneuvo.interview.session import Session
from kotoneuvo.render.details import render_details
from kotoneuvo.render.first_screen import FirstScreen
from kotoneuvo.render.found import FoundPage
from kotoneuvo.render.note import write_note
from kotoneuvo.words import Words

FIRST, WHOLE, PRINT, MESSAGE, CHANGE, ADD, MISSING, NEXT, QUIT, HIDE = "a", "p", "t", "v", "m", "l", "x", "s", "q", "h"
FIND, NOTE = "f", "r"
"""The letters are the same in all languages: one habit."""
_AFTER, _EARLIER, _CALLED = "n", "e", "o"


class Change(Protocol):
    """Changes an answer, or adds something told; nothing where somebody leaves without answering."""

    def __call__(self, *, add: bool) -> None:
        """Change an answer, or `add` one."""


class Pages:
    """What is shown once the questions are answered; every page leads back to the first steps."""

    def __init__(
        self,
        prompter: Prompter,
        words: Words,
        files: Files,
        change: Change,
        renew: Callable[[Catalogue], None],
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        """`renew` goes on with another catalogue: what was found in a call counts at once."""
        self.renew = renew
        self.clock = clock
        self.prompter = prompter
        self.words = words
        self.files = files
        self.change = change
        self.handed: list[str] = []

    def run(self, session: Session) -> bool:
        """True for the next client, False for quit."""
        command: object = FIRST
        while True:
            report = session.report()
            screen = self._screen(report)
            if command in (NEXT, QUIT):
                if command == QUIT or self._leaves():
                    return command == NEXT
                command = FIRST
            elif isinstance(command, str) and command.isdigit():
                command = self._details(report, screen, int(command))
            elif command == "":
                command = self._menu(screen)
            elif command == WHOLE:
                command = self._page(screen, whole=True)
            else:
                self._act(command, report, screen)
                command = self._page(screen if command not in (CHANGE, ADD) else self._screen(session.report()))

    def _screen(self, report: Report) -> FirstScreen:
        now = self.clock() if self.clock else None
        return FirstScreen(report, self.words, spelled=self.prompter.spelled, now=now)

    def _act(self, command: object, report: Report, screen: FirstScreen) -> None:
        """What a command does before the first steps come back."""
        if command == PRINT:
            note = write_note(report, self.words, self.handed)
            self._hand(hand_over(report, self.files, self.prompter, self.words, note))
        elif command == MESSAGE:
            self._hand(show_message(report, self.prompter, self.words))
        elif command == NOTE:
            self._show(Text(write_note(report, self.words, self.handed)))
        elif command in (CHANGE, ADD):
            self.change(add=command == ADD)
        elif command == MISSING:
            self._missing(report, screen)
        elif command == FIND:
            self._find(report)
        elif command == HIDE:
            self.prompter.clear()
            self.prompter.ask(Prompt("kotoneuvo", "page", page=lambda _width, _height: ""))

    def _page(self, screen: FirstScreen, *, whole: bool = False) -> object:
        """Show the first steps or the whole pathway; the command that was typed. Esc leads to the first steps."""
        _ = self.words.gettext
        hint = _("Enter = menu · number = details · p pathway · t print · m change ›")
        if whole:
            hint = _("number = details · Enter = menu · a = first steps ›")
        page = screen.whole if whole else screen.first
        reply = self.prompter.ask(Prompt(hint, "page", page=page, read=lambda typed: self._command(typed, screen)))
        return FIRST if isinstance(reply, Signal) else str(reply).casefold()

    def _details(self, report: Report, screen: FirstScreen, number: int) -> object:
        """One service in full, with the neighbouring ones a letter away."""
        _ = self.words.gettext
        hint = _("n next · e previous · o contact right? · a first steps · Enter = menu ›")
        while True:
            service_id = screen.numbered[number - 1]
            reply = self.prompter.ask(
                Prompt(
                    hint,
                    "page",
                    page=partial(self._in_full, report, service_id, number),
                    read=lambda typed: self._command(typed, screen, _AFTER + _EARLIER + _CALLED),
                )
            )
            if isinstance(reply, Signal):
                return FIRST
            command = str(reply).casefold()
            if command == _CALLED:
                self._after_call(report, service_id)
                return FIRST
            if command not in (_AFTER, _EARLIER):
                return command
            number = min(max(number + (1 if command == _AFTER else -1), 1), len(screen.numbered))

    def _after_call(self, report: Report, service_id: str) -> None:
        """Note what a call or visit has shown of a contact; the first steps that come next go by it."""
        found = after_call(report, service_id, self.files.today(), self.prompter, self.words)
        if found is None:
            return
        try:
            path, catalogue = self.files.record(found)
        except InputProblems as error:
            for problem in error.problems:
                self.prompter.say(in_talk(problem, self.words))
            return
        self.renew(catalogue)
        self.prompter.say(self.words.gettext("✓ Noted in {file}").format(file=path))

    def _in_full(self, report: Report, service_id: str, number: int, _width: int, _height: int) -> RenderableType:
        return render_details(report, service_id, self.words, number=number)

    def _command(self, typed: str, screen: FirstScreen, more: str = "") -> str:
        """A step's number or a letter. Raises InputProblems for anything else."""
        folded, last = typed.strip().casefold(), len(screen.numbered)
        letters = FIRST + WHOLE + PRINT + MESSAGE + CHANGE + ADD + MISSING + FIND + NOTE + NEXT + QUIT + HIDE + more
        if folded.isdigit():
            if 1 <= int(folded[:4]) <= last:
                return folded
            message = N_("there is no step {number}; the steps are 1–{last}")
            raise InputProblems([Problem(message, {"number": folded[:4], "last": last})])
        if len(folded) == 1 and folded in letters:
            return folded
        raise InputProblems(
            [Problem(N_("type the number of a step or one of: {letters}"), {"letters": " ".join(letters)})]
        )

    def _menu(self, screen: FirstScreen) -> object:
        _ = self.words.gettext
        options = (
            Option(WHOLE, _("Whole pathway"), key=WHOLE),
            Option(FIRST, _("First steps"), key=FIRST),
            Option(PRINT, _("Print or save"), key=PRINT),
            Option(MESSAGE, _("Message to a phone"), key=MESSAGE),
            Option(CHANGE, _("Change an answer"), key=CHANGE),
            Option(ADD, _("Add something the person has told you"), key=ADD),
            Option(MISSING, _("Why is a service missing?"), key=MISSING),
            Option(NOTE, _("Note of the visit for the register"), key=NOTE),
            Option(FIND, _("Find by a number, page, street or word"), key=FIND),
            Option(HIDE, _("Hide the screen"), key=HIDE),
            Option(NEXT, _("Next client (forgets this one)"), key=NEXT),
            Option(QUIT, _("Quit"), key=QUIT),
        )
        why = _("For details of a step, type its number.")
        reply = self.prompter.ask(Prompt(_("What next?"), "one", options, why=why, skippable=False))
        return FIRST if isinstance(reply, Signal) else reply

    def _leaves(self) -> bool:
        """Whether the worker is sure: the next client is the only thing that loses something."""
        _ = self.words.gettext
        options = (Option("stay", _("No, back"), key="n"), Option("go", _("Yes, next client"), key="k"))
        text = _("Next client: answers and screen will be cleared. Continue?")
        return self.prompter.ask(Prompt(text, "one", options, skippable=False)) == "go"

    def _missing(self, report: Report, screen: FirstScreen) -> None:
        """Why some service is not on the pathway: running ones first, ended ones last with what came after them."""
        shown = {self._named(report, name): name for name in screen.missing()}

        def complete(typed: str) -> list[str]:
            return [text for text in shown if fold(typed) in fold(text)]

        def read(typed: str) -> str:
            matches = complete(typed)
            exact = [text for text in matches if fold(text) == fold(typed)]
            if len(exact or matches) == 1:
                return shown[(exact or matches)[0]]
            none, many = N_("no service with this name here"), N_("several services match; type more of the name")
            raise InputProblems([Problem(many if matches else none)])

        text = self.words.gettext("Which service? Type part of its name.")
        reply = self.prompter.ask(Prompt(text, "text", read=read, complete=complete))
        if not isinstance(reply, Signal):
            service_id = read(str(reply))
            self._show(render_details(report, service_id, self.words))

    def _find(self, report: Report) -> None:
        """Which office a number, an address or a word of a letter belongs to, and what to do there."""
        _ = self.words.gettext
        text = _("What is in the client's hand? A phone number, page, e-mail, street, old name or word.")
        reply = self.prompter.ask(Prompt(text, "text", skippable=False))
        if isinstance(reply, Signal):
            return
        hits = Search(report.catalogue, report.as_of).find(str(reply))
        self._show(FoundPage(report.catalogue, self.words, report.as_of, places=report.places).page(hits))

    def _show(self, page: RenderableType) -> None:
        """A page that only leads back to the first steps."""
        hint = self.words.gettext("Enter = first steps ›")
        self.prompter.ask(Prompt(hint, "page", page=lambda _width, _height: page))

    def _hand(self, what: str) -> None:
        """Remember for the note what the client was handed."""
        self.handed += [what] if what else []

    def _named(self, report: Report, service_id: str) -> str:
        """A service's name with its first place, so that namesakes can be told apart."""
        service = report.catalogue.services[service_id]
        places = report.catalogue.facts.municipalities
        named = [self.words.pick(places[code].name) for code in service.area[:1] if code in places]
        return f"{self.words.pick(service.name)} ({named[0]})" if named else self.words.pick(service.name)
