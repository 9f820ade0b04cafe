"""Where the commands that read the national register (PTV) read it: files, or the register itself with its key."""

# Annotations are objects here, not text: typer reads those of a subclass with the names of its own module.
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
from kotoneuvo.cli.completion import words_for
from kotoneuvo.cli.environment import Environment, UsageProblems, refused
from kotoneuvo.cli.named_files import Named

AGENT = f"kotoneuvo/{kotoneuvo.__version__} (service catalogue import)"
KEY = "KOTONEUVO_PTV_KEY"
KEY_FILE = "KOTONEUVO_PTV_KEY_FILE"
SERVER = "KOTONEUVO_PTV_SERVER"
_LONGEST_KEY = 4096


@dataclass(frozen=True)
class RegisterOptions:
    """The options of the commands that read the register, each a field; a command adds its own."""

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
        """Raise UsageProblems if it is not clear where to read; `searched`: services must be named or searched for."""
        asked = {"--municipality": self.municipality, "--nationwide": self.nationwide, "--server": self.server}
        if not self.from_api:
            given = [Problem("this needs --from-api", fieldname=name) for name, value in asked.items() if value]
            if given:
                raise UsageProblems(given)
        named = self.ids or self.municipality or self.nationwide or not searched
        if self.from_api is (self.source is not None) or (self.from_api and not named):
            if not searched:
                raise refused("give a file or folder, or --from-api")
            raise refused("give a file or folder, or --from-api with --id, --municipality or --nationwide")
        if self.from_api and self.fetched:
            raise refused("only today can be asked for here", "--fetched")

    @property
    def choice(self) -> RegisterChoice:
        """Which services are taken beside those of integration."""
        return RegisterChoice(tuple(self.classes or ()), tuple(self.ids or ()), self.everything)

    def seen(self, environment: Environment) -> ReadDates:
        """The day of fetch: today if PTV itself is asked; of files only what is said."""
        if self.from_api:
            return ReadDates(environment.today, environment.today)
        fetched = environment.day(self.fetched, "--fetched") if self.fetched else None
        if fetched and fetched > environment.today:
            raise refused("this date is in the future", "--fetched")
        return ReadDates(environment.today, fetched)

    def files(self) -> list[Named]:
        """The files that are read: one, or those of a folder."""
        source = self.source
        return [("", each) for each in (source.iterdir() if source and is_folder(source) else [source])]

    def records(self, facts: FactBook, work: Workspace, wanted: FetchRequest | None = None) -> Records:
        """What the files hold, or what PTV says of what is `wanted`, else of what was asked for. Raises InputProblems.

        Raises UsageProblems for an address that is none of v12.
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
    """The API key: never an option, which every user of the computer could read, and never said anywhere.

    Raises UsageProblems for a file that cannot be read or holds no key.
    """
    name = variables.get(KEY_FILE)
    key = variables.get(KEY, "").strip()
    if name and not key:
        try:
            key = Path(name).read_text(encoding="utf-8")[:_LONGEST_KEY].strip()
        except (OSError, ValueError) as error:
            problem = file_problem(Path(name), error) if isinstance(error, OSError) else Problem("this is not text")
            raise UsageProblems([problem._replace(fieldname=KEY_FILE)]) from None
    # A header takes no other characters, and the library would show the key in its error.
    if key and not (key.isascii() and key.isprintable() and " " not in key):
        option = KEY if variables.get(KEY) else KEY_FILE
        raise refused("this is not an API key: a key is one word of letters, digits and punctuation", option)
    return key


def _check_server(server: str, key: str) -> None:
    """Raise UsageProblems for the address of another version, and where the key would go through the net in clear."""
    try:
        parts = urlsplit(server)
        local = parts.hostname == "localhost" or ipaddress.ip_address(parts.hostname or "").is_loopback
    except ValueError:
        local = False
    if "/v11" in server:
        message = N_("PTV v11 can only be read from files and ends in April 2027; the address of v12 ends in /api/v12")
        raise refused(message, "--server")
    if key and not server.startswith("https://") and not local:
        raise refused("an API key is only sent over https", "--server")


def _waiting(work: Workspace) -> Callable[[int], None]:
    """Says that a busy server is waited for: a run that stands still looks broken."""
    said = work.words.gettext("PTV is busy; waiting {seconds} s")
    return lambda seconds: print(said.format(seconds=seconds), file=work.environment.stderr, flush=True)
