"""Raw words at the transcriber's desk: in their windows and nowhere else; and once taken back, nowhere at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.engine_room import EngineRoom
from bot.interviews.models import Recording
from bot.stories.models import Transcript
from tests.desk.scene import Desk, at_rest, corrects, open_desk, opens
from tests.faults.test_planted_phrase import everywhere, keyring, messages_ever
from tests.faults.walk import database, places_of, raw_files, slack
from tests.place import eventually
from tests.still_clock import StillClock

PLANTED = "marmalade accordion"
#: what is raw: the first as it was heard, the second as it was put right; both are hidden from everybody
HEARD, RIGHT = "Dorothea Quayle", "Philippa Rowntree"
RAW = (HEARD, RIGHT)


@pytest.fixture
def desk(tmp_path: Path, clock: StillClock, engines: EngineRoom, caplog: pytest.LogCaptureFixture) -> Iterator[Desk]:
    caplog.set_level("DEBUG", logger="collaborate")
    with open_desk(tmp_path, clock, engines) as opened:
        amina = opened.leader("Amina Okafor")
        opened.says(amina, f"{HEARD} told me about it.", "Then we all went home.", unclear=[0])
        opens(opened.nora, "Something else", words=f"is it {HEARD}?")
        assert corrects(opened.nora, f"{RIGHT} told me about the {PLANTED}.") == {}
        eventually(lambda: opened.of(amina, Transcript)[0].version == 2)
        eventually(lambda: PLANTED in at_rest(amina).text)
        yield opened


def test_raw_words_stand_in_the_transcribers_windows_and_in_nobodys_messages_or_home(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    amina = desk.folk["Amina Okafor"]
    assert RIGHT in desk.nora.modal(containing=RIGHT).text
    for person in (desk.nora, desk.fay, amina):
        person.opens_home()
        assert not any(words in person.sees_at_home("Your words").text for words in (*RAW, PLANTED))
    for words in RAW:
        assert not any(words in message for message in messages_ever(desk)), words
        assert words not in caplog.text
    assert PLANTED not in caplog.text
    desk.nora.closes(whole_stack=True)
    for words in RAW:
        assert places_of(words, slack(desk)) == set(), words


def test_raw_words_are_unreadable_on_disk_and_the_log_of_jobs_has_none(desk: Desk) -> None:
    kept = places_of(RIGHT, database(desk, keyring(desk)))
    assert kept == {"recording.raw", "hiddenwords.words"}
    assert places_of(HEARD, database(desk, keyring(desk))) - {"hiddenwords.words"} == {"opening.words"}
    for words in (*RAW, PLANTED):
        assert places_of(words, raw_files(desk)) == set(), words


def test_after_a_withdrawal_nothing_of_the_desk_remains(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    amina = desk.folk["Amina Okafor"]
    desk.nora.closes(whole_stack=True)
    amina.clicks("Withdraw")
    amina.sees("It's gone")
    eventually(lambda: desk.of(amina, Recording)[0].raw is None)
    for words in (*RAW, PLANTED):
        assert places_of(words, *everywhere(desk, caplog.text)) == set(), words
