"""The options of commands that read the national register (PTV), from files or from its API with a key."""

# No `from __future__ import annotations`: typer would look up a subclass's inherited annotations, as text, in the wrong
# module.
import ipaddress
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

import kotoneuvo
from kotoneuvo.advice.facts import FactBook
from kotoneuvo.advice.problems import N_, InputProblems, Problem
from kotoneuvo.advice.values import read_values
from kotoneuvo.catalogue.files import file_problem, is_folder
from kotoneuvo.catalogue.ptv.api import FetchRequest, fetch
from kotoneuvo.catalogue.ptv.choice import RegisterChoice
from kotoneuvo.catalogue.ptv.entries import SERVER as PUBLIC
from kotoneuvo.catalogue.ptv.entries import ReadDates
from kotoneuvo.catalogue.ptv.records import Records, read_records
from kotoneuvo.catalogue.ptv.server import ApiSettings
from kotoneuvo.cli.catalogues import Workspace, need
from kotoneuvo.cli.environment import Environment, UsageProblems, refused
from kotoneuvo.cli.named_files import Named
from kotoneuvo.cli.options import words_for

AGENT = f"kotoneuvo/{kotoneuvo.__version__} (service catalogue import)"
KEY = "KOTONEUVO_PTV_KEY"
KEY_FILE = "KOTONEUVO_PTV_KEY_FILE"
SERVER = "KOTONEUVO_PTV_SERVER"
_LONGEST_KEY = 4096


@dataclass(frozen=True)
class RegisterOptions:
    """The options that all commands reading the register share, one a field; a command adds its own in a subclass."""

    source: Annotated[Path | None, typer.Argument(help="a file of PTV answers (v12 or v11), or a folder of them")] = (
        None
    )
    from_api: Annotated[
        bool, typer.Option("--from-api", help="read from PTV itself; uses the network and an API key")
    ] = False
    ids: Annotated[
        list[str] | None, typer.Option("--id", help="this service of PTV, whatever its class (repeatable)")
    ] = None
    municipality: Annotated[
        list[str] | None,
        typer.Option(
            help="with --from-api: the services of this municipality, its county and region (repeatable)",
            autocompletion=words_for("municipality"),
        ),
    ] = None
    nationwide: Annotated[
        bool, typer.Option("--nationwide", help="with --from-api: the services of the whole country")
    ] = False
    classes: Annotated[
        list[str] | None, typer.Option("--class", help="also services of this class, such as P25.7 (repeatable)")
    ] = None
    everything: Annotated[bool, typer.Option("--all", help="services of every class")] = False
    server: Annotated[str | None, typer.Option(help="with --from-api: another address of the API")] = None
    timeout: Annotated[float, typer.Option(help="with --from-api: seconds to wait for an answer", min=0.1)] = 30
    pause: Annotated[float, typer.Option(help="with --from-api: seconds between two requests", min=0)] = 0.2
    fetched: Annotated[
        str | None, typer.Option(help="of files: the day on which they were fetched from PTV, YYYY-MM-DD")
    ] = None

    def check(self, *, searched: bool) -> None:
        """Raise UsageProblems for options that do not say where to read.

        `searched`: the API is searched, so that the options must also say for which services.
        """
        asked = {"--municipality": self.municipality, "--nationwide": self.nationwide, "--server": self.server}
        if not self.from_api:
            given = [Problem("this needs --from-api", fieldname=name) for name, value in asked.items() if value]
            if given:
                raise UsageProblems(given)
        named = self.ids or self.municipality or self.nationwide or not searched
        # One of the two must be given, and only one.
        if self.from_api is (self.source is not None) or (self.from_api and not named):
            if not searched:
                raise refused("give a file or folder, or --from-api")
            raise refused("give a file or folder, or --from-api with --id, --municipality or --nationwide")
        if self.from_api and self.fetched:
            raise refused("only today can be asked for here", "--fetched")

    @property
    def choice(self) -> RegisterChoice:
        """Which services to take besides those about integration."""
        return RegisterChoice(tuple(self.classes or ()), tuple(self.ids or ()), self.everything)

    def seen(self, environment: Environment) -> ReadDates:
        """Return today and the day of the fetch: today from the API; for files --fetched, as they do not say it."""
        if self.from_api:
            return ReadDates(environment.today, environment.today)
        fetched = environment.day(self.fetched, "--fetched") if self.fetched is not None else None
        if fetched and fetched > environment.today:
            raise refused("this date is in the future", "--fetched")
        return ReadDates(environment.today, fetched)

    def files(self) -> list[Named]:
        """Return the files that will be read: the given one, or those in the given folder."""
        source = self.source
        return [("", each) for each in (source.iterdir() if source and is_folder(source) else [source])]

    def records(self, facts: FactBook, work: Workspace, wanted: FetchRequest | None = None) -> Records:
        """Read the files, or fetch from PTV what is `wanted` (default: what the options ask for).

        Raises InputProblems; UsageProblems for a server that is not PTV v12.
        """
        if self.source:
            return read_records(self.source)
        need("httpx")
        if wanted is None:
            wanted = FetchRequest(self.choice, tuple(_codes(facts, self.municipality or ())), self.nationwide)
        variables = work.environment.variables
        server, key = (self.server or variables.get(SERVER) or PUBLIC).rstrip("/"), _key(variables)
        _check_server(server, key)
        return fetch(wanted, facts, ApiSettings(server, AGENT, self.timeout, self.pause, _waiting(work), key))


def _codes(facts: FactBook, towns: Iterable[str]) -> list[str]:
    try:
        return [str(code) for town in towns for code in read_values(facts["municipality"], town)]
    except InputProblems as error:
        raise UsageProblems(error.problems) from None


def _key(variables: Mapping[str, str]) -> str:
    """Return the API key from the environment or the file that it names; "" if there is none.

    Raises UsageProblems for a file that cannot be read or holds no key.
    """
    # Not an option, as every user of the computer can read those; and no message may repeat it.
    name = variables.get(KEY_FILE)
    key = variables.get(KEY, "").strip()
    # The variable with the key itself comes first.
    if name and not key:
        try:
            key = Path(name).read_text(encoding="utf-8")[:_LONGEST_KEY].strip()
        except (OSError, ValueError) as error:
            problem = file_problem(Path(name), error) if isinstance(error, OSError) else Problem("this is not text")
            raise UsageProblems([problem._replace(fieldname=KEY_FILE)]) from None
    # An HTTP header cannot hold other characters, and httpx would show the key in its error.
    if key and not (key.isascii() and key.isprintable() and " " not in key):
        option = KEY if variables.get(KEY) else KEY_FILE
        raise refused("this is not an API key: a key is one word of letters, digits and punctuation", option)
    return key


def _check_server(server: str, key: str) -> None:
    """Raise UsageProblems for an address of another version, and for one to which the key would go unencrypted."""
    try:
        parts = urlsplit(server)
        # To a server on this computer the key does not go through the network.
        local = parts.hostname == "localhost" or ipaddress.ip_address(parts.hostname or "").is_loopback
    except ValueError:
        local = False
    if "/v11" in server:
        message = N_("PTV v11 can only be read from files and ends in April 2027; the address of v12 ends in /api/v12")
        raise refused(message, "--server")
    if key and not server.startswith("https://") and not local:
        raise refused("an API key is only sent over https", "--server")


def _waiting(work: Workspace) -> Callable[[int], None]:
    """Return a function that says how many seconds we wait for a busy server, so that the run does not look stuck."""
    message = work.words.gettext("PTV is busy; waiting {seconds} s")
    return lambda seconds: print(message.format(seconds=seconds), file=work.environment.stderr, flush=True)
