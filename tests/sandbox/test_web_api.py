"""The Web API answers, and refuses, with Slack's own names."""

import json
import urllib.error
import urllib.parse
import urllib.request
from copy import deepcopy

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox.driver import Sandbox
from bot.sandbox.errors import BadManifest, SwitchedOff

from .helpers import MANIFEST, listening_at


def refused(call, **kwargs) -> SlackApiError:
    with pytest.raises(SlackApiError) as error:
        call(**kwargs)
    return error.value


def error_of(call, **kwargs) -> str:
    return refused(call, **kwargs).response["error"]


def test_the_token_is_asked_for(sandbox: Sandbox, client: WebClient):
    assert client.auth_test()["user_id"] == sandbox.bot_user_id
    assert error_of(WebClient(token="xoxb-wrong", base_url=sandbox.url).auth_test) == "invalid_auth"
    assert error_of(WebClient(base_url=sandbox.url).auth_test) == "not_authed"
    assert error_of(client.api_call, api_method="chat.shout") == "unknown_method"
    assert sandbox.refusals[-1].error == "unknown_method"
    assert all(sandbox.bot_token not in str(call) for call in sandbox.api_calls)


def test_arguments_come_by_query_form_json_and_multipart(sandbox: Sandbox, amina):
    headers = {"Authorization": f"Bearer {sandbox.bot_token}"}
    url, wanted = f"{sandbox.url}users.info", {"user": amina.id}
    form = urllib.parse.urlencode({**wanted, "token": sandbox.bot_token}).encode()
    multipart = f'--x\r\nContent-Disposition: form-data; name="user"\r\n\r\n{amina.id}\r\n--x--\r\n'.encode()
    requests = [
        urllib.request.Request(f"{url}?{urllib.parse.urlencode(wanted)}", headers=headers),
        urllib.request.Request(url, form),
        urllib.request.Request(url, json.dumps(wanted).encode(), {**headers, "Content-Type": "application/json"}),
        urllib.request.Request(url, multipart, {**headers, "Content-Type": "multipart/form-data; boundary=x"}),
    ]
    for request in requests:
        with urllib.request.urlopen(request, timeout=5) as answer:
            assert json.load(answer)["user"]["real_name"] == "Amina Okafor"


@pytest.mark.parametrize("header", [{"Host": "evil.example"}, {"Origin": "https://evil.example"}])
def test_only_this_machine_gets_in(sandbox: Sandbox, header):
    with pytest.raises(urllib.error.HTTPError) as shut:
        urllib.request.urlopen(urllib.request.Request(f"{sandbox.url}api.test", headers=header), timeout=5)
    with shut.value:
        assert shut.value.code == 403


def test_messages_are_posted_changed_and_deleted_only_as_slack_allows(client, amina, sandbox):
    room = sandbox.add_channel("stories", amina)
    posted = client.chat_postMessage(channel=room.id, text="hello")
    theirs = amina.says("mine", channel="stories")
    assert error_of(client.chat_postMessage, channel="C0NOWHERE", text="x") == "channel_not_found"
    assert error_of(client.conversations_history, channel="stories") == "channel_not_found"
    assert client.chat_postMessage(channel="#stories", text="by its name", thread_ts=posted["ts"])["channel"] == room.id
    assert error_of(client.api_call, api_method="chat.postMessage", json={"channel": room.id}) == "no_text"
    assert error_of(client.chat_postMessage, channel=room.id, text="x", thread_ts="1.1") == "thread_not_found"
    assert error_of(client.chat_update, channel=room.id, ts="1.1", text="x") == "message_not_found"
    assert error_of(client.chat_update, channel=room.id, ts=theirs.ts, text="x") == "cant_update_message"
    assert error_of(client.chat_delete, channel=room.id, ts=theirs.ts) == "cant_delete_message"
    assert error_of(client.chat_update, channel=room.id, ts=posted["ts"], text="x" * 4001) == "msg_too_long"
    assert error_of(client.chat_postMessage, channel=room.id, text="x", metadata={"event_type": "k"}) == (
        "invalid_metadata_format")  # fmt: skip
    assert posted["ts"].replace(".", "") in client.chat_getPermalink(
        channel=room.id, message_ts=posted["ts"])["permalink"]  # fmt: skip
    client.chat_delete(channel=room.id, ts=posted["ts"])
    assert error_of(client.chat_delete, channel=room.id, ts=posted["ts"]) == "message_not_found"
    assert [m.own_text for m in room.messages] == ["This message was deleted.", "mine", "by its name"]


def test_history_gives_metadata_to_who_asks_in_pages_and_threads_apart(client, amina, sandbox, clock):
    room = sandbox.add_channel("stories", amina)
    stamps = [client.chat_postMessage(channel=room.id, text=f"story {number}", metadata={
        "event_type": "story", "event_payload": {"number": number}})["ts"] for number in range(5)]  # fmt: skip
    clock.forward(seconds=1)
    client.chat_postMessage(channel=room.id, text="a reply", thread_ts=stamps[0])
    first = client.conversations_history(channel=room.id, limit=3, include_all_metadata=True)
    assert [m["metadata"]["event_payload"]["number"] for m in first["messages"]] == [4, 3, 2]
    rest = client.conversations_history(channel=room.id, cursor=first["response_metadata"]["next_cursor"])
    assert [m["text"] for m in rest["messages"]] == ["story 1", "story 0"] and not rest["has_more"]
    assert "metadata" not in rest["messages"][0] and rest["messages"][1]["reply_count"] == 1
    thread = client.conversations_replies(channel=room.id, ts=stamps[0])
    assert [m["text"] for m in thread["messages"]] == ["story 0", "a reply"]
    window = client.conversations_history(channel=room.id, oldest=stamps[1], latest=stamps[3])
    assert [m["text"] for m in window["messages"]] == ["story 2"]
    exact = client.conversations_history(channel=room.id, latest=stamps[1], oldest=stamps[1], inclusive=True)
    assert [m["text"] for m in exact["messages"]] == ["story 1"]


def test_timestamps_are_unique_although_the_clock_stands_still(client, amina):
    stamps = [client.chat_postMessage(channel=amina.id, text="again")["ts"] for _ in range(5)]
    assert len(set(stamps)) == 5 and stamps == sorted(stamps)


def test_conversations_are_opened_listed_joined_and_filled(client, amina, ben, sandbox):
    assert client.conversations_open(users=amina.id)["channel"]["id"] == amina.direct.id
    pair = client.conversations_open(users=[amina.id, ben.id])["channel"]["id"]
    assert client.conversations_open(users=[ben.id, amina.id])["channel"]["id"] == pair
    assert error_of(client.conversations_open, users="U0NOBODY") == "user_not_found"
    sandbox.add_channel("outside", with_bot=False)
    hidden = sandbox.add_channel("hidden", amina, private=True, with_bot=False)
    assert error_of(client.conversations_info, channel=hidden.id) == "channel_not_found"
    outside = sandbox.channel("outside").id
    assert error_of(client.conversations_history, channel=outside) == "not_in_channel"
    assert error_of(client.chat_postMessage, channel=outside, text="x") == "not_in_channel"
    client.conversations_join(channel=outside)
    client.conversations_invite(channel=outside, users=[amina.id, ben.id])
    assert set(client.conversations_members(channel=outside)["members"]) == {sandbox.bot_user_id, amina.id, ben.id}
    made = client.conversations_create(name="wall")["channel"]
    assert error_of(client.conversations_create, name="wall") == "name_taken"
    listed = {c["name"]: c["is_member"] for c in client.conversations_list()["channels"]}
    assert listed == {"outside": True, "wall": True} and made["name"] == "wall"
    assert client.conversations_info(channel=amina.direct.id)["channel"]["user"] == amina.id


def test_users_reactions_and_the_desk_answer(client, amina, sandbox):
    assert [u["real_name"] for u in client.users_list()["members"]] == ["Listening Bot", "Amina Okafor"]
    assert error_of(client.users_info, user="U0NOBODY") == "user_not_found"
    assert "email" not in client.users_info(user=amina.id)["user"]["profile"]
    said = amina.says("well done")
    client.reactions_add(channel=amina.direct.id, timestamp=said.ts, name="tada")
    again = {"channel": amina.direct.id, "timestamp": said.ts, "name": "tada"}
    assert error_of(client.reactions_add, **again) == "already_reacted"
    assert amina.messages()[0].reactions == ("tada",)
    client.reactions_remove(**again)
    assert error_of(client.reactions_remove, **again) == "no_reaction"
    assert client.bots_info()["bot"]["user_id"] == sandbox.bot_user_id
    assert error_of(client.bots_info, bot="B0NOBODY") == "bot_not_found"


def without(*scopes: str) -> dict:
    manifest = deepcopy(MANIFEST)
    bot = manifest["oauth_config"]["scopes"]
    bot["bot"] = [scope for scope in bot["bot"] if scope not in scopes]
    manifest["settings"]["event_subscriptions"]["bot_events"] = ["message.im", "file_shared"]
    manifest["features"]["app_home"]["home_tab_enabled"] = False
    return manifest


def test_a_scope_that_the_manifest_lacks_is_missed(clock):
    with Sandbox.start(manifest=without("chat:write", "channels:history", "users:read"), clock=clock) as sandbox:
        client = WebClient(token=sandbox.bot_token, base_url=sandbox.url)
        amina, room = sandbox.person("Amina Okafor"), sandbox.add_channel("stories")
        answer = refused(client.chat_postMessage, channel=amina.id, text="x").response
        assert (answer["error"], answer["needed"]) == ("missing_scope", "chat:write")
        assert "im:history" in answer["provided"].split(",")
        assert refused(client.conversations_history, channel=room.id).response["needed"] == "channels:history"
        assert client.conversations_history(channel=amina.direct.id)["messages"] == []
        assert refused(client.team_info).response["needed"] == "team:read"
        assert error_of(client.views_publish, user_id=amina.id, view={"type": "home", "blocks": []}) == "not_enabled"


def test_what_the_manifest_switches_off_people_cannot_do(clock):
    manifest = deepcopy(MANIFEST)
    manifest["features"]["app_home"]["messages_tab_enabled"] = False
    manifest["settings"]["interactivity"]["is_enabled"] = False
    with Sandbox.start(manifest=manifest, clock=clock) as sandbox:
        client, amina = WebClient(token=sandbox.bot_token, base_url=sandbox.url), sandbox.person("Amina Okafor")
        with pytest.raises(SwitchedOff, match="Messages tab switched off"):
            amina.says("hello")
        assert error_of(client.chat_postMessage, channel=amina.id, text="x") == "messages_tab_disabled"
        button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
        home = {"type": "home", "blocks": [{"type": "actions", "elements": [button]}]}
        client.views_publish(user_id=amina.id, view=home)
        with pytest.raises(SwitchedOff, match="interactivity switched off"):
            amina.clicks("Go")


@pytest.mark.parametrize(
    ("manifest", "why"),
    [
        (without("im:history"), "the event message.im needs the scope im:history"),
        (without("commands"), "slash commands need the scope commands"),
        (listening_at(""), "socket_mode_enabled is off, and the command /collaborate has no request_url"),
        (listening_at("http://slack.example/slack"), "not on this machine, and the sandbox posts nowhere else"),
        ({}, "display_information.name is missing"),
    ],
)
def test_a_manifest_that_cannot_work_is_refused_in_a_sentence(manifest, why):
    with pytest.raises(BadManifest, match=why):
        Sandbox.start(manifest=manifest)


@pytest.mark.parametrize("name", [":tada:", "no emoji", "Tada", "🎉", "tada::skin-tone-9", "x" * 101])
def test_what_is_no_name_of_an_emoji_is_refused(client, amina, name):
    said = amina.says("hello")
    where = {"channel": amina.direct.id, "timestamp": said.ts}
    assert error_of(client.reactions_add, **where, name=name) == "invalid_name"
    assert client.reactions_add(**where, name="wave::skin-tone-3")["ok"]
