"""Exporting stories on the command line, and taking out what was taken back."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

from bot.settings import Settings
from bot.store.engine import Store
from bot.store.migrate import downgrade, upgrade
from tests.still_clock import StillClock
from tests.stories.library import Library

Ask = Callable[..., Result]


@pytest.fixture
def library(somewhere: Path) -> Iterator[Library]:
    """Stories of a bot that keeps its data where the command looks for them."""
    store = Store.open(Settings(_env_file=None))  # type: ignore[call-arg]
    upgrade(store)
    yield Library(store, StillClock(), somewhere / "transcripts" / "published")
    store.close()


def test_stories_go_into_a_folder_and_what_is_taken_back_is_taken_out(ask: Ask, library: Library) -> None:
    gone, stays = library.shares(library.leader("Amina"), "We listened."), library.shares(library.leader("Ben"))
    told = ask("stories", "export", "out")
    assert (told.exit_code, told.stderr) == (0, "")
    assert told.stdout == "Stories in out: 2 (4 words). README.md there says how to keep them.\n"
    shutil.move("out", "moved")
    library.takes_back(gone)
    told = ask("stories", "recall", "moved")
    assert (told.exit_code, told.stdout) == (0, "Taken out of moved: 1. Still in it: 1.\n")
    assert [path.stem for path in Path("moved").glob("*.md") if path.stem != "README"] == [stays]


def test_both_speak_json(ask: Ask, library: Library) -> None:
    gone = library.shares(library.leader("Amina"))
    told = ask("stories", "export", "out", "--json")
    assert json.loads(told.stdout) == {"folder": "out", "stories": 1, "words": 2}
    shutil.move("out", "moved")
    library.takes_back(gone)
    told = ask("stories", "recall", "moved", "--json")
    assert json.loads(told.stdout) == {"folder": "moved", "stories": 0, "taken_out": [gone]}


def test_a_folder_that_holds_something_else_is_a_sentence(ask: Ask, library: Library, somewhere: Path) -> None:
    (somewhere / "mine").mkdir()
    (somewhere / "mine" / "thesis.txt").write_text("Mine.")
    for command, sentence in (("export", "holds something else already"), ("recall", "isn't an export of stories")):
        told = ask("stories", command, "mine")
        assert (told.exit_code, told.stdout) == (2, "")
        assert sentence in told.stderr and told.stderr.count("\n") == 1
    assert [path.name for path in (somewhere / "mine").iterdir()] == ["thesis.txt"]


def test_where_the_bot_never_ran_nothing_is_made(ask: Ask, somewhere: Path) -> None:
    told = ask("stories", "export", "out")
    assert (told.exit_code, told.stdout) == (2, "")
    assert told.stderr.startswith("There is no database yet in .collaborate") and told.stderr.count("\n") == 1
    assert list(somewhere.iterdir()) == []


def test_a_database_of_another_version_is_left_alone(ask: Ask, library: Library) -> None:
    downgrade(library.store)
    told = ask("stories", "recall", "out")
    assert (told.exit_code, told.stdout) == (1, "")
    assert "collaborate db upgrade" in told.stderr and told.stderr.count("\n") == 1
