"""Block Kit's limits: what Slack's pages allow is taken, one more is refused with the place.

The figures stand here a second time, copied from docs.slack.dev and not from the tables that are tested.
"""

import pytest
from slack_sdk.errors import SlackApiError

from bot.sandbox.errors import Refused
from bot.sandbox.limits import check_message, check_view

from .limits_kit import (
    DIVIDER,
    PICTURE,
    RAW,
    actions,
    button,
    confirm,
    form,
    marked,
    modal,
    option,
    options,
    plain,
    refusal,
    section,
    table,
)

#: one block, the most that is allowed, and where
OF_BLOCKS = [
    (lambda n: section(n), 3000, "text/text"),
    (lambda n: {"type": "section", "fields": [plain("x")] * n}, 10, "fields"),
    (lambda n: {"type": "section", "fields": [plain("x" * n)]}, 2000, "fields/0/text"),
    (lambda n: section(block_id="x" * n), 255, "block_id"),
    (lambda n: {"type": "header", "text": plain("x" * n)}, 150, "text/text"),
    (lambda n: {"type": "context", "elements": [plain("x")] * n}, 10, "elements"),
    (lambda n: {"type": "context", "elements": [marked("x" * n)]}, 3000, "elements/0/text"),
    (lambda n: actions(*[button(action_id=str(i)) for i in range(n)]), 25, "elements"),
    (lambda n: {**PICTURE, "alt_text": "x" * n}, 2000, "alt_text"),
    (lambda n: {**PICTURE, "image_url": "x" * n}, 3000, "image_url"),
    (lambda n: {**PICTURE, "title": plain("x" * n)}, 2000, "title/text"),
    (lambda n: {"type": "markdown", "text": "x" * n}, 12_000, "text"),
    (lambda n: form({"type": "plain_text_input"}, label=plain("x" * n)), 2000, "label/text"),
    (lambda n: form({"type": "plain_text_input"}, hint=plain("x" * n)), 2000, "hint/text"),
    (lambda n: table(rows=n), 100, "rows"),
    (lambda n: table(cells=n), 20, "rows/0"),
    (lambda n: table(column_settings=[None] * n), 20, "column_settings"),
    (lambda n: {"type": "data_table", "caption": "x", "rows": [[RAW]] * n}, 201, "rows"),
    (lambda n: {"type": "data_table", "caption": "x", "rows": [[RAW]] * 2, "page_size": n}, 100, "page_size"),
    (lambda n: {"type": "card", "title": marked("x" * n)}, 150, "title/text"),
    (lambda n: {"type": "card", "subtitle": marked("x" * n), "title": plain("x")}, 150, "subtitle/text"),
    (lambda n: {"type": "card", "body": marked("x" * n)}, 200, "body/text"),
    (lambda n: {"type": "card", "title": plain("x"), "subtext": marked("x" * n)}, 200, "subtext/text"),
    (lambda n: {"type": "card", "actions": [button(action_id=str(i)) for i in range(n)]}, 3, "actions"),
    (lambda n: {"type": "carousel", "elements": [{"type": "card", "title": plain("x")}] * n}, 10, "elements"),
    (lambda n: {"type": "container", "title": plain("x"), "child_blocks": [DIVIDER] * n}, 10, "child_blocks"),
    (
        lambda n: {"type": "rich_text", "elements": [{"type": "rich_text_list", "style": "bullet", "indent": n,
                                                      "elements": [{"type": "rich_text_section", "elements": []}]}]},
        8, "elements/0/indent",
    ),
]  # fmt: skip

#: one element of a row of actions
OF_ELEMENTS = [
    (lambda n: button("x" * n), 75, "text/text"),
    (lambda n: button(value="x" * n), 2000, "value"),
    (lambda n: button(url="x" * n), 3000, "url"),
    (lambda n: button(action_id="x" * n), 255, "action_id"),
    (lambda n: button(accessibility_label="x" * n), 75, "accessibility_label"),
    (lambda n: confirm(title=plain("x" * n)), 100, "confirm/title/text"),
    (lambda n: confirm(text=marked("x" * n)), 300, "confirm/text/text"),
    (lambda n: confirm(confirm=plain("x" * n)), 30, "confirm/confirm/text"),
    (lambda n: confirm(deny=plain("x" * n)), 30, "confirm/deny/text"),
    (lambda n: options("static_select", n), 100, "options"),
    (lambda n: options("static_select", placeholder=plain("x" * n)), 150, "placeholder/text"),
    (lambda n: {"type": "static_select", "options": [option(text=plain("x" * n))]}, 75, "options/0/text/text"),
    (lambda n: {"type": "static_select", "options": [option(value="x" * n)]}, 150, "options/0/value"),
    (lambda n: {"type": "static_select", "options": [option(description=plain("x" * n))]}, 75,
     "options/0/description/text"),
    (lambda n: {"type": "multi_static_select", "option_groups": [{"label": plain("x" * n), "options": [option()]}]}, 75,
     "option_groups/0/label/text"),
    (lambda n: options("overflow", n), 5, "options"),
    (lambda n: {"type": "overflow", "options": [option(url="x" * n)]}, 3000, "options/0/url"),
    (lambda n: options("checkboxes", n), 10, "options"),
    (lambda n: options("radio_buttons", n), 10, "options"),
]  # fmt: skip

#: the element of a form
OF_FORMS = [
    (lambda n: {"type": "plain_text_input", "max_length": n}, 3000, "max_length"),
    (lambda n: {"type": "plain_text_input", "min_length": n}, 3000, "min_length"),
    (lambda n: {"type": "plain_text_input", "placeholder": plain("x" * n)}, 150, "placeholder/text"),
    (lambda n: {"type": "file_input", "max_files": n}, 10, "max_files"),
    (lambda n: {"type": "rich_text_input", "action_id": "x", "max_lines": n}, 100, "max_lines"),
    (lambda n: {"type": "static_select", "option_groups": [{"label": plain("x"), "options": [option()]}] * n}, 100,
     "option_groups"),
]  # fmt: skip

#: a modal itself
OF_MODALS = [
    (lambda n: modal(title=plain("x" * n)), 24, "title/text"),
    (lambda n: modal(submit=plain("x" * n)), 24, "submit/text"),
    (lambda n: modal(close=plain("x" * n)), 24, "close/text"),
    (lambda n: modal(private_metadata="x" * n), 3000, "private_metadata"),
    (lambda n: modal(callback_id="x" * n), 255, "callback_id"),
    (lambda n: modal(external_id="x" * n), 255, "external_id"),
    (lambda n: modal(*[DIVIDER] * n), 100, "blocks"),
    (lambda n: modal({"type": "alert", "text": plain("x" * n)}), 200, "blocks/0/text/text"),
]


def at_and_over(check: object, made: object, most: int, pointer: str) -> Refused:
    check(made(most))
    refused = refusal(check, made(most + 1))
    assert f"[json-pointer:{pointer}]" in refused.messages[-1]
    return refused


@pytest.mark.parametrize(("block", "most", "place"), OF_BLOCKS)
def test_a_block_may_hold_what_slacks_pages_say_and_no_more(block, most, place):
    refused = at_and_over(check_message, lambda n: [block(n)], most, f"/blocks/0/{place}")
    assert refused.error == "invalid_blocks"


@pytest.mark.parametrize(("element", "most", "place"), OF_ELEMENTS)
def test_an_element_may_hold_what_slacks_pages_say_and_no_more(element, most, place):
    at_and_over(check_message, lambda n: [actions(element(n))], most, f"/blocks/0/elements/0/{place}")


@pytest.mark.parametrize(("element", "most", "place"), OF_FORMS)
def test_a_field_may_hold_what_slacks_pages_say_and_no_more(element, most, place):
    at_and_over(check_view, lambda n: modal(form(element(n))), most, f"/view/blocks/0/element/{place}")


@pytest.mark.parametrize(("view", "most", "place"), OF_MODALS)
def test_a_modal_may_hold_what_slacks_pages_say_and_no_more(view, most, place):
    assert at_and_over(check_view, view, most, f"/view/{place}").error == "invalid_arguments"


def test_a_message_has_fifty_blocks_and_a_home_a_hundred():
    check_message([DIVIDER] * 50)
    check_view({"type": "home", "blocks": [DIVIDER] * 100})
    assert refusal(check_message, [DIVIDER] * 51).messages == [
        "[ERROR] no more than 50 items allowed [json-pointer:/blocks]"
    ]
    too_long = refusal(check_view, {"type": "home", "blocks": [DIVIDER] * 101})
    assert too_long.messages[-1] == "[ERROR] no more than 100 items allowed [json-pointer:/view/blocks]"


def test_all_blocks_of_a_message_together_have_a_limit_and_so_has_a_view():
    check_message([section(3000)] * 4)
    assert refusal(check_message, [section(3000)] * 5).error == "msg_blocks_too_long"
    assert refusal(check_view, modal(*[section(3000)] * 90)).error == "view_too_large"


# --- through the door


def test_the_app_is_told_the_place_as_slack_tells_it(client, amina):
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel=amina.id, text="x", blocks=[section(3001)])
    answer = refused.value.response
    assert answer["error"] == "invalid_blocks"
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] failed to match all allowed schemas [json-pointer:/blocks/0/text]",
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
    ]
    assert amina.messages() == []


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ({"text": "x", "blocks": {"type": "section"}}, "invalid_blocks_format"),
        ({"text": "x", "blocks": "not json"}, "invalid_blocks_format"),
        ({"text": "x", "attachments": [{"text": "x"}] * 101}, "too_many_attachments"),
        ({"text": "x", "attachments": {"text": "x"}}, "invalid_attachments"),
        ({"markdown_text": "x" * 12_001}, "msg_too_long"),
        ({"markdown_text": "x", "text": "y"}, "markdown_text_conflict"),
    ],
)
def test_what_is_no_message_at_all_is_refused_by_its_own_name(client, amina, content, error):
    with pytest.raises(SlackApiError) as refused:
        client.api_call("chat.postMessage", json={"channel": amina.id, **content})
    assert refused.value.response["error"] == error
    assert amina.messages() == []
