"""Commands on top of typer: imported when they are called, with help and errors in the worker's language."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, ParamSpec, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

from kotoneuvo.advice.problems import InputProblems, Problem, closest
from kotoneuvo.cli.environment import FOLDER_NAMED, Environment, names_folder
from kotoneuvo.cli.exit_codes import USAGE, guarded
from kotoneuvo.words import Words, help_words

if TYPE_CHECKING:
    from kotoneuvo.cli.help import Help

# The key under which a context keeps the value of --lang for help and errors.
_LANGUAGE = "kotoneuvo.language"
_OPTION = "--lang"
_FOLDER = "letters"
"""The option that names a folder; all other paths are files."""
# Typer's own help is in English only, and its tracebacks could show a person's answers.
_SETTINGS: dict[str, Any] = {"add_completion": False, "rich_markup_mode": None, "pretty_exceptions_enable": False}
Parameters = ParamSpec("Parameters")
Options = TypeVar("Options")


class CommandEntry(NamedTuple):
    """Where a command is defined ("module:name"), or the commands `below` a group.

    `about` is its line in the help of the group above, so that the module need not be imported for it.
    """

    place: str = ""
    about: str = ""
    below: Mapping[str, CommandEntry] = {}


class WrongCommandLine(Exception):
    """A problem of the command line that typer does not find itself."""

    def __init__(self, ctx: Any, problem: Problem) -> None:
        super().__init__(problem.message)
        self.ctx, self.problem = ctx, problem


class _Localized:
    """Help and parsing for commands and groups alike; a mixin that comes before typer's own class."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the arguments, and note --lang first: --help stops the parsing before an option behind it is read."""
        for place, word in enumerate(args):
            if word == _OPTION and place + 1 < len(args):
                ctx.meta[_LANGUAGE] = args[place + 1]
            elif word.startswith(f"{_OPTION}="):
                ctx.meta[_LANGUAGE] = word.partition("=")[2]
        try:
            self._check(ctx, args)
            parsed: list[str] = super().parse_args(ctx, args)  # type: ignore[misc]
        except Exception as error:
            # Some of typer's errors do not say which command they belong to.
            if _is_usage_error(error) and not getattr(error, "ctx", None):
                error.ctx = ctx  # type: ignore[attr-defined]
            raise
        return parsed

    def _check(self, ctx: Any, args: list[str]) -> None:
        """Raise WrongCommandLine for an option given twice, and for the name of a folder where a file is expected."""
        # Typer would silently keep the last value, and pathlib would silently drop the slash.
        given, _, order = self.make_parser(ctx).parse_args(args=list(args))  # type: ignore[attr-defined]
        for option in dict.fromkeys(order):
            name = max(option.opts, key=len)
            single = option.param_type_name == "option" and not (option.multiple or option.is_flag or option.count)
            # --lang may be given twice, and the last counts: a shell alias for the program may contain one.
            if single and name != _OPTION and order.count(option) > 1:
                raise WrongCommandLine(ctx, Problem("this is given twice; keep only one", fieldname=name))
            value = given.get(option.name)
            if single and option.type.name == "path" and option.name != _FOLDER and names_folder(str(value)):
                raise WrongCommandLine(ctx, Problem(FOLDER_NAMED, where=str(value), fieldname=name))

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the usage line."""
        shown = _described(ctx)
        formatter.write_usage(shown.path, shown.usage, prefix=f"{shown.usage_heading} ")

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the whole help."""
        shown = _described(ctx)
        self.format_usage(ctx, formatter)
        for paragraph in shown.about:
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(paragraph)
        for section in shown.sections:
            with formatter.section(section.heading):
                formatter.write_dl([(row.name, row.text) for row in section.rows])
        if shown.examples.rows:
            with formatter.section(shown.examples.heading):
                for row in shown.examples.rows:
                    formatter.write_text(f"# {row.text}")
                    # Written raw, as write_text would wrap it, and a wrapped command cannot be copied.
                    formatter.write(f"  {row.name}\n")


class LocalizedCommand(_Localized, TyperCommand):
    """A command whose help is in the worker's language."""


class CommandGroup(_Localized, TyperGroup):
    """A group that imports a command's module only when that command is called."""

    entries: Mapping[str, CommandEntry] = {}

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the commands in the order of `entries`."""
        return list(self.entries)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a command or group by its name; None if there is none."""
        if cmd_name in self.entries and cmd_name not in self.commands:
            entry = self.entries[cmd_name]
            module, _, name = entry.place.partition(":")
            found = _group(entry) if entry.below else getattr(import_module(f"kotoneuvo.cli.{module}"), name)
            self.commands[cmd_name] = found
        return self.commands.get(cmd_name)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that is called. Raises WrongCommandLine."""
        name = args[0]
        if name not in self.entries and not name.startswith("-") and not ctx.resilient_parsing:
            near, details = closest(name, list(self.entries)), {"kind": "command", "found": name}
            raise WrongCommandLine(ctx, Problem('unknown {kind} "{found}"', details, suggestion=near))
        return super().resolve_command(ctx, args)

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run the program. A wrong command line ends it with a message and the command that shows the help."""
        standalone = extra.pop("standalone_mode", True)
        # In its own standalone mode typer prints errors in English and ends the process.
        extra["standalone_mode"] = False
        if not standalone:
            return super().main(*args, **extra)
        try:
            code = super().main(*args, **extra)
        except WrongCommandLine as error:
            _print_problem(error.problem, error.ctx)
            code = USAGE
        except Exception as error:
            if not _is_usage_error(error):
                raise
            _print_usage_error(error)
            code = getattr(error, "exit_code", USAGE)
        sys.exit(code or 0)


def command(function: Callable[Parameters, None]) -> LocalizedCommand:
    """Turn a function into a command: typer reads options from its signature and help from its docstring."""
    app = typer.Typer(**_SETTINGS)
    app.command(cls=LocalizedCommand)(guarded(function))
    made = typer.main.get_command(app)
    assert isinstance(made, LocalizedCommand)
    return made


def command_with(
    options: Callable[..., Options], *without: str
) -> Callable[[Callable[[Options], None]], LocalizedCommand]:
    """Turn a function of one record into a command with an option for each field of the dataclass `options`.

    Fields named in `without` get no option and keep their defaults.
    """

    def decorate(function: Callable[[Options], None]) -> LocalizedCommand:
        app = typer.Typer(**_SETTINGS)
        app.command(cls=LocalizedCommand, help=function.__doc__)(options)
        made = typer.main.get_command(app)
        make_record = made.callback
        made.params = [each for each in made.params if each.name not in without]
        assert isinstance(made, LocalizedCommand)
        assert make_record
        # Typer calls back with one value for each field, but the function takes the record.
        made.callback = guarded(lambda **values: function(make_record(**values)))
        return made

    return decorate


def _group(entry: CommandEntry) -> CommandGroup:
    from kotoneuvo.cli.options import group_options

    app = typer.Typer(cls=CommandGroup, help=entry.about, no_args_is_help=True, **_SETTINGS)
    app.callback()(group_options)
    made = typer.main.get_command(app)
    assert isinstance(made, CommandGroup)
    made.entries = entry.below
    return made


def _words(context: Any) -> Words:
    """Return the words of the worker's language; English ones if --lang names no language of ours."""
    try:
        return Environment.current().words(context.meta.get(_LANGUAGE) if context else None)
    except InputProblems:
        return Words("en")


def _described(context: Any) -> Help:
    """Return the help of the context's command in the worker's language."""
    from kotoneuvo.cli.help import describe

    language = _words(context).language
    return describe(context, help_words(language), language)


def _is_usage_error(error: BaseException) -> bool:
    """Whether typer raised this for a wrong command line."""
    # The class has another name, or none that is public, from one version of typer to the next.
    return hasattr(error, "format_message") and hasattr(error, "exit_code")


def _print_usage_error(error: Any) -> None:
    """Print the error to stderr; for a group that was called without a command, print its help instead."""
    if error.ctx and (error.message == error.ctx.get_help() or _lacks_command(error)):
        print(error.ctx.get_help(), file=sys.stderr)
        return
    _print_problem(_problem(error), error.ctx)


def _print_problem(problem: Problem, context: Any) -> None:
    words = _words(context)
    path = context.command_path if context else "kotoneuvo"
    next_step = words.gettext("`{command} --help` shows how it is used.").format(command=path)
    print(words.problem(problem), next_step, sep="\n", file=sys.stderr)


def _lacks_command(error: Any) -> bool:
    """Whether a group was called with options but no command, for which typer has no class of its own."""
    group = isinstance(error.ctx.command, CommandGroup)
    return group and not any(getattr(error, name, None) for name in ("param", "option_name", "possibilities"))


def _problem(error: Any) -> Problem:
    """The problem in an exception of typer's, by what it holds; one of another kind is said in typer's own words."""
    parameter, option = getattr(error, "param", None), getattr(error, "option_name", "")
    # Told apart by their attributes, which have stayed the same where typer renamed the classes.
    if hasattr(error, "possibilities"):
        near = closest(option, error.possibilities or [])
        return Problem('unknown {kind} "{found}"', {"kind": "option", "found": option}, suggestion=near)
    if option:
        return Problem("this option needs a value", fieldname=option)
    if parameter is None:
        return Problem("the command line is not understood: {message}", {"message": error.format_message()})
    longest = max(parameter.opts, key=len)
    name = str(longest if longest.startswith("-") else parameter.name)
    if hasattr(error, "param_type"):
        return Problem("this is required but missing", fieldname=name)
    return Problem("this value cannot be used", fieldname=name, allowed=_allowed(parameter.type))


def _allowed(kind: Any) -> tuple[str, ...]:
    """Return the choices of an option, or its range as one text; nothing if it has neither."""
    least, most = getattr(kind, "min", None), getattr(kind, "max", None)
    if least is not None and most is not None:
        return (f"{least}-{most}",)
    return (f">= {least}",) if least is not None else tuple(map(str, getattr(kind, "choices", ())))
