"""The same way of a voice note where an organisation keeps its data in PostgreSQL."""

from pathlib import Path

from bot.clock import Clock
from bot.engine_room import EngineRoom
from tests.place import PATIENCE, SAMPLES, open_place


def test_a_story_is_shared_and_taken_back_on_postgresql(
    tmp_path: Path, clock: Clock, engines: EngineRoom, postgres_url: str
) -> None:
    with open_place(tmp_path, clock, engines, database_url=postgres_url) as place:
        amina = place.leader("Amina Okafor")
        amina.sends_voice(SAMPLES / "rota-home.ogg")
        amina.sees("Here is what I heard", within=PATIENCE)
        place.signs_off(amina)
        amina.sees("without your name. Your recording is deleted")
        assert len(place.sandbox.channel("stories").messages) == 1
        amina.clicks("Take it back")
        amina.sees("It's gone")
        assert place.sandbox.channel("stories").messages == []
        assert place.published() == []
