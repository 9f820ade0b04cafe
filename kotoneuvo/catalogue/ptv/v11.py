"""Convert records of PTV v11, which saved files still have, to v12. Remove this when nobody has such files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from kotoneuvo.catalogue.ptv.records import Record, Spec, dicts, part

ALWAYS = {"fi": "aina auki", "sv": "alltid öppet", "en": "always open"}
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_AREAS = {"Nationwide": "WholeCountry", "NationwideExceptAlandIslands": "WholeCountryExceptAland"}
_CHARGES = {"FreeOfCharge": "Free", "Chargeable": "Charged"}
_TEXTS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "serviceNames": ("Name", {"Name": "name"}),
    "serviceChannelNames": ("Name", {"Name": "name"}),
    "serviceDescriptions": ("Summary", {
        "Summary": "summary", "Description": "description", "UserInstruction": "userInstructions",
        "ChargeTypeAdditionalInfo": "chargeTypeAdditionalInformation",
    }),
    "requirements": ("conditions", {"conditions": "conditions"}),
}  # fmt: skip
"""The lists of texts in v11: the type of a text without one, and the v12 field for each type that is read."""
_CHANNELS = {"EChannel": "EService", "Phone": "TelephoneService"}
_CLOSED = {"fi": "suljettu", "sv": "stängt", "en": "closed"}
_COUNTIES = ("WellbeingServiceCounty", "WellbeingServicesCounty")
_NO_LANGUAGE = "fi"
"""The language of names for which v11 gives none; most of PTV is written in Finnish first."""


def translated(found: Record) -> list[Record]:
    """The v12 records made from a v11 record; empty if it is not of v11."""
    if not isinstance(found.get("id"), str):
        return []
    if isinstance(found.get("serviceNames"), list):
        return list(_service(found))
    if isinstance(found.get("serviceChannelNames"), list):
        return [_channel(found), *_places(dicts(found, "addresses"))]
    return []


def _service(found: Record) -> Iterator[Record]:
    """Records for the names of a service's codes, its organisation, its connections to channels, and the service."""
    said = _words(found)
    for each in dicts(found, "keywords"):
        _append(said, each, "freelyAssignedKeywords", each.get("value"))
    organization, name = _responsible(found)
    for list_of in ("serviceClasses", "lifeEvents", "ontologyTerms"):
        yield from _terms(found, list_of)
    if name:
        versions = {_NO_LANGUAGE: {"name": name}}
        yield {"contentId": organization, "organizationType": None, "languageVersions": versions}
    for link in dicts(found, "serviceChannels"):
        yield from _connection(found["id"], link)
    yield {
        "serviceType": found.get("type"),
        "organizationContentId": organization,
        "generalDescriptionContentId": found.get("generalDescriptionId"),
        "serviceClasses": [each.get("code") for each in dicts(found, "serviceClasses")],
        "lifeEvents": [each.get("code") for each in dicts(found, "lifeEvents")],
        "ontologyTerms": [each.get("uri") for each in dicts(found, "ontologyTerms")],
        "chargeType": _CHARGES.get(str(found.get("serviceChargeType"))),
        "area": _area(found),
        "languageVersions": said,
        **_common(found),
    }


def _channel(found: Record) -> Record:
    kind = str(found.get("serviceChannelType"))
    contacts = _contacts(found, _words(found))
    return {
        "serviceChannelType": _CHANNELS.get(kind, kind),
        "serviceHours": _hours(found),
        **contacts,
        **_common(found),
    }


def _common(found: Record) -> Spec:
    status = {"publishingStatus": found["publishingStatus"]} if "publishingStatus" in found else {}
    languages, changed = found.get("languages"), found.get("modified")
    return {"contentId": found["id"], "serviceLanguages": languages, "publishedAt": changed, **status}


def _words(found: Record) -> dict[str, Spec]:
    """The texts by language; of several of one kind the first."""
    said: dict[str, Spec] = {}
    for listed, (usual, names) in _TEXTS.items():
        for each in dicts(found, listed):
            name = names.get(str(each.get("type", usual)))
            if name and each.get("value"):
                said.setdefault(str(each.get("language")), {}).setdefault(name, each["value"])
    return said


def _append(said: dict[str, Spec], found: Record, name: str, value: object) -> None:
    """Append a value to the list `name` in the language of `found`."""
    if value:
        said.setdefault(str(found.get("language")), {}).setdefault(name, []).append(value)


def _responsible(found: Record) -> tuple[str, str]:
    """The id and name of the responsible organisation, else of the first one that has a name."""
    listed = dicts(found, "organizations")
    for each in sorted(listed, key=lambda each: each.get("roleType") != "Responsible"):
        who = part(each, "organization")
        if isinstance(who.get("name"), str) and who["name"].strip():
            return str(who.get("id") or who["name"]), who["name"]
    return "", ""


def _terms(found: Record, list_of: str) -> Iterator[Record]:
    """The names of codes, which are records of their own in v12."""
    for each in dicts(found, list_of):
        names = {str(name.get("language")): name["value"] for name in dicts(each, "name") if name.get("value")}
        code = each.get("code") if list_of != "ontologyTerms" else None
        key = "code" if code else "uri"
        if names and isinstance(code or each.get("uri"), str):
            yield {key: code or each["uri"], "name": names}


def _area(found: Record) -> Spec:
    kind = _AREAS.get(str(found.get("areaType")))
    if kind:
        return {"areaType": kind}
    area: dict[str, list[str]] = {"municipalities": [], "regions": [], "wellbeingServicesCounties": []}
    for each in dicts(found, "areas"):
        towns = [str(town.get("code")) for town in dicts(each, "municipalities")]
        code = str(each.get("code") or "")
        if towns or each.get("type") == "Municipality":
            area["municipalities"] += towns or ([code] if code else [])
        else:
            county = each.get("type") in _COUNTIES
            area["wellbeingServicesCounties" if county else "regions"].append(code or "?")
    return {"areaType": "LimitedArea", **area}


def _connection(service: str, link: Record) -> Iterator[Record]:
    channel, details = part(link, "serviceChannel"), part(link, "contactDetails")
    name = channel.get("id")
    yield {
        "serviceContentId": service,
        "channelContentId": name if isinstance(name, str) else "",
        "channelName": channel.get("name"),
        **_contacts(details, {}),
        "serviceHours": _hours(link),
    }
    yield from _places(dicts(details, "addresses"))


def _contacts(found: Record, said: dict[str, Spec]) -> Spec:
    """Phone numbers, e-mail addresses and pages by language; addresses to visit (`location`) and for post."""
    made: tuple[tuple[str, str, Callable[[Record], Spec]], ...] = (
        ("phoneNumbers", "contactPhoneNumbers", _phone),
        ("supportPhones", "supportPhoneNumbers", _phone),
        ("emails", "contactEmails", lambda each: {"email": each.get("value")}),
        ("supportEmails", "supportEmails", lambda each: {"email": each.get("value")}),
        ("webPages", "contactWebPages", lambda each: {"url": each.get("url"), "name": each.get("value")}),
        ("channelUrls", "formFiles", lambda each: {"url": each.get("value"), "name": each.get("type")}),
    )
    for old, new, form in made:
        for each in dicts(found, old):
            _append(said, each, new, form(each))
    places: dict[str, dict[str, list[Spec]]] = {"location": {}, "contactAddresses": {}}
    for each in dicts(found, "addresses"):
        to_visit = each.get("type") in ("Location", "Visiting")
        kind, address = _address(each)
        if each.get("subType") != "NoAddress":
            places["location" if to_visit else "contactAddresses"].setdefault(kind, []).append(address)
    return {"languageVersions": said, **places}


def _phone(found: Record) -> Spec:
    kind = found.get("type") or "Phone"
    # A national service number is dialled as it is, but v11 gives it a country prefix all the same.
    prefix = "" if found.get("isFinnishServiceNumber") else found.get("prefixNumber")
    if kind == "Phone":
        kind = "InternationalPhone" if prefix else "DomesticPhone"
    words = {key: found.get(key) for key in ("additionalInformation", "chargeDescription")}
    return {"type": kind, "dialCode": prefix, "number": found.get("number"), **words}


def _address(found: Record) -> tuple[str, Spec]:
    """The v12 list for an address, and the address."""
    street, other, box = (part(found, each) for each in ("streetAddress", "otherAddress", "postOfficeBoxAddress"))
    if street.get("street"):
        spec = {"streetName": _texts(street, "street"), "addressDetail": street.get("streetNumber")}
        return "streetAddresses", {**spec, **_post(street)}
    if box.get("postOfficeBox"):
        return "postOfficeBoxAddresses", {"postOfficeBox": _texts(box, "postOfficeBox"), **_post(box)}
    if dicts(found, "locationAbroad"):
        return "foreignAddresses", {"address": _texts(found, "locationAbroad")}
    return "otherAddresses", _post(other)


def _post(place: Record) -> Spec:
    return {
        "postalCode": place.get("postalCode"),
        "additionalInformation": _texts(place, "additionalInformation"),
    }


def _places(addresses: Iterable[Record]) -> Iterator[Record]:
    """The post offices of postal codes, which are records of their own in v12."""
    for each in addresses:
        for name in ("streetAddress", "otherAddress", "postOfficeBoxAddress"):
            place = part(each, name)
            code, office = place.get("postalCode"), _texts(place, "postOffice")
            if isinstance(code, str) and len(code) == 5 and code.isdigit() and office:
                yield {"code": code, "name": office}


def _texts(record: Record, name: str) -> dict[str, str]:
    listed = [each for each in dicts(record, name) if isinstance(each.get("value"), str) and each["value"].strip()]
    # Reversed, so that the first of two texts in the same language wins.
    return {str(each.get("language")): each["value"] for each in reversed(listed)}


def _hours(found: Record) -> Spec:
    return {"hours": [_hour(each) for each in dicts(found, "serviceHours")]}


def _hour(found: Record) -> Spec:
    """One table of hours; an unknown kind is passed on, so that it is reported as left out."""
    first, last = (str(found.get(name) or "")[:10] for name in ("validFrom", "validTo"))
    kind, closed, always = found.get("serviceHourType"), found.get("isClosed"), found.get("isAlwaysOpen")
    status = "OpenOnReservation" if found.get("isReservation") else "Open"
    words = _texts(found, "additionalInformation")
    hour: Spec = {"fromDate": first, "toDate": last, "weeklyHours": {}, "additionalInformation": words}
    if kind in ("Exceptional", "Exception") or (closed and first and last):
        week = _week(found, "Closed" if closed else status)
        return {**hour, "type": "ExceptionalDateRangeServiceHour", "toDate": last or first, "weeklyHours": week}
    if kind not in ("DaysOfTheWeek", "Standard"):
        return {**hour, "type": kind, "weeklyHours": _week(found, status)}
    if always and not (first or last or closed):
        return {"type": "ContinuousAlwaysValidServiceHour", "openingStatus": status, "additionalInformation": words}
    if not (closed or always):
        return {**hour, "type": "WeeklyDateRangeServiceHour", "weeklyHours": _week(found, status)}
    state = _CLOSED if closed else ALWAYS
    words = {code: ", ".join(filter(None, (said, words.get(code)))) for code, said in state.items()}
    return {**hour, "type": "WeeklyDateRangeServiceHour", "additionalInformation": words}


def _week(found: Record, status: str) -> Spec:
    """Hours by day of the week; an unknown day is passed on, so that it is reported as unusable."""
    week: dict[str, dict[str, list[Spec]]] = {}
    for each in dicts(found, "openingHour"):
        first, last = (str(each.get(name) or "").casefold() for name in ("dayFrom", "dayTo"))
        days: Iterable[str] = (first,)
        if first in WEEK and last in WEEK:
            days = WEEK[WEEK.index(first) : WEEK.index(last) + 1]
        elif last:
            days = (first, last)
        times = {"start": str(each.get("from") or "")[:5], "end": str(each.get("to") or "")[:5]}
        hour: Mapping[str, str] = {**times, "openingStatus": status, "repetition": "Weekly"}
        for day in days:
            week.setdefault(day, {"hours": []})["hours"].append(dict(hour))
    return dict(week)
