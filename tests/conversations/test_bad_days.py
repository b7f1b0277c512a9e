"""When Slack, the disk or the machine lets us down: the leader is told, nothing is lost, and it comes good later."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from resource import RLIMIT_FSIZE, getrlimit, setrlimit
from threading import Thread

import pytest

from bot.engine_room import EngineRoom
from bot.interviews.models import Recording, Stage
from bot.schedule.models import Due, Kind
from bot.settings import Settings
from bot.slack.app import TokenRefused, make_app, make_client
from bot.stories.models import Transcript
from bot.voice.packaged import PACKAGED
from tests.conftest import StillClock
from tests.conversations.clips import spoken, spoken_in_a_file_of
from tests.place import SOON, Place, eventually, open_place


class Elsewhere:
    """A little server on another port that notes what it is asked, and with which headers."""

    def __init__(self) -> None:
        asked: list[dict[str, str]] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(dict(self.headers))
                self.send_response(200)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Nothing is printed."""

        self.asked = asked
        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/clip.ogg"

    def __enter__(self) -> "Elsewhere":
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def no_room_for_files_above(bytes_: int) -> Iterator[None]:
    """The system refuses to write files beyond this size, with the error that a full disk or quota gives (EFBIG)."""
    soft, hard = getrlimit(RLIMIT_FSIZE)
    setrlimit(RLIMIT_FSIZE, (bytes_, hard))
    try:
        yield
    finally:
        setrlimit(RLIMIT_FSIZE, (soft, hard))


# --- Slack ---


@pytest.mark.parametrize("how", ["deleted before we heard of it", "gone when we asked for it"])
def test_a_clip_that_is_gone_before_it_was_fetched_is_let_go(place: Place, how: str) -> None:
    leader = place.leader("Gina Gone")
    if how == "deleted before we heard of it":
        place.sandbox.faults.next_file_vanishes()
    else:
        place.sandbox.faults.download_is_gone()
    leader.sends_voice(spoken())
    leader.sees("That clip was deleted before I could fetch it")
    assert [one.stage for one in place.of(leader, Recording)] == [Stage.REFUSED]
    assert place.sounds() == []


def test_a_sign_in_page_instead_of_the_clip_is_not_taken_for_it_and_later_all_is_well(
    place: Place, clock: StillClock
) -> None:
    leader = place.leader("Helen Later")
    place.sandbox.faults.download_is_html(times=3)
    leader.sends_voice(spoken())
    told = leader.sees("Slack wouldn't give me the file just now", within=30)
    assert "you don't need to do anything" in told.text
    assert place.sounds() == []
    clock.moves(minutes=11)
    place.ticks()
    leader.sees("Here is what I heard", within=SOON)
    assert len(place.of(leader, Transcript)) == 1


def test_after_an_hour_of_trying_the_leader_is_asked_whether_to_try_again(place: Place, clock: StillClock) -> None:
    leader = place.leader("Ida Hour")
    place.sandbox.faults.download_is_html(times=21)
    leader.sends_voice(spoken())
    for tries in range(2, 8):
        leader.sees("Slack wouldn't give me the file just now", within=30)
        eventually(lambda: any(due.kind == Kind.FETCH_AGAIN and not due.done_at for due in place.rows(Due)), within=30)
        clock.moves(minutes=11)
        place.ticks()
        eventually(lambda tries=tries: place.of(leader, Recording)[0].tries == tries, within=30)  # type: ignore[misc]
    leader.sees("so I've stopped trying. Your clip is safe in this chat", within=30)
    leader.clicks("Try again")
    leader.sees("Here is what I heard", within=SOON)


def test_a_download_that_leads_elsewhere_never_carries_the_token_there(place: Place) -> None:
    leader = place.leader("Rita Redirect")
    with Elsewhere() as elsewhere:
        place.sandbox.faults.download_redirects(elsewhere.url)
        leader.sends_voice(spoken())
        leader.sees("That file isn't kept by Slack itself")
        assert elsewhere.asked == []
    assert place.sounds() == []


def test_a_wrong_token_is_one_sentence_at_the_start(place: Place) -> None:
    wrong = Settings(
        _env_file=None,  # type: ignore[call-arg]
        slack_bot_token="xoxb-wrong",  # type: ignore[arg-type]
        slack_api_url=place.sandbox.url,
    )
    with pytest.raises(TokenRefused, match=r"Slack doesn't accept SLACK_BOT_TOKEN \(invalid_auth\)"):
        make_app(make_client(wrong))


# --- our own machine ---


def test_a_full_disk_keeps_no_half_a_file_and_trying_again_works(place: Place) -> None:
    leader = place.leader("Dick Disk")
    largest = max(file.stat().st_size for file in (place.folder / "data").rglob("*") if file.is_file())
    clip = spoken_in_a_file_of(largest * 3)
    with no_room_for_files_above(largest * 2):
        leader.sends_voice(clip)
        told = leader.sees("There is no room left on our side", within=30)
        assert "Your clip is safe in this chat" in told.text
        assert place.sounds() == []
        assert place.of(leader, Recording)[0].blob_id is None
    leader.clicks("Try again")
    leader.sees("Here is what I heard", within=SOON)


def test_missing_weights_are_told_and_once_they_are_there_trying_again_works(tmp_path: Path, clock: StillClock) -> None:
    model = tmp_path / "model"
    rooms = Settings(
        _env_file=None, data_dir=tmp_path / "engines", speech_engine="faster-whisper", speech_model=str(model)
    )  # type: ignore[call-arg]
    engines = EngineRoom(rooms)
    try:
        with open_place(tmp_path, clock, engines) as place:
            leader = place.leader("Will Weights")
            leader.sends_voice(spoken())
            told = leader.sees("Something broke on our side while I was listening", within=SOON)
            assert "Nobody has heard your words" in told.text
            assert str(model) not in told.text
            assert [one.stage for one in place.of(leader, Recording)] == [Stage.FETCHED]
            model.symlink_to(PACKAGED["tiny.en"].prepared("faster-whisper", tmp_path / "weights"))
            leader.clicks("Try again")
            leader.sees("Here is what I heard", within=SOON)
    finally:
        engines.close()
