"""Files from the bot: into one chat, to nobody but Slack, and away again without a trace."""

import pytest
from slack_sdk import WebClient

from bot.sandbox.driver import Sandbox
from bot.sandbox.person import Person
from bot.slack.download import Downloader
from bot.slack.errors import NotSlack, SlackAway, SlackRefused
from bot.slack.uploads import Promised, Uploads

SOUND = b"OggS" + bytes(60)


def uploads_by(client: WebClient, api_url: str) -> Uploads:
    return Uploads(client, Downloader(token="xoxb-x", api_url=api_url, max_megabytes=1))


@pytest.fixture
def uploads(client: WebClient, sandbox: Sandbox) -> Uploads:
    return uploads_by(client, sandbox.url)


def sends(uploads: Uploads, to: Person, promised: Promised | None = None) -> str:
    promised = promised or uploads.promise("stretch.m4a", len(SOUND))
    uploads.deliver(promised, SOUND, title="A stretch", channel=to.direct.id, text="Here it is")
    return promised.file_id


def test_a_file_arrives_with_its_line_and_goes_with_the_message_around_it(uploads: Uploads, amina: Person) -> None:
    amina.says("hello")
    file_id = sends(uploads, amina)
    (file,) = amina.sees("Here it is").files
    assert (file.id, file.title, file.data) == (file_id, "A stretch", SOUND)
    uploads.delete(file_id)
    assert file.deleted
    amina.never_sees("Here it is", for_seconds=0.1)
    uploads.delete(file_id)


def test_what_was_promised_and_never_sent_can_be_deleted(uploads: Uploads) -> None:
    uploads.delete(uploads.promise("stretch.m4a", 5).file_id)


def test_an_address_that_is_not_slacks_own_gets_nothing(client: WebClient) -> None:
    with pytest.raises(NotSlack):
        uploads_by(client, "http://127.0.0.1:9/api/").promise("stretch.m4a", 5)


def test_an_upload_that_fails_shows_nobody_anything(sandbox: Sandbox, uploads: Uploads, amina: Person) -> None:
    amina.says("hello")
    sandbox.faults.upload_fails()
    with pytest.raises(SlackAway):
        sends(uploads, amina)
    nowhere = Promised("F0NOWHERE", f"{sandbox.url.removesuffix('/api/')}/upload/v1/unknown")
    with pytest.raises(SlackRefused, match="404"):
        sends(uploads, amina, nowhere)
    amina.never_sees("Here it is", for_seconds=0.1)


def test_an_answer_that_was_lost_is_looked_for(sandbox: Sandbox, uploads: Uploads, amina: Person) -> None:
    amina.says("hello")
    sandbox.faults.answer_lost("files.completeUploadExternal")
    sends(uploads, amina)
    amina.sees("Here it is")
    sandbox.faults.server_error("files.completeUploadExternal")
    with pytest.raises(SlackAway):
        sends(uploads, amina)
