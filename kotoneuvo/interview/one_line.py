"""All answers of a client in one line, at the first question or behind the program's name: read, confirmed, noted."""

from __future__ import annotations

from datetime import date

from kotoneuvo.advice.facts import Values
from kotoneuvo.advice.problems import InputProblems, may_repeat
from kotoneuvo.advice.situation import WISHES, Situation
from kotoneuvo.dates import Started
from kotoneuvo.intake.line import LineReader
from kotoneuvo.intake.line_words import Meaning, Word
from kotoneuvo.interview.ask import Asker
from kotoneuvo.interview.prompt import Option, Talk
from kotoneuvo.interview.session import Answer, Session

_LEFT_OUT = "left out"


class OneLine:
    """Reads lines for one interview; asks about words with several meanings, and whether the line was read right."""

    def __init__(self, asker: Asker, talk: Talk, day: date, level: str, swedish_first: Values) -> None:
        self.asker = asker
        self.talk = talk
        self.words = asker.words
        self.reader = LineReader(asker.facts, day, level, swedish_first)

    def is_line(self, typed: str) -> bool:
        """Whether a text is more than the name of a municipality."""
        words = self.reader.read(typed)
        meant = {each.fact for word in words for each in word.meanings}
        return bool(meant - {"municipality"}) or (bool(meant) and len(words) > 1)

    def check(self, typed: str) -> None:
        """Raise InputProblems for a text that is neither a municipality nor a line of answers."""
        try:
            self.asker.read_municipality(typed)
        except InputProblems:
            if not self.is_line(typed):
                self._check_named(typed)
                raise

    def _check_named(self, typed: str) -> None:
        """Raise InputProblems for "status=nonsense", with the name of the fact and its allowed answers."""
        name, mark, answer = typed.partition("=")
        for fact in self.reader.headers.named(name) if mark else ():
            try:
                Situation.of(self.asker.facts, self.reader.today, **{fact: answer.strip()})
            except InputProblems as error:
                label = self.asker.label(fact)
                raise InputProblems([each._replace(where=label) for each in error.problems]) from None

    def sensitive(self, line: str) -> bool:
        """Whether a line contains an answer about a sensitive fact."""
        facts = {meaning.fact for word in self.reader.read(line) for meaning in word.meanings}
        return any(self.asker.facts[name].sensitive for name in facts - set(WISHES))

    def take(self, line: str, session: Session) -> bool:
        """Note all answers of a line once the worker has confirmed it; else note nothing and return False."""
        _ = self.words.gettext
        answers: dict[str, Answer] = {}
        since: dict[str, Started] = {}
        for word in self.reader.read(line):
            meaning = word.meanings[0] if len(word.meanings) == 1 else self._which(word, answers)
            if meaning is None:
                return False
            if isinstance(meaning, Meaning):
                # Two words about one fact narrow each other, so neither still says when it began.
                since[meaning.fact] = () if meaning.fact in answers else meaning.since
                answers[meaning.fact] = _together(answers.get(meaning.fact), meaning.answer)
        if not answers:
            self.talk.say(_("Nothing in the line is an answer."))
            return False
        no = _("No, change the line")
        if not self.talk.confirm(_("Is the line read correctly?"), no=no, why=self._said(answers), likely=True):
            return False
        for name, answer in answers.items():
            self._note(name, answer, since[name], session)
        return True

    def _which(self, word: Word, answers: dict[str, Answer]) -> object:
        """Ask what a word means; return the meaning, _LEFT_OUT, or None if the worker goes back."""
        _ = self.words.gettext
        text = _("“{word}” may mean several things. Which?") if word.meanings else _("“{word}” is not understood.")
        meant = word.meanings or word.near
        options = [Option(meaning, self._said({meaning.fact: meaning.answer})) for meaning in meant]
        options.append(Option(_LEFT_OUT, _("Leave it out")))
        # A word with many digits may be a person's number: it must not appear on the screen once more.
        shown = word.text if may_repeat(word.text) else "…"
        return self.talk.choose(text.format(word=shown), options, self._said(answers))

    def _said(self, answers: dict[str, Answer]) -> str:
        """Return answers in words, each with the name of its question."""
        return " · ".join(
            f"{self.asker.label(name)}: {self.asker.answer(name, answer)}" for name, answer in answers.items()
        )

    def _note(self, name: str, answer: Answer, since: Started, session: Session) -> None:
        """Note an answer as the reply to its question, so that this is not asked again."""
        if name == "status" and isinstance(answer, frozenset):
            self._note_status(answer, session)
            return
        reply: object = list(answer) if name in WISHES else self.asker.answer(name, answer)
        session.reply(_ASKED_BY.get(name, name), reply, {name: answer}, added=True, since=since)

    def _note_status(self, answer: Values, session: Session) -> None:
        """Note the lines of both steps that match the answer, as if they had been chosen; else the plain values."""
        first = self._place("status", answer)
        session.reply("status", self.asker.answer("status", answer) if first is None else first, {"status": answer},
                      added=True)  # fmt: skip
        opened = self.asker.questions["status"].lines[first].opens if first is not None else ""
        second = self._place(opened, answer) if opened else None
        if second is not None:
            session.reply(opened, second, {"status": answer}, added=True)

    def _place(self, question: str, answer: Values) -> int | None:
        lines = enumerate(self.asker.questions[question].lines)
        return next((place for place, line in lines if answer <= line.records["status"]), None)


_ASKED_BY = {"labour_status": "situation", "years_since_first_permit": "years", "has_municipality_of_residence": "home"}
"""The questions whose ids differ from the facts that they ask for."""


def _together(before: Answer | None, answer: Answer) -> Answer:
    """Combine two answers about one fact: wishes one after the other, values that both allow, else the later ones."""
    if isinstance(before, tuple) and isinstance(answer, tuple):
        return tuple(dict.fromkeys((*before, *answer)))
    if isinstance(before, frozenset) and isinstance(answer, frozenset):
        return before & answer or answer
    return answer
