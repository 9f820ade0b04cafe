"""The pages of advice with their commands: first steps, whole pathway, details, paper, next client."""

from __future__ import annotations

from collections.abc import Callable

from rich.console import RenderableType
from rich.text import Text

from kotoneuvo.advice.facts import fold
from kotoneuvo.advice.problems import N_, InputProblems, Problem
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.catalogue.search import Search
from kotoneuvo.interview.after_call import after_call
from kotoneuvo.interview.paper import Files, hand_over, show_message
from kotoneuvo.interview.prompt import Option, Prompt, Signal, Talk, in_any_window
from kotoneuvo.interview.session import Session
from kotoneuvo.render.details import render_details
from kotoneuvo.render.first_screen import FirstScreen
from kotoneuvo.render.found import FoundPage
from kotoneuvo.render.note import write_note

_FIRST, _WHOLE, _PRINT, _MESSAGE, _CHANGE, _ADD = "a", "p", "t", "v", "m", "l"
_MISSING, _NOTE, _FIND, _HIDE, _NEXT, _QUIT = "x", "r", "f", "h", "s", "q"
_AFTER, _EARLIER, _CALLED = "n", "e", "o"
_MENU = {
    _WHOLE: N_("Whole pathway"),
    _FIRST: N_("First steps"),
    _PRINT: N_("Print or save"),
    _MESSAGE: N_("Message to a phone"),
    _CHANGE: N_("Change an answer"),
    _ADD: N_("Add something the person has told you"),
    _MISSING: N_("Why is a service missing?"),
    _NOTE: N_("Note of the visit for the register"),
    _FIND: N_("Find by a number, page, street or word"),
    _HIDE: N_("Hide the screen"),
    _NEXT: N_("Next client (forgets this one)"),
    _QUIT: N_("Quit"),
}
"""The commands. Their letters are the same in all languages, so that a worker who changes language need not relearn."""


class Pages:
    """Shows the advice once the questions are answered; every page leads back to the first steps."""

    def __init__(
        self,
        session: Session,
        talk: Talk,
        files: Files,
        change: Callable[[], None],
        add: Callable[[], None],
        renew: Callable[[Catalogue], None],
    ) -> None:
        """`change` and `add` change answers; `renew` continues with a catalogue that a correction has changed."""
        self.session = session
        self.talk = talk
        self.words = talk.words
        self.files = files
        self.renew = renew
        self.handed: list[str] = []
        self.acts = {
            _PRINT: self._print,
            _MESSAGE: lambda: self._hand(show_message(self.report, talk)),
            _CHANGE: change,
            _ADD: add,
            _MISSING: self._missing,
            _NOTE: lambda: talk.show(Text(self._note())),
            _FIND: self._find,
            _HIDE: self._hide,
        }
        """The commands that do something and then lead back to the first steps."""
        self._refresh()

    def run(self) -> bool:
        """Show pages until the worker leaves: True for the next client, False to quit."""
        command = _FIRST
        while True:
            if command == _QUIT or (command == _NEXT and self._leaves()):
                return command == _NEXT
            if command.isdigit():
                command = self._details(int(command))
            elif command == "":
                command = self._menu()
            else:
                if command in self.acts:
                    self.acts[command]()
                command = self._page(whole=command == _WHOLE)

    def _refresh(self) -> None:
        """Make report and screen again, as the answers or the catalogue may have changed."""
        self.report = self.session.report()
        spelled, now = self.talk.prompter.spelled, self.files.now()
        self.screen = FirstScreen(self.report, self.words, spelled=spelled, now=now)

    def _page(self, *, whole: bool) -> str:
        """Show the first steps or the whole pathway, and return the command that was typed."""
        _ = self.words.gettext
        self._refresh()
        if whole:
            return self._look_at(self.screen.whole, _("number = details · Enter = menu · a = first steps ›"))
        return self._look_at(self.screen.first, _("Enter = menu · number = details · p pathway · t print · m change ›"))

    def _details(self, number: int) -> str:
        """Show one service in full, then the next or previous one as asked, and return the command that leads on."""
        hint = self.words.gettext("n next · e previous · o contact right? · a first steps · Enter = menu ›")
        command = _AFTER
        while command in (_AFTER, _EARLIER):
            service_id = self.screen.numbered[number - 1]
            page = in_any_window(render_details(self.report, service_id, self.words, number=number))
            command = self._look_at(page, hint, _AFTER + _EARLIER + _CALLED)
            number = min(max(number + (1 if command == _AFTER else -1), 1), len(self.screen.numbered))
        if command == _CALLED:
            self._after_call(service_id)
            return _FIRST
        return command

    def _look_at(self, page: Callable[[int, int], RenderableType], hint: str, more: str = "") -> str:
        """Show a page and return the command typed below it: a usual one, or one of the letters in `more`."""
        prompt = Prompt(hint, "page", page=page, read=lambda typed: self._command(typed, more))
        reply = self.talk.prompter.ask(prompt)
        return _FIRST if isinstance(reply, Signal) else str(reply).casefold()

    def _command(self, typed: str, more: str) -> str:
        """Read a step's number or a letter. Raises InputProblems for anything else."""
        folded, last = typed.strip().casefold(), len(self.screen.numbered)
        if folded.isdigit():
            # Cut, as int() refuses thousands of digits.
            if 1 <= int(folded[:4]) <= last:
                return folded
            message = N_("there is no step {number}; the steps are 1–{last}")
            raise InputProblems([Problem(message, {"number": folded[:4], "last": last})])
        letters = (*_MENU, *more)
        if folded in letters:
            return folded
        raise InputProblems(
            [Problem(N_("type the number of a step or one of: {letters}"), {"letters": " ".join(letters)})]
        )

    def _menu(self) -> str:
        _ = self.words.gettext
        options = [Option(letter, _(label), key=letter) for letter, label in _MENU.items()]
        why = _("For details of a step, type its number.")
        return str(self.talk.choose(_("What next?"), options, why) or _FIRST)

    def _leaves(self) -> bool:
        # The only command that is confirmed, as it is the only one that loses something.
        _ = self.words.gettext
        text = _("Next client: answers and screen will be cleared. Continue?")
        return self.talk.confirm(text, yes=_("Yes, next client"), no=_("No, back"))

    def _after_call(self, service_id: str) -> None:
        """Record what a call or visit showed about a contact, and continue with the corrected catalogue."""
        found = after_call(self.report, service_id, self.files.now().date(), self.talk)
        if found is None:
            return
        try:
            path, catalogue = self.files.record(found)
        except InputProblems as error:
            self.talk.say_problems(error)
            return
        self.renew(catalogue)
        self.talk.say(self.words.gettext("✓ Noted in {file}").format(file=path))

    def _missing(self) -> None:
        """Show why a service is not on the pathway; the worker chooses it by name, running services first."""
        shown = {self._named(service_id): service_id for service_id in self.screen.missing()}

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
        service_id = self.talk.type(text, read, complete)
        if service_id is not None:
            self.talk.show(render_details(self.report, service_id, self.words))

    def _find(self) -> None:
        """Show which office a number, address or word belongs to, and what to do there."""
        _ = self.words.gettext
        text = _("What is in the client's hand? A phone number, page, e-mail, street, old name or word.")
        typed = self.talk.type(text)
        if typed is not None:
            catalogue, day = self.report.catalogue, self.report.as_of
            hits = Search(catalogue, day).find(typed)
            self.talk.show(FoundPage(catalogue, self.words, day, places=self.report.places).page(hits))

    def _hide(self) -> None:
        self.talk.prompter.clear()
        self.talk.prompter.ask(Prompt("kotoneuvo", "page", page=in_any_window("")))

    def _print(self) -> None:
        self._hand(hand_over(self.report, self.files, self.talk, self._note()))

    def _note(self) -> str:
        return write_note(self.report, self.words, self.handed)

    def _hand(self, what: str) -> None:
        self.handed += [what] if what else []

    def _named(self, service_id: str) -> str:
        """Return a service's name with its first municipality, as services may share a name."""
        service = self.report.catalogue.services[service_id]
        places = self.report.catalogue.facts.municipalities
        named = [self.words.pick(places[code].name) for code in service.area[:1] if code in places]
        return f"{self.words.pick(service.name)} ({named[0]})" if named else self.words.pick(service.name)
