"""What is documented exists, and what exists is documented: commands, options, settings, targets."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from bot.cli import app
from bot.doctor.findings import MARKS, State
from bot.settings import Settings
from bot.voice.models import Flag

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ENV_EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
MAKE_VARIABLES = {"ARGS", "PYTHON", "TORCH_INDEX", "CUDA"}
SETTINGS = {name.upper(): field for name, field in Settings.model_fields.items()}


def part(heading: str) -> str:
    """The text under a heading of README.md, down to the next one of its rank."""
    rank = heading.split(" ")[0]
    found = re.search(rf"^{re.escape(heading)}$\n(.*?)(?=^#{{1,{len(rank)}}} |\Z)", README, re.MULTILINE | re.DOTALL)
    assert found, f"README.md has no {heading}"
    return found[1]


def commands(command: Any, name: str = "collaborate") -> Iterator[tuple[str, Any]]:
    """Every command that can be run, with its full name; groups only where they do something alone."""
    inner = getattr(command, "commands", {})
    if not inner or command.invoke_without_command:
        yield name, command
    for each in inner.values():
        yield from commands(each, f"{name} {each.name}")


# the callback of the whole takes --version, which has no heading of its own
COMMANDS = {name: command for name, command in commands(get_command(app)) if name != "collaborate"}
DOCUMENTED = {
    re.match(r"collaborate(?: [a-z]+)+", heading)[0]: heading  # type: ignore[index]
    for heading in re.findall(r"^### `(collaborate [^`]+)`$", README, re.MULTILINE)
}


def options(command: Any) -> set[str]:
    return {name for each in command.params for name in (*each.opts, *each.secondary_opts) if name.startswith("--")}


def test_every_command_has_its_part_in_the_readme_and_none_is_made_up() -> None:
    assert set(DOCUMENTED) == set(COMMANDS)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_option_of_a_command_is_in_its_part_and_none_is_made_up(name: str) -> None:
    told = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", part(f"### `{DOCUMENTED[name]}`")))
    assert told == options(COMMANDS[name]) - {"--help"}


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_heading_of_a_command_names_its_arguments(name: str) -> None:
    named = DOCUMENTED[name].removeprefix(name).split()
    assert named == [each.metavar for each in COMMANDS[name].params if each.param_type_name == "argument"]


def test_the_options_of_the_command_itself_are_in_the_readme() -> None:
    for option in options(get_command(app)) | {"--help"}:
        assert f"`{option}`" in README or f"`collaborate {option}`" in README


def test_no_command_is_spoken_of_that_does_not_exist() -> None:
    groups = "|".join({name.split()[1] for name in COMMANDS if len(name.split()) > 2})
    spoken = set(re.findall(rf"collaborate ((?:(?:{groups}) )?[a-z]+)\b(?=[`\s])", "\n".join(code(README))))
    assert {f"collaborate {each}" for each in spoken} <= set(COMMANDS)


def code(text: str) -> list[str]:
    """Everything set as code: between back ticks, or indented."""
    return re.findall(r"`([^`\n]+)`", text) + re.findall(r"^ {4,}(.+)$", text, re.MULTILINE)


def test_the_table_of_settings_is_the_settings() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \| (.+?) \| (.+?) \|$", part("## The settings"), re.MULTILINE)
    expected = [
        (name, "–" if field.default is None else f"`{field.default}`", field.description)
        for name, field in SETTINGS.items()
    ]
    assert rows == expected


def test_the_example_file_has_every_setting_with_its_description_and_default() -> None:
    entries = re.findall(r"^# (.+)\n# ([A-Z_]+)=(.*)$", ENV_EXAMPLE, re.MULTILINE)
    expected = [
        (field.description, name, "" if field.default is None else str(field.default))
        for name, field in SETTINGS.items()
    ]
    assert entries == expected


def test_the_example_file_sets_nothing_by_itself() -> None:
    assert [line for line in ENV_EXAMPLE.splitlines() if line and not line.startswith("#")] == []


def test_every_name_in_capitals_that_the_readme_sets_is_a_setting_or_a_variable_of_make() -> None:
    outside_the_table = README.replace(part("## The settings"), "")
    named = set(re.findall(r"\b([A-Z][A-Z_]{3,})(?==|`)", outside_the_table))
    arguments = {
        word for command in COMMANDS.values() for each in command.params for word in (each.metavar or "").split("|")
    }
    assert named - set(SETTINGS) - MAKE_VARIABLES - arguments == set()


def test_every_target_of_make_is_in_the_readme_and_none_is_made_up() -> None:
    (phony,) = re.findall(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)
    told = set(re.findall(r"^\| `make ([a-z-]+)` \|", README, re.MULTILINE))
    assert told == set(phony.split())
    assert set(re.findall(r"^make ([a-z-]+)\b", "\n".join(code(README)), re.MULTILINE)) == told


@pytest.mark.parametrize("variable", sorted(MAKE_VARIABLES))
def test_the_variables_of_make_that_the_readme_names_exist(variable: str) -> None:
    assert variable in README and variable in MAKEFILE


def test_the_words_of_the_json_are_the_ones_in_the_code() -> None:
    transcribe, check = part("### `collaborate transcribe AUDIO...`"), part("### `collaborate check`")
    assert [flag.value for flag in Flag if f"`{flag.value}`" not in transcribe] == []
    assert [state.value for state in State if f"`{state.value}`" not in check] == []
    assert [mark for mark in MARKS.values() if mark not in check] == []


def test_the_links_to_files_lead_somewhere() -> None:
    links = [link for link in re.findall(r"\]\(([^)]+)\)", README) if not link.startswith("http")]
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_pictures_are_those_that_the_command_takes() -> None:
    shown = set(re.findall(r"pictures/([\w-]+\.png)", README))
    taken = set(re.findall(r'into / "([\w-]+\.png)"', (ROOT / "tests/browser/screenshots.py").read_text("utf-8")))
    kept = {picture.name for picture in (ROOT / "bot/sandbox/page/pictures").iterdir()}
    assert shown == taken == kept


def test_nobody_is_shouted_at() -> None:
    prose = re.sub(r"```.*?```", "", README, flags=re.DOTALL)
    assert "!" not in prose.replace("<!--", "").replace("! (look", "").replace("![", "")
