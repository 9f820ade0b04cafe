"""One rule for every file of a command line: inputs stay as they are, nothing is replaced unasked."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest
from desk import lay_out
from typer.testing import CliRunner

from kotoneuvo.catalogue.files import LARGEST
from kotoneuvo.cli.catalogues import Workspace
from kotoneuvo.cli.main import build

APP = build()

PROGRAM = str(Path(sys.executable).parent / "kotoneuvo")
PERSON = ("advise", "--municipality", "Vantaa", "--format", "text")
WRITERS = {
    "advise": (*PERSON, "--output"),
    "batch": ("batch", "intake.csv", "--output"),
    "problems": ("batch", "intake.csv", "--output", "-", "--problems"),
    "report": ("batch", "intake.csv", "--output", "-", "--report"),
    "template": ("batch", "--template", "--output"),
    "export": ("catalogue", "export", "--to", "csv", "--output"),
    "schema": ("catalogue", "schema", "--output"),
    "import-ptv": ("catalogue", "import-ptv", "ptv.json", "--output"),
    "links": ("catalogue", "links", "--service", "spr-vantaa-drop-in", "--output"),
}
"""Every command that writes, up to the name of its output; links asks nothing before the name is checked."""
READ = {
    "advise": ((*PERSON[:1], "--answers", "answers.toml", "--format", "text"), ("answers.toml", "spr.toml")),
    "batch": (("batch", "intake.csv"), ("intake.csv", "spr.toml")),
    "export": (("catalogue", "export", "--to", "csv"), ("spr.toml",)),
    "links": (("catalogue", "links"), ("spr.toml",)),
    "import-ptv": (("catalogue", "import-ptv", "ptv.json"), ("ptv.json",)),
}
"""Commands with the files that they read, --catalogue spr.toml apart."""


IMPORTANT = '[[service]]\nid = "mine"\n'
"""A file that somebody needs; import-ptv reads what it replaces, to keep what was edited in it."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("KOTONEUVO_LANG", "en")
    return lay_out(tmp_path)


def run(*options: str) -> tuple[int, str]:
    """The exit code and all that was said, in this process."""
    done = CliRunner().invoke(APP, options)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def shell(line: str, *options: str) -> subprocess.CompletedProcess[str]:
    """The program in a shell, where it is "$@"."""
    command = ["bash", "-c", line, "sh", PROGRAM, *options]
    return subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False, timeout=60
    )


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def names_of(path: Path) -> Iterator[str]:
    """A file by its name, by another way to it, by a symbolic and by a hard link."""
    yield path.name
    yield f"./{path.name}"
    for name, link in (("soft", os.symlink), ("hard", os.link)):
        other = path.with_name(f"{name}-{path.name}")
        link(path, other)
        yield other.name


@pytest.mark.parametrize("command", READ)
def test_no_output_is_an_input(folder: Path, command: str) -> None:
    """Not even with --force, and whatever the file is called."""
    options, read = READ[command]
    names = [name for each in read for name in names_of(folder / each)]
    before = everything(folder)
    overlay = () if command == "import-ptv" else ("--catalogue", "spr.toml")  # it writes one, and reads none
    for name in names:
        for option in ("--output", "--problems", "--report") if command == "batch" else ("--output",):
            code, said = run(*options, *overlay, "--force", option, name)
            assert code == 2, (name, said)
            assert "same file" in said
    assert everything(folder) == before


@pytest.mark.parametrize("command", ["advise", "batch", "export"])
def test_no_output_is_a_file_of_the_config_folder(folder: Path, command: str) -> None:
    """They are read without being named."""
    home = folder / "config" / "kotoneuvo" / "catalogues"
    home.mkdir(parents=True)
    shutil.copy(folder / "spr.toml", home)
    (folder / "mine").symlink_to(home / "spr.toml")
    before = everything(folder)
    for name in (str(home / "spr.toml"), "mine"):
        code, said = run(*WRITERS[command], name, "--force")
        assert code == 2
        assert "same file" in said
    assert everything(folder) == before


@pytest.mark.parametrize("command", WRITERS)
def test_a_file_is_replaced_only_with_force(folder: Path, command: str) -> None:
    """Else it stays, and the message says how it could be done."""
    (folder / "out.csv").write_text(IMPORTANT, encoding="utf-8")
    before = everything(folder)
    code, said = run(*WRITERS[command], "out.csv")
    assert code == 2, said
    assert "--force" in said
    assert everything(folder) == before
    if command != "links":
        code, said = run(*WRITERS[command], "out.csv", "--force")
        assert code == 0, said
        assert (folder / "out.csv").read_text(encoding="utf-8") != IMPORTANT


@pytest.mark.parametrize("command", ["advise", "batch", "export"])
@pytest.mark.parametrize("force", [(), ("--force",)])
def test_a_way_through_a_missing_folder_leads_to_no_file(folder: Path, command: str, force: tuple[str, ...]) -> None:
    """To the system there is nothing at "missing/../file", whatever lies at "file"; nor behind a link to it."""
    (folder / "link").symlink_to("missing/../spr.toml")
    before = everything(folder)
    for name in ("missing/../intake.csv", "missing/../new.csv", "link"):
        code, said = run(*WRITERS[command], name, *force)
        assert code == 1, (name, said)
        assert "there is no such file or folder" in said
    assert everything(folder) == before


@pytest.mark.parametrize(
    "options",
    [
        (*PERSON[:3], "--format", "pdf", "--output", "paper.html"),
        (*PERSON[:3], "--format", "html", "--output", "paper.PDF"),
        (*PERSON[:3], "--output", "steps.json"),
        ("batch", "intake.csv", "--output", "results.pdf"),
        ("batch", "intake.csv", "--output", "results.ods"),
        ("batch", "intake.csv", "--format", "jsonl", "--output", "results.xlsx"),
        ("batch", "intake.csv", "--output", "results.csv", "--report", "gaps.pdf"),
        ("batch", "intake.csv", "--output", "results.csv", "--problems", "problems.xlsx"),
        ("batch", "--template", "--output", "empty.xlsx"),
        ("catalogue", "export", "--to", "csv", "--output", "services.xlsx"),
        ("catalogue", "export", "--to", "hsds", "--output", "services.html"),
        ("catalogue", "report", "--output", "report.html"),
        ("catalogue", "links", "--format", "json", "--output", "links.html"),
    ],
)
def test_a_name_promises_what_is_written(folder: Path, options: tuple[str, ...]) -> None:
    """A PDF called .html shows signs in a browser."""
    before = everything(folder)
    code, said = run(*options)
    assert code == 2, said
    assert "the name ends in" in said
    assert everything(folder) == before


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("card", "ar", "--output", "out"), "ends in .pdf or .html"),
        ((*PERSON[:3], "--format", "json", "--output", "out.html"), "the name ends in"),
        (("batch", "--output", "out"), "name an intake file"),
        (("batch", "intake.csv", "--dry-run", "--output", "out"), "--dry-run writes no files"),
        (("batch", "--template", "--report", "out.html"), "--template writes one table"),
        (("batch", "--template", "--save-mapping", "out"), "--template writes one table"),
    ],
)
def test_what_is_wrong_is_said_before_what_is_in_the_way(folder: Path, options: tuple[str, ...], said: str) -> None:
    """Nobody is asked whether to replace a file for a command that cannot run."""
    for name in ("out", "out.html"):
        (folder / name).touch()
    code, told = run(*options)
    assert code == 2
    assert said in told
    assert "already exists" not in told


@pytest.mark.parametrize(
    ("options", "refused"),
    [
        (
            (*PERSON, "--with", "vamos", "--bilingual", "--handout-lang", "xx"),
            ["--handout-lang", "--bilingual", "--with"],
        ),
        ((*PERSON[:3], "--format", "note", "--without", "vamos"), ["--without"]),
        ((*PERSON[:3], "--format", "json", "--full"), ["--full"]),
        (("batch", "intake.csv", "--format", "jsonl", "--columns", "row", "--excel"), ["--columns", "--excel"]),
    ],
)
def test_an_option_that_would_do_nothing_is_refused(folder: Path, options: tuple[str, ...], refused: list[str]) -> None:
    """Whoever asks for a language of the paper, and gets a text without a word, takes it for that."""
    code, said = run(*options)
    assert code == 2, said
    assert [line.partition(":")[0] for line in said.splitlines() if "does not go with" in line] == refused


def test_a_protected_file_is_said_before_the_questions(folder: Path) -> None:
    """Also through a link: fifteen answers would be lost."""
    (folder / "own.toml").write_text("", encoding="utf-8")
    (folder / "own.toml").chmod(0o444)
    (folder / "link.toml").symlink_to("own.toml")
    for name in ("own.toml", "link.toml"):
        code, said = run("catalogue", "new", "--plain", "--file", name)
        assert code == 1
        assert "write-protected" in said
        assert "?" not in said


def test_a_file_named_in_two_ways_is_laid_on_once(folder: Path) -> None:
    """By its name and by its whole path."""
    own = folder / "spr.toml"
    assert len(Workspace(None, files=[Path("spr.toml")]).files(own)) == 2
    assert len(Workspace(None).files(own)) == 2


def test_all_files_that_are_in_the_way_are_said_at_once(folder: Path) -> None:
    """Three outputs, two of them taken."""
    for name in ("a", "c"):
        (folder / name).touch()
    code, said = run("batch", "intake.csv", "--output", "a", "--problems", "b", "--report", "c")
    assert code == 2
    assert [line.split(":")[0] for line in said.splitlines()] == ["a", "c"]


@pytest.mark.slow
@pytest.mark.parametrize(("reply", "replaced"), [("y", True), ("k", True), ("n", False), ("", False)])
def test_on_a_terminal_it_is_asked(folder: Path, reply: str, replaced: bool) -> None:
    """Only a yes replaces the file."""
    (folder / "out").write_text("important", encoding="utf-8")
    child = pexpect.spawn(
        PROGRAM,
        [*PERSON, "--output", "out"],
        encoding="utf-8",
        timeout=30,
    )
    child.expect("already exists. Replace it?")
    child.sendline(reply)
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == (0 if replaced else 2)
    assert ((folder / "out").read_text(encoding="utf-8") != "important") is replaced


@pytest.mark.slow
@pytest.mark.parametrize("force", [(), ("--force",)])
def test_a_file_that_nobody_named_is_never_replaced(folder: Path, force: tuple[str, ...]) -> None:
    """The code book of a template stands beside it, unless something else does."""
    (folder / "notes.txt").write_text("important", encoding="utf-8")
    before = everything(folder)
    for name in ("notes.csv", "notes.txt", "notes"):
        code, said = run(*WRITERS["template"], name, *force)
        assert code == 2, name
        assert "--output" in said
    assert everything(folder) == before
    for name in ("/dev/null", "/dev/stdout", "-"):
        assert shell('exec "$@"', *WRITERS["template"], name, *force).returncode == 0
    assert everything(folder) == before


@pytest.mark.slow
def test_two_results_do_not_share_a_file(folder: Path) -> None:
    """By one name, by two, or by one that is stdout."""
    for options in (("x", "--report", "x"), ("x", "--problems", "./x"), ("-", "--problems", "/dev/stdout")):
        done = shell('exec "$@"', "batch", "intake.csv", "--output", *options)
        assert done.returncode == 2, options
        assert "same file" in done.stderr
    assert run("batch", "intake.csv", "--output", "/dev/null", "--problems", "/dev/null")[0] == 0


@pytest.mark.slow
@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "link"])
def test_stdout_by_its_path_is_written_on(folder: Path, name: str) -> None:
    """As every other tool does: what the file held, and what was said before, stays."""
    if not Path("/proc/self/fd").exists():
        pytest.skip("no /proc here")
    (folder / "link").symlink_to("/dev/stdout")
    (folder / "kept").write_text("KEPT\n", encoding="utf-8")
    shell('"$@" >> kept', *PERSON, "--output", name)
    shell('(echo HEAD; "$@"; echo TAIL) > told', *PERSON, "--output", name)
    kept = (folder / "kept").read_text(encoding="utf-8")
    assert kept.startswith("KEPT\n")
    assert "Vantaa" in kept
    told = (folder / "told").read_text(encoding="utf-8")
    assert told.startswith("HEAD\n")
    assert "Vantaa" in told
    assert told.endswith("TAIL\n")


@pytest.mark.slow
def test_other_descriptors_are_written_on_too(folder: Path) -> None:
    """/dev/stderr and what a shell's `>(command)` gives."""
    assert "Vantaa" in shell('exec "$@"', *PERSON, "--output", "/dev/stderr").stderr
    shell('echo HEAD > told; "$@" 7>> told', *PERSON, "--output", "/dev/fd/7")
    told = (folder / "told").read_text(encoding="utf-8")
    assert told.startswith("HEAD\n")
    assert "Vantaa" in told


@pytest.mark.parametrize(
    "options",
    [
        *((*WRITERS[name], "loop") for name in WRITERS if name != "template"),
        ("advise", "--answers", "loop"),
        ("advise", "--municipality", "Vantaa", "--catalogue", "loop"),
        ("batch", "loop"),
        ("batch", "intake.csv", "--letters", "loop"),
        ("catalogue", "check", "loop"),
        ("catalogue", "confirm", "migri", "--source", "https://example.org/", "--file", "loop"),
        ("catalogue", "new", "--plain", "--file", "loop"),
    ],
    ids=lambda options: " ".join(options[:4]),
)
def test_links_in_a_circle(folder: Path, options: tuple[str, ...]) -> None:
    """An error in words, and the link stays."""
    (folder / "loop").symlink_to("loop")
    code, said = run(*options)
    assert code == 1, said
    assert "form a loop" in said
    assert (folder / "loop").is_symlink()


SPECIAL = [
    ("advise", "--answers"),
    ("advise", "--municipality", "Vantaa", "--catalogue"),
    ("batch",),
    ("catalogue", "check"),
    ("catalogue", "import-ptv"),
]


@pytest.mark.parametrize("options", SPECIAL, ids=lambda options: " ".join(options))
def test_what_is_no_file_is_not_read(folder: Path, options: tuple[str, ...]) -> None:
    """A named pipe that nobody writes to, an endless device: said at once, not waited for."""
    os.mkfifo(folder / "pipe")
    for name in ("pipe", "/dev/zero"):
        code, said = run(*options, name)
        assert code == 1, (name, said)
        assert "not a file" in said


def test_a_pipe_in_the_config_folder_is_said(folder: Path) -> None:
    """It would hold up every command."""
    home = folder / "config" / "kotoneuvo" / "catalogues"
    home.mkdir(parents=True)
    os.mkfifo(home / "odd.toml")
    code, said = run(*PERSON)
    assert code == 1
    assert "odd.toml: this is a device, a pipe or a socket, not a file" in said


@pytest.mark.slow
def test_pipes_of_the_shell_are_read(folder: Path) -> None:
    """`<(command)` and /dev/stdin are open already, and somebody writes to them."""
    for line in ('"$@" <(cat answers.toml)', 'cat answers.toml | "$@" /dev/stdin', '"$@" /dev/stdin < answers.toml'):
        done = shell(line, "advise", "--format", "text", "--answers")
        assert done.returncode == 0, done.stderr
        assert "Espoo" in done.stdout


def test_files_have_a_limit(folder: Path) -> None:
    """What is read as a whole is not read for ever."""
    with (folder / "big.toml").open("wb") as file:
        file.truncate(LARGEST + 1)
    for options in (("catalogue", "check", "big.toml"), ("advise", "--answers", "big.toml")):
        code, said = run(*options)
        assert code == 1
        assert "larger than the limit of" in said
