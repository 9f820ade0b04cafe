"""Whatever PTV says: what is written passes the check, and no contact is lost without a word."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from advice_strategies import FACTS
from days import TODAY
from hypothesis import given
from hypothesis import strategies as st
from ptv_answers import channel, hours, phone, service, street

from kotoneuvo.catalogue.check import check_catalogue
from kotoneuvo.catalogue.overlays import CatalogueFile
from kotoneuvo.catalogue.ptv.entries import ReadDates, drafts
from kotoneuvo.catalogue.ptv.merge import valid_entries
from kotoneuvo.catalogue.ptv.records import Records
from kotoneuvo.cli.catalogue_register import as_toml

ODD: st.SearchStrategy[Any] = (
    st.none() | st.booleans() | st.integers() | st.just([]) | st.just({}) | st.just([None]) | st.text(max_size=12)
)
"""What may stand anywhere in an answer that is not as it should be."""
WORDS = st.sampled_from(["Neuvonta", "x" * 3000, "\u202eoikea", "\x1b[2J", " ", "a\nb", "\ud800", "الخدمة", "ä" * 300])
LANGUAGE = st.sampled_from(["fi", "sv", "en", "se"]) | ODD
DAY = st.sampled_from(["2026-01-01T00:00:00", "2027-06-01", "2026-12-31T00:00:00", "1999", "2026-13-01"]) | ODD
NUMBERS = ["09 310 36107", "310 36107 vaihde", "040 1 / 2", "112", "0295 020 713", "+358 40 1234567", "٠٤٠١٢٣٤٥٦٧"]
MAILS = ["a@x.fi", "soita", "a@x", "a b@x.fi", "a@x.fi, b@x.fi"]
PAGES = ["https://x.fi", "www.x.fi", "http://[::1", "https://x.fi/a b", "mailto:a@x.fi"]


def texts(words: st.SearchStrategy[Any] = WORDS | ODD) -> st.SearchStrategy[list[Any]]:
    kinds = st.sampled_from(["Name", "Summary", "Description", "ChargeTypeAdditionalInfo"]) | ODD
    return st.lists(st.fixed_dictionaries({"language": LANGUAGE, "value": words}, optional={"type": kinds}), max_size=3)


def odd_service() -> st.SearchStrategy[dict[str, Any]]:
    """What differs from the real service."""
    towns = st.lists(st.fixed_dictionaries({"code": st.sampled_from(["092", "999"]) | ODD}), max_size=2)
    kinds = st.sampled_from(["Municipality", "Province"]) | ODD
    area = st.fixed_dictionaries(
        {"type": kinds}, optional={"code": st.sampled_from(["092", "01"]) | ODD, "municipalities": towns}
    )
    ids = st.sampled_from(["3668d250", "3668d250-a", "", "\x1b/..", "y" * 2500])
    named = st.fixed_dictionaries({"organization": st.fixed_dictionaries({"name": WORDS | ODD})})
    changes = {
        "serviceNames": texts(),
        "serviceDescriptions": texts(),
        "requirements": texts() | ODD,
        "areas": st.lists(area, max_size=2) | ODD,
        "areaType": st.sampled_from(["Nationwide", "LimitedType", "NationwideExceptAlandIslands"]) | ODD,
        "modified": DAY,
        "languages": st.lists(st.sampled_from(["fi", "zz", "smn"]) | ODD, max_size=3) | ODD,
        "publishingStatus": st.just("Draft") | ODD,
        "serviceChargeType": st.sampled_from(["FreeOfCharge", "Chargeable"]) | ODD,
        "organizations": st.lists(named, max_size=2),
    }
    return st.fixed_dictionaries({"id": ids}, optional=changes)


def odd_channel() -> st.SearchStrategy[dict[str, Any]]:
    """The contacts of the channel."""
    more = {"prefixNumber": st.just("+999") | ODD, "language": LANGUAGE, "isFinnishServiceNumber": st.booleans()}
    more |= {"type": ODD, "additionalInformation": WORDS | ODD}
    numbers = st.builds(
        lambda number, changes: phone(number, **changes),
        st.sampled_from(NUMBERS) | ODD,
        st.fixed_dictionaries({}, optional=more),
    )
    kinds = {"type": st.just("Postal") | ODD, "otherAddress": ODD, "locationAbroad": texts()}
    places = st.builds(
        lambda name, changes: {**street("Katu", street=name), **changes},
        texts(),
        st.fixed_dictionaries({}, optional=kinds),
    )
    times = {"validFrom": DAY, "validTo": DAY, "isClosed": ODD, "isReservation": ODD, "serviceHourType": ODD}
    times |= {"additionalInformation": texts(), "openingHour": ODD}
    opened = st.builds(lambda changes: hours(**changes), st.fixed_dictionaries({}, optional=times))
    return st.fixed_dictionaries({
        "phoneNumbers": st.lists(numbers, max_size=4),
        "emails": st.lists(st.fixed_dictionaries({"value": st.sampled_from(MAILS) | ODD}), max_size=3),
        "webPages": st.lists(st.fixed_dictionaries({"url": st.sampled_from(PAGES) | ODD}), max_size=3),
        "addresses": st.lists(places, max_size=3) | ODD,
        "serviceHours": st.lists(opened, max_size=3) | ODD,
    })  # fmt: skip


def _records(services: list[dict[str, Any]], contacts: dict[str, Any]) -> Records:
    """No service twice: what is said of that is another matter."""
    records = Records()
    for record in (*(service(**changes) for changes in services), channel(**contacts)):
        records.add(record)
    return records


@given(st.lists(odd_service(), min_size=1, max_size=3, unique_by=lambda each: each["id"]), odd_channel())
def test_what_is_written_passes_the_check(services: list[dict[str, Any]], contacts: dict[str, Any]) -> None:
    """As a file, by the check itself; and each service is written, or it is said why it is not."""
    records = _records(services, contacts)
    draft = drafts(records, FACTS, ReadDates(TODAY))
    entries, problems = valid_entries(draft.entries, FACTS, TODAY)
    file = CatalogueFile(Path("ptv.toml"), tomllib.loads(as_toml(entries)))
    assert check_catalogue([file], FACTS, TODAY).errors == ()
    kept_back = [each for each in draft.problems if each.message.startswith("not written") or not each.fieldname]
    refused = {each.entry for each in problems if each.message.startswith("not written")}
    assert len(entries) + len(kept_back) + len(refused) == len(records.services)
    assert {each["id"] for each in entries}.isdisjoint(refused)


@given(odd_channel())
def test_no_contact_is_lost_without_a_word(contacts: dict[str, Any]) -> None:
    """Each number, address and page is in the entry as it was, or it is said."""
    draft = drafts(_records([{}], contacts), FACTS, ReadDates(TODAY))
    (entry,) = draft.entries
    said = "\n".join(str(each.details["found"]) for each in draft.problems)
    points = entry.get("contact", ())
    written = [each[key] for each in points for key in ("email", "url") if key in each]
    for value in [each["value"] for each in contacts["emails"]] + [each["url"] for each in contacts["webPages"]]:
        if isinstance(value, str) and value in (*MAILS, *PAGES):
            assert value in written or value in said
    digits = ["".join(filter(str.isdigit, each["phone"])) for each in points if "phone" in each]
    for each in contacts["phoneNumbers"]:
        if each["number"] in NUMBERS:
            own = "".join(filter(str.isdigit, each["number"]))
            assert any(number.endswith(own.removeprefix("0")) for number in digits) or each["number"] in said


def test_the_file_is_toml_that_reads_back() -> None:
    """A person goes on with it: what was meant stands there."""
    records = _records([{}], {"phoneNumbers": [phone("041 1234567")]})
    entries = drafts(records, FACTS, ReadDates(TODAY)).entries
    assert tomllib.loads(as_toml(entries)) == {"catalogue": {"name": "PTV"}, "service": entries}
