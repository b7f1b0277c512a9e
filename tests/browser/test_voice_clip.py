"""The whole way in the browser: join, say something into the microphone, read it back, share it."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opens
from tests.place import SOON, Place

#: how a browser answers where the permission was refused, or nothing is plugged in
NO = "() => {{ navigator.mediaDevices.getUserMedia = async () => {{ throw new DOMException('no', '{name}'); }}; }}"


def test_a_leader_joins_speaks_signs_off_and_the_story_is_there(place: Place, opens: Opens) -> None:
    amina = opens(place.person("Amina Okafor"))
    amina.joins()
    amina.records(seconds=6)
    amina.sees("Here is what I heard", within=SOON)
    amina.sees("went home on time")
    ben = opens(place.person("Ben Achterberg"))
    ben.goes_to("Channels you can join")
    ben.goes_to("stories")
    ben.presses("Join channel")
    amina.presses("Approve")
    amina.modal.wait_for()
    amina.presses("Share it")
    amina.sees("Your recording is deleted")
    ben.sees("went home on time")
    expect(ben.page.get_by_text("Amina")).to_have_count(0)


def test_what_was_recorded_can_be_listened_to_and_thrown_away(place: Place, opens: Opens) -> None:
    dora = opens(place.person("Dora Lindqvist"), at="app", tab="messages")
    dora.presses("Record a voice clip")
    expect(dora.page.get_by_role("timer")).to_have_text("0:02")
    dora.presses("Stop")
    dora.presses("Play: Your clip")
    expect(dora.page.get_by_role("button", name="Pause: Your clip")).to_be_visible()
    dora.presses("Throw the recording away")
    expect(dora.page.get_by_role("combobox", name="Message Collaborate")).to_be_visible()
    assert dora.person is not None
    assert dora.person.messages() == []


@pytest.mark.parametrize(
    ("name", "told"), [("NotAllowedError", "didn't let this page use"), ("NotFoundError", "No microphone was found")]
)
def test_without_a_microphone_there_is_a_sentence_and_another_way(
    place: Place, opens: Opens, name: str, told: str
) -> None:
    eli = opens(place.person("Eli Marchetti"), at="app", tab="messages")
    eli.page.evaluate(NO.format(name=name))
    eli.presses("Record a voice clip")
    eli.sees(told)
    eli.presses("Close")
    expect(eli.page.get_by_role("combobox", name="Message Collaborate")).to_be_visible()
