"""The course of an appointment, with a person who answers from a script instead of a terminal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from days import TODAY

from kotoneuvo.advice.advisor import Advisor
from kotoneuvo.advice.problems import InputProblems, Problem
from kotoneuvo.advice.service import Catalogue
from kotoneuvo.catalogue.change import EntryChange
from kotoneuvo.catalogue.closed_lists import SPOKEN, TRIED
from kotoneuvo.interview.loop import Interview
from kotoneuvo.interview.prompt import Prompt, Signal
from kotoneuvo.render.terminal import to_text
from kotoneuvo.words import Words

WORDS = Words("en")
WIDTH, ROWS = 80, 24


class Person:
    """Answers each prompt by the first rule whose words are in it; rules are used up in order.

    What has no rule is not known; at the pages the `commands` are typed one after the other, "q" at last.
    """

    def __init__(self, rules: tuple[tuple[str, object], ...], commands: tuple[str, ...]) -> None:
        self.spelled = False
        self.rules = list(rules)
        self.commands = [*commands, "q"]
        self.asked: list[str] = []
        self.heard: list[str] = []
        self.pages: list[str] = []
        self.cleared = 0

    def ask(self, prompt: Prompt) -> object:
        if prompt.kind == "page":
            return self._look(prompt)
        self.asked.append(prompt.text)
        self.heard += [prompt.why] if prompt.why else []
        assert len(self.asked) < 100
        for rule in self.rules:
            words, answer = rule
            if words in prompt.text:
                self.rules.remove(rule)
                return self._chosen(prompt, answer)
        if "Are these right" in prompt.text:
            return "show"
        assert prompt.skippable, prompt.text
        return Signal.SKIP

    def _look(self, prompt: Prompt) -> object:
        assert prompt.page is not None
        self.pages.append(to_text(prompt.page(WIDTH, ROWS)))
        typed = self.commands.pop(0)
        if typed == "Esc":
            return Signal.BACK
        if typed and prompt.read is not None:
            prompt.read(typed)
        return typed

    def _chosen(self, prompt: Prompt, answer: object) -> object:
        if isinstance(answer, Signal):
            return answer
        if prompt.kind == "text":
            if prompt.read is not None:
                prompt.read(str(answer))
            return str(answer)
        labels = {option.label: option.value for option in prompt.options if not option.closed}
        if prompt.kind == "several":
            assert isinstance(answer, list)
            return [next(value for label, value in labels.items() if str(each) in label) for each in answer]
        found = [value for label, value in labels.items() if str(answer) in label]
        assert found, (prompt.text, list(labels))
        return found[0]

    def say(self, text: str) -> None:
        self.heard.append(text)

    def echo(self, text: str) -> None:
        self.heard.append(text)

    def clear(self) -> None:
        self.cleared += 1


class Written:
    """What the interview wrote."""

    def __init__(self) -> None:
        self.files: list[tuple[str, str]] = []
        self.found: list[EntryChange] = []
        self.catalogue: Catalogue | None = None
        self.opened: list[str] = []

    def missing(self, form: str) -> str:
        return "not installed" if form == "pdf" else ""

    def free_name(self, form: str) -> str:
        return f"kotoneuvo-1.{form}"

    def check(self, name: str) -> None:
        if name.startswith("taken"):
            raise InputProblems([Problem("the file already exists; choose another name", where=name)])

    def write(self, payload: str | bytes, name: str) -> str:
        if name == "full.html":
            raise InputProblems([Problem("no room", where=name)])
        self.files.append((name, str(payload)))
        return f"/desk/{name}"

    def record(self, change: EntryChange) -> tuple[str, Catalogue]:
        if self.catalogue is None:
            raise InputProblems([Problem("the file cannot be written")])
        self.found.append(change)
        return "/desk/own.toml", self.catalogue

    def now(self) -> datetime:
        return datetime(2026, 12, 1, 12)

    def open(self, path: str) -> None:
        self.opened.append(path)


@pytest.fixture(scope="module")
def advisor(catalogue: Catalogue) -> Advisor:
    return Advisor(catalogue, TODAY)


def interview(
    advisor: Advisor, *rules: tuple[str, object], commands: tuple[str, ...] = ()
) -> tuple[Person, Written, Interview]:
    person, written = Person(rules, commands), Written()
    run = Interview(advisor, person, WORDS, written)
    run.run()
    return person, written, run


VANTAA = (("In which municipality", "Vantaa"), ("What does the person want", ["work"]))


def test_what_is_told_can_be_added_but_is_never_asked(advisor: Advisor) -> None:
    """A victim of trafficking is not asked about it; told, it brings the help onto the page."""
    opening = (("In which municipality", "Helsinki"), ("What does the person want", ["advice and guidance"]))
    person, _, run = interview(advisor, *opening)
    assert not [text for text in person.asked if "trafficking" in text or "violence" in text]
    before = run.session.report()
    told = (("What has the person told", "Victim of trafficking"), ("victim of human trafficking", "yes"))
    person, _, run = interview(advisor, *opening, *told, commands=("l",))
    after = run.session.report()
    assert run.session.possible("trafficking_victim") == {True}
    assert [step.service_id for step in before.first_steps] != [step.service_id for step in after.first_steps]
    assert person.pages[0] != person.pages[1]


def test_a_mark_in_any_question_lets_the_person_tell(advisor: Advisor) -> None:
    """ "!" opens what is never asked; the question comes again, and going back later does not take it away."""
    rules = (
        ("In which municipality", "Helsinki"),
        ("What does the person want", Signal.TOLD),
        ("What has the person told", "violence"),
        ("What does the person want", Signal.BACK),
        ("In which municipality", Signal.TOLD),
        ("What has the person told", Signal.BACK),
        ("In which municipality", "Vantaa"),
        ("What does the person want", ["work"]),
    )
    person, _, run = interview(advisor, *rules)
    assert run.session.possible("violence") == {True}
    assert run.session.possible("municipality") == {"092"}
    for text, (words, _) in zip(person.asked[: len(rules)], rules, strict=True):
        assert words in text


def test_back_from_the_review_leaves_what_was_added(advisor: Advisor) -> None:
    rules = (
        *VANTAA,
        ("Are these right", "Add something"),
        ("What has the person told", "Highly skilled"),
        ("highly educated", "yes"),
        ("Are these right", Signal.BACK),
    )
    _, _, run = interview(advisor, *rules)
    assert run.session.possible("highly_skilled") == {True}


def test_leaving_an_addition_or_a_change_changes_nothing(advisor: Advisor) -> None:
    """From the page of first steps, at every depth."""
    leave = (
        ("What has the person told", Signal.BACK),
        ("What has the person told", "Highly skilled"),
        ("highly educated", Signal.BACK),
        ("Are these right", "Show the first"),
        ("Are these right", Signal.BACK),
        ("Are these right", "Change: Goals"),
        ("What does the person want", Signal.BACK),
        ("Are these right", Signal.BACK),
    )
    person, _, _ = interview(advisor, *VANTAA, *leave, commands=("l", "l", "m", "m"))
    assert len(person.pages) == 5
    assert len(set(person.pages)) == 1


def test_a_changed_status_takes_what_followed_from_it_away(advisor: Advisor) -> None:
    """The second step belongs to the first; the other answers and their order stay."""
    rules = (
        *VANTAA,
        ("Which residence permit", "Family ties"),
        ("Why is the family member", "Asylum"),
        ("Are these right", "Change: Residence status"),
        ("Which residence permit", "Studies"),
        ("Which permit", "Researcher"),
    )
    _, _, run = interview(advisor, *rules)
    assert run.session.possible("status") == {"researcher"}
    assert list(run.session.replied)[:4] == ["municipality", "goals", "service_language", "status"]
    assert "status_family" not in run.session.replied


def test_back_in_the_second_step_leads_to_the_first_with_its_old_line(advisor: Advisor) -> None:
    """And back from the review puts the last question again; back from the first question says so."""
    rules = (
        ("In which municipality", Signal.BACK),
        *VANTAA,
        ("Which residence permit", "No permit now"),
        ("What is the situation now", Signal.BACK),
        ("Which residence permit", "Permanent"),
        ("Are these right", Signal.BACK),
    )
    person, _, run = interview(advisor, *rules)
    assert "This is the first question." in person.heard
    assert run.session.possible("status") == {"permanent_p", "p_eu"}
    assert run.session.before("status_no_permit") is None
    assert person.asked.count("Are these right?") == 2


def test_another_language_can_be_asked_about_instead(advisor: Advisor) -> None:
    """ "Swedish: ask about Swedish" records nothing of Finnish."""
    rules = (
        ("In which municipality", "Turku"),
        ("What does the person want", ["language"]),
        ("How much Finnish", "Swedish: ask"),
        ("How much Swedish", "Basics"),
    )
    _, _, run = interview(advisor, *rules)
    assert run.session.possible("swedish_level") == {"A1.1", "A1.2", "A1.3"}
    assert "finnish_level" not in run.session.replied


def test_contradictions_are_said_at_once(advisor: Advisor) -> None:
    """The worker hears it right after the answer that does not fit."""
    rules = (*VANTAA, ("What is the person's situation", "Under 18"), ("How old", "10"))
    told = (("What has the person told", "Work situation"), ("work situation", "pensioner"))
    person, _, _ = interview(advisor, *rules, *told, commands=("l",))
    assert any("contradicts" in text for text in person.heard)


def test_numbers_are_the_same_on_every_page(advisor: Advisor) -> None:
    """The first screen, the whole pathway and the details; n and e go to the neighbours, Esc to the first steps."""
    person, _, run = interview(advisor, *VANTAA, commands=("p", "2", "n", "e", "Esc"))
    first, whole, two, three, again, back = person.pages
    catalogue = run.advisor.catalogue
    named = [WORDS.pick(catalogue.services[step.service_id].name) for step in run.session.report().first_steps]
    assert [f"{place} " in whole and name[:20] in whole for place, name in enumerate(named, 1)]
    assert named[1].split(" (")[0][:25] in " ".join(two.split())
    assert named[2].split(" (")[0][:25] in " ".join(three.split())
    assert again == two
    assert back == first


@pytest.mark.parametrize("typed", ["99", "0", "z", "pp", "12345678901"])
def test_what_is_no_command_is_refused(advisor: Advisor, typed: str) -> None:
    with pytest.raises(InputProblems) as caught:
        interview(advisor, *VANTAA, commands=(typed,))
    assert "step" in str(caught.value)


def test_the_next_client_is_asked_about_and_starts_from_nothing(advisor: Advisor) -> None:
    """ "No" leads back to the first steps; "yes" to an empty screen and a new session."""
    rules = (*VANTAA, ("Next client:", "No"), ("Next client:", "Yes"), ("In which municipality", "Oulu"))
    person, _, run = interview(advisor, *rules, commands=("s", "s"))
    assert person.cleared == 1
    assert person.pages[0] == person.pages[1]
    assert run.session.possible("municipality") == {"564"}
    assert run.session.goals == ()


def test_the_menu_leads_to_every_command(advisor: Advisor) -> None:
    """By its lines; Esc leads back to the first steps."""
    rules = (*VANTAA, ("What next", "Whole pathway"), ("What next", Signal.BACK), ("What next", "Quit"))
    person, _, _ = interview(advisor, *rules, commands=("", "", ""))
    assert person.pages[1].startswith("Whole pathway")
    assert person.pages[2] == person.pages[0]


def test_why_a_service_is_missing(advisor: Advisor) -> None:
    """By part of its name, namesakes apart; running ones are offered before ended ones."""
    name = advisor.catalogue.services["oulu-villa-victor"].name["en"]
    rules = (*VANTAA, ("Which service", f"{name} (Oulu)"), ("Which service", Signal.BACK))
    person, _, _ = interview(advisor, *rules, commands=("x", "", "x"))
    assert "cannot be changed by the person" in person.pages[1]
    for typed, said in (("zzz", "no service with this name"), ("a", "several services match")):
        with pytest.raises(InputProblems) as caught:
            interview(advisor, *VANTAA, ("Which service", typed), commands=("x",))
        assert said in str(caught.value)


def test_the_paper_is_in_the_workers_language_where_the_clients_is_not_known(advisor: Advisor) -> None:
    """Enter alone takes the first line: never a language of which nobody knows whether the client reads it."""

    class Swift(Person):
        def ask(self, prompt: Prompt) -> object:
            first = "In which language" in prompt.text
            return prompt.options[0].value if first else super().ask(prompt)

    for spoken, first in (((), "en"), ((("Which languages", ["Somali"]),), "so")):
        rules = (*VANTAA, *spoken, ("Print or save", "for browser"), ("What goes on", ["Vamos"]), ("Open it now", "No"))
        person, written = Swift(rules, ("t",)), Written()
        Interview(advisor, person, WORDS, written).run()
        ((_, page),) = written.files
        assert f'<html lang="{first}"' in page


def test_a_paper_is_ordered(advisor: Advisor) -> None:
    """Form, language, steps; the name is given; what is skipped keeps its ticks; opened when wanted."""
    paper = (("Print or save", "for browser and printer"), ("In which language", "Somali · Soomaali"))
    ticks = ("What goes on the handout", ["Vamos"])
    rules = (
        *VANTAA,
        *paper,
        ticks,
        ("Open it now", "Yes"),
        *paper,
        ("What goes on the handout", ["Startup Refugees"]),
        ("Open it", "No"),
    )
    person, written, _ = interview(advisor, *rules, commands=("t", "t"))
    pages = [page for _, page in written.files]
    assert all('<html lang="so"' in page for page in pages)
    assert ["Vamos" in page for page in pages] == [True, False]
    assert ["Startup Refugees" in page for page in pages] == [False, True]
    assert written.opened == ["/desk/kotoneuvo-1.html"]
    assert person.heard.count("✓ Saved: /desk/kotoneuvo-1.html") == 2


def test_a_message_is_in_the_clients_language(advisor: Advisor) -> None:
    """With its length, and with a word where nobody has checked it."""
    person, _, _ = interview(advisor, *VANTAA, ("Which languages", ["Somali"]), commands=("v", ""))
    assert person.pages[1].startswith("Somali · ")
    assert "Machine translation; nobody has checked it." in " ".join(person.pages[1].split())
    assert person.pages[2] == person.pages[0]


def test_the_clients_language_comes_first_on_paper(advisor: Advisor) -> None:
    """Alone and with the worker's beside it."""
    rules = (
        *VANTAA,
        ("Which languages", ["Somali"]),
        ("Print or save", "for browser and printer"),
        ("In which language", "with my language beside it"),
        ("What goes on the handout", ["Vamos"]),
        ("Open it now", "No"),
    )
    _, written, _ = interview(advisor, *rules, commands=("t",))
    ((_, page),) = written.files
    assert '<html lang="so"' in page
    assert "Tallaabooyinkaaga ugu horreeya" in page
    assert "Your first steps" in page


@pytest.mark.parametrize(("typed", "name"), [("mine", "mine.html"), ("mine.json", "mine.json"), ("a.b", "a.b.html")])
def test_a_name_of_ones_own_gets_an_ending(advisor: Advisor, typed: str, name: str) -> None:
    rules = (
        *VANTAA, ("Print or save", "Another file name"), ("File name", typed), ("In which language", "English"),
        ("What goes on the handout", ["Vamos"]), ("Open it now", "No"),
    )  # fmt: skip
    _, written, _ = interview(advisor, *rules, commands=("t",))
    assert [each for each, _ in written.files] == [name]


def test_what_cannot_be_is_said_before_the_questions_about_it(advisor: Advisor) -> None:
    """A missing package closes its line, a taken name is refused where it is typed; a failure is said at the page."""
    rules = (*VANTAA, ("Print or save", "Another file name"), ("File name", "taken"))
    with pytest.raises(InputProblems, match="already exists"):
        interview(advisor, *rules, commands=("t",))
    with pytest.raises(AssertionError, match="Print or save"):
        interview(advisor, *VANTAA, ("Print or save", "as PDF"), commands=("t",))
    failing = (
        *VANTAA, ("Print or save", "Another file name"), ("File name", "full"), ("In which language", "English"),
        ("What goes on the handout", ["Vamos"]),
    )  # fmt: skip
    person, _, _ = interview(advisor, *failing, commands=("t",))
    assert "full.html: no room" in person.heard


def test_escape_anywhere_in_printing_writes_nothing(advisor: Advisor, tmp_path: Path) -> None:
    steps = (
        ("Print or save", "for browser and printer"),
        ("In which language", "English"),
        ("What goes on the handout", ["Vamos"]),
    )
    for place in range(len(steps)):
        rules = (*steps[:place], (steps[place][0], Signal.BACK))
        person, written, _ = interview(advisor, *VANTAA, *rules, commands=("t",))
        assert not written.files
        assert not [text for text in person.heard if "Saved" in text]


LINE = ("In which municipality", "turku 34 family ties a1.3 work")


def test_a_line_at_the_first_question_answers_the_others(advisor: Advisor) -> None:
    """It is echoed in full; what it says is not asked again, what it leaves open is."""
    person, _, run = interview(advisor, LINE, ("Is the line read correctly", "Yes"))
    situation = run.session.situation()
    assert situation.known["municipality"] == {"853"}
    assert situation.known["age"] == {34}
    assert situation.known["status"] == {"family_ties"}
    assert situation.goals == ("work",)
    assert not [text for text in person.asked if "residence permit" in text or "What does the person want" in text]
    assert [text for text in person.asked if "How long since the first permit" in text]
    assert [text for text in person.asked if "What is the person's situation" in text]
    said = "Municipality: Turku · Age: 34 · Residence status: Family ties · Finnish: A1.3 · Goals: work"
    assert said in person.heard


@pytest.mark.parametrize("month", ["2024-05", "5/2024", "5.2024"])
def test_a_month_in_a_line_says_the_day_on_which_the_answer_changes(advisor: Advisor, month: str) -> None:
    """However it is written, as exactly as in a file of answers."""
    line = ("In which municipality", f"turku 34 family ties a1.3 work {month}")
    _, _, run = interview(advisor, line, ("Is the line read correctly", "Yes"))
    (begun,) = run.session.situation().since["years_since_first_permit"]
    assert (begun.first, begun.last) == (date(2024, 5, 1), date(2024, 5, 31))


def test_a_line_that_is_not_agreed_to_notes_nothing(advisor: Advisor) -> None:
    """It stands at the first question again; going back from the next question leads there too."""
    refused = (LINE, ("Is the line read correctly", "No"), ("In which municipality", "Vantaa"))
    _, _, run = interview(advisor, *refused)
    assert set(run.session.situation().known) == {"municipality"}
    back = (LINE, ("Is the line read correctly", "Yes"), ("Which languages", Signal.BACK))
    person, _, run = interview(advisor, *back, ("In which municipality", "Oulu"))
    assert run.session.situation().known == {"municipality": frozenset({"564"})}
    assert sum("In which municipality" in text for text in person.asked) == 2


def test_a_doubtful_word_is_asked_back(advisor: Advisor) -> None:
    """Its meanings are offered, and it can be left out; a code of identity is not repeated."""
    rules = (
        ("In which municipality", "turku work 010190-123A"),
        ("“work” may mean several things", "Goals: work"),
        ("“…” is not understood", "Leave it out"),
        ("Is the line read correctly", "Yes"),
    )
    person, _, run = interview(advisor, *rules)
    assert run.session.situation().goals == ("work",)
    assert "010190" not in "".join((*person.asked, *person.heard))


def test_a_permit_in_a_line_is_narrowed_down_where_that_counts(advisor: Advisor) -> None:
    """A word for several permits is a line of the first step; the question behind it narrows it."""
    _, _, run = interview(
        advisor,
        ("In which municipality", "Tampere temporary protection 40"),
        ("Is the line read correctly", "Yes"),
        ("Does the person have a municipality of residence", "Yes, DVV"),
    )
    assert run.session.possible("status") == {"temporary_protection_municipality"}


def test_a_line_behind_the_programs_name_is_warned_of(advisor: Advisor) -> None:
    """Once, and only where an answer is nobody else's business."""
    for line, warned in (("turku 34", 0), ("turku 34 asylum seeker", 1)):
        person = Person((("Is the line read correctly", "Yes"),), ())
        Interview(advisor, person, WORDS, Written()).run(line)
        assert sum("visible to others" in text for text in person.heard) == warned


def test_what_is_in_the_clients_hand_is_looked_up_from_the_pages(advisor: Advisor) -> None:
    """Which office, what it is, what to do; then the first steps again."""
    person, _, _ = interview(advisor, *VANTAA, ("What is in the client's hand", "116 006"), commands=("f", "", "a"))
    assert "Victim Support" in person.pages[1]
    assert "116 006" in person.pages[1]
    assert person.pages[2] == person.pages[0]


def test_the_note_of_the_visit_names_what_was_handed_over(advisor: Advisor) -> None:
    """On the screen by its key, as a file from the print menu; the next client's begins anew."""
    paper = (("Print or save: what", "for browser and printer"), ("In which language", "Soomaali"),
             ("What goes on the handout", ["Vamos"]), ("Open it now", "No"))  # fmt: skip
    to_file = (("Print or save: what", "Note of the visit"),)
    person, written, _ = interview(advisor, *VANTAA, *paper, *to_file, commands=("r", "", "t", "r", "", "t"))
    first, last = (page for page in person.pages if "Advice given on" in page)
    assert "Handed over" not in first
    assert "Handed over: a handout in Somali." in last
    assert [name for name, text in written.files if "Handed over: a handout in Somali." in text] == ["kotoneuvo-1.txt"]


CALLED = (("In which municipality", "Helsinki"), ("What does the person want", ["legal help"]))


def called(advisor: Advisor, catalogue: Catalogue | None, *rules: tuple[str, object]) -> tuple[Person, Written]:
    """An appointment in which the worker calls the office of the first step and notes what that showed."""
    person, written = Person((*CALLED, *rules), ("1", "o", "a")), Written()
    written.catalogue = catalogue
    Interview(advisor, person, WORDS, written).run()
    return person, written


def test_one_key_after_the_call(advisor: Advisor, catalogue: Catalogue) -> None:
    """Right, gone or changed: each names the contact, the day and how one knows, and nothing of the client."""
    found = {}
    for answer in ("It is right", "It no longer exists"):
        _, written = called(advisor, catalogue, ("What did you find out", answer))
        (found[answer],) = written.found
    right, gone = found.values()
    assert right.entry == gone.entry
    assert right.part == gone.part != ""
    assert (right.gone, right.values, right.evidence.day) == (False, {}, date(2026, 12, 1))
    assert (gone.gone, gone.evidence.said) == (True, TRIED)
    assert right.evidence.url or right.evidence.said in SPOKEN
    left, written = called(advisor, catalogue, ("What did you find out", Signal.BACK))
    assert not written.found
    assert left.pages[0] == left.pages[-1]


def test_a_catalogue_that_cannot_be_written_says_so(advisor: Advisor) -> None:
    """And the first steps come back."""
    person, written = called(advisor, None, ("What did you find out", "It is right"))
    assert "the file cannot be written" in person.heard
    assert not written.found


def test_what_a_call_showed_counts_at_once(advisor: Advisor, catalogue: Catalogue) -> None:
    """The first steps that come next are those of the catalogue as it is then."""
    first = interview(advisor, *CALLED)[2].session.report().first_steps[0].service_id
    others = {name: each for name, each in catalogue.services.items() if name != first}
    person, _ = called(advisor, replace(catalogue, services=others), ("What did you find out", "It no longer exists"))
    assert person.pages[0] != person.pages[-1]
    assert "✓ Noted in /desk/own.toml" in person.heard
