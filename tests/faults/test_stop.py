"""An operator restarts the bot in the middle of somebody's story: nothing is lost and nothing comes twice."""

from pathlib import Path

from bot.clock import Clock
from tests.place import PATIENCE, SAMPLES, open_place


def test_a_recording_goes_on_after_an_ordinary_restart(tmp_path: Path, clock: Clock) -> None:
    with open_place(tmp_path, clock, None) as place:
        amina = place.leader("Amina Okafor")
        amina.sends_voice(SAMPLES / "to-the-sheep.ogg")
        amina.sees("I've got it safely", within=20)
        place.closes()
        place.opens()
        amina.sees("Here is what I heard", within=PATIENCE)
        drafts = [m for m in place.sandbox.messages_of(amina) if "Here is what I heard" in m.text]
        assert len(drafts) == 1
