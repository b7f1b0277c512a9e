"""Whatever an app sends, it is answered or refused: no method breaks on what it did not expect."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.sandbox.driver import Sandbox
from bot.sandbox.errors import Refused
from bot.sandbox.happenings import answers
from bot.sandbox.web_api.calls import METHODS, answer

from .helpers import MANIFEST, OwnClock

NAMES = (
    "alt_txt", "attachments", "blocks", "bot", "channel", "channel_id", "channels", "count", "cursor", "error",
    "external_id", "file", "filename", "files", "hash", "inclusive", "initial_comment", "is_private", "latest",
    "length", "limit", "markdown_text", "message_ts", "metadata", "name", "oldest", "page", "post_at",
    "scheduled_message_id", "text", "thread_ts", "timestamp", "trigger_id", "ts", "types", "user", "user_id", "users",
    "view", "view_id",
)  # fmt: skip
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["type", "text", "id", "blocks"]), inner)
    ),
    max_leaves=6,
)
#: more often than by chance something real: a place that is there, a message, a person, the beginning of a view
REAL = st.sampled_from(
    ["$channel", "$ts", "$user", "$file", "$trigger", "1", "-1", "[]", "{}", '[{"id": 3}]', "nan", ""]
)
#: what most calls would do with, before something in it is spoilt
GOOD = {"channel": "$channel", "ts": "$ts", "message_ts": "$ts", "timestamp": "$ts", "user": "$user", "users": "$user",
        "user_id": "$user", "file": "$file", "text": "hello", "name": "tada", "post_at": "1772445600", "length": 3,
        "filename": "a.txt", "trigger_id": "$trigger"}  # fmt: skip


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox.start(manifest=MANIFEST, clock=OwnClock(), rate_limits=False) as started:
        yield started


def something_real(sandbox: Sandbox) -> dict[str, str]:
    """A place made anew, as the example before may have closed or left it: its ids by the names that `REAL` has."""
    amina = sandbox.person("Amina Okafor")
    room = sandbox.add_channel(f"stories{len(sandbox.workspace.channels)}", amina)
    room.channel.creator = sandbox.bot_user_id
    posted = answer(sandbox._engine, "chat.postMessage", {"channel": room.id, "text": "hello"}, sandbox.bot_token)
    file = amina.sends_file(b"hello", channel=room.name).files[0]
    trigger = sandbox._engine.tickets.trigger(amina.id)
    return {"$channel": room.id, "$ts": posted.body["ts"], "$user": amina.id, "$file": file.id, "$trigger": trigger}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("method", sorted(set(METHODS) - {"auth.revoke"}))
@given(data=st.data())
def test_no_call_of_the_web_api_breaks(sandbox, method, data):
    drawn = {**GOOD, **data.draw(st.dictionaries(st.sampled_from(NAMES), REAL | ANYTHING, max_size=4))}
    real = something_real(sandbox)
    params = {name: real.get(value, value) if isinstance(value, str) else value for name, value in drawn.items()}
    token = sandbox.app_token if METHODS[method].app_token else sandbox.bot_token
    answered = answer(sandbox._engine, method, params, token)
    assert answered.body["ok"] or answered.body["error"]
    assert answered.status == 200


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.dictionaries(st.sampled_from(["text", "blocks", "attachments", "thread_ts", "response_type",
                                             "replace_original", "delete_original"]), REAL | ANYTHING))  # fmt: skip
def test_no_answer_to_an_interaction_breaks(sandbox, body):
    real = something_real(sandbox)
    ticket = sandbox._engine.tickets.response(real["$channel"], real["$user"])
    try:
        answers.answer_there(sandbox._engine, ticket, body)
    except Refused as refused:
        assert refused.error
