"""The shape of the house: walls, sizes, words."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from kotoneuvo.advice.service import Operating
from kotoneuvo.catalogue.links import Answer

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "kotoneuvo").rglob("*.py"))
KEYWORDS = {
    "_": None, "gettext": None, "ngettext": (1, 2), "counted": (1, 2), "N_": None, "Problem": None, "refused": None,
    "note": None,
}  # fmt: skip


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_rooms_stay_small(module: Path) -> None:
    """No module over 300 lines, no function over 50."""
    source = module.read_text(encoding="utf-8")
    assert source.count("\n") <= 300
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno is not None
            assert node.end_lineno - node.lineno < 50, node.name


def test_every_class_has_a_name_of_its_own() -> None:
    """Who reads `Change` or `Row` knows which one is meant."""
    trees = [ast.parse(module.read_text(encoding="utf-8")) for module in MODULES]
    names = Counter(node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    assert not [name for name, times in names.items() if times > 1]


def _msgids() -> Iterator[str]:
    for _, _, message, _, _ in extract_from_dir(ROOT / "kotoneuvo", keywords=KEYWORDS):
        yield message if isinstance(message, str) else message[0]


def _literals() -> Iterator[str]:
    """The words that the code marks, found in another way: also where Babel does not look, inside of f-strings."""
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in KEYWORDS:
                    yield str(node.args[0].value)
            # A message that is kept in a variable until it is raised.
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "message":
                yield from [str(each.value) for each in (node.value,) if isinstance(each, ast.Constant)]


def _messages(language: str) -> dict[str, Message]:
    path = ROOT / "kotoneuvo" / "locale" / language / "LC_MESSAGES" / "kotoneuvo.po"
    with path.open("rb") as file:
        return {
            message.id if isinstance(message.id, str) else message.id[0]: message
            for message in read_po(file)
            if message.id
        }


def test_no_word_hides_from_the_translators() -> None:
    """What is marked stands where it is found; a word that is looked up by its value is marked where it is made."""
    assert set(_literals()) <= set(_msgids())
    changes = {"added", "removed", "changed", "opens", "closes", "moves"}
    assert {each.value for each in (*Answer, *Operating)} | changes <= set(_msgids())


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_word_of_the_program_is_translated(language: str) -> None:
    """Every msgid in the code has its translation, with the same places to fill, and none is left over."""
    messages = _messages(language)
    assert set(messages) == set(_msgids())
    for msgid, message in messages.items():
        forms = [message.string] if isinstance(message.string, str) else list(message.string or ())
        assert all(forms), msgid
        assert not message.fuzzy, msgid
        assert not list(message.check()), msgid


TESTS = sorted((ROOT / "tests").rglob("*.py"))
_PUBLIC_ALL_THE_SAME = {"_asdict", "_fields", "_replace", "_exit"}
"""Of named tuples and of `os`."""


def _private_names(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("kotoneuvo"):
            yield from (alias.name for alias in node.names if alias.name.startswith("_"))
        elif isinstance(node, ast.Attribute) and not (isinstance(node.value, ast.Name) and node.value.id == "self"):
            yield node.attr
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "setattr" and len(node.args) > 1:
            yield from (str(each.value) for each in node.args[:2] if isinstance(each, ast.Constant))


@pytest.mark.parametrize("module", TESTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_tests_use_no_private_names(module: Path) -> None:
    """What begins with an underscore may change without a test: tests hold the program to what others see of it."""
    private = {name for name in _private_names(module) if name.startswith("_") and not name.startswith("__")}
    assert private <= _PUBLIC_ALL_THE_SAME
