"""The course of an appointment, with a person who answers from a script instead of a terminal."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from days import TODAY

from kotoneuvo.advice.problems import InputProblems, Problem
from kotoneuvo.advice.report import Report
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.interview.loop import Desk, Interview
from kotoneuvo.interview.paper import Order, Paper
from kotoneuvo.interview.prompt import Prompt, Signal
from kotoneuvo.interview.session import Session
from kotoneuvo.render.layout import Layout
from kotoneuvo.words import Words

WORDS = Words("en")


class Person:
    """Answers each prompt by the first rule whose words are in it; rules are used up in order, the rest is skipped."""

    def __init__(self, *rules: tuple[str, object]) -> None:
        self.rules = list(rules)
        self.asked: list[str] = []
        self.heard: list[str] = []
        self.cleared = 0
        self.pages = 0

    def ask(self, prompt: Prompt) -> object:
        self.asked.append(prompt.text)
        assert len(self.asked) < 100
        for rule in self.rules:
            words, answer = rule
            if words in prompt.text:
                self.rules.remove(rule)
                return self._chosen(prompt, answer)
        assert prompt.skippable, prompt.text
        return Signal.SKIP

    def _chosen(self, prompt: Prompt, answer: object) -> object:
        if isinstance(answer, Signal):
            return answer
        if prompt.kind == "text":
            if prompt.read is not None:
                prompt.read(str(answer))
            return str(answer)
        labels = {option.label: option.value for option in prompt.options}
        if prompt.kind == "several":
            assert isinstance(answer, list)
            return [labels[each] for each in answer]
        found = [value for label, value in labels.items() if str(answer) in label]
        assert found, (prompt.text, list(labels))
        return found[0]

    def say(self, text: str) -> None:
        self.heard.append(text)

    def echo(self, text: str) -> None:
        self.heard.append(text)

    def page(self) -> None:
        self.pages += 1

    def clear(self) -> None:
        self.cleared += 1


class Shown:
    """What the desk was shown and asked to save."""

    def __init__(self) -> None:
        self.reports: list[Report] = []
        self.details: list[str] = []
        self.why_not: list[str] = []
        self.saved: list[tuple[str, str]] = []
        self.orders: list[tuple[Order, str]] = []

    def write(self, _report: Report, order: Order, name: str) -> str:
        self.orders.append((order, name))
        return f"/desk/{name}"

    def save(self, report: Report, form: str, name: str) -> None:
        if name == "full":
            raise InputProblems([Problem("no room", where=name)])
        self.saved.append((form, name))


def interview(catalogue: Catalogue, *rules: tuple[str, object]) -> tuple[Person, Shown, Interview]:
    person, shown = Person(*rules), Shown()
    desk = Desk(
        words=WORDS,
        show=shown.reports.append,
        details=lambda _, service: shown.details.append(service),
        why_not=lambda _, service: shown.why_not.append(service),
        answers=lambda report: Layout(report, WORDS).answers(),
        contradictions=lambda report: list(Layout(report, WORDS).contradictions()),
        save=shown.save,
        paper=Paper(
            languages=lambda: [("so", "Soomaali")],
            steps=lambda _: [("kela", "Kela", True), ("riku", "RIKU", False)],
            write=shown.write,
        ),
    )
    run = Interview(catalogue, TODAY, person, desk)
    run.run()
    return person, shown, run


FINISH = (("Are these right", "Show the pathway"), ("What next", "Quit"))


def test_what_is_told_can_be_added_but_is_never_asked(catalogue: Catalogue) -> None:
    """A victim of trafficking is not asked about it; told, it brings the help onto the pathway."""
    opening = (("In which municipality", "Helsinki"), ("What does the person want", ["advice and guidance"]))
    person, shown, _ = interview(catalogue, *opening, *FINISH)
    assert not [text for text in person.asked if "trafficking" in text]
    assert "helsinki-ihmiskaupan-uhrit" not in on(shown.reports[0])
    told = (
        ("Are these right", "Add something"),
        ("What has the person told", "Victim of trafficking"),
        ("victim of human trafficking", "yes"),
    )
    _, shown, _ = interview(catalogue, *opening, *told, *FINISH)
    assert "helsinki-ihmiskaupan-uhrit" in on(shown.reports[0])


def on(report: Report) -> list[str]:
    return [name for stage in report.pathway for name in stage.services]


def test_languages_can_be_added(catalogue: Catalogue) -> None:
    """The person's languages rank the services and stand in the review."""
    rules = (
        ("Are these right", "Add something"),
        ("What has the person told", "Languages"),
        ("Which languages", ["Arabic", "English"]),
    )
    person, shown, _ = interview(catalogue, *rules, *FINISH)
    assert set(shown.reports[0].situation.service_language) == {"ar", "en"}
    assert any("Languages: " in text for text in person.heard)


def test_back_from_the_review_and_from_the_first_question(catalogue: Catalogue) -> None:
    """Back from the review puts the last question again; back from the first one says so."""
    rules = (
        ("In which municipality", Signal.BACK),
        ("In which municipality", "Oulu"),
        ("Are these right", Signal.BACK),
    )
    person, shown, _ = interview(catalogue, *rules, *FINISH)
    assert "This is the first question." in person.heard
    assert person.asked.count("Are these right?") == 2
    assert shown.reports[0].situation.known["municipality"] == {"564"}


def test_a_coarse_level_is_asked_finer_only_where_that_matters(catalogue: Catalogue) -> None:
    """B1 leaves the Kuopio evening courses open (they lead to B1.2): the sub-level is asked, and only those of B1."""
    rules = (
        ("In which municipality", "Kuopio"),
        ("What does the person want", ["Finnish or Swedish language"]),
        ("How much Finnish", "B1: "),
        ("How much Finnish", "B1.1"),
    )
    person, shown, _ = interview(catalogue, *rules, *FINISH)
    assert person.asked.count("How much Finnish does the person know?") == 2
    assert shown.reports[0].situation.known["finnish_level"] == {"B1.1"}


def test_contradictions_are_said_at_once(catalogue: Catalogue) -> None:
    """The worker hears it right after the answer that does not fit."""
    session = ("In which municipality", "Vantaa"), ("What does the person want", ["work"]), ("How old", "10")
    person, _, _ = interview(catalogue, *session, ("work situation", "pensioner"), *FINISH)
    assert any("does not fit with" in text for text in person.heard)


def test_the_menu(catalogue: Catalogue) -> None:
    """Details, why not, saving (and failing to), changing an answer: each leads back to the menu."""
    rules = (
        ("In which municipality", "Vantaa"),
        ("What does the person want", ["work"]),
        ("Are these right", "Show the pathway"),
        ("What next", "Details"),
        ("Which service", "infofinland"),
        ("What next", "Why not"),
        ("Which service", Signal.BACK),
        ("What next", "Save as text"),
        ("File name", "full"),
        ("What next", "Save as JSON"),
        ("File name", "a.json"),
        ("What next", "Save as JSON"),
        ("File name", Signal.SKIP),
        ("What next", "Change an answer"),
        ("Are these right", "Change: Municipality"),
        ("In which municipality", "Turku"),
        *FINISH,
    )
    person, shown, _ = interview(catalogue, *rules)
    assert shown.details == ["infofinland"]
    assert shown.saved == [("json", "a.json")]
    assert "full: no room" in person.heard
    assert [each.situation.known["municipality"] for each in shown.reports] == [{"092"}, {"853"}]


def test_the_next_client_starts_from_nothing(catalogue: Catalogue) -> None:
    """A new session, an empty screen, and no trace of the first client in the second report."""
    rules = (
        ("In which municipality", "Vantaa"),
        ("Are these right", "Show the pathway"),
        ("What next", "Next client"),
        ("In which municipality", "Oulu"),
        *FINISH,
    )
    person, shown, run = interview(catalogue, *rules)
    assert person.cleared == 1
    assert [each.situation.known["municipality"] for each in shown.reports] == [{"092"}, {"564"}]
    assert run.session.situation().known["municipality"] == {"564"}


@pytest.mark.parametrize(("typed", "said"), [("zzz", "no service of this name"), ("finland", "several services match")])
def test_names_that_are_not_clear(catalogue: Catalogue, typed: str, said: str) -> None:
    """A name that fits none or several is refused with the reason."""
    with pytest.raises(InputProblems) as caught:
        interview(
            catalogue,
            ("Are these right", "Show the pathway"),
            ("What next", "Details"),
            ("Which service", typed),
        )
    assert said in str(caught.value)


def questions(catalogue: Catalogue, **answers: object) -> Iterator[str]:
    session = Session(catalogue, TODAY)
    while (name := session.next_question()) is not None:
        yield name
        given = answers.get(name)
        session.answer(name, given)  # type: ignore[arg-type]


def test_a_question_that_cannot_change_anything_is_not_asked(catalogue: Catalogue) -> None:
    """Once an undocumented person's status is known, nothing about permits is asked any more."""
    known = {"municipality": frozenset({"710"}), "status": frozenset({"undocumented"})}
    asked = list(questions(catalogue, goals=("guidance",), **known))
    after = asked[asked.index("status") + 1 :]
    assert not {"has_residence_permit", "has_right_to_work", "years_since_first_permit"} & set(after)


def test_sensitive_questions_come_after_the_others(catalogue: Catalogue) -> None:
    """Among the questions that are open at the same time the sensitive ones come last."""
    session = Session(catalogue, TODAY)
    for name in ("municipality", "goals"):
        session.answer(name, None)
    order = [catalogue.facts[fact].sensitive for fact, _ in session.report().ask_next]
    assert order == sorted(order)
    assert True in order


def test_a_handout_is_ordered_from_the_menu(catalogue: Catalogue) -> None:
    """Language, steps, way and file are asked for; what is skipped keeps its ticks."""
    opening = (("In which municipality", "Vantaa"), ("What does the person want", ["work"]), FINISH[0])
    first = (("What next", "handout"), ("In which language", "Soomaali"), ("How?", "Save"), ("File name", "a.html"))
    second = (
        ("What next", "handout"), ("In which language", "Soomaali"), ("What goes on the paper", ["RIKU"]),
        ("How?", "two languages"), ("File name", "b.pdf"),
    )  # fmt: skip
    person, shown, _ = interview(catalogue, *opening, *first, FINISH[1])
    assert shown.orders == [(Order("so", frozenset({"kela"}), bilingual=False, show=False), "a.html")]
    assert "Saved: /desk/a.html" in person.heard
    _, shown, _ = interview(catalogue, *opening, *second, FINISH[1])
    assert shown.orders == [(Order("so", frozenset({"riku"}), bilingual=True, show=True), "b.pdf")]
