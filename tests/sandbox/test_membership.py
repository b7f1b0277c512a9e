"""Who is where: guests, people of other workspaces, closed channels, and what the app hears of comings and goings."""

from collections.abc import Callable

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox.driver import Sandbox
from bot.sandbox.errors import Refused, Uninstalled
from bot.sandbox.person import Person

from .helpers import eventually
from .test_files import sound

Hears = Callable[..., list[dict]]


@pytest.fixture
def hears(app: App, connect) -> Hears:
    """Connects the app; gives what it hears of these kinds of events, as it comes."""

    def listen(*kinds: str) -> list[dict]:
        heard: list[dict] = []
        for kind in kinds:
            app.event(kind)(lambda event, body: heard.append({**event, "envelope": body}))
        connect(app)
        return heard

    return listen


def error_of(call, **kwargs) -> str:
    with pytest.raises(SlackApiError) as refused:
        call(**kwargs)
    return refused.value.response["error"]


def test_the_app_hears_who_comes_and_goes_and_which_channels_there_are(hears, amina, ben, sandbox, client):
    heard = hears("member_joined_channel", "member_left_channel", "channel_created", "channel_rename",
                  "channel_archive", "channel_unarchive")  # fmt: skip

    def last(count: int) -> dict:
        eventually(lambda: len(heard) == count)
        return heard[-1]

    room = client.conversations_create(name="wall")["channel"]["id"]
    assert last(1)["channel"]["name"] == "wall"
    client.conversations_invite(channel=room, users=[amina.id])
    assert (last(2)["type"], heard[-1]["user"], heard[-1]["inviter"]) == (
        "member_joined_channel", amina.id, sandbox.bot_user_id)  # fmt: skip
    ben.joins("wall")
    assert last(3)["user"] == ben.id and "inviter" not in heard[-1]
    ben.leaves("wall")
    assert (last(4)["type"], heard[-1]["user"]) == ("member_left_channel", ben.id)
    client.conversations_rename(channel=room, name="the-wall")
    assert last(5)["channel"]["name"] == "the-wall"
    sandbox.archives(amina, "the-wall")
    assert (last(6)["type"], heard[-1]["user"]) == ("channel_archive", amina.id)
    sandbox.unarchives(amina, "the-wall")
    assert last(7)["type"] == "channel_unarchive"


def test_people_are_invited_and_removed_only_as_slack_allows(client, amina, ben, sandbox):
    room, private = sandbox.add_channel("stories", amina).id, sandbox.add_channel("board", private=True).id
    outside = sandbox.add_channel("outside", with_bot=False).id
    bot = sandbox.bot_user_id
    assert error_of(client.conversations_invite, channel=room, users=[ben.id, amina.id]) == "already_in_channel"
    assert client.conversations_members(channel=room)["members"] == [amina.id, bot]
    assert error_of(client.conversations_invite, channel=room, users=["U0NOBODY"]) == "user_not_found"
    assert error_of(client.conversations_kick, channel=room, user=bot) == "cant_kick_self"
    assert error_of(client.conversations_kick, channel=room, user=ben.id) == "not_in_channel"
    assert error_of(client.conversations_kick, channel=outside, user=ben.id) == "not_in_channel"
    client.conversations_invite(channel=private, users=[ben.id])
    client.conversations_kick(channel=private, user=ben.id)
    assert client.conversations_members(channel=private)["members"] == [bot]
    assert error_of(client.conversations_rename, channel=room, name="tales") == "not_authorized"
    assert error_of(client.conversations_leave, channel=amina.direct.id) == (
        "method_not_supported_for_channel_type")  # fmt: skip
    assert "not_in_channel" not in client.conversations_leave(channel=room).data
    assert client.conversations_leave(channel=room)["not_in_channel"]
    assert error_of(client.conversations_history, channel=room) == "not_in_channel"
    assert error_of(client.reactions_add, channel=room, timestamp="1.1", name="tada") == "not_in_channel"
    assert error_of(client.chat_postEphemeral, channel=room, user=amina.id, text="x") == "not_in_channel"
    assert error_of(client.files_upload_v2, channel=room, filename="a", content="b") == "channel_not_found"


def test_a_closed_channel_can_be_read_and_nothing_more_is_said_there(client, amina, ben, sandbox):
    room = sandbox.add_channel("stories", amina)
    said = amina.says("once", channel="stories")
    client.conversations_archive(channel=room.id)
    assert error_of(client.conversations_archive, channel=room.id) == "already_archived"
    assert error_of(client.chat_postMessage, channel=room.id, text="x") == "is_archived"
    assert error_of(client.reactions_add, channel=room.id, timestamp=said.ts, name="tada") == "is_archived"
    assert error_of(client.conversations_invite, channel=room.id, users=[ben.id]) == "is_archived"
    assert [m["text"] for m in client.conversations_history(channel=room.id)["messages"]] == ["once"]
    assert client.conversations_info(channel=room.id)["channel"]["is_archived"]
    assert client.conversations_list(exclude_archived=True)["channels"] == []
    for doing in (lambda: amina.says("again", channel="stories"), lambda: ben.joins("stories")):
        with pytest.raises(Refused, match="is_archived"):
            doing()
    client.conversations_unarchive(channel=room.id)
    assert error_of(client.conversations_unarchive, channel=room.id) == "not_archived"
    amina.says("twice", channel="stories")


def test_guests_are_where_they_were_invited_and_nowhere_else(client, sandbox, amina):
    many = sandbox.person("Maya Many", is_guest=True)
    one = sandbox.person("Owen One", is_single_channel_guest=True)
    for name in ("stories", "wall"):
        sandbox.add_channel(name, amina)
        sandbox.joins(many, name)
    sandbox.joins(one, "stories")
    with pytest.raises(Refused, match="ura_max_channels"):
        sandbox.joins(one, "wall")
    sandbox.add_channel("elsewhere", amina)
    with pytest.raises(Refused, match="user_is_restricted"):
        many.joins("elsewhere")
    with pytest.raises(AssertionError, match="is not in elsewhere"):
        many.messages("elsewhere")
    assert amina.messages("elsewhere") == []
    flags = [(u["is_restricted"], u["is_ultra_restricted"]) for u in client.users_list()["members"][1:]]
    assert flags == [(False, False), (True, False), (True, True)]
    wall = sandbox.channel("wall").id
    assert error_of(client.conversations_invite, channel=wall, users=[one.id]) == "ura_max_channels"
    client.chat_postMessage(channel=one.id, text="hello")
    assert one.sees("hello")


def test_somebody_of_another_workspace_is_a_stranger_until_they_share_a_channel(hears, client, sandbox, amina):
    heard = hears("message")
    nia = sandbox.stranger("Nia Harbour")
    facts = client.users_info(user=nia.id)["user"]
    assert facts["is_stranger"] and facts["team_id"] == nia.user.team_id != sandbox.team_id
    assert error_of(client.conversations_open, users=nia.id) == "user_not_visible"
    assert error_of(client.chat_postMessage, channel=nia.id, text="hello") == "channel_not_found"
    room = sandbox.add_channel("across", amina)
    with pytest.raises(Refused, match="channel_not_found"):
        nia.joins("across")
    sandbox.joins(nia, "across")
    assert not client.users_info(user=nia.id)["user"]["is_stranger"]
    channel = client.conversations_info(channel=room.id)["channel"]
    assert channel["is_ext_shared"] and channel["shared_team_ids"] == sorted([sandbox.team_id, nia.user.team_id])
    nia.says("hello from next door", channel="across")
    clip = nia.sends_voice(sound(), channel="across").files[0]
    own = amina.sends_voice(sound(), channel="across").files[0]
    eventually(lambda: len(heard) == 3)
    words, theirs, ours = sorted(heard, key=lambda event: event["ts"])
    assert words["user_team"] == words["source_team"] == nia.user.team_id
    assert words["envelope"]["is_ext_shared_channel"] is True
    assert theirs["files"][0]["file_access"] == "check_file_info" and set(theirs["files"][0]) == {
        "id", "mode", "file_access", "created", "timestamp", "user"}  # fmt: skip
    assert ours["files"][0]["id"] == own.id and ours["files"][0]["subtype"] == "slack_audio"
    assert client.files_info(file=clip.id)["file"]["user_team"] == nia.user.team_id


def test_a_member_who_changes_or_is_deactivated_is_heard_of(hears, client, sandbox, amina):
    heard = hears("user_change")
    sandbox.changes(amina, title="Nurse", real_name="Amina Rahimi")
    eventually(lambda: len(heard) == 1)
    assert (heard[0]["user"]["real_name"], heard[0]["user"]["profile"]["title"]) == ("Amina Rahimi", "Nurse")
    sandbox.changes(amina, deleted=True)
    eventually(lambda: len(heard) == 2)
    assert heard[1]["user"]["deleted"]
    assert error_of(client.conversations_open, users=amina.id) == "user_disabled"


def test_reactions_that_are_taken_back_are_heard_of(hears, amina, ben, sandbox):
    heard = hears("reaction_removed")
    sandbox.add_channel("stories", amina, ben)
    said = amina.says("a story", channel="stories")
    ben.reacts(said, "tada")
    ben.unreacts(said, "tada")
    eventually(lambda: len(heard) == 1)
    assert (heard[0]["reaction"], heard[0]["user"]) == ("tada", ben.id)
    with pytest.raises(Refused, match="no_reaction"):
        ben.unreacts(said, "tada")


def test_after_the_app_is_uninstalled_its_token_is_dead_and_nobody_can_use_it(hears, sandbox: Sandbox, client, amina):
    heard = hears("app_uninstalled", "tokens_revoked", "message")
    sandbox.uninstalls()
    eventually(lambda: len(heard) == 2)
    assert {event["type"] for event in heard} == {"app_uninstalled", "tokens_revoked"}
    assert next(e for e in heard if "tokens" in e)["tokens"] == {"oauth": [], "bot": [sandbox.bot_user_id]}
    assert error_of(client.auth_test) == "account_inactive"
    assert error_of(client.chat_postMessage, channel=amina.id, text="x") == "account_inactive"
    amina.says("is anybody there?")
    with pytest.raises(Uninstalled):
        amina.runs("/collaborate")
    amina.never_sees("…", for_seconds=0.2)
    assert len(heard) == 2


def test_a_token_that_was_revoked_is_refused_by_its_own_name(client: WebClient, hears, amina: Person):
    heard = hears("tokens_revoked")
    assert client.auth_revoke(test=True)["revoked"] is False
    assert client.auth_revoke()["revoked"] is True
    assert error_of(client.users_info, user=amina.id) == "token_revoked"
    eventually(lambda: len(heard) == 1)
