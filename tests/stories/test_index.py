"""The shelf and its index: always exactly the stories that may be shown, whatever happens and in whatever order."""

import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from cryptography.fernet import Fernet
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.people.models import Scope
from bot.store.crypto import Keyring
from bot.store.engine import Store
from bot.store.migrate import upgrade
from bot.stories.errors import NoShareConsent
from bot.stories.models import State
from tests.still_clock import StillClock
from tests.stories.library import EVERYTHING, Library


@pytest.fixture
def library(store: Store, clock: StillClock, tmp_path: Path) -> Library:
    return Library(store, clock, tmp_path / "published")


def test_the_index_has_name_month_words_and_tag_line_and_nothing_else(library: Library) -> None:
    library.tag_line = "rural, under 40"
    name = library.shares(library.leader("Amina"), "We listened to one another.")
    (row,) = library.index()
    assert row == {
        "story": name,
        "file": f"{name}.md",
        "month": "2026-03",
        "words": 5,
        "tag_line": "rural, under 40",
    }
    assert f"| [{name}]({name}.md) | 2026-03 | 5 | rural, under 40 |" in library.index_for_people()
    assert 'attribution: "rural, under 40"' in (library.folder / f"{name}.md").read_text()


def test_a_story_without_a_tag_line_is_told_by_a_leader(library: Library) -> None:
    name = library.shares(library.leader("Amina"))
    assert f"[{name}]({name}.md) | 2026-03 | 2 | a leader |" in library.index_for_people()
    assert "attribution: none" in (library.folder / f"{name}.md").read_text()


def test_the_order_is_by_the_random_names_and_tells_nothing_of_the_time(library: Library) -> None:
    leader = library.leader("Amina")
    told = []
    for _ in range(12):
        told.append(library.shares(leader))
        library.clock.moves(hours=1)
    assert [row["story"] for row in library.index()] == sorted(told) != told
    lines = [line for line in library.index_for_people().splitlines() if line.startswith("| [")]
    assert lines == sorted(lines) and len(lines) == 12


def test_the_last_story_that_goes_takes_the_index_with_it(library: Library) -> None:
    one, two = (library.shares(library.leader(who)) for who in ("Amina", "Ben"))
    library.takes_back(one)
    assert [row["story"] for row in library.index()] == [two]
    assert one not in library.index_for_people()
    library.takes_back(two)
    assert list(library.folder.iterdir()) == []


def test_the_line_goes_before_the_file_so_that_no_line_leads_nowhere(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = library.shares(library.leader("Amina"))
    unlink = Path.unlink

    def dies_at_the_story(path: Path, missing_ok: bool = False) -> None:
        if path.stem == name:
            raise OSError("the machine stops here")
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", dies_at_the_story)
    with pytest.raises(OSError, match="stops here"):
        library.takes_back(name)
    assert library.index() == [] and library.files() == {name}
    monkeypatch.undo()
    library.starts()
    assert library.files() == set()


def test_a_story_on_its_way_out_is_not_in_the_index_once_its_leader_said_no(library: Library) -> None:
    leader = library.leader("Amina")
    transcript_id = library.tells(leader)
    library.permits(leader, EVERYTHING - {Scope.SHARE})
    library.publishes(transcript_id)
    assert (library.index(), library.files(), library.board.messages) == ([], set(), {})
    assert library.state_of(transcript_id) is State.APPROVED


def test_at_start_the_folder_becomes_what_the_database_says(library: Library, tmp_path: Path) -> None:
    """As after a folder was restored from an old copy, lost, or written to by somebody."""
    gone, stays, lost = (library.shares(library.leader(who)) for who in ("Amina", "Ben", "Cai"))
    shutil.copytree(library.folder, tmp_path / "old copy")
    library.takes_back(gone)
    shutil.rmtree(library.folder)
    shutil.copytree(tmp_path / "old copy", library.folder)
    (library.folder / f"{lost}.md").unlink()
    (library.folder / f"{gone}.half").write_text("half of it")
    (library.folder / "notes.md").write_text("The operator's own.")
    (library.folder / "index.json").write_text("nonsense")
    library.starts()
    assert library.files() == {stays, lost, "notes"}
    assert {row["story"] for row in library.index()} == {stays, lost}
    assert not list(library.folder.glob("*.half"))


def test_a_disk_that_cannot_be_written_does_not_keep_the_bot_from_starting(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    library.shares(library.leader("Amina"))
    shutil.rmtree(library.folder)
    library.folder.write_text("a file where the folder should be")
    library.starts()
    assert "could not be brought up to date" in caplog.text


# --- what stands beside a story ---


def test_what_is_printed_beside_a_story_only_ever_says_less(library: Library) -> None:
    library.tag_line = "woman, rural, under 40"
    with_facts = library.shares(library.leader("Amina"))
    library.tag_line = ""
    without = library.shares(library.leader("Ben"))
    library.tag_line = "rural"
    for name in (with_facts, without):
        library.publisher.retell(library.transcript_of(name))
    assert {row["story"]: row["tag_line"] for row in library.index()} == {with_facts: "rural", without: ""}
    assert "under 40" not in library.board.says() and library.board.says().count("rural") == 1
    assert 'attribution: "rural"' in (library.folder / f"{with_facts}.md").read_text()


@pytest.mark.parametrize("takes_edits", [True, False])
def test_when_its_permission_is_taken_back_the_line_goes_everywhere(library: Library, takes_edits: bool) -> None:
    """Also in a workspace that allows no late edits: there the message goes, and comes again without it."""
    library.tag_line, library.board.takes_edits = "woman, rural", takes_edits
    leader = library.leader("Amina")
    name = library.shares(leader, "We listened.")
    assert "woman, rural" in library.board.says()
    library.permits(leader, EVERYTHING - {Scope.TAG_LINE})
    library.publisher.retell(library.transcript_of(name))
    everything = [path.read_text() for path in library.folder.iterdir()] + [library.board.says()]
    assert not any("woman" in text for text in everything)
    assert "We listened." in library.board.says() and len(library.board.messages) == 1


def test_without_its_permission_the_line_is_nowhere_written_anew(library: Library) -> None:
    """Even before the work that edits what is out: consent counts at the moment of use."""
    library.tag_line = "woman, rural"
    leader = library.leader("Amina")
    library.shares(leader)
    library.permits(leader, EVERYTHING - {Scope.TAG_LINE})
    library.shares(library.leader("Ben"))
    assert sorted(row["tag_line"] for row in library.index()) == ["", "woman, rural"]


# --- whatever happens ---

ACTS = st.lists(
    st.tuples(
        st.sampled_from(["tells", "publishes", "takes back", "no sharing", "sharing", "starts", "dies", "deletes"]),
        st.integers(0, 2),
    ),
    max_size=14,
)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with every table, to be copied: making one anew each time would take most of the time."""
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    store = Store(f"sqlite:///{path}", Keyring([Fernet.generate_key().decode()]))
    upgrade(store)
    store.close()
    return path


@settings(max_examples=30, deadline=None)
@given(acts=ACTS)
def test_the_index_is_always_exactly_what_may_be_shown(empty: Path, acts: list[tuple[str, int]]) -> None:
    with TemporaryDirectory() as place:
        shutil.copy(empty, f"{place}/one.db")
        store = Store(f"sqlite:///{place}/one.db", Keyring([Fernet.generate_key().decode()]))
        library = Library(store, StillClock(), Path(place) / "published")
        leaders = [library.leader(name) for name in ("Amina", "Ben", "Cai")]
        told: list[list[str]] = [[], [], []]
        for act, who in acts:
            happens(library, act, leaders[who], told[who])
            shown = library.may_be_shown()
            assert {row["story"] for row in library.index()} == shown == library.files()
            assert {name for name in shown if name in library.index_for_people()} == shown
        store.close()


def happens(library: Library, act: str, leader: str, told: list[str]) -> None:
    """One thing that a leader, the machine or an operator does, with the work that follows it."""
    match act:
        case "tells":
            with suppress(NoShareConsent):
                told.append(library.tells(leader))
        case "publishes":
            for transcript_id in told:
                if library.state_of(transcript_id) is State.APPROVED:
                    library.publishes(transcript_id)
        case "takes back" if told:
            take_back(library, told.pop())
        case "no sharing":
            library.permits(leader, EVERYTHING - {Scope.SHARE})
            while told:
                take_back(library, told.pop())  # as `StoryDesk.on_consent_withdrawn` has it done
        case "sharing":
            library.permits(leader, EVERYTHING)
        case "starts":
            library.starts()
        case "dies":  # in the middle of a story's file
            (library.folder).mkdir(exist_ok=True)
            (library.folder / f"{'0' * 32}.half").write_text("half")
            library.starts()
        case "deletes":
            shutil.rmtree(library.folder, ignore_errors=True)
            library.starts()


def take_back(library: Library, transcript_id: str) -> None:
    library.withdraws(transcript_id)
    library.publisher.take_from_shelf(transcript_id)
    library.publisher.take_from_channel(transcript_id)
