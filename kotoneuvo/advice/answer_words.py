"""The words that people write in answers, whatever is asked: yes, no, not known, and words around numbers."""

from __future__ import annotations

import re

# Forms mark a box with "x", and spreadsheets turn 1 into 1.0.
YES = {
    "yes", "true", "y", "k", "kylla", "on", "joo", "juu", "tosi", "ja", "j", "jo", "sant", "x", "1", "1.0",
    "✓", "✔", "☑", "✅",
}  # fmt: skip
NO = {"no", "false", "n", "e", "ei", "eiole", "eiviela", "notyet", "epatosi", "nej", "inteannu", "falskt", "0", "0.0"}
UNKNOWN = {
    "unknown", "notknown", "eitiedossa", "eitietoa", "eitieda", "tuntematon", "enosaasanoa", "okand", "okant", "ejkant",
    "intekant", "vetinte", "vetej", "saknas", "eivastausta", "ingetsvar", "noanswer", "idontknow", "dontknow",
    "entieda", "eiilmoitettu", "puuttuu", "eos", "ingenuppgift", "uppgiftsaknas", "eihaluakertoa", "eihaluavastata",
    "enhaluavastata", "prefernottosay", "villintesvara", "villinteuppge", "villejuppge",
}  # fmt: skip
_REWRITTEN = (
    (
        r"(?<=\w)[. ]*(?:v|vuotta|ar|years?)?\.? (?:tai|or|and|eller|och) "
        r"(?:yli|vanhemp\w+|older|over|more|higher|aldre|mer|hogre)$",
        "+",
    ),
    (r"\b(?:alle|under|below|less than|mindre an) ", "<"),
    (r"\b(?:yli|over|above|more than|mer an) ", ">"),
    (r"\b(?:vahintaan|minst|at least) ", ">="),
    (r"(?:^|(?<=[<>]))(?:vuosi|vuoden|ett ar|(?:a|one) year)$", "1"),
    (r"(?<=\d)[\s-]*(?:v|vuotta|vuosi|vuoden|vuotiaat|vuotias|ar|arig|aring|years?(?: old)?|yrs?|y|yo)\.?$", ""),
    (r"^(?:vuodesta|since|sedan|fran) (?=(?:19|20)\d\d$)", ""),
)
"""Words around numbers, and the signs that mean the same."""


def plain_answer(answer: object) -> str:
    """Write an answer plainly: lower case, no marks on å, ä and ö, "<3" for "alle 3 v", "B1+" for "B1 or more"."""
    if isinstance(answer, float) and answer.is_integer():
        return str(int(answer))
    # Not `fold`: the words and units below are recognised by their spaces and signs, which folding removes.
    text = str(answer).strip().casefold().replace("\u00a0", " ").replace("å", "a").replace("ä", "a").replace("ö", "o")
    text = text.replace("≤", "<=").replace("≥", ">=").replace(",", ".")
    for pattern, plainer in _REWRITTEN:
        text = re.sub(pattern, plainer, text)
    return text
