"""What Python runs first in kotoneuvo.pyz: unpacks the program beside the file, then starts it.

Its data and those of its packages are read as files, so they cannot stay inside. Beside the file is on the stick:
nothing is left on the computer. Where that cannot be written to, a temporary folder serves for this one run; so it does
where the folder beside is not what this file unpacks: its name can be read in the file, and whoever may write there
could lay a program of their own under it.
"""

import hashlib
import os
import stat
import sys
import tempfile
import time
import zipfile
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from shutil import rmtree

DIGEST = "DIGEST"
"""SHA-256 of what is unpacked; see `digest`."""
FOLDER = f"kotoneuvo-{DIGEST[:12]}"
"""The name of the unpacked folder: a newer file does not run what an older one has unpacked."""
HALF_AN_HOUR = 1800
NOT_OURS = (
    "{0}: not what this file unpacked (owner, rights or content), so it is not used. Delete it.\n"
    "{0}: ei ole tämän tiedoston purkama (omistaja, oikeudet tai sisältö), eikä sitä käytetä. Poista se.\n"
    "{0}: inte uppackad av denna fil (ägare, rättigheter eller innehåll), och används inte. Ta bort den.\n"
)


def unpacked(archive: Path, stack: ExitStack) -> Path:
    """The folder with the unpacked program; one that had to be temporary goes when `stack` ends."""
    home = archive.with_name(FOLDER)
    if os.path.lexists(home):
        if is_ours(home):
            return home / "site"
        sys.stderr.write(NOT_OURS.format(home))
        return _temporary(archive, stack)
    for left_over in archive.parent.glob(f".{FOLDER}-*"):  # of a start that was killed, unless it is going on now
        if time.time() - left_over.lstat().st_mtime > HALF_AN_HOUR:
            rmtree(left_over, ignore_errors=True)
    try:
        place = Path(tempfile.mkdtemp(prefix=f".{FOLDER}-", dir=archive.parent))
    except OSError:
        return _temporary(archive, stack)
    _extract(archive, place)
    try:
        place.rename(home)
    except OSError:  # somebody else was faster
        rmtree(place, ignore_errors=True)
        return home / "site" if is_ours(home) else _temporary(archive, stack)
    return home / "site"


def is_ours(home: Path) -> bool:
    """Whether a folder holds what this file unpacks, and nobody else could have written there.

    What Python compiled by itself (__pycache__) is known by its owner and rights alone.
    """
    try:
        found = [home, *home.rglob("*")]
        return all(map(_is_mine, found)) and not _is_open(home.parent) and digest(home / "site") == DIGEST
    except OSError:
        return False


def digest(folder: Path) -> str:
    """SHA-256 of the names and contents of all files below a folder, but for what Python compiled."""
    content = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.parent.name != "__pycache__":
            content.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return content.hexdigest()


def _is_mine(path: Path) -> bool:
    """Whether only this user may write; Windows keeps rights of another kind, and the content has to do."""
    status = path.lstat()
    if stat.S_ISLNK(status.st_mode):
        return False
    return not hasattr(os, "getuid") or (status.st_uid == os.getuid() and not status.st_mode & 0o022)


def _is_open(folder: Path) -> bool:
    """Whether others may put another folder in the place of ours."""
    mode = folder.stat().st_mode
    return hasattr(os, "getuid") and bool(mode & 0o022) and not mode & stat.S_ISVTX


def _temporary(archive: Path, stack: ExitStack) -> Path:
    """A private folder for this one run."""
    place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix=f"{FOLDER}-")))
    _extract(archive, place)
    return place / "site"


def _extract(archive: Path, place: Path) -> None:
    old = os.umask(0o077)
    try:
        with zipfile.ZipFile(archive) as opened:
            opened.extractall(place, [name for name in opened.namelist() if name.startswith("site/")])
    finally:
        os.umask(old)


def main() -> None:
    """Run the program, with its exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036  (this file is read by whatever Python the computer has)
        sys.exit("kotoneuvo needs Python 3.11 or newer; this is {}.{}".format(*sys.version_info))
    with ExitStack() as stack:
        site = unpacked(Path(sys.argv[0]).resolve(), stack)
        sys.path.insert(0, str(site))
        # Worker processes of `batch` find the program there too.
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(site), os.environ.get("PYTHONPATH", "")]))
        from kotoneuvo.cli.entry import main as run
        from kotoneuvo.cli.signals import SIGNALS

        if site.parent.name != FOLDER:
            # A signal ends the program without unwinding: it takes the folder away itself.
            SIGNALS.cleanups.append(partial(rmtree, site.parent, ignore_errors=True))
        run()


if __name__ == "__main__":
    main()
