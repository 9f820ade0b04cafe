"""The first code that runs in kotoneuvo.pyz: unpacks the program beside the file, then starts it.

The program and its packages read data files, which cannot stay inside the archive. They are unpacked beside it, which
is on the USB stick, so nothing is left on the computer. A temporary folder is used for this run if that cannot be
written to, and also if the folder beside it is not what this file unpacks: anybody who can write there could have put a
program of their own under its name.
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
"""SHA-256 of the unpacked files (see `digest`); `pyz.py` fills it in."""
FOLDER = f"kotoneuvo-{DIGEST[:12]}"
"""The name of the unpacked folder; it has the digest, so that a newer file does not run an older program."""
HALF_AN_HOUR = 1800
NOT_OURS = (
    "{0}: not what this file unpacked (owner, rights or content), so it is not used. Delete it.\n"
    "{0}: ei ole tämän tiedoston purkama (omistaja, oikeudet tai sisältö), eikä sitä käytetä. Poista se.\n"
    "{0}: inte uppackad av denna fil (ägare, rättigheter eller innehåll), och används inte. Ta bort den.\n"
)


def unpacked(archive: Path, stack: ExitStack) -> Path:
    """The folder with the unpacked program; a temporary one is removed when `stack` ends."""
    home = archive.with_name(FOLDER)
    if os.path.lexists(home):
        if is_ours(home):
            return home / "site"
        sys.stderr.write(NOT_OURS.format(home))
        return _temporary(archive, stack)
    for left_over in archive.parent.glob(f".{FOLDER}-*"):  # of a start that was killed; a young one may be going on
        if time.time() - left_over.lstat().st_mtime > HALF_AN_HOUR:
            rmtree(left_over, ignore_errors=True)
    try:
        place = Path(tempfile.mkdtemp(prefix=f".{FOLDER}-", dir=archive.parent))
    except OSError:
        return _temporary(archive, stack)
    _extract(archive, place)
    try:
        place.rename(home)
    except OSError:  # another start was faster
        rmtree(place, ignore_errors=True)
        return home / "site" if is_ours(home) else _temporary(archive, stack)
    return home / "site"


def is_ours(home: Path) -> bool:
    """Whether a folder has exactly what this file unpacks, and nobody else could have written there.

    Files in __pycache__, which Python itself adds, are only checked for their owner and permissions.
    """
    try:
        found = [home, *home.rglob("*")]
        return all(map(_is_mine, found)) and not _is_open(home.parent) and digest(home / "site") == DIGEST
    except OSError:
        return False


def digest(folder: Path) -> str:
    """SHA-256 of the names and contents of all files in a folder, except those in __pycache__."""
    content = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.parent.name != "__pycache__":
            content.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return content.hexdigest()


def _is_mine(path: Path) -> bool:
    """Whether only this user may write to it; Windows has other permissions, so there only the content is checked."""
    status = path.lstat()
    if stat.S_ISLNK(status.st_mode):
        return False
    return not hasattr(os, "getuid") or (status.st_uid == os.getuid() and not status.st_mode & 0o022)


def _is_open(folder: Path) -> bool:
    """Whether other users may replace our folder by another."""
    mode = folder.stat().st_mode
    return hasattr(os, "getuid") and bool(mode & 0o022) and not mode & stat.S_ISVTX


def _temporary(archive: Path, stack: ExitStack) -> Path:
    """Unpack into a private folder for this run."""
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
        from kotoneuvo.cli.entry import run
        from kotoneuvo.cli.signals import SIGNALS

        if site.parent.name != FOLDER:
            # A signal ends the program without leaving `stack`, so the folder must be removed by the signal handler.
            SIGNALS.cleanups.append(partial(rmtree, site.parent, ignore_errors=True))
        run()


if __name__ == "__main__":
    main()
