"""The packages that the program stands on, as `kotoneuvo doctor` finds them: all of the main work, and the extras."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, distribution, requires

from kotoneuvo.cli.doctor_inquiry import Finding, State
from kotoneuvo.words import Words

FOR_BATCH = "numpy"
"""What only intake files need, and what kotoneuvo.pyz leaves out: it is made for each system."""
EXTRAS = ("pdf", "care")
"""The optional parts that a user may install."""
_REQUIREMENT = re.compile(r"""([\w.-]+)[^;]*(?:;.*\bextra\s*==\s*['"]([\w-]+)['"])?""")


def look_at_packages(words: Words) -> Iterator[Finding]:
    """Whether every needed package is there, and the optional ones with their fonts."""
    _ = words.gettext
    wanted = wanted_packages()
    if not wanted:
        yield Finding("packages", State.NOTE, _("Not installed as a package: what it needs was not looked for."))
        return
    details = {name: version for name in wanted[""] if (version := _version(name)) or name != FOR_BATCH}
    missing = [name for name, version in details.items() if not version]
    if missing:
        said = _("Missing packages: {names}").format(names=", ".join(missing))
        advice = _("Install the program anew: pip install --force-reinstall kotoneuvo")
        yield Finding("packages", State.PROBLEM, said, advice, {"packages": details})
    else:
        said = _("All {count} packages that it needs are there").format(count=len(details))
        yield Finding("packages", State.OK, said, details={"packages": details})
    if not _version(FOR_BATCH):
        said = _("{what}: not installed ({names})").format(what=_("Intake files"), names=FOR_BATCH)
        yield Finding(
            "batch", State.NOTE, said, _("Only if you want it: pip install {package}").format(package=FOR_BATCH)
        )
    for extra in EXTRAS:
        yield _extra(extra, wanted[extra], words)


def _extra(extra: str, names: tuple[str, ...], words: Words) -> Finding:
    """What an optional part is for, and how to get it if it is not there."""
    _ = words.gettext
    what = {"pdf": _("Handouts as PDF"), "care": _("Care of the catalogue")}[extra]
    details = {name: _version(name) for name in names}
    if all(details.values()) and (extra != "pdf" or _fonts_there()):
        shown = ", ".join(f"{name} {version}" for name, version in details.items())
        return Finding(extra, State.OK, f"{what}: {shown}", details={"packages": details})
    missing = [name for name, version in details.items() if not version] or [_("fonts")]
    said = _("{what}: not installed ({names})").format(what=what, names=", ".join(missing))
    advice = _("Only if you want it: pip install 'kotoneuvo[{extra}]'").format(extra=extra)
    return Finding(extra, State.NOTE, said, advice, {"packages": details})


def wanted_packages() -> Mapping[str, tuple[str, ...]]:
    """The names of the needed packages by extra ("": always), as the installed program's metadata lists them."""
    try:
        lines = requires("kotoneuvo") or []
    except PackageNotFoundError:
        return {}
    found: dict[str, list[str]] = {extra: [] for extra in ("", *EXTRAS)}
    for line in lines:
        if (match := _REQUIREMENT.match(line)) and (match[2] or "") in found:
            found[match[2] or ""].append(match[1])
    return {extra: tuple(names) for extra, names in found.items()}


def _version(name: str) -> str | None:
    try:
        return distribution(name).version
    except PackageNotFoundError:
        return None


def _fonts_there() -> bool:
    from kotoneuvo.render.handout.pdf import font_folders

    return all(any(folder.rglob("*.[ot]tf")) for folder in font_folders() or ())
