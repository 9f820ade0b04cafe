"""`catalogue import-ptv` writes nothing that PTV does not say, and loses nothing without a word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from days import TODAY
from ptv_answers import (
    CHANNEL,
    ENTRY,
    SERVICE,
    channel,
    entries,
    hours,
    phone,
    run,
    service,
    street,
    text,
    write,
)

from kotoneuvo.advice.problems import fill
from kotoneuvo.catalogue.ptv.hours import hours_of
from kotoneuvo.catalogue.ptv.records import Records
from kotoneuvo.catalogue.ptv.texts import Notes

YEAR = TODAY.year
HOUSE = "Otavan Opisto / Otavia"
"""The name of the channel."""


def _one(tmp_path: Path, *records: object) -> tuple[dict[str, Any], str]:
    """The single entry of the records, and what was said beside it."""
    code, out, err = run(str(write(tmp_path / "in", *records)))
    assert code == 0, err
    (entry,) = entries(out)
    return entry, err


def _said(fieldname: str, message: str) -> str:
    return f"{ENTRY}: {fieldname}: {message}\n"


@pytest.mark.parametrize(
    ("given", "number"),
    [
        (phone("09 310 36107"), "+358 9 31036107"),
        (phone("0295 020 713", isFinnishServiceNumber=True), "0295 020 713"),
        (phone("040 123 4567", prefixNumber=None), "040 123 4567"),
        (phone("(09) 310-36107"), "+358 9 31036107"),
    ],
)
def test_numbers_that_can_be_dialled(given: object, number: str, tmp_path: Path) -> None:
    """With the prefix that PTV keeps apart; service numbers as they are."""
    entry, _ = _one(tmp_path, service(), channel(phoneNumbers=[given]))
    assert [each["phone"] for each in entry["contact"] if "phone" in each] == [number]


def test_letters_and_second_numbers_are_not_dialled(tmp_path: Path) -> None:
    """Written with words or with another number beside it, it is no number: said as PTV has it, once for all."""
    odd = ("310 36107 vaihde", "040 1234567 (Maija)", "09 310 36107 / 36108", "MIGRI", "1", "09/310 36107")
    given = [
        *map(phone, odd),
        phone("041 1234567"),
        {**phone("09 1234567"), "type": "Fax"},
        phone("1", prefixNumber="x"),
    ]
    entry, err = _one(tmp_path, service(), channel(phoneNumbers=given))
    assert [each["phone"] for each in entry["contact"] if "phone" in each] == ["+358 41 1234567"]
    assert _said("phone", "cannot be used as written; skipped: " + "; ".join(odd)) in err
    assert _said("phone", "not a number that can be called; skipped: Fax 09 1234567") in err


def test_what_is_said_of_a_number_comes_along(tmp_path: Path) -> None:
    """What it is for, what the call costs, and that it is for technical support."""
    given = [
        phone("041 1234567", additionalInformation="Neuvonta", chargeDescription="8 snt/puhelu"),
        phone("041 1234567", additionalInformation="Råd", language="sv"),
        phone("041 1234567", additionalInformation="Ráđđi", language="se"),
    ]
    support = [phone("042 1234567", additionalInformation="arkisin")]
    changes: dict[str, Any] = {"supportPhones": support, "supportEmails": [{"value": "tuki@x.fi", "language": "fi"}]}
    entry, err = _one(tmp_path, service(), channel(phoneNumbers=given, **changes))
    assert [each["name"] for each in entry["contact"] if "phone" in each] == [
        {"fi": f"{HOUSE}: Neuvonta, 8 snt/puhelu", "sv": "Råd"},
        {"fi": f"{HOUSE}: käyttötuki, arkisin", "sv": "användarstöd", "en": "user support"},
    ]
    mails = [(each["email"], each["name"]["sv"]) for each in entry["contact"] if "email" in each]
    assert mails == [("tuki@x.fi", "användarstöd")]
    assert _said("phone", "only in a language that is not read; skipped: se: Ráđđi") in err


def test_addresses_to_visit_and_for_post(tmp_path: Path) -> None:
    """With the floor; a place without a street in words; for post apart. What is no address is said."""
    box = {"postOfficeBox": text("PL 1"), "postalCode": "00101", "postOffice": text("HELSINKI")}
    other = {"additionalInformation": text("Rannalla"), "postalCode": "00100", "postOffice": text("HELSINKI")}
    given = [
        street("Katu", additionalInformation=text("3. krs")),
        {"type": "Postal", "subType": "PostOfficeBox", "postOfficeBoxAddress": box},
        {"type": "Location", "subType": "Other", "otherAddress": other},
        {"type": "Location", "subType": "Abroad", "locationAbroad": text("Tallinna", "en")},
        {"type": "Location", "subType": "Other", "otherAddress": {"latitude": "1", "postalCode": "00100"}},
        {"type": "Location", "subType": "NoAddress"},
    ]
    entry, err = _one(tmp_path, service(), channel(addresses=given))
    common = {"languages": ["fi", "en"], "ptv": "c1", "source": "ptv"}
    place = {"address": "Katu 9, 00100 Helsinki", "postal": "PL 1, 00101 Helsinki"}
    assert entry["contact"] == [
        {"name": {"fi": f"{HOUSE}: 3. krs"}, **place, **common},
        {"name": {"fi": HOUSE}, "address": {"fi": "Rannalla, 00100 Helsinki"}, **common},
        {"name": {"fi": HOUSE}, "address": {"en": "Tallinna"}, **common},
    ]
    assert _said("address", "cannot be used as written; skipped: 00100") in err
    assert "NoAddress" not in err


def _hours(*given: object) -> tuple[dict[str, Any], set[str]]:
    """What becomes of tables of v11, and what is said beside."""
    records, notes = Records(), Notes()
    records.add(channel(serviceHours=list(given)))
    found = hours_of([records.channels["c1"]], TODAY, notes)
    return found, {fill(each.message, each.details) for each in notes.problems(ENTRY)}


WEEK = [{"dayFrom": "Monday", "dayTo": "Thursday", "from": "09:00:00", "to": "15:00:00"},
        {"dayFrom": "Friday", "from": "09:00:00", "to": "12:00:00"},
        {"dayFrom": "Friday", "from": "13:00:00", "to": "15:00:00"}]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([hours(openingHour=WEEK)], {"hours": "Mo-Th 09:00-15:00, Fr 09:00-12:00, 13:00-15:00"}),
        ([hours(openingHour=[], additionalInformation=text("Soita ensin"))], {"hours": {"fi": "Soita ensin"}}),
        (
            [hours(validFrom=f"{YEAR}-01-01T00:00:00", validTo=f"{YEAR}-12-31T00:00:00")],
            {
                "hours": {
                    "fi": f"ma 08.00–16.00 (31.12.{YEAR} asti)",
                    "sv": f"mån 08.00–16.00 (till och med 31.12.{YEAR})",
                    "en": f"Mon 08.00–16.00 (until 31.12.{YEAR})",
                }
            },
        ),
        (
            [hours(openingHour=[], isAlwaysOpen=True, isReservation=True)],
            {
                "hours": {
                    "fi": "aina auki, ajanvarauksella",
                    "sv": "alltid öppet, med tidsbokning",
                    "en": "always open, by appointment",
                }
            },
        ),
        (
            [hours(), hours(isClosed=True, openingHour=[], validFrom=f"{YEAR}-12-24", validTo=f"{YEAR + 1}-01-06")],
            {
                "hours": "Mo 08:00-16:00",
                "exceptions": [{"from": f"{YEAR}-12-24", "until": f"{YEAR + 1}-01-06", "closed": True}],
            },
        ),
        (
            [hours(), hours(validFrom=f"{YEAR + 1}-06-01T00:00:00", validTo=f"{YEAR + 1}-08-31T00:00:00")],
            {
                "hours": "Mo 08:00-16:00",
                "exceptions": [{"from": f"{YEAR + 1}-06-01", "until": f"{YEAR + 1}-08-31", "hours": "Mo 08:00-16:00"}],
            },
        ),
        (
            [hours(serviceHourType="Exceptional", openingHour=[], validFrom=f"{YEAR}-12-24T00:00:00")],
            {"exceptions": [{"from": f"{YEAR}-12-24", "closed": True}]},
        ),
    ],
)
def test_hours(given: list[object], expected: dict[str, Any]) -> None:
    """Plain ones as a table, others in words; closures and what begins later with their dates."""
    assert _hours(*given) == (expected, set())


def test_hours_that_cannot_be_used_are_said() -> None:
    """As PTV has them; what is over too."""
    mondays = "monday 08:00–16:00"
    given = [
        hours(validTo=f"{YEAR - 1}-06-01T00:00:00"),
        hours(validFrom="soon"),
        hours(serviceHourType="OverMidnight"),
        hours(openingHour=[{"dayFrom": "Monday", "from": "8", "to": "16"}]),
        hours(openingHour=[{"dayFrom": "Someday"}]),
        hours(openingHour=[]),
    ]
    found, said = _hours(*given)
    weekly = "WeeklyDateRangeServiceHour"
    assert found == {}
    assert said == {
        f"not valid today; skipped: {weekly} –{YEAR - 1}-06-01 {mondays}",
        f"cannot be used as written; skipped: {weekly} soon– {mondays}; OverMidnight {mondays}; "
        f"{weekly} monday 8–16; {weekly} someday",
    }


def test_a_time_that_no_clock_shows_costs_the_hours_alone() -> None:
    """Written on they would have the catalogue check refuse the whole entry."""
    found, said = _hours(hours(openingHour=[{"dayFrom": "Monday", "from": "08:00", "to": "25:00"}]))
    assert found == {}
    assert said == {"cannot be used as written; skipped: WeeklyDateRangeServiceHour monday 08:00–25:00"}
    midnight = _hours(hours(openingHour=[{"dayFrom": "Monday", "from": "08:00", "to": "24:00"}]))
    assert midnight == ({"hours": "Mo 08:00-24:00"}, set())


def test_only_published_channels(tmp_path: Path) -> None:
    """Nothing of one that was deleted, and what the service says of it neither; one that was not read is said."""
    links = [{"serviceChannel": {"id": each, "name": each.upper()},
              "contactDetails": {"emails": [{"value": f"{each}@x.fi", "language": "fi"}]}}
             for each in ("c1", "c2", "c3")]  # fmt: skip
    deleted = channel(id="c2", publishingStatus="Deleted", phoneNumbers=[phone("041 1234567")])
    entry, err = _one(tmp_path, service(serviceChannels=links), channel(), deleted)
    assert not [each for each in entry["contact"] if "phone" in each]
    assert [each["email"] for each in entry["contact"] if "email" in each] == ["c1@x.fi", "c3@x.fi"]
    assert _said("channels", "not published; skipped: C2 c2") in err
    assert _said("channels", "not included in what was read, so its contacts are missing: C3 c3") in err


def test_bad_mails_and_pages_are_said(tmp_path: Path) -> None:
    """A page without its scheme is none: nobody knows which it has."""
    emails = [{"value": each, "language": "fi"} for each in ("a@x.fi", "soita", None)]
    pages = [{"url": each, "language": "fi"} for each in ("www.x.fi", "https://x.fi", "https://x.fi/" + "a" * 2000)]
    entry, err = _one(tmp_path, service(), channel(emails=emails, webPages=pages))
    assert [each["email"] for each in entry["contact"] if "email" in each] == ["a@x.fi"]
    assert [each["url"] for each in entry["contact"] if "url" in each] == ["https://x.fi"]
    assert _said("email", "cannot be used as written; skipped: soita") in err
    assert _said("url", "cannot be used as written; skipped: www.x.fi … (+1)") in err


def test_languages_areas_prices_and_long_texts(tmp_path: Path) -> None:
    """What is unknown is said and left out, the price comes in words, what is too long is cut and said."""
    areas = [{"type": "Municipality", "municipalities": [{"code": "092"}, {"code": "999"}]},
             {"type": "Province", "code": "01", "municipalities": []}]  # fmt: skip
    price = {"language": "fi", "type": "ChargeTypeAdditionalInfo", "value": "10 €"}
    given = service(
        languages=["fi", "zz", "smn"], areaType="LimitedType", areas=areas, serviceChargeType="Chargeable",
        serviceDescriptions=[*SERVICE["serviceDescriptions"], price], requirements=text("sana " * 500),
    )  # fmt: skip
    entry, err = _one(tmp_path, given, channel())
    assert entry["languages"]["codes"] == ["fi", "smn"]
    assert {"092", "091"} < set(entry["area"])
    assert entry["cost"] == {"text": {"fi": "10 €"}, "source": "ptv"}
    assert len(entry["unread"]["text"]["fi"]) <= 2000
    assert _said("languages", "unknown; skipped: zz") in err
    assert _said("area", "unknown; skipped: 999") in err
    assert f"{ENTRY}: unread: too long; shortened: Edellytykset PTV:n mukaan: sana" in err
    bare, _ = _one(tmp_path, service(serviceChargeType="Chargeable"), channel())
    assert bare["cost"]["text"]["sv"] == "avgiftsbelagd"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"areaType": "LimitedType", "areas": []}, "it has no known municipality"),
        ({"serviceNames": []}, "it has no name in Finnish, Swedish or English"),
        ({"serviceDescriptions": []}, "it has no summary and no description in Finnish, Swedish or English"),
        ({"modified": None}, "PTV does not say when it was last changed"),
        ({"modified": "soon"}, "PTV does not say when it was last changed"),
    ],
)
def test_an_entry_that_lacks_something_is_not_written(changes: dict[str, Any], words: str, tmp_path: Path) -> None:
    """Why is said; others are written, and alone it is an error."""
    lacking = service(id="x", **changes)
    code, out, err = run(str(write(tmp_path / "alone", lacking, channel())))
    assert (code, out) == (1, "")
    assert f": not written: {words}\n" in err
    assert err.endswith("nothing was written: no service here can be used\n")
    code, out, err = run(str(write(tmp_path / "beside", lacking, SERVICE, CHANNEL)))
    assert (code, [each["id"] for each in entries(out)]) == (0, [ENTRY])
    assert f": not written: {words}\n" in err


def test_what_the_check_refuses_is_not_written(tmp_path: Path) -> None:
    """Whatever else it is: the check says it in its own words."""
    code, out, err = run(str(write(tmp_path / "in", service(id="y" * 3000), SERVICE, CHANNEL)))
    assert (code, len(entries(out))) == (0, 1)
    assert "ptv-yyyyyyyyyyyy: not written: the catalogue check rejects it\n" in err
    assert "ptv-yyyyyyyyyyyy: sources.ptv.url: 3060 characters; the limit is 2000\n" in err


def test_ids_stay_apart(tmp_path: Path) -> None:
    """Two services whose PTV ids begin alike; one whose id is another's in small letters only is said."""
    given = [service(id=each) for each in ("123456789012-a", "123456789012-b", "123456789012-B")]
    code, out, err = run(str(write(tmp_path, *given, channel())))
    named = [each["id"] for each in entries(out)]
    assert (code, named) == (0, ["ptv-123456789012", "ptv-123456789012b"])
    assert "ptv-123456789012b: not written: another service has its id\n" in err


def test_drafts_and_other_classes_are_said(tmp_path: Path) -> None:
    """Which one is not published, and how many are of other classes."""
    given = [service(id="draft", publishingStatus="Draft"), service(id="other", serviceClasses=[{"code": "P6.8"}])]
    _, err = _one(tmp_path, SERVICE, CHANNEL, *given)
    assert "ptv-draft: not published; skipped: Draft\n" in err
    assert "not about integration; skipped: Nettilukio aikuisille\n" in err
    assert "3 services read, 1 of them not about integration, 1 entry written\n" in err


@pytest.mark.parametrize("order", [1, -1])
def test_of_one_id_the_later_changed_counts(order: int, tmp_path: Path) -> None:
    """In whatever order they are read; the same record twice is no loss."""
    old = service(modified="2019-01-01T00:00:00", languages=["sv"])
    entry, err = _one(tmp_path, *[old, SERVICE][::order], CHANNEL)
    assert entry["languages"]["codes"] == ["fi"]
    assert f"{SERVICE['id']}: read twice; the latest version counts\n" in err
    assert "twice" not in _one(tmp_path, SERVICE, SERVICE, CHANNEL)[1]


def test_other_files_of_ptv_are_passed_over(tmp_path: Path) -> None:
    """Organisations and collections in the folder, or in the list; a folder without a service is an error."""
    organization = {"id": "o", "organizationNames": []}
    folder = write(tmp_path / "in", [SERVICE, organization], CHANNEL, organization)
    code, out, err = run(str(folder))
    assert (code, len(entries(out))) == (0, 1)
    assert f"{folder / '2.json'}: this contains no service, channel or anything else of PTV\n" in err
    assert f"{folder / '0.json'}: not from PTV, or of a kind that is not read; skipped: 1\n" in err
    empty = write(tmp_path / "empty", CHANNEL, organization)
    code, out, err = run(str(empty))
    assert (code, out) == (1, "")
    assert f"{empty / '1.json'}: this contains no service, channel or anything else of PTV\n" in err
    assert err.endswith(f"{empty}: this contains no service of PTV\n")


def test_all_of_it_in_finnish_and_swedish(tmp_path: Path) -> None:
    """Nothing stays English."""
    given = service(languages=["zz"]), channel(phoneNumbers=[phone("vaihde")]), service(id="x", areaType=None)
    source = str(write(tmp_path, *given))
    _, _, finnish = run(source, lang="fi")
    assert f"{ENTRY}: phone: ei kelpaa sellaisena kuin se on kirjoitettu; ohitettu: vaihde\n" in finnish
    assert "ei kirjoitettu: sillä ei ole tunnettua kuntaa\n" in finnish
    assert "2 palvelua luettu, 1 kohta kirjoitettu\n" in finnish
    _, _, swedish = run(source, lang="sv")
    assert f"{ENTRY}: languages: okänt; överhoppat: zz\n" in swedish
    assert "2 tjänster lästa, 1 post skriven\n" in swedish
