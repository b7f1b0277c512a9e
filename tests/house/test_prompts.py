"""Every sentence of prompts/messages can be said with exactly its variables, is said somewhere, and is kind."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import meta
from jinja2.sandbox import SandboxedEnvironment

from bot.words import PROMPTS, entries, plain, say

BOT = Path(__file__).parents[2] / "bot"
VOICES = ("say", "plain")


class Anything(int):
    """A value that passes for a number, a yes or no, a text and a list, so that any template can be filled."""

    def __str__(self) -> str:
        return f"value{int(self)}"

    def __iter__(self) -> Iterator[str]:
        return iter([f"value{self:d}"] * self)


@pytest.mark.parametrize("name", sorted(entries()))
def test_a_sentence_uses_exactly_the_variables_that_it_declares(name: str) -> None:
    entry = entries()[name]
    used = meta.find_undeclared_variables(SandboxedEnvironment().parse(entry["text"]))
    assert used == set(entry["vars"])
    assert len(entry["vars"]) == len(set(entry["vars"]))


@pytest.mark.parametrize("name", sorted(entries()))
def test_a_sentence_can_be_said_of_none_one_and_several(name: str) -> None:
    for number in (0, 1, 2):
        values = dict.fromkeys(entries()[name]["vars"], Anything(number))
        said, written = say(name, **values), plain(name, **values)
        assert name.startswith("model.") or ("{" not in said and "}" not in said)  # a model is shown JSON
        assert number == 0 or (said.strip() and written.strip())  # of nothing there may be nothing to say


@pytest.mark.parametrize("name", sorted(entries()))
def test_a_sentence_does_not_take_what_it_does_not_declare(name: str) -> None:
    values = dict.fromkeys(entries()[name]["vars"], Anything(1))
    with pytest.raises(TypeError):
        say(name, **values, something_else=1)


@pytest.mark.parametrize("path", sorted(PROMPTS.rglob("*.yaml")), ids=lambda path: str(path.relative_to(PROMPTS)))
def test_nobody_is_shouted_at_and_nobody_is_pinged(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "!" not in re.sub(r"!=", "", text)
    assert not re.search(r"<!|@channel|@here|@everyone", text)


# --- what the code says


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(BOT.rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def called(node: ast.AST) -> bool:
    """Whether this is say(…) or plain(…) with a name."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in VOICES and bool(node.args)


def fixed_names() -> list[tuple[str, str]]:
    """(file and line, name) of every sentence that is said by its full name."""
    return [
        (f"{path.name}:{node.lineno}", node.args[0].value)
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and called(node) and isinstance(node.args[0], ast.Constant)
        if "anonymise" not in path.parts  # whose `plain` is another one: a plain list of words
    ]


def written() -> tuple[set[str], list[re.Pattern[str]]]:
    """Every string in the code, and a pattern for every string with holes whose fixed part begins like a name."""
    strings, patterns = set(), []
    for _, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                strings.add(node.value)
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                opening = str(node.values[0].value)
                if re.match(r"[a-z_]+\.", opening):
                    patterns.append(re.compile("".join(_pattern(each) for each in node.values)))
    return strings, patterns


def _pattern(piece: ast.expr) -> str:
    return re.escape(str(piece.value)) if isinstance(piece, ast.Constant) else r"([a-z_]+)"


def test_every_name_that_is_said_exists() -> None:
    names = fixed_names()
    assert len(names) > 100
    assert [(where, name) for where, name in names if name not in entries()] == []


def test_every_sentence_is_said_somewhere() -> None:
    strings, patterns = written()

    def is_said(name: str) -> bool:
        if name in strings:
            return True
        holes = (found for pattern in patterns if (found := pattern.fullmatch(name)))
        return any(all(filling in strings for filling in found.groups()) for found in holes)

    assert [name for name in sorted(entries()) if not is_said(name)] == []
