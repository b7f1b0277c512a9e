"""Files and voice clips go from the browser into a conversation."""

import pytest

from bot.sandbox.driver import Sandbox
from bot.sandbox.page.uploads import safe_name
from bot.sandbox.workspace.audio_facts import measure

from ..helpers import MANIFEST, eventually
from .recordings import recorded
from .visitor import Visitor


def _uploads(visitor: Visitor, channel: str, content: bytes, kind: str = "text/plain", **given: object):
    params = {"channel": channel, "name": "notes.txt", **given}
    return visitor.http.post("/page/upload", params=params, content=content, headers={"Content-Type": kind})


def test_a_voice_clip_arrives_as_slack_sends_it(app, connect, amina, visits):
    heard = []
    app.event({"type": "message", "subtype": "file_share"})(lambda event: heard.append(event))
    connect(app)
    one, channel = visits(amina), amina.direct.id
    answer = _uploads(one, channel, recorded(2.0), "audio/webm;codecs=opus", clip=1, name="audio_message.webm").json()
    file = answer["message"]["files"][0]
    assert answer["ok"] and answer["message"]["mine"]
    assert (file["subtype"], file["mimetype"], file["name"]) == ("slack_audio", "audio/webm", "audio_message.webm")
    assert 1900 <= file["duration_ms"] <= 2100 and len(file["audio_wave_samples"]) == 100
    eventually(lambda: len(heard) == 1)
    assert heard[0]["files"][0]["id"] == file["id"]


def test_a_long_recording_without_a_length_in_its_head_is_measured_whole():
    milliseconds, wave = measure(recorded(130))
    assert 129_000 <= milliseconds <= 131_000
    assert len(wave) == 100


@pytest.mark.parametrize("seconds", [0.2, 1.0, 4.1])
def test_a_recording_of_any_length_is_drawn_with_a_hundred_bars(seconds):
    _, wave = measure(recorded(seconds))
    assert len(wave) == 100 and all(0 <= bar <= 100 for bar in wave) and max(wave) > 0


@pytest.mark.parametrize(("content", "kind"), [(b"no sound at all", "audio/webm"), (b"hello", "text/plain")])
def test_what_holds_no_sound_is_no_clip(amina, visits, content, kind):
    one = visits(amina)
    answer = _uploads(one, amina.direct.id, content, kind, clip=1).json()
    assert (answer["ok"], answer["error"]) == (False, "not_a_recording")
    assert one.messages(amina.direct.id) == [] and one.sandbox.workspace.files == {}


def test_a_sample_recording_is_sent_as_a_clip(clock, tmp_path):
    (tmp_path / "on-my-own.webm").write_bytes(recorded(1.0))
    (tmp_path / "readme.txt").write_text("no recording")
    with Sandbox.start(manifest=MANIFEST, clock=clock, samples=tmp_path) as sandbox:
        one = Visitor(sandbox, sandbox.person("Amina Okafor"))
        assert [s["title"] for s in one.opens().heard[0]["samples"]] == ["On my own"]
        answer = _uploads(one, one.person.direct.id, b"", sample="on-my-own", text="Here is mine").json()
        assert answer["message"]["files"][0]["subtype"] == "slack_audio"
        assert answer["message"]["text"] == "Here is mine"
        assert _uploads(one, one.person.direct.id, b"", sample="../on-my-own").json()["error"] == "sample_not_found"
        one.leaves()


def test_a_file_may_answer_in_a_thread(sandbox, amina, ben, visits):
    room = sandbox.add_channel("rural", amina, ben)
    one = visits(amina)
    head = one.manages("say", channel=room.id, text="Figures?")["ts"]
    assert _uploads(one, room.id, b"1;2", thread_ts=head).json()["message"]["thread_ts"] == head
    lost = _uploads(one, room.id, b"1;2", thread_ts="1700000000.000000")
    assert (lost.status_code, lost.json()["error"]) == (404, "thread_not_found")
    assert len(sandbox.workspace.files) == 1


def test_a_file_that_is_too_large_or_empty_is_refused_in_words(amina, visits):
    one = visits(amina)
    one.sandbox._engine.stage.largest_file = 1_000_000
    assert _uploads(one, amina.direct.id, b"x" * 1_000_000).json()["ok"]
    answer = _uploads(one, amina.direct.id, b"x" * 1_000_001)
    assert (answer.status_code, answer.json()["error"]) == (413, "too_large")
    assert "200 MB" in answer.json()["words"]
    assert _uploads(one, amina.direct.id, b"").json()["error"] == "empty_file"


def test_nobody_sends_a_file_where_they_are_not(sandbox, amina, ben, visits):
    board = sandbox.add_channel("board", ben, private=True)
    assert _uploads(visits(amina), board.id, b"1;2").status_code == 404
    assert sandbox.workspace.files == {}


def test_only_its_owner_deletes_a_file(sandbox, amina, ben, visits):
    room = sandbox.add_channel("rural", amina, ben)
    one, other = visits(amina), visits(ben)
    file = _uploads(one, room.id, b"1;2").json()["message"]["files"][0]
    assert other.does("delete_file", file=file["id"])["error"] == "cant_delete_file"
    one.manages("delete_file", file=file["id"])
    assert other.messages(room.id)[0]["files"][0]["mode"] == "tombstone"
    assert other.http.get(file["page_url"]).status_code == 404


@pytest.mark.parametrize(
    ("given", "kept"),
    [("../../etc/passwd", "passwd"), ("C:\\notes.txt", "notes.txt"), ("a\nb\x00.txt", "ab.txt"), ("..", ""),
     ("Übersicht ☕.pdf", "Übersicht ☕.pdf"), ("x" * 300 + ".pdf", "x" * 251 + ".pdf")],
)  # fmt: skip
def test_a_name_is_only_a_name(given, kept):
    assert safe_name(given) == kept
