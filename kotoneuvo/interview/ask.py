"""Turns questions into prompts, and replies into records and words."""

from __future__ import annotations

from collections.abc import Mapping

from kotoneuvo.advice.facts import NONE, Fact, FactBook, Value, Values, fold
from kotoneuvo.advice.problems import N_, InputProblems, Problem
from kotoneuvo.advice.situation import GOALS, SERVICE_LANGUAGE
from kotoneuvo.advice.values import read_values, started
from kotoneuvo.dates import Started
from kotoneuvo.intake.line import OFFERED_LANGUAGES
from kotoneuvo.interview.course import Question, QuestionLine
from kotoneuvo.interview.prompt import Option, Prompt
from kotoneuvo.interview.session import Answer, Replied, Session
from kotoneuvo.render.reasons import Reasons
from kotoneuvo.words import Words

_NOT_A_PERSONS_GOAL = "employer_services"
_LISTED = 8
"""How many municipalities are listed if a word may mean several."""


class Asker:
    """Makes the prompts for questions in one language, and reads the replies."""

    def __init__(self, facts: FactBook, questions: Mapping[str, Question], words: Words) -> None:
        self.facts = facts
        self.questions = questions
        self.words = words
        self.reasons = Reasons(facts, words)

    def prompt(self, name: str, session: Session) -> Prompt:
        """Return the prompt for a question of questions.toml, the goals, the person's languages, or a fact."""
        _, before = self.words.gettext, session.before(name)
        if name in self.questions:
            return self.prompt_of_lines(self.questions[name], before)
        if name == GOALS:
            goals = [goal for goal in self.facts.goals if goal != _NOT_A_PERSONS_GOAL]
            options = tuple(Option(goal, self.words.pick(self.facts.goals[goal])) for goal in goals)
            insist = _("Without a goal, only the nearest guidance is shown. Enter again = continue.")
            text = _("What does the person want? The most important first.")
            return Prompt(text, "several", options, before=before, ranked=True, insist=insist)
        if name == SERVICE_LANGUAGE:
            options = tuple(Option(code, self.words.language_name(code)) for code in OFFERED_LANGUAGES)
            text = _("Which languages does the person speak?")
            return Prompt(text, "several", options, before=before, ranked=True, unknown_first=True)
        return self._fact(self.facts[name], session, before)

    def line(self, name: str, reply: object) -> QuestionLine | None:
        """Return the line that was chosen, if the question is one of questions.toml."""
        return self.questions[name].lines[reply] if name in self.questions and isinstance(reply, int) else None

    def records(self, name: str, reply: object, session: Session) -> Mapping[str, Answer]:
        """Return what a reply records; nothing for "not known" (None). Raises InputProblems."""
        if reply is None:
            return {}
        line = self.line(name, reply)
        if line is not None:
            return line.records
        if name in (GOALS, SERVICE_LANGUAGE):
            return {name: tuple(map(str, reply if isinstance(reply, list) else ()))}
        if name == "municipality":
            return {name: self.read_municipality(str(reply))}
        return {name: read_values(self.facts[name], reply, session.advisor.day)}

    def since(self, name: str, reply: object, session: Session) -> Started:
        """Return when something began, if the reply to a fact's own question says so; else ()."""
        own = reply is not None and name in self.facts.facts
        return started(self.facts[name], reply, session.advisor.day) if own else ()

    def label(self, name: str) -> str:
        """Return the name of a question beside its answer."""
        _ = self.words.gettext
        if name in self.questions:
            return self.words.pick(self.questions[name].label)
        return {SERVICE_LANGUAGE: _("Languages"), GOALS: _("Goals")}.get(name) or self.reasons.label(name)

    def review(self, session: Session) -> list[tuple[str, str]]:
        """Return (question, "label: answer in words") for each reply."""
        answers: dict[str, list[str]] = {}
        for each in session.replies:
            # The residence status is asked in two steps, but shown as one answer.
            name = "status" if each.question.startswith("status_") else each.question
            if name == each.question or each.reply is not None:
                answers.setdefault(name, []).append(self.words_for(each))
        return [(name, f"{self.label(name)}: {' – '.join(parts)}") for name, parts in answers.items()]

    def words_for(self, replied: Replied) -> str:
        """Return a reply in words."""
        line = self.line(replied.question, replied.reply)
        if replied.reply is None:
            return self.words.gettext("not known")
        if line is not None:
            return self.words.pick(line.name)
        ((name, answer),) = replied.records.items()
        return self.answer(name, answer)

    def answer(self, name: str, answer: Answer) -> str:
        """Return the values of a fact in words; goals and languages with their rank."""
        if isinstance(answer, frozenset):
            return self.reasons.values(self.facts[name], answer)
        goals = name == GOALS
        names = [
            self.words.pick(self.facts.goals[each]) if goals else self.words.language_name(each) for each in answer
        ]
        return names[0] if len(names) == 1 else " · ".join(f"{rank} {name}" for rank, name in enumerate(names, 1))

    def prompt_of_lines(self, question: Question, before: object) -> Prompt:
        """Return the prompt for a question of questions.toml, on the line that was chosen `before`."""
        pick = self.words.pick
        options = tuple(
            Option(place, pick(line.name) + (f" · {pick(line.gloss)}" if line.gloss else ""), key=line.key)
            for place, line in enumerate(question.lines)
        )
        why = pick(question.hint) if question.hint else ""
        return Prompt(pick(question.ask), "one", options, why=why, before=before)

    def _fact(self, fact: Fact, session: Session, before: object) -> Prompt:
        text, why = self.words.pick(fact.question), self.words.pick(fact.why) if fact.why else ""
        if fact.kind == "municipality":
            insist = self.words.gettext(
                "Without a municipality, only nationwide services are shown. Enter again = not known."
            )
            read, complete = self.read_municipality, self._municipalities
            return Prompt(text, "text", why=why, read=read, complete=complete, insist=insist, before=before)
        if fact.kind in ("number", "years"):
            return Prompt(
                text, "text", why=why, read=lambda typed: read_values(fact, typed, session.advisor.day), before=before
            )
        if fact.kind == "several":
            bands = [Option(band, self.words.pick(fact.names[band])) for band in fact.bounds]
            none = Option(NONE, self.words.gettext("no children"), alone=True)
            return Prompt(text, "several", (*bands, none), why=why, before=before)
        return Prompt(text, "one", self._options(fact, session), why=why, before=before)

    def _options(self, fact: Fact, session: Session) -> tuple[Option, ...]:
        if fact.kind == "yes_no":
            return (Option("yes", self.words.gettext("yes")), Option("no", self.words.gettext("no")))
        possible = session.possible(fact.id)
        if fact.kind == "level" and len(possible) < len(fact.domain):
            return tuple(Option(value, str(value)) for value in fact.domain if value in possible)
        return tuple(Option(value, self.reasons.value(fact, value)) for value in fact.domain)

    def is_municipality(self, typed: str) -> bool:
        """Whether this names one municipality."""
        try:
            return bool(self.read_municipality(typed))
        except InputProblems:
            return False

    def read_municipality(self, typed: str) -> Values:
        """Read one municipality: its name, code, short name, former name, or the beginning of exactly one name.

        Raises InputProblems, also if it may be any of several, as each has its own offices.
        """
        fact = self.facts["municipality"]
        # Completion offers both names of a town: "Turku / Åbo".
        name = typed.split(" / ")[0]
        starting = frozenset[Value](
            code
            for code, text in fact.names.items()
            if any(fold(part).startswith(fold(name)) for part in text.values())
        )
        try:
            found = read_values(fact, name)
        except InputProblems:
            if len(starting) == 1:
                return starting
            if not 0 < len(starting) <= _LISTED:
                raise
            found = starting
        if found == fact.everything or fold(name) in {fold(part) for value in found for part in self._names(value)}:
            return found
        # A word read as the misspelt name of one town may be the beginning of another's.
        if len(found) == 1 and (found == starting or not starting or fold(name).isdigit()):
            return found
        several = self.words.listed([self._names(value)[0] for value in fact.in_order(found | starting)[:_LISTED]])
        message = N_("this could be any of these: {names}. Please type one of them")
        raise InputProblems([Problem(message, {"names": several})])

    def _names(self, code: Value) -> tuple[str, ...]:
        names = self.facts["municipality"].names.get(code, {})
        return tuple(dict.fromkeys((self.words.pick(names), *names.values()))) if names else (str(code),)

    def _municipalities(self, typed: str) -> list[str]:
        """Return both names of the municipalities that begin with what was typed, then of those that contain it."""
        fact, wanted = self.facts["municipality"], fold(typed)
        starts, contains = [], []
        for text in fact.names.values():
            shown = " / ".join(dict.fromkeys((text["fi"], text["sv"])))
            folded = [fold(part) for part in text.values()]
            if any(part.startswith(wanted) for part in folded):
                starts.append(shown)
            elif any(wanted in part for part in folded):
                contains.append(shown)
        return starts + contains
