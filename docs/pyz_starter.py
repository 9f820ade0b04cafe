"""What Python runs first in kotoneuvo.pyz: unpacks the program beside the file, then starts it.

Its data and those of its packages are read as files, so they cannot stay inside. Beside the file is on the stick:
nothing is left on the computer. Where that cannot be written to, a temporary folder serves for this one run.
"""

import os
import sys
import tempfile
import zipfile
from contextlib import ExitStack
from pathlib import Path

FOLDER = "NAME"


def unpacked(archive: Path, stack: ExitStack) -> Path:
    """The folder with the unpacked program; one that had to be temporary goes when `stack` ends."""
    home = archive.with_name(FOLDER)
    if home.is_dir():
        return home / "site"
    try:
        place = Path(tempfile.mkdtemp(prefix=f".{FOLDER}-", dir=archive.parent))
    except OSError:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix=f"{FOLDER}-")))
        _extract(archive, place)
        return place / "site"
    _extract(archive, place)
    try:
        place.rename(home)
    except OSError:  # somebody else was faster
        return place / "site"
    return home / "site"


def _extract(archive: Path, place: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(place, [name for name in opened.namelist() if name.startswith("site/")])


def main() -> None:
    """Run the program, with its exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036  (this file is read by whatever Python the computer has)
        sys.exit("kotoneuvo needs Python 3.11 or newer; this is {}.{}".format(*sys.version_info))
    with ExitStack() as stack:
        site = str(unpacked(Path(sys.argv[0]).resolve(), stack))
        sys.path.insert(0, site)
        # Worker processes of `batch` find the program there too.
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [site, os.environ.get("PYTHONPATH", "")]))
        from kotoneuvo.cli.main import main as run

        run()


if __name__ == "__main__":
    main()
