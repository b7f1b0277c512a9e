"""Stories that left as a folder: what is taken back goes from there too, as far as it can be reached."""

import json
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.people.models import Scope
from bot.store.engine import Store
from bot.stories.elsewhere import Recalled
from bot.stories.models import Export, Shown
from bot.stories.sharing.export_folder import ExportFolder, FolderInUse, NoExport
from tests.still_clock import StillClock
from tests.stories.library import EVERYTHING, Library


@pytest.fixture
def library(store: Store, clock: StillClock, tmp_path: Path) -> Library:
    return Library(store, clock, tmp_path / "published")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "for the university"


def lines(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "stories.jsonl").read_text().split("\n") if line]


def names(folder: Path) -> set[str]:
    """The stories of an export; the files and the lines must agree."""
    files = {path.stem for path in folder.glob("*.md")} - {"README"}
    assert files == {row["story"] for row in lines(folder)}
    return files


def recalled(library: Library, name: str) -> Recalled:
    """What the leader would be told of exports, after taking a story back."""
    transcript_id = library.transcript_of(name)
    library.withdraws(transcript_id)
    return library.exports.pull_back(transcript_id)


def test_an_export_holds_what_is_shared_now_and_says_how_to_honour_withdrawals(library: Library, folder: Path) -> None:
    library.tag_line = "rural, under 40"
    amina, ben = library.leader("Amina"), library.leader("Ben")
    one, two, gone = library.shares(amina, "We listened."), library.shares(ben, "It rained."), library.shares(ben)
    library.takes_back(gone)
    library.tells(amina, "Signed off, and not yet out.")
    made = library.exports.make(folder)
    assert (made.stories, made.words) == (2, 4)
    assert names(folder) == {one, two}
    assert [row["story"] for row in lines(folder)] == sorted([one, two])
    assert {
        "text": "We listened.",
        "month": "2026-03",
        "words": 2,
        "tag_line": "rural, under 40",
        "story": one,
    } in lines(folder)
    note = (folder / "README.md").read_text()
    assert "exported on 2 March 2026" in note and "collaborate stories recall FOLDER" in note
    assert not any("Amina" in path.read_text() for path in folder.iterdir())


def test_without_stories_an_export_is_empty_and_still_says_what_it_is(library: Library, folder: Path) -> None:
    assert library.exports.make(folder).stories == 0
    assert names(folder) == set() and (folder / "README.md").exists()
    assert library.exports.recall(folder).taken_out == ()


def test_a_story_that_is_taken_back_goes_from_every_export_that_stands(library: Library, tmp_path: Path) -> None:
    gone, stays = (library.shares(library.leader(who)) for who in ("Amina", "Ben"))
    for name in ("one", "two"):
        library.exports.make(tmp_path / name)
    library.withdraws(library.transcript_of(gone))
    assert library.exports.look(library.transcript_of(gone)) == Recalled("sharing.recalled_exports", 2)
    assert library.exports.pull_back(library.transcript_of(gone)) == Recalled("sharing.recalled_exports", 2)
    assert names(tmp_path / "one") == names(tmp_path / "two") == {stays}
    assert library.exports.pull_back(library.transcript_of(gone)).count == 0  # done again it does no harm


def test_an_export_that_was_moved_is_counted_as_out_of_reach_and_can_be_looked_through(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    gone, next_to_go, stays = (library.shares(library.leader(who)) for who in ("Amina", "Ben", "Cai"))
    library.exports.make(folder)
    moved = folder.rename(tmp_path / "elsewhere")
    told = recalled(library, gone)
    assert told.count == 0
    assert told.beyond == (
        "A copy was exported on 2 March 2026, and I can't reach that folder any more. The note inside asks whoever "
        "has it to take out what was taken back.",
    )
    checked = library.exports.recall(moved)
    assert (checked.stories, checked.taken_out) == (2, (gone,))
    assert recalled(library, next_to_go) == Recalled("sharing.recalled_exports", 1)  # its new place is known now
    assert names(moved) == {stays}


def test_of_a_copy_and_its_original_both_are_reached(library: Library, folder: Path, tmp_path: Path) -> None:
    gone = library.shares(library.leader("Amina"))
    library.exports.make(folder)
    copy = shutil.copytree(folder, tmp_path / "copy")
    library.exports.recall(copy)
    assert recalled(library, gone).count == 2
    assert names(folder) == names(copy) == set()


def test_something_else_that_stands_where_an_export_stood_is_left_alone(library: Library, folder: Path) -> None:
    gone = library.shares(library.leader("Amina"))
    library.exports.make(folder)
    shutil.rmtree(folder)
    folder.mkdir()
    (folder / f"{gone}.md").write_text("Somebody's own.")
    assert len(recalled(library, gone).beyond) == 1
    assert (folder / f"{gone}.md").read_text() == "Somebody's own."


def test_an_export_whose_disk_was_away_is_set_right_at_the_next_start(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    gone = library.shares(library.leader("Amina"))
    library.exports.make(folder)
    folder.rename(tmp_path / "in a drawer")
    library.takes_back(gone)
    (tmp_path / "in a drawer").rename(folder)
    library.starts()
    assert names(folder) == set()


def test_an_export_that_may_not_be_changed_is_out_of_reach(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = library.shares(library.leader("Amina"))
    library.exports.make(folder)
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    told = recalled(library, gone)
    assert (told.count, len(told.beyond)) == (0, 1)


def test_a_second_export_to_the_same_folder_takes_the_place_of_the_first(library: Library, folder: Path) -> None:
    gone, stays = (library.shares(library.leader(who)) for who in ("Amina", "Ben"))
    library.exports.make(folder)
    library.takes_back(gone)
    new = library.shares(library.leader("Cai"))
    library.exports.make(folder)
    assert names(folder) == {stays, new}
    with library.store.session() as session:
        assert len(list(session.exec(Export.__table__.select()))) == 1  # type: ignore[attr-defined]


def test_a_folder_with_something_else_in_it_is_refused(library: Library, folder: Path) -> None:
    folder.mkdir()
    (folder / "thesis.docx").write_text("Mine.")
    for refused in (folder, folder / "thesis.docx"):
        with pytest.raises(FolderInUse, match="holds something else"):
            library.exports.make(refused)
    assert [path.name for path in folder.iterdir()] == ["thesis.docx"]


@pytest.mark.parametrize("label", [None, "", "{", "[]", '{"exports": 3}', '"exports"', "\x00"])
def test_what_is_no_export_is_not_looked_through(library: Library, folder: Path, label: str | None) -> None:
    folder.mkdir()
    if label is not None:
        (folder / "export.json").write_text(label)
    with pytest.raises(NoExport, match="isn't an export"):
        library.exports.recall(folder)


def test_a_permission_for_the_facts_beside_it_that_was_taken_back_counts_in_exports_too(
    library: Library, folder: Path
) -> None:
    library.tag_line = "woman, rural"
    leader = library.leader("Amina")
    name = library.shares(leader)
    library.exports.make(folder)
    library.permits(leader, EVERYTHING - {Scope.TAG_LINE})
    library.exports.refresh(library.transcript_of(name))
    assert names(folder) == {name}
    assert not any("woman" in path.read_text() for path in folder.iterdir())


def test_what_a_reader_wrote_into_the_folder_stays(library: Library, folder: Path) -> None:
    gone, stays = (library.shares(library.leader(who)) for who in ("Amina", "Ben"))
    library.exports.make(folder)
    (folder / "codes.csv").write_text("theme,story\n")
    with (folder / "stories.jsonl").open("a") as file:
        file.write(f'not JSON, but about {gone}\n{{"note": "our own"}}\n')
    recalled(library, gone)
    assert (folder / "codes.csv").exists()
    assert (folder / "stories.jsonl").read_text().split("\n")[1:] == ['{"note": "our own"}', ""]
    assert lines(folder)[0]["story"] == stays


def test_a_line_that_somebody_forged_reaches_nothing_outside_the_folder(library: Library, folder: Path) -> None:
    library.shares(library.leader("Amina"))
    library.exports.make(folder)
    theirs = folder.parent / "thesis.md"
    theirs.write_text("three years of work")
    with (folder / "stories.jsonl").open("a") as file:
        file.write('{"story": "../thesis"}\n')
    assert library.exports.recall(folder).taken_out == ()
    assert theirs.exists()


@given(text=st.text(min_size=1))
def test_any_words_come_out_of_an_export_as_they_went_in(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("export")
    clean = text.encode("utf-8", "replace").decode()
    story = Shown(name="a" * 32, workspace="T1", text=clean, month="2026-03")
    place = ExportFolder(folder)
    place.write([story], made_at=StillClock()())
    assert lines(folder)[0]["text"] == clean
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert place.settle({story.name: story}) == set()
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert place.settle({}) == {story.name}
    assert lines(folder) == []
