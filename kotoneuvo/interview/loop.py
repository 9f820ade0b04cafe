"""The course of an appointment: questions, review, the pages of advice, next client."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from kotoneuvo.advice.advisor import Advisor
from kotoneuvo.advice.facts import Fact
from kotoneuvo.advice.problems import N_
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.interview.ask import Asker
from kotoneuvo.interview.course import FINNISH, SWEDISH, TOWN, Course, read_questions
from kotoneuvo.interview.one_line import OneLine
from kotoneuvo.interview.pages import Pages
from kotoneuvo.interview.paper import Files
from kotoneuvo.interview.prompt import Option, Prompter, Signal, Talk
from kotoneuvo.interview.session import Session
from kotoneuvo.render.report_words import ReportWords
from kotoneuvo.words import Words

_IN_THE_OPEN = N_(
    "What you type after the program's name is visible to others on this computer (ps) and may stay in the "
    "shell's history. Start the program without it and type the line at the first question."
)


class Interview:
    """Runs appointments one after the other until the worker quits."""

    def __init__(self, advisor: Advisor, prompter: Prompter, words: Words, files: Files) -> None:
        self.talk = Talk(prompter, words)
        self.prompter = prompter
        self.words = words
        self.facts = advisor.catalogue.facts
        self.advisor = advisor
        questions = read_questions(self.facts)
        self.asker = Asker(self.facts, questions.by_id, words)
        self.course = Course(self.facts, questions, swedish=words.language == "sv")
        self.files = files
        self.session = Session(advisor)
        level = SWEDISH if words.language == "sv" else FINNISH
        self.line = OneLine(self.asker, self.talk, advisor.day, level, questions.swedish_first)
        self._typed = ""

    def run(self, line: str = "") -> None:
        """Until "quit"; the first client's answers may stand in a `line`. Ctrl-C raises KeyboardInterrupt."""
        if line and self.line.sensitive(line):
            self.prompter.say(self.words.gettext(_IN_THE_OPEN))
        while True:
            if line:
                self._take(line)
                line = ""
            self._questions()
            self._review()
            change = partial(self._unless_left, partial(self._review, from_pages=True))
            add = partial(self._unless_left, self._add)
            if not Pages(self.session, self.talk, self.files, change, add, self._renew).run():
                return
            self.session, self._typed = Session(self.advisor), ""
            self.prompter.clear()

    def _renew(self, catalogue: Catalogue) -> None:
        """Go on with another catalogue, for this client and the next."""
        self.advisor = self.session.advisor = Advisor(catalogue, self.advisor.day)
        # The report of the catalogue before goes with it.
        self.session.restore(self.session.replies)

    def _questions(self, floor: int = 0) -> bool:
        """Ask what can change the page; False when somebody goes back behind the first `floor` replies."""
        while (name := self.course.next_question(self.session)) is not None:
            if not self._ask(name) and not self._back(floor):
                return False
        return True

    def _back(self, floor: int) -> bool:
        """Take the last reply back, unless it is one of the first `floor`."""
        if len(self.session.replies) > floor and self.session.back() is not None:
            return True
        if not floor and self._typed:
            self._forget_line()
        elif not floor:
            self.prompter.say(self.words.gettext("This is the first question."))
        return not floor

    def _ask(self, name: str, *, added: bool = False) -> bool:
        """Put a question and note the reply; False for "back"."""
        prompt = replace(self.asker.prompt(name, self.session), above=tuple(self._so_far()), hears=True)
        first = name == TOWN and self.session.last is None
        if first:
            hint = self.words.gettext("Or all in one line, in any order: turku 34 family ties a1.3 work")
            prompt = replace(prompt, read=self.line.check, why=hint)
        reply = self.prompter.ask(prompt)
        while reply is Signal.TOLD:
            self._hear()
            reply = self.prompter.ask(replace(prompt, above=tuple(self._so_far())))
        if reply is Signal.BACK:
            return False
        if first and isinstance(reply, str) and not self.asker.is_municipality(reply):
            self._take(reply)
            return True
        line = self.asker.line(name, reply)
        if line is not None and line.instead:
            return self._ask(line.instead)
        given = None if reply is Signal.SKIP else reply
        records, since = self.asker.records(name, given, self.session), self.asker.since(name, given, self.session)
        self.session.reply(name, given, records, added=added, since=since)
        self._echo(name)
        return True

    def _take(self, line: str) -> None:
        """Note what a line says; one that is not agreed to stands at the first question again."""
        if self.line.take(line, self.session):
            self._typed = line
            self._contradictions()
        else:
            self.session.suggest(TOWN, line)

    def _forget_line(self) -> None:
        """Back behind a line: it stands at the first question again. What was told of one's own accord stays."""
        told = tuple(each for each in self.session.replies if self._is_told(each.question))
        self.session.restore(told)
        self.session.suggest(TOWN, self._typed)
        self._typed = ""

    def _is_told(self, name: str) -> bool:
        return name in self.facts.facts and self.facts[name].asked == "told"

    def _so_far(self) -> list[str]:
        """The answers in one paragraph, as they stand over the next question."""
        said = [text for _, text in self.asker.review(self.session)]
        return [" · ".join(said)] if said else []

    def _echo(self, name: str) -> None:
        """Say in a line how a reply was understood, and what does not fit with it."""
        replied = next(each for each in self.session.replies if each.question == name)
        self.prompter.echo(f"  {self.asker.label(name)}: {self.asker.words_for(replied)}")
        self._contradictions()

    def _contradictions(self) -> None:
        for sentence in ReportWords(self.session.report(), self.words).contradictions():
            self.prompter.say(sentence)

    def _review(self, *, from_pages: bool = False) -> bool:
        """Show every answer; any can be changed, and things can be added that are never asked.

        Going back leads to the last question; `from_pages` it leads there again, without a change: then it is False.
        """
        _ = self.words.gettext
        while True:
            # Enter alone shows the first steps: most answers are right.
            options = [Option("show", _("Show the first steps"))]
            options += [
                Option(name, _("Change: {answer}").format(answer=text))
                for name, text in self.asker.review(self.session)
            ]
            options.append(Option("+", _("Add something the person has told you")))
            reply = self.talk.choose(_("Are these right?"), options)
            if reply == "show" or (reply is None and from_pages):
                return reply == "show"
            if reply is None:
                self.session.back()
                self._questions()
            else:
                self._unless_left(self._add if reply == "+" else partial(self._change, str(reply)))

    def _unless_left(self, change: Callable[[], bool]) -> None:
        """Change something; whoever leaves without answering finds everything as it was."""
        kept = self.session.replies
        if not change():
            self.session.restore(kept)

    def _change(self, name: str) -> bool:
        """Put one question again; what follows from the new answer is asked afterwards."""
        while self._ask(name):
            if self._questions(len(self.session.replies)):
                return True
        return False

    def _add(self) -> bool:
        """Facts that the interview does not ask for: noted only when the person tells them."""
        replied = self.session.replied
        left = [fact for name, fact in self.facts.facts.items() if name not in replied]
        left.sort(key=lambda fact: fact.asked != "told")  # what only the person can bring up comes first
        name = self._which_told(left)
        return name is not None and self._ask(name, added=True)

    def _hear(self) -> None:
        """Note what the person tells of the things that are never asked; leaving the list notes nothing."""
        name = self._which_told(fact for fact in self.facts.facts.values() if fact.asked == "told")
        if name is not None:
            self.session.reply(name, "yes", {name: frozenset({True})}, added=True)

    def _which_told(self, facts: Iterable[Fact]) -> str | None:
        text = self.words.gettext("What has the person told you?")
        name = self.talk.choose(text, [Option(fact.id, self.asker.label(fact.id)) for fact in facts])
        return None if name is None else str(name)
