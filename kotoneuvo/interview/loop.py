"""The interview: for each client questions, review and the pages of advice, then the next client."""

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

_VISIBLE_TO_OTHERS = N_(
    "What you type after the program's name is visible to others on this computer (ps) and may stay in the "
    "shell's history. Start the program without it and type the line at the first question."
)


class Interview:
    """Advises one client after the other until the worker quits."""

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
        # The line that the answers came from, which the first question shows again after going back.
        self._typed = ""

    def run(self, line: str = "") -> None:
        """Run until the worker quits; `line` may hold the first client's answers. Ctrl-C raises KeyboardInterrupt."""
        if line and self.line.sensitive(line):
            self.prompter.say(self.words.gettext(_VISIBLE_TO_OTHERS))
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
        """Continue with another catalogue, for this client and the next."""
        self.advisor = self.session.advisor = Advisor(catalogue, self.advisor.day)
        # Also drops the cached report, which was made from the old catalogue.
        self.session.restore(self.session.replies)

    def _questions(self, floor: int = 0) -> bool:
        """Ask what can change the advice; False if the worker goes back beyond the first `floor` replies."""
        while (name := self.course.next_question(self.session)) is not None:
            if not self._ask(name) and not self._back(floor):
                return False
        return True

    def _back(self, floor: int) -> bool:
        """Take back the last reply, unless it is one of the first `floor`; False if there is no way back."""
        if len(self.session.replies) > floor and self.session.back() is not None:
            return True
        if not floor and self._typed:
            self._forget_line()
        elif not floor:
            self.prompter.say(self.words.gettext("This is the first question."))
        return not floor

    def _ask(self, name: str, *, added: bool = False) -> bool:
        """Ask a question and note the reply; False for "back"."""
        prompt = replace(self.asker.prompt(name, self.session), above=tuple(self._so_far()), takes_told=True)
        first = name == TOWN and self.session.last is None
        if first:
            hint = self.words.gettext("Or all in one line, in any order: turku 34 family ties a1.3 work")
            prompt = replace(prompt, read=self.line.check, why=hint)
        reply = self.prompter.ask(prompt)
        while reply is Signal.TOLD:
            self._note_told()
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
        """Note the answers of a line; if the worker does not confirm it, the first question shows it again."""
        if self.line.take(line, self.session):
            self._typed = line
            self._contradictions()
        else:
            self.session.suggest(TOWN, line)

    def _forget_line(self) -> None:
        """Forget the answers of the line, which the first question then shows again; keep what the person told."""
        kept = tuple(each for each in self.session.replies if self._is_told(each.question))
        self.session.restore(kept)
        self.session.suggest(TOWN, self._typed)
        self._typed = ""

    def _is_told(self, name: str) -> bool:
        return name in self.facts.facts and self.facts[name].asked == "told"

    def _so_far(self) -> list[str]:
        """Return the answers in one paragraph, to be shown above the next question."""
        answers = [text for _, text in self.asker.review(self.session)]
        return [" · ".join(answers)] if answers else []

    def _echo(self, name: str) -> None:
        """Say how a reply was understood, and what contradicts it."""
        replied = next(each for each in self.session.replies if each.question == name)
        self.prompter.echo(f"  {self.asker.label(name)}: {self.asker.words_for(replied)}")
        self._contradictions()

    def _contradictions(self) -> None:
        for sentence in ReportWords(self.session.report(), self.words).contradictions():
            self.prompter.say(sentence)

    def _review(self, *, from_pages: bool = False) -> bool:
        """Show every answer, to be changed or added to; return True once the worker wants to see the first steps.

        Going back leads to the last question; `from_pages`, it returns False, and nothing is changed.
        """
        _ = self.words.gettext
        while True:
            # First, so that Enter alone shows the first steps, as most answers are right.
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
        """Change something, or restore everything if the worker leaves without answering (`change` returns False)."""
        kept = self.session.replies
        if not change():
            self.session.restore(kept)

    def _change(self, name: str) -> bool:
        """Ask one question again, then the questions that follow from the new answer; False if the worker leaves."""
        while self._ask(name):
            if self._questions(len(self.session.replies)):
                return True
        return False

    def _add(self) -> bool:
        """Add an answer to a question that was not asked; False if the worker leaves."""
        replied = self.session.replied
        left = [fact for name, fact in self.facts.facts.items() if name not in replied]
        left.sort(key=lambda fact: fact.asked != "told")  # first those that only the person brings up
        name = self._which_told(left)
        return name is not None and self._ask(name, added=True)

    def _note_told(self) -> None:
        """Note a fact that is never asked, once the person has told it; leaving the list notes nothing."""
        name = self._which_told(fact for fact in self.facts.facts.values() if fact.asked == "told")
        if name is not None:
            self.session.reply(name, "yes", {name: frozenset({True})}, added=True)

    def _which_told(self, facts: Iterable[Fact]) -> str | None:
        text = self.words.gettext("What has the person told you?")
        name = self.talk.choose(text, [Option(fact.id, self.asker.label(fact.id)) for fact in facts])
        return None if name is None else str(name)
