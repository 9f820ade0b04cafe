"""`catalogue import-ptv`: real answers and skeletons of PTV v11, and records of v12, from files."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest
from days import TODAY
from ptv_answers import CHANNEL, FOLDER, SERVICE, entries, run, write
from ptv_v12 import LIFE_EVENT, PLACE, connection, hours, office, service

from kotoneuvo.catalogue.check import check_files
from kotoneuvo.catalogue.load import load_catalogue
from kotoneuvo.catalogue.ptv.hours import hours_of
from kotoneuvo.catalogue.ptv.records import Records
from kotoneuvo.catalogue.ptv.texts import Notes
from kotoneuvo.words import Words


def test_real_answers_become_an_overlay(tmp_path: Path) -> None:
    """Names, area, contacts, hours, languages and day come over; requirements as unread, never as a criterion."""
    code, out, err = run(str(write(tmp_path, SERVICE, CHANNEL)))
    assert code == 0
    assert "1 service read, 1 entry written" in err
    (entry,) = entries(out)
    assert entry["name"]["fi"] == "Nettilukio aikuisille"
    assert entry["area"] == ["FI"]
    assert entry["languages"]["codes"] == ["fi"]
    assert entry["assured"] == entry["sources"]["ptv"]["date"] == "2020-04-22"
    assert entry["cost"]["free"] is True
    assert "vähintään 18" in entry["unread"]["text"]["fi"]
    assert "eligibility" not in entry
    contacts = entry["contact"]
    (place,) = [each for each in contacts if "address" in each]
    number, house = CHANNEL["id"], "Otavan Opisto / Otavia"
    assert place == {
        "name": {"fi": house},
        "address": "Otavantie 2 B, 50670 Otava",
        "url": "http://www.otavanopisto.fi/",
        "hours": "Mo-Fr 08:00-16:00",
        "languages": ["fi", "en"],
        "ptv": number,
        "source": "ptv",
    }
    call = next(each for each in contacts if "phone" in each)
    assert (call["phone"].replace(" ", ""), call["name"]) == ("+358447943552", {"fi": f"{house}: Opintoasiainvastaava"})
    assert "info@otavia.fi" in [each.get("email") for each in contacts]


def test_the_overlay_is_a_catalogue(tmp_path: Path) -> None:
    """What is written passes the check and can be laid over the bundled catalogue."""
    file = tmp_path / "ptv.toml"
    source = tmp_path / "in"
    source.mkdir()
    assert run(str(write(source, SERVICE, CHANNEL)), "--output", str(file))[0] == 0
    assert check_files([file], TODAY).errors == ()
    (added,) = set(load_catalogue(overlays=[file]).services) - set(load_catalogue().services)
    assert added.startswith("ptv-3668d250")


def test_only_published_services_of_integration(tmp_path: Path) -> None:
    """Other classes and what is not published stay out; a page of services is read like a single one."""
    other, draft = deepcopy(SERVICE), deepcopy(SERVICE)
    other["id"], other["serviceClasses"] = "other", [{"code": "P6.8"}]
    draft["id"], draft["publishingStatus"] = "draft", "Draft"
    code, out, err = run(str(write(tmp_path, {"pageNumber": 1, "itemList": [SERVICE, other, draft]})))
    assert (code, len(entries(out))) == (0, 1)
    assert "3 services read" in err


def test_every_field_of_the_skeleton_and_none(tmp_path: Path) -> None:
    """With every field set it is read, what the fields hold is said to be unknown; with every field null too."""
    skeleton = json.loads((FOLDER / "skeleton_V11VmOpenApiService.json").read_text(encoding="utf-8"))
    channel = json.loads((FOLDER / "skeleton_V11VmOpenApiServiceLocationChannel.json").read_text(encoding="utf-8"))
    for record in (skeleton, dict.fromkeys(skeleton)):
        whole = {**record, "id": skeleton["id"], "serviceClasses": [{"code": "P22.1"}], "publishingStatus": "Published"}
        whole["serviceNames"] = [{"language": "fi", "value": "Neuvonta", "type": "Name"}]
        code, out, err = run(str(write(tmp_path, whole, channel)))
        assert (code, out) == (1, "")
        assert "ptv-3fa85f645717: not written: it has no known municipality" in err
        whole["areaType"], whole["modified"] = "Nationwide", "2026-02-06T10:55:23.538Z"
        whole["serviceDescriptions"] = [{"language": "fi", "value": "Neuvoo.", "type": "Summary"}]
        code, out, _ = run(str(write(tmp_path, whole, channel)))
        assert (code, entries(out)[0]["name"]) == (0, {"fi": "Neuvonta"})


@pytest.mark.parametrize(
    ("text", "words"), [("{", ["valid JSON"]), ('{"a": 1}', ["anything else of PTV"]), ("[]", ["anything else"])]
)
def test_files_that_are_not_of_ptv(tmp_path: Path, text: str, words: list[str]) -> None:
    """What cannot be read is named; nothing is written."""
    file = tmp_path / "x.json"
    file.write_text(text, encoding="utf-8")
    code, out, err = run(str(file))
    assert (code, out) == (1, "")
    assert all(word in err for word in [*words, "x.json"])
    assert run(str(tmp_path / "none.json"))[0] == 1
    assert run()[0] == 2


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("<p>Tarjoamme <b>ohjausta</b>.</p><p>Lue <a href='https://x.fi'>lisää</a>&nbsp;&amp; tule</p>",
         "Tarjoamme ohjausta. Lue lisää & tule"),
        ("## Hae\n\n- Varaa **aika**\n- Ota [lomake](https://x.fi)\n\nTule.", "Hae Varaa aika; Ota lomake Tule."),
        ("3. krs", "3. krs"),
        ("Hinta 5 * 2 €, a_b_c@x.fi, <https://x.fi>", "Hinta 5 * 2 €, a_b_c@x.fi, https://x.fi"),
        ("1. Soita\n2. Tule", "1. Soita; 2. Tule"),
        ("<script>x</script>Neuvonta\u202e", "Neuvonta"),
        (None, ""),
    ],
)  # fmt: skip
def test_markdown_and_html_become_plain(marked: object, plain: str) -> None:
    """Words stay, marks go, numbers of floors stay."""
    from kotoneuvo.catalogue.ptv.texts import plain as read

    assert read(marked) == plain


def test_records_of_v12_in_files(tmp_path: Path) -> None:
    """A page, single records and lists; the day of fetch counts where it is said, and else the last change."""
    records = ({"page": 1, "totalPages": 1, "items": [service(), LIFE_EVENT]}, office(), [connection(), PLACE])
    folder = str(write(tmp_path, *records))
    code, out, err = run(folder)
    assert code == 0, err
    (entry,) = entries(out)
    assert (entry["assured"], entry["contact"][0]["address"]) == ("2026-10-01", "Katu 1, 00100 Helsinki")
    (entry,) = entries(run(folder, "--fetched", "2026-11-20")[1])
    assert entry["assured"] == entry["sources"]["ptv"]["date"] == "2026-11-20"
    assert run(folder, "--fetched", "2999-01-01")[0] == 2


def test_languages_that_cldr_does_not_name(tmp_path: Path) -> None:
    """Dari and Finnish Sign Language are known, and have names in all three languages."""
    records = (service(serviceLanguages=["fi", "prs", "sgn-fi"]), office(serviceLanguages=["prs"]), connection())
    file = tmp_path / "ptv.toml"
    assert run(str(write(tmp_path / "in", *records)), "--output", str(file))[0] == 0
    assert check_files([file], TODAY).errors == ()
    (entry,) = entries(file.read_text(encoding="utf-8"))
    assert (entry["languages"]["codes"], entry["contact"][0]["languages"]) == (["fi", "prs", "fse"], ["prs"])
    names = [Words(language).language_name("fse") for language in ("fi", "sv", "en")]
    assert names == ["suomalainen viittomakieli", "finskt teckenspråk", "Finnish Sign Language"]


def test_public_holidays_of_the_next_year(tmp_path: Path) -> None:
    """By name, also movable ones; in certain years only where PTV says so."""
    closed = {"start": "00:00", "end": "00:00", "openingStatus": "Closed", "additionalInformation": {}}
    names = ("ChristmasEve", "GoodFriday", "MidsummerEve", "AllSaintsDay", "Nameday")
    listed = [{"holidayName": name, "hours": [closed]} for name in names]
    holidays = {"repetition": {"type": "RepetitionEveryYear"}, "holidays": listed}
    opened = office(serviceHours={"hours": [hours(("monday",))], "holidayServiceHours": holidays})
    records = Records()
    records.add(opened)
    found = hours_of(records.channels.values(), date(2026, 11, 30), Notes())
    days = [each["from"] for each in found["exceptions"]]
    assert days == ["2026-12-24", "2027-03-26", "2027-06-25", "2027-11-06"]


def test_what_stands_where_a_word_belongs_is_passed_over() -> None:
    """A field of another kind than the register's own costs that field, not the run."""
    hour = {"start": "09:00", "end": "15:00", "openingStatus": ["Open"], "repetition": {"fi": "Weekly"}}
    table = {"type": "WeeklyUntilFurtherNoticeServiceHour", "weeklyHours": {"monday": {"hours": [hour]}}}
    found = hours_of([{"serviceHours": {"hours": [table]}}], date(2026, 11, 30), Notes())
    assert found == {"hours": "Mo 09:00-15:00"}
