"""Facts turned into prompts."""

from __future__ import annotations

from kotoneuvo.advice.facts import NONE, Fact, FactBook, Value, Values, fold
from kotoneuvo.advice.problems import N_, InputProblems, Problem
from kotoneuvo.advice.situation import GOALS, SERVICE_LANGUAGE
from kotoneuvo.advice.values import read_values
from kotoneuvo.interview.prompt import Option, Prompt
from kotoneuvo.interview.session import Answer, Session
from kotoneuvo.words import Words

_NOT_A_PERSONS_GOAL = "employer_services"
_OFFERED_LANGUAGES = (
    "fi",
    "sv",
    "en",
    "ru",
    "uk",
    "et",
    "ar",
    "fa",
    "so",
    "ku",
    "zh",
    "sq",
    "vi",
    "th",
    "tr",
    "es",
    "fr",
)
_LISTED = 8
"""How many names are listed where a word may mean several."""


class Asker:
    """Makes the prompt for a fact in one language, and reads what comes back."""

    def __init__(self, facts: FactBook, words: Words) -> None:
        self.facts = facts
        self.words = words

    def prompt(self, name: str, session: Session) -> Prompt:
        """The prompt for a fact, for the goals or for the person's languages."""
        before = session.before(name)
        if name == GOALS:
            goals = [goal for goal in self.facts.goals if goal != _NOT_A_PERSONS_GOAL]
            options = tuple(Option(goal, self.words.pick(self.facts.goals[goal])) for goal in goals)
            text = self.words.gettext("What does the person want? The most important first.")
            return Prompt(text, "several", options, before=before, ranked=True)
        if name == SERVICE_LANGUAGE:
            options = tuple(Option(code, self.words.language_name(code)) for code in _OFFERED_LANGUAGES)
            text = self.words.gettext("Which languages does the person speak?")
            return Prompt(text, "several", options, before=before, ranked=True)
        fact = self.facts[name]
        text, why = self.words.pick(fact.question), self.words.pick(fact.why) if fact.why else ""
        if fact.kind == "municipality":
            insist = self.words.gettext(
                "Without the municipality the pathway holds only nationwide services. Enter once more = not known."
            )
            read, complete = self._read_municipality, self._municipalities
            return Prompt(text, "text", why=why, read=read, complete=complete, insist=insist, before=before)
        if fact.kind in ("number", "years"):
            return Prompt(text, "text", why=why, read=lambda typed: self._read(fact, typed, session), before=before)
        if fact.kind == "several":
            bands = [Option(band, self.words.pick(fact.names[band])) for band in fact.bounds]
            none = Option(NONE, self.words.gettext("no children"), alone=True)
            return Prompt(text, "several", (*bands, none), why=why, before=before)
        return Prompt(text, "one", self._options(fact, session), why=why, before=before)

    def answer(self, name: str, reply: object, session: Session) -> Answer:
        """A reply as an answer to note."""
        if name in (GOALS, SERVICE_LANGUAGE):
            return tuple(str(each) for each in reply) if isinstance(reply, list) else None
        if self.facts[name].kind == "municipality":
            return self._read_municipality(str(reply))
        return read_values(self.facts[name], reply, session.today)

    def _options(self, fact: Fact, session: Session) -> tuple[Option, ...]:
        if fact.kind == "yes_no":
            return (Option(True, self.words.gettext("yes")), Option(False, self.words.gettext("no")))
        if fact.kind == "level":
            return self._levels(fact, session)
        return tuple(Option(value, self.words.pick(fact.names[value])) for value in fact.domain)

    def _levels(self, fact: Fact, session: Session) -> tuple[Option, ...]:
        """Whole CEFR levels at first; asked again, the steps inside the level that was given."""
        held = session.situation().known.get(fact.id)
        if held:
            return tuple(Option(value, str(value)) for value in fact.domain if value in held)
        described = {
            "A1": self.words.gettext("A1: a few words and phrases"),
            "A2": self.words.gettext("A2: simple everyday talk"),
            "B1": self.words.gettext("B1: manages everyday matters"),
            "B2": self.words.gettext("B2: talks fluently on many subjects"),
            "C1": self.words.gettext("C1: skilled"),
            "C2": self.words.gettext("C2: like a native speaker"),
        }
        none: Value = fact.domain[0]
        options = [Option(none, self.words.pick(fact.names[none]))]
        return (*options, *(Option(level, text) for level, text in described.items()))

    def _read(self, fact: Fact, typed: str, session: Session) -> Answer:
        return read_values(fact, typed, session.today)

    def _read_municipality(self, typed: str) -> Values:
        """One municipality: by name, code, short name, former name, or the start of exactly one name.

        Raises InputProblems, also for what may be any of several: each has its own offices.
        """
        fact = self.facts["municipality"]
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
            raise
        if found == fact.everything or fold(name) in {fold(part) for value in found for part in self._names(value)}:
            return found
        if len(found) == 1 and (found == starting or not starting or fold(name).isdigit()):
            return found
        several = self.words.listed([self._names(value)[0] for value in fact.in_order(found | starting)[:_LISTED]])
        message = N_("this may be any of several: {names}. Please type one of them")
        raise InputProblems([Problem(message, {"names": several})])

    def _names(self, code: Value) -> tuple[str, ...]:
        names = self.facts["municipality"].names.get(code, {})
        return tuple(dict.fromkeys((self.words.pick(names), *names.values()))) if names else (str(code),)

    def _municipalities(self, typed: str) -> list[str]:
        """Both names of every municipality that starts with, or else contains, what was typed."""
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
