"""Voice clips and files: as Slack sends them, and only to who has the token."""

import io
import urllib.error
import urllib.request
import wave

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from .helpers import eventually


def sound(seconds: float = 1.5) -> bytes:
    """A quiet WAV that grows louder."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        frames = [round(i / (8000 * seconds) * 20000) * (-1) ** i for i in range(round(8000 * seconds))]
        file.writeframes(b"".join(frame.to_bytes(2, "little", signed=True) for frame in frames))
    return buffer.getvalue()


def fetch(url: str, token: str = "") -> tuple[int, str, bytes]:
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status, answer.headers["content-type"], answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers["content-type"], error.read()


def error_of(call, *args, **kwargs) -> str:
    with pytest.raises(SlackApiError) as refused:
        call(*args, **kwargs)
    return refused.value.response["error"]


def test_a_voice_clip_arrives_as_slack_sends_it(app, connect, amina):
    heard: list[dict] = []
    app.event("message")(lambda event: heard.append(event))
    app.event("file_shared")(lambda event: heard.append(event))
    connect(app)
    amina.sends_voice(sound(), mimetype="audio/wav", name="audio_message.wav")
    eventually(lambda: len(heard) == 2)
    message, shared = sorted(heard, key=lambda event: event["type"], reverse=True)
    clip = message["files"][0]
    assert (message["subtype"], message["text"], message["channel_type"]) == ("file_share", "", "im")
    assert (clip["subtype"], clip["media_display_type"], clip["mimetype"]) == ("slack_audio", "audio", "audio/wav")
    assert (clip["duration_ms"], clip["transcription"]) == (1500, {"status": "processing"})
    assert clip["audio_wave_samples"] == sorted(clip["audio_wave_samples"]) and len(clip["audio_wave_samples"]) > 10
    assert {"aac", "url_private", "url_private_download", "permalink", "user_team", "file_access"} <= set(clip)
    assert shared["file"] == {"id": clip["id"]} and shared["user_id"] == amina.id


def test_slack_finishes_its_own_transcription_later_and_says_so(app, connect, amina, client, clock):
    heard: list[dict] = []
    app.event("file_change")(lambda event: heard.append(event))
    connect(app)
    spoken = amina.sends_voice(sound(), transcription="hello there").files[0]
    silent = amina.sends_voice(sound()).files[0]
    assert client.files_info(file=spoken.id)["file"]["transcription"] == {"status": "processing"}
    clock.forward(seconds=6)
    eventually(lambda: [event["file_id"] for event in heard] == [spoken.id, silent.id])
    assert client.files_info(file=spoken.id)["file"]["transcription"]["preview"]["content"] == "hello there"
    assert client.files_info(file=silent.id)["file"]["transcription"] == {"status": "none"}


def test_only_the_right_token_gets_the_bytes(amina, client, sandbox):
    file = amina.sends_voice(sound()).files[0]
    url = client.files_info(file=file.id)["file"]["url_private_download"]
    assert fetch(url, sandbox.bot_token) == (200, "audio/mp4", sound())
    status, kind, page = fetch(url, "xoxb-wrong")
    assert status == 200 and kind.startswith("text/html") and b"Sign in" in page


def test_a_deleted_file_is_gone_for_everybody(app, connect, amina, client, sandbox):
    gone: list[str] = []
    app.event("file_deleted")(lambda event: gone.append(event["file_id"]))
    connect(app)
    sent = amina.sends_voice(sound())
    url = client.files_info(file=sent.files[0].id)["file"]["url_private_download"]
    assert error_of(client.files_delete, file=sent.files[0].id) == "cant_delete_file"
    amina.deletes_file(sent.files[0])
    assert error_of(client.files_info, file=sent.files[0].id) == "file_deleted"
    assert fetch(url, sandbox.bot_token)[0] == 404
    eventually(lambda: gone == [sent.files[0].id])
    left = client.conversations_history(channel=amina.direct.id)["messages"][0]["files"]
    assert left[0]["mode"] == "tombstone" and "name" not in left[0]


def test_nobody_deletes_what_is_not_theirs(amina, ben):
    file = amina.sends_voice(sound()).files[0]
    with pytest.raises(AssertionError, match="not theirs"):
        ben.deletes_file(file)
    assert ben.shares(file).files[0].owner == amina.id


@pytest.mark.parametrize(
    ("order", "status", "kind"),
    [
        (lambda faults, file: faults.download_is_html(file), 200, "text/html; charset=utf-8"),
        (lambda faults, file: faults.download_is_gone(file), 404, "text/plain; charset=utf-8"),
        (lambda faults, file: faults.download_is_truncated(100, file), 200, "audio/mp4"),
    ],
)
def test_downloads_go_wrong_once_when_told_to(amina, client, sandbox, order, status, kind):
    file = amina.sends_voice(sound()).files[0]
    url = client.files_info(file=file.id)["file"]["url_private_download"]
    order(sandbox.faults, file.id)
    first = fetch(url, sandbox.bot_token)
    assert first[:2] == (status, kind) and first[2] != sound()
    assert fetch(url, sandbox.bot_token)[2] == sound()


def test_a_download_can_lead_elsewhere(amina, client, sandbox):
    file = amina.sends_voice(sound()).files[0]
    sandbox.faults.download_redirects("http://files.invalid/elsewhere", times=1)
    url = client.files_info(file=file.id)["file"]["url_private_download"]
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {sandbox.bot_token}"})

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, req, fp, code, msg, headers, newurl):
            raise urllib.error.HTTPError(newurl, code, msg, headers, fp)

    with pytest.raises(urllib.error.HTTPError) as led:
        urllib.request.build_opener(Stay).open(request, timeout=5)
    with led.value:
        assert led.value.url == "http://files.invalid/elsewhere"


def test_a_file_can_vanish_before_the_app_looks_and_arrive_without_its_facts(app, connect, amina, client, sandbox):
    heard: list[dict] = []
    app.event("message")(lambda event: heard.extend(event.get("files", [])))
    connect(app)
    sandbox.faults.next_file_vanishes()
    vanished = amina.sends_voice(sound()).files[0]
    assert error_of(client.files_info, file=vanished.id) == "file_deleted"
    sandbox.faults.next_file_is_bare()
    bare = amina.sends_voice(sound()).files[0]
    eventually(lambda: any(f["id"] == bare.id for f in heard))
    assert next(f for f in heard if f["id"] == vanished.id)["subtype"] == "slack_audio"
    assert next(f for f in heard if f["id"] == bare.id)["file_access"] == "check_file_info"
    assert client.files_info(file=bare.id)["file"]["subtype"] == "slack_audio"


def test_the_app_uploads_a_file_in_three_steps(client, amina, sandbox):
    done = client.files_upload_v2(channel=amina.direct.id, filename="story.csv", content="a,b\n1,2\n",
                                  title="The story", initial_comment="Here it is")  # fmt: skip
    message = amina.sees("Here it is")
    assert message.files[0].title == "The story" and message.files[0].data == b"a,b\n1,2\n"
    assert fetch(done["file"]["url_private_download"], sandbox.bot_token)[2] == b"a,b\n1,2\n"
    assert [f["id"] for f in client.files_list(channel=amina.direct.id)["files"]] == [message.files[0].id]
    client.files_delete(file=message.files[0].id)
    assert error_of(client.files_delete, file=message.files[0].id) == "file_deleted"


def test_an_upload_needs_a_channel_id_and_all_its_bytes(client: WebClient):
    upload = {"filename": "a.txt", "content": "hello"}
    assert error_of(client.files_upload_v2, channel="U0NOBODY", **upload) == "channel_not_found"
    started = client.files_getUploadURLExternal(filename="a.txt", length=5)
    assert error_of(client.files_completeUploadExternal, files=[{"id": started["file_id"]}]) == "file_not_found"
    with pytest.raises(urllib.error.HTTPError) as short:
        urllib.request.urlopen(urllib.request.Request(started["upload_url"], b"hell"), timeout=5)
    with short.value:
        assert short.value.code == 400


def test_the_description_of_a_file_has_a_limit(client):
    asked = {"filename": "a.png", "length": 1}
    assert client.files_getUploadURLExternal(**asked, alt_txt="x" * 1000)["ok"]
    with pytest.raises(SlackApiError, match="alt_txt_too_large"):
        client.files_getUploadURLExternal(**asked, alt_txt="x" * 1001)


def test_a_file_tells_where_it_was_shared(client, amina):
    sent = amina.sends_voice(sound())
    file = client.files_info(file=sent.files[0].id)["file"]
    assert file["shares"] == {"private": {amina.direct.id: [{"ts": sent.ts}]}}
