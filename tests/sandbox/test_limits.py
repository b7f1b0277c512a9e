"""Block Kit's limits: one more than allowed is refused, with the place; the most that is allowed is not."""

import pytest
from slack_sdk.errors import SlackApiError

from bot.sandbox.errors import Refused
from bot.sandbox.limits import check_message, check_view


def plain(text: str) -> dict:
    return {"type": "plain_text", "text": text}


def section(length: int) -> dict:
    return {"type": "section", "text": plain("x" * length)}


def actions(*elements: dict) -> dict:
    return {"type": "actions", "elements": list(elements)}


def button(text: str = "Go", **more: object) -> dict:
    return {"type": "button", "action_id": "go", "text": plain(text), **more}


def select(kind: str, count: int, text: str = "One") -> dict:
    options = [{"text": plain(text), "value": str(number)} for number in range(count)]
    return {"type": kind, "action_id": "pick", "options": options}


def modal(**more: object) -> dict:
    return {"type": "modal", "title": plain("Title"), "blocks": [section(1)], **more}


AT_THE_LIMIT = [
    (lambda n: [{"type": "divider"}] * n, 50, "no more than 50 items"),
    (lambda n: [section(n)], 3000, "/blocks/0/text/text"),
    (lambda n: [{"type": "section", "fields": [plain("x")] * n}], 10, "/blocks/0/fields"),
    (lambda n: [{"type": "section", "fields": [plain("x" * n)]}], 2000, "/blocks/0/fields/0/text"),
    (lambda n: [{"type": "header", "text": plain("x" * n)}], 150, "/blocks/0/text/text"),
    (lambda n: [actions(button("x" * n))], 75, "/blocks/0/elements/0/text/text"),
    (lambda n: [actions(button(value="x" * n))], 2000, "/blocks/0/elements/0/value"),
    (lambda n: [actions(button() | {"action_id": "x" * n})], 255, "/blocks/0/elements/0/action_id"),
    (lambda n: [section(1) | {"block_id": "x" * n}], 255, "/blocks/0/block_id"),
    (lambda n: [actions(*[button() | {"action_id": str(i)} for i in range(n)])], 25, "/blocks/0/elements"),
    (lambda n: [{"type": "context", "elements": [plain("x")] * n}], 10, "/blocks/0/elements"),
    (lambda n: [actions(select("static_select", 1, "x" * n))], 75, "/blocks/0/elements/0/options/0/text/text"),
    (lambda n: [actions(select("static_select", n))], 100, "/blocks/0/elements/0/options"),
    (lambda n: [actions(select("overflow", n))], 5, "/blocks/0/elements/0/options"),
    (lambda n: [actions(select("checkboxes", n))], 10, "/blocks/0/elements/0/options"),
    (lambda n: [section(1) | {"accessory": button(confirm={"title": plain("x" * n)})}], 100, "accessory/confirm/title"),
]


@pytest.mark.parametrize(("blocks", "most", "place"), AT_THE_LIMIT)
def test_a_message_is_refused_one_over_the_limit(blocks, most, place):
    check_message(blocks(most))
    with pytest.raises(Refused) as refused:
        check_message(blocks(most + 1))
    assert refused.value.error == "invalid_blocks"
    assert any(place in message for message in refused.value.messages)


def test_all_blocks_of_a_message_together_have_a_limit():
    check_message([section(3000)] * 4)
    with pytest.raises(Refused) as refused:
        check_message([section(3000)] * 5)
    assert refused.value.error == "msg_blocks_too_long"


@pytest.mark.parametrize(
    ("blocks", "why"),
    [
        ([{"type": "poem"}], "unsupported type: poem"),
        ([{"type": "section"}], "missing required field: text"),
        ([{"type": "section", "text": plain("")}], "more than 0 characters"),
        ([{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}], "must be plain_text"),
        ([actions({"type": "poem"})], "unsupported type: poem"),
        ([section(1) | {"accessory": {"type": "poem"}}], "unsupported type: poem"),
        ([actions(button(), button())], "`action_id` must be unique"),
        ([section(1) | {"block_id": "b"}] * 2, "`block_id` must be unique"),
        ([{"type": "actions", "elements": []}], "missing required field: elements"),
        ([{"type": "input", "element": {"type": "plain_text_input"}}], "missing required field: label"),
        ({"type": "section"}, "must be an array of blocks"),
    ],
)
def test_what_slack_cannot_read_is_refused_with_the_reason(blocks, why):
    with pytest.raises(Refused) as refused:
        check_message(blocks)
    assert any(why in message for message in refused.value.messages), refused.value.messages


@pytest.mark.parametrize(
    ("view", "most", "place"),
    [
        (lambda n: modal(title=plain("x" * n)), 24, "/view/title/text"),
        (lambda n: modal(submit=plain("x" * n)), 24, "/view/submit/text"),
        (lambda n: modal(private_metadata="x" * n), 3000, "/view/private_metadata"),
        (lambda n: modal(callback_id="x" * n), 255, "/view/callback_id"),
        (lambda n: modal(blocks=[{"type": "divider"}] * n), 100, "/view/blocks"),
        (lambda n: {"type": "home", "blocks": [section(n)]}, 3000, "/view/blocks/0/text/text"),
    ],
)
def test_a_view_is_refused_one_over_the_limit(view, most, place):
    check_view(view(most))
    with pytest.raises(Refused) as refused:
        check_view(view(most + 1))
    assert refused.value.error == "invalid_arguments"
    assert any(place in message for message in refused.value.messages)


def test_a_modal_with_a_field_needs_a_submit_button_and_no_markdown_block():
    field = {"type": "input", "label": plain("Story"), "element": {"type": "plain_text_input"}}
    check_view(modal(blocks=[field], submit=plain("Send")))
    with pytest.raises(Refused, match="invalid_arguments"):
        check_view(modal(blocks=[field]))
    with pytest.raises(Refused, match="invalid_arguments"):
        check_view(modal(blocks=[{"type": "markdown", "text": "# no"}]))
    with pytest.raises(Refused, match="view_too_large"):
        check_view(modal(blocks=[section(3000) | {"block_id": str(n)} for n in range(90)]))


def test_the_app_is_told_the_place_as_slack_tells_it(client, amina):
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel=amina.id, text="x", blocks=[section(3001)])
    answer = refused.value.response
    assert answer["error"] == "invalid_blocks"
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"]  # fmt: skip
    assert amina.messages() == []
