"""`catalogue refresh` and `catalogue match`: the catalogue held against a local register that speaks PTV v12."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ptv_v12 import KEY, Register, connection, hours, office, said, service, serving, towns, uuid
from typer.testing import CliRunner

from kotoneuvo.catalogue.check import check_files
from kotoneuvo.catalogue.load import load_catalogue
from kotoneuvo.cli.main import build

APP = build()
TODAY = date.today()
OWN = """
[catalogue]
name = "Oma"

[[service]]
id = "neuvonta-helsinki"
ptv = "{number}"
kind = "guidance"
name = {{ fi = "Neuvontapiste Kompassi", sv = "Rådgivning", en = "Advice" }}
summary = {{ fi = "Neuvoja.", sv = "Råd.", en = "Advice." }}
goals = ["guidance"]
phase = "guidance"
area = ["091"]
assured = "2023-04-25"
sources = {{ own = {{ url = "https://example.fi/neuvonta", date = "2023-04-25" }} }}

[[service.contact]]
phone = "+358 40 0000001"
hours = "Mo-Tu 09:00-15:00"
source = "own"

[[service.contact]]
email = "piste1@example.fi"
source = "own"
"""


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Register]:
    monkeypatch.setenv("KOTONEUVO_PTV_KEY", KEY)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    register = Register(service(1, "Neuvontapiste Kompassi"), office(), connection())
    with serving(register):
        yield register


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A catalogue file with one service that is paired with the register's."""
    file = tmp_path / "oma.toml"
    file.write_text(OWN.format(number=uuid(1)), encoding="utf-8")
    return file


def _run(*args: str, lang: str = "en", **more: Any) -> tuple[int, str, str]:
    result = CliRunner().invoke(APP, ["catalogue", *args], env={"KOTONEUVO_LANG": lang}, **more)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def _refresh(register: Register, file: Path, *args: str) -> tuple[int, str, str]:
    return _run("refresh", "--from-api", "--server", register.server, "--pause", "0", "--file", str(file), *args)


def _entry(file: Path, name: str = "neuvonta-helsinki") -> dict[str, Any]:
    listed = tomllib.loads(file.read_text(encoding="utf-8"))["service"]
    found: dict[str, Any] = next(each for each in listed if each["id"] == name)
    return found


def test_what_agrees_is_confirmed(register: Register, own: Path) -> None:
    """The entry and each contact point, as of the day of fetch, with the page of the register; once."""
    code, out, err = _refresh(register, own)
    assert code == 0, err
    assert "1 entry confirmed, 2 contact points confirmed, 0 differences" in out.replace(
        "1 difference", "0 differences"
    )
    entry = load_catalogue(overlays=[own]).services["neuvonta-helsinki"]
    assert entry.assured == TODAY
    assert [each.confirmed for each in entry.contacts] == [TODAY, TODAY]
    channel = [each.url for each in entry.sources.values() if "service-channel" in each.url]
    assert channel == [f"https://api-gw.palvelutietovaranto.suomi.fi/api/v12/service-channel/{uuid(1, 1)}"]
    assert check_files([own], TODAY).errors == ()
    assert "0 entries confirmed, 0 contact points confirmed" in _refresh(register, own)[1]


def test_an_imported_entry_stays_of_one_piece(register: Register, own: Path, tmp_path: Path) -> None:
    """What rests on its page is confirmed with it, with the day of its last change; not where a number differs."""
    file = tmp_path / "ptv.toml"
    asked = ("--from-api", "--server", register.server, "--pause", "0", "--id", uuid(1))
    code, text, err = _run("import-ptv", *asked)
    assert code == 0, err
    before = date(2026, 1, 15)
    file.write_text(text.replace(TODAY.isoformat(), before.isoformat()), encoding="utf-8")
    (name,) = [each["id"] for each in tomllib.loads(text)["service"]]
    _refresh(register, file)
    entry = load_catalogue(overlays=[file]).services[name]
    assert (entry.assured, entry.access.confirmed) == (TODAY, TODAY if entry.access.source else None)
    assert {each.confirmed for each in entry.contacts} == {TODAY}
    assert entry.sources["ptv"].seen.startswith("published in the national register on that day; last changed there ")
    file.write_text(text.replace(TODAY.isoformat(), before.isoformat()), encoding="utf-8")
    new = [{"type": "InternationalPhone", "dialCode": "+358", "number": "401112222"}]
    register.records[2] = said(office(), contactPhoneNumbers=new)
    _refresh(register, file)
    entry = load_catalogue(overlays=[file]).services[name]
    assert (entry.assured, entry.sources["ptv"].date) == (TODAY, before.isoformat())
    assert before in {each.confirmed for each in entry.contacts if each.phone}
    _refresh(register, file, "--accept")
    assert {each.confirmed for each in load_catalogue(overlays=[file]).services[name].contacts} == {TODAY}


def test_what_differs_is_shown_and_taken_over_when_accepted(register: Register, own: Path) -> None:
    """A new number, other hours, closures; the old one stays until then, and other contact points in any case."""
    changed = said(
        office(), contactPhoneNumbers=[{"type": "InternationalPhone", "dialCode": "+358", "number": "401112222"}]
    )
    register.records[2] = {
        **changed,
        "serviceHours": {
            "hours": [
                hours(("monday",), "10:00"),
                {
                    **hours(()),
                    "type": "ExceptionalDateRangeServiceHour",
                    "fromDate": "2099-12-24",
                    "toDate": "2099-12-26",
                },
            ]
        },
    }
    own.write_text(
        own.read_text(encoding="utf-8").replace('phone = "', f'ptv = "{uuid(1, 1)}"\nphone = "'), encoding="utf-8"
    )
    code, out, _ = _refresh(register, own)
    assert code == 0
    before, after = (
        "+358 40 0000001; Mo-Tu 09:00-15:00",
        "+358 40 1112222; Mo 10:00-15:00; 2099-12-24; 2099-12-26; closed",
    )
    assert f"neuvonta-helsinki\n  - contact: {before}\n  + contact: {after}\n" in out
    assert _entry(own)["contact"][0]["phone"] == "+358 40 0000001"
    code, _, err = _refresh(register, own, "--accept")
    assert code == 0, err
    entry = load_catalogue(overlays=[own]).services["neuvonta-helsinki"]
    assert (entry.contacts[0].phone, entry.contacts[1].email) == ("+358 40 1112222", "piste1@example.fi")
    assert entry.contacts[0].exceptions[0].first == date(2099, 12, 24)
    assert check_files([own], TODAY).errors == ()


def test_a_number_with_hours_that_the_register_does_not_have_is_not_confirmed(register: Register, own: Path) -> None:
    """Nor one that it has with other hours."""
    register.records[2] = office(serviceHours={"hours": []})
    _refresh(register, own)
    contacts = load_catalogue(overlays=[own]).services["neuvonta-helsinki"].contacts
    assert [each.confirmed for each in contacts] == [date(2023, 4, 25), TODAY]


def test_what_is_gone_is_listed(register: Register, own: Path) -> None:
    """By the archive, without asking for it; or because the register does not publish it. Nothing is confirmed."""
    before = own.read_text(encoding="utf-8")
    register.archived = [uuid(1)]
    _, out, _ = _refresh(register, own)
    assert "no longer in the register: has it ended? neuvonta-helsinki\n" in out
    assert f"service/{uuid(1)}" not in register.paths()
    register.archived, register.records = [], []
    code, out, err = _refresh(register, own, "--format", "json")
    assert code == 0, err
    assert json.loads(out)["gone"] == [{"entry": "neuvonta-helsinki", "ptv": uuid(1)}]
    assert own.read_text(encoding="utf-8") == before


def test_a_town_does_not_speak_for_a_wider_entry(register: Register, own: Path) -> None:
    """Mikkeli's number never comes to a service of two towns, and does not confirm it."""
    register.records[1] = service(1, "Neuvontapiste Kompassi", area=towns("491"))
    own.write_text(own.read_text(encoding="utf-8").replace('["091"]', '["491", "091"]'), encoding="utf-8")
    before = own.read_text(encoding="utf-8")
    _, out, _ = _refresh(register, own, "--accept")
    assert "the register covers only part of its area, nothing taken over: neuvonta-helsinki\n" in out
    assert own.read_text(encoding="utf-8") == before


def test_an_entry_with_an_office_in_each_area_gets_no_number(register: Register, tmp_path: Path) -> None:
    """The social emergency service of the whole country is confirmed as such, and has no contact of its own still."""
    file = tmp_path / "oma.toml"
    file.write_text(f'[[service]]\nid = "sosiaalipaivystys"\nptv = "{uuid(1)}"\n', encoding="utf-8")
    register.records[1] = service(1, "Sosiaalipäivystys", area={"areaType": "WholeCountry"})
    code, _, err = _refresh(register, file, "--accept")
    assert code == 0, err
    assert load_catalogue(overlays=[file]).services["sosiaalipaivystys"].contacts == load_catalogue().services[
        "sosiaalipaivystys"].contacts  # fmt: skip


def test_new_contact_points_come_beside_those_of_ours(register: Register, tmp_path: Path) -> None:
    """What the bundled entry has stays as it is, with its own source and day."""
    file = tmp_path / "oma.toml"
    file.write_text(f'[[service]]\nid = "migri"\nptv = "{uuid(1)}"\n', encoding="utf-8")
    register.records[1] = service(1, "Maahanmuuttovirasto", area={"areaType": "WholeCountry"})
    before = load_catalogue().services["migri"].contacts
    code, _, err = _refresh(register, file, "--accept")
    assert code == 0, err
    after = load_catalogue(overlays=[file]).services["migri"].contacts
    assert after[: len(before)] == before
    assert [each.phone for each in after[len(before) :]] == ["+358 40 0000001"]


def test_edited_fields_of_an_import_stay(register: Register, tmp_path: Path) -> None:
    """Said each time that the register says something else; what nobody changed is taken over."""
    file = tmp_path / "ptv.toml"
    ask = ("--from-api", "--server", register.server, "--pause", "0")
    assert _run("import-ptv", *ask, "--id", uuid(1), "--output", str(file))[0] == 0
    text = file.read_text(encoding="utf-8").replace('Neuvontapiste Kompassi"', 'Oma nimi"', 1)
    file.write_text(text, encoding="utf-8")
    register.records[1] = said(service(1, "Uusi nimi"), summary="Uusi tiivistelmä.")
    _, out, _ = _refresh(register, file, "--accept")
    assert "  = name: Oma nimi\n  ? your text was kept; the register now says: Uusi nimi\n" in out
    assert "  + summary: Uusi tiivistelmä.\n" in out
    (entry,) = tomllib.loads(file.read_text(encoding="utf-8"))["service"]
    assert (entry["name"]["fi"], entry["summary"]["fi"]) == ("Oma nimi", "Uusi tiivistelmä.")
    assert "+ summary" not in _refresh(register, file)[1]


def test_offices_by_their_channel(register: Register, tmp_path: Path) -> None:
    """A contact point of an office that names a channel of the register is held against it."""
    file = tmp_path / "oma.toml"
    file.write_text(
        '[[office]]\nfor = "municipality:091"\nsources = { own = { url = "https://x.fi", date = "2023-01-01" } }\n'
        f'[[office.contact]]\nptv = "{uuid(1, 1)}"\nphone = "+358 40 0000001"\nsource = "own"\n',
        encoding="utf-8",
    )
    code, _, err = _refresh(register, file)
    assert code == 0, err
    assert load_catalogue(overlays=[file]).offices["municipality:091"].contacts[-1].confirmed == TODAY


def test_files_confirm_as_of_the_day_that_is_said(register: Register, own: Path, tmp_path: Path) -> None:
    """Without it only as of the last change in the register."""
    source = tmp_path / "in.json"
    source.write_text(json.dumps(register.records), encoding="utf-8")
    for options, day in (((), date(2026, 10, 1)), (("--fetched", "2026-11-25"), date(2026, 11, 25))):
        code, _, err = _run("refresh", str(source), *options, "--file", str(own))
        assert code == 0, err
        assert load_catalogue(overlays=[own]).services["neuvonta-helsinki"].assured == day


def test_wrong_use(register: Register, own: Path) -> None:
    """Nothing to write to, nothing to read."""
    assert _run("refresh", "--from-api", "--accept")[0] == 2
    assert _run("refresh")[0] == 2
    code, out, _ = _run(
        "refresh", "--from-api", "--server", register.server, "--pause", "0", "--catalogue", str(own), lang="fi"
    )
    assert code == 0
    assert "1 kohta vahvistettu, 2 yhteystietoa vahvistettu" in out


def _names(*listed: tuple[str, dict[str, Any]]) -> list[dict[str, Any]]:
    return [service(number, name, area=area) for number, (name, area) in enumerate(listed, 1)]


EVERYWHERE = {"areaType": "WholeCountry"}
REAL = {
    "Kotoutumiskoulutus": (EVERYWHERE, "kotoutumiskoulutus"),
    "Kotoutumissuunnitelma": (EVERYWHERE, "kotoutumissuunnitelma"),
    "Vastaanottopalvelut": (EVERYWHERE, "vastaanottokeskus"),
    "Nuorten työpajatoiminta": (towns("564"), "oulu-nuorten-tyopajat"),
    "Lähisuhdeväkivallan auttava puhelin / Nollalinja": (EVERYWHERE, "nollalinja"),
    "Kelan perustoimeentulotuki": (EVERYWHERE, "perustoimeentulotuki"),
    "Rokotuskoulutus": (EVERYWHERE, ""), "Vammaisten palvelut": (towns("564"), ""),
    "Villa Victorin kielikurssit": (towns("564"), ""), "Nuorten työpaja Omnia": (EVERYWHERE, ""),
    "Sosiaalipäivystys": (towns("491"), ""), "Hallintokantelu Maahanmuuttovirastolle": (EVERYWHERE, ""),
    "Turun suomenkielinen työväenopisto": (towns("853"), ""), "Digituki": (EVERYWHERE, ""),
    "Talous- ja velkaneuvonta yrityksille ja yrittäjille": (EVERYWHERE, ""),
}  # fmt: skip
"""Names as the register has them, and which of ours each is, if any."""


def test_names_of_the_register(tmp_path: Path) -> None:
    """Right ones are proposed, wrong ones are not: another thing of a like name, or the same of another place."""
    source = tmp_path / "in.json"
    source.write_text(json.dumps(_names(*((name, area) for name, (area, _) in REAL.items()))), encoding="utf-8")
    code, out, err = _run("match", str(source), "--format", "json")
    assert code == 0, err
    found = {each["name"]["fi"]: each["service"] for each in json.loads(out)["pairs"]}
    assert found == {name: own for name, (_, own) in REAL.items() if own}


def test_a_pair_is_shown_from_both_sides_and_stored(register: Register, own: Path) -> None:
    """Organisation, area, page; yes and never are kept and not asked again."""
    text = own.read_text(encoding="utf-8").replace(f'ptv = "{uuid(1)}"\n', "")
    own.write_text(text, encoding="utf-8")
    ask = ("match", "--from-api", "--server", register.server, "--pause", "0", "--id", uuid(1))
    code, out, err = _run(*ask, "--catalogue", str(own), lang="fi")
    assert code == 0, err
    assert f"  id: {uuid(1)}  |  neuvonta-helsinki\n" in out
    assert "  organisaatio: Helsingin kaupunki  |  –\n" in out
    assert "  alue: Helsinki  |  Helsinki\n" in out
    assert _run("match", "--file", str(own), f"--never={uuid(1)}=neuvonta-helsinki")[0] == 0
    assert _entry(own)["ptv_not"] == [uuid(1)]
    assert "neuvonta-helsinki" not in _run(*ask, "--catalogue", str(own))[1]
    assert _run("match", "--file", str(own), f"--yes={uuid(1)}=neuvonta-helsinki")[0] == 0
    assert _entry(own)["ptv"] == uuid(1)
    assert check_files([own], TODAY).errors == ()
    for wrong in ("x", f"{uuid(1)}=nobody"):
        assert _run("match", "--file", str(own), f"--yes={wrong}")[0] == 2
    assert _run("match", f"--yes={uuid(1)}=migri")[0] == 2
