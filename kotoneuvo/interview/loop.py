"""The course of an appointment: questions, review, pathway, menu, next client."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from kotoneuvo.advice.facts import fold
from kotoneuvo.advice.problems import N_, InputProblems, Problem
from kotoneuvo.advice.report import Report
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.advice.situation import SERVICE_LANGUAGE
from kotoneuvo.interview.ask import Asker
from kotoneuvo.interview.paper import Paper, print_handout
from kotoneuvo.interview.prompt import Option, Prompt, Prompter, Signal
from kotoneuvo.interview.session import Session
from kotoneuvo.words import Words


@dataclass(frozen=True)
class Desk:
    """What the interview needs of the world: showing and saving reports, done by the command line.

    `save` writes a report in a format ("text" or "json") to the named file and raises InputProblems if it cannot.
    """

    words: Words
    show: Callable[[Report], None]
    details: Callable[[Report, str], None]
    why_not: Callable[[Report, str], None]
    answers: Callable[[Report], list[tuple[str, str]]]
    contradictions: Callable[[Report], list[str]]
    save: Callable[[Report, str, str], None]
    paper: Paper


class Interview:
    """Runs appointments one after the other until the worker quits."""

    def __init__(self, catalogue: Catalogue, today: date, prompter: Prompter, desk: Desk) -> None:
        self.catalogue = catalogue
        self.today = today
        self.prompter = prompter
        self.desk = desk
        self.words = desk.words
        self.asker = Asker(catalogue.facts, desk.words)
        self.session = Session(catalogue, today)

    def run(self) -> None:
        """Until "quit". Ctrl-C at any prompt raises KeyboardInterrupt."""
        while True:
            self._questions()
            self._review()
            self._show()
            if not self._menu():
                return
            self.session = Session(self.catalogue, self.today)
            self.prompter.clear()

    def _show(self) -> None:
        self.prompter.page()
        self.desk.show(self.session.report())

    def _questions(self, floor: int = 0) -> bool:
        """Ask whatever can still change a result; False when somebody goes back behind the first `floor` answers."""
        while (name := self.session.next_question()) is not None:
            if not self._ask(name) and not self._back(floor):
                return False
        return True

    def _back(self, floor: int) -> bool:
        """Take the last answer back, unless it is one of the first `floor`."""
        if self.session.asked > floor:
            return self.session.back() is not None
        if not floor:
            self.prompter.say(self.words.gettext("This is the first question."))
        return not floor

    def _ask(self, name: str) -> bool:
        """Put a question and note the answer; False for "back"."""
        prompt = self.asker.prompt(name, self.session)
        reply = self.prompter.ask(replace(prompt, above=tuple(self._so_far())))
        if reply is Signal.BACK:
            return False
        self._note(name, reply)
        return True

    def _so_far(self) -> list[str]:
        """The answers in one paragraph, as they stand over the next question."""
        said = [text for _, text in self._with_skipped(self.desk.answers(self.session.report()))]
        return [" · ".join(said)] if said else []

    def _note(self, name: str, reply: object) -> None:
        """Note an answer or a skip, and say in a line how it was understood."""
        answer = None if isinstance(reply, Signal) else self.asker.answer(name, reply, self.session)
        self.session.answer(name, answer, None if isinstance(reply, Signal) else reply)
        report = self.session.report()
        self.prompter.echo(f"  {dict(self._with_skipped(self.desk.answers(report)))[name]}")
        for sentence in self.desk.contradictions(report):
            self.prompter.say(sentence)

    def _review(self, *, back_to_questions: bool = True) -> bool:
        """Show every answer; any can be changed, and things can be added that are never asked. False for "back"."""
        _ = self.words.gettext
        while True:
            answers = self.desk.answers(self.session.report())
            options = [Option("show", _("Show the pathway"))]
            options += [
                Option(name, _("Change: {answer}").format(answer=text)) for name, text in self._with_skipped(answers)
            ]
            options.append(Option("+", _("Add something the person has told")))
            reply = self.prompter.ask(Prompt(_("Are these right?"), "one", tuple(options), skippable=False))
            if reply == "show":
                return True
            if reply is Signal.BACK:
                if not back_to_questions:
                    return False
                self.session.back()
                self._questions()
            else:
                self._unless_left(self._add if reply == "+" else partial(self._change, str(reply)))

    def _unless_left(self, change: Callable[[], bool]) -> None:
        """Change something; whoever leaves without answering finds everything as it was."""
        kept = self.session.kept()
        if not change():
            self.session.restore(kept)

    def _with_skipped(self, answers: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """The answers in words, skipped questions among them."""
        said = dict(answers)
        skipped = self.words.gettext("not known")
        return [(name, said.get(name) or f"{self._label(name)}: {skipped}") for name in self.session.answers]

    def _label(self, name: str) -> str:
        _ = self.words.gettext
        named = {SERVICE_LANGUAGE: _("Languages"), "goals": _("Goals")}
        return named.get(name) or self.words.pick(self.catalogue.facts[name].label)

    def _change(self, name: str) -> bool:
        """Put one question again; what follows from the new answer is asked afterwards."""
        self.session.forget(name)
        floor = self.session.asked
        while self._ask(name):
            if self._questions(floor + 1):
                return True
            self.session.back()
        return False

    def _add(self) -> bool:
        """Facts that the interview does not ask for: noted only when the person tells them."""
        asked = self.session.answers
        names = [SERVICE_LANGUAGE, *self.catalogue.facts.facts]
        options = tuple(Option(name, self._label(name)) for name in names if name not in asked)
        name = self.prompter.ask(
            Prompt(self.words.gettext("What has the person told?"), "one", options, skippable=False)
        )
        return not isinstance(name, Signal) and self._ask(str(name))

    def _menu(self) -> bool:
        """After the pathway; True for the next client, False for quit."""
        _ = self.words.gettext
        options = (
            Option("details", _("Details and reasons of one service")),
            Option("why_not", _("Why not some other service?")),
            Option("change", _("Change an answer")),
            Option("handout", _("Print a handout for the client")),
            Option("text", _("Save as text")),
            Option("json", _("Save as JSON")),
            Option("next", _("Next client (forgets this one)")),
            Option("quit", _("Quit")),
        )
        while True:
            reply = self.prompter.ask(Prompt(_("What next?"), "one", options, skippable=False))
            if reply == "next":
                return True
            if reply == "quit":
                return False
            if reply == "details":
                self._one_service(self._on_pathway(), self.desk.details)
            elif reply == "why_not":
                self._one_service(self._off_pathway(), self.desk.why_not)
            elif reply == "handout":
                print_handout(self.session.report(), self.desk.paper, self.prompter, self.words)
            elif reply in ("text", "json"):
                self._save(str(reply))
            elif reply == "change" and self._review(back_to_questions=False):
                self._show()

    def _on_pathway(self) -> list[str]:
        return [name for stage in self.session.report().pathway for name in stage.services]

    def _off_pathway(self) -> list[str]:
        shown = set(self._on_pathway())
        return [name for name in self.catalogue.services if name not in shown]

    def _one_service(self, names: list[str], tell: Callable[[Report, str], None]) -> None:
        """Choose a service by typing part of its name, and tell about it."""
        shown = {self._service_name(name): name for name in names}
        folded = {fold(text): name for text, name in shown.items()}

        def complete(typed: str) -> list[str]:
            return [text for text in shown if fold(typed) in fold(text)]

        def read(typed: str) -> object:
            found = folded.get(fold(typed)) or shown.get(typed)
            matches = complete(typed)
            if found or len(matches) == 1:
                return found or shown[matches[0]]
            none, many = N_("no service of this name here"), N_("several services match; type more of the name")
            message = many if matches else none
            raise InputProblems([Problem(message)])

        text = self.words.gettext("Which service? Type part of its name.")
        reply = self.prompter.ask(Prompt(text, "text", read=read, complete=complete))
        if not isinstance(reply, Signal):
            self.prompter.page()
            tell(self.session.report(), str(read(str(reply))))

    def _service_name(self, name: str) -> str:
        service = self.catalogue.services[name]
        places = [
            self.words.pick(self.catalogue.facts.municipalities[code].name) for code in service.area[:1] if code != "FI"
        ]
        return f"{self.words.pick(service.name)} ({places[0]})" if places else self.words.pick(service.name)

    def _save(self, form: str) -> None:
        """Ask for a file name and write; what went wrong is said and the menu comes back."""
        text = self.words.gettext("File name (do not put the person's name in it)")
        reply = self.prompter.ask(Prompt(text, "text", read=str))
        if isinstance(reply, Signal):
            return
        try:
            self.desk.save(self.session.report(), form, str(reply))
        except InputProblems as error:
            for problem in error.problems:
                self.prompter.say(self.words.problem(problem))
        else:
            self.prompter.say(self.words.gettext("Saved: {file}").format(file=reply))
