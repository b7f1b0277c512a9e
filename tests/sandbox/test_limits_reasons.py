"""What Slack can't take is refused in Slack's own words and with the place, as far as its words are known."""

import pytest

from bot.sandbox.limits import check_attachments, check_message, check_view

from .limits_kit import (
    DIVIDER,
    PICTURE,
    RAW,
    actions,
    button,
    form,
    marked,
    modal,
    option,
    options,
    plain,
    refusal,
    rich,
    section,
    table,
)

CHOICE = option(7)
#: blocks of a message, why they are refused, and the place (within the first block, where not said in full)
WHY = [
    # what is there, and what kind it is
    ([{"type": "poem"}], "unsupported type: poem", "/type"),
    ([{"text": plain("x")}], "missing required field: type", ""),
    ([{"type": ["section"]}], "must provide a string", "/type"),
    (["section"], "must provide an object", ""),
    ([{"type": "section"}], "must define either `text` or `fields`", "/type"),
    ([section(0)], "must be more than 0 characters", "/text/text"),
    ([{"type": "header"}], "missing required field: text", ""),
    ([actions()], "must provide at least 1 items", "/elements"),
    ([{"type": "input", "element": {"type": "plain_text_input"}}], "missing required field: label", ""),
    ([section(colour="green")], "invalid additional property: colour", ""),
    ([actions(button(style=None))], "must provide a string", "/elements/0/style"),
    ([actions(button(style="green"))], "must be a valid enum value", "/elements/0/style"),
    ([form({"type": "number_input"})], "missing required field: is_decimal_allowed", "/element"),
    # kinds of text
    ([{"type": "header", "text": marked("x")}], "must be a valid enum value", "/text/type"),
    ([section(text={"type": "text", "text": "x"})], "unsupported type: text", "/text/type"),
    ([section(text=marked("x") | {"emoji": True})], "invalid additional property: emoji", "/text"),
    ([section(text=plain("x") | {"verbatim": True})], "invalid additional property: verbatim", "/text"),
    ([rich({"type": "text", "text": ""})], "must be more than 0 characters", "/elements/0/elements/0/text"),
    ([rich({"type": "text", "text": "x", "style": {"loud": True}})],
     "invalid additional property: loud", "/elements/0/elements/0/style"),
    ([rich({"type": "button"})], "unsupported type: button", "/elements/0/elements/0/type"),
    # which element stands where
    ([actions({"type": "plain_text_input"})], "unsupported type: plain_text_input", "/elements/0/type"),
    ([section(accessory={"type": "datetimepicker"})], "unsupported type: datetimepicker", "/accessory/type"),
    ([form(button())], "unsupported type: button", "/element/type"),
    ([{"type": "context", "elements": [button()]}], "unsupported type: button", "/elements/0/type"),
    ([actions({"type": "icon_button"})], "unsupported type: icon_button", "/elements/0/type"),
    ([form({"type": "file_input"})], "unsupported type: file_input", "/element/type"),
    # which block stands where
    ([{"type": "alert", "text": plain("x")}], "unsupported type: alert", "/type"),
    ([{"type": "file", "external_id": "x", "source": "remote"}], "unsupported type: file", "/type"),
    # options
    ([actions({"type": "static_select"})], "must define either `options` or `option_groups`", "/elements/0/type"),
    ([actions(options("static_select", option_groups=[{"label": plain("x"), "options": [CHOICE]}]))],
     "must not define both `options` and `option_groups`", "/elements/0/type"),
    ([actions(options("static_select", initial_option=CHOICE))],
     "must be one of the provided options", "/elements/0/initial_option"),
    ([actions(options("checkboxes", initial_options=[]))],
     "must be one of the provided options", "/elements/0/initial_options"),
    ([actions(options("static_select", initial_option=None))],
     "must provide an object", "/elements/0/initial_option"),
    ([actions({"type": "static_select", "options": [option(url="https://example.org")]})],
     "invalid additional property: url", "/elements/0/options/0"),
    ([actions({"type": "conversations_select", "filter": {}})],
     "must have minimum 1 properties", "/elements/0/filter"),
    ([actions({"type": "channels_select", "response_url_enabled": True})],
     "only allowed in an `input` block in modals", "/elements/0/response_url_enabled"),
    ([actions(options("multi_static_select", max_selected_items=0))],
     "must be greater than 1", "/elements/0/max_selected_items"),
    # dates, times, numbers
    ([actions({"type": "datepicker", "initial_date": "2027-13-01"})],
     "input must match", "/elements/0/initial_date"),
    ([actions({"type": "timepicker", "initial_time": "24:00"})], "input must match", "/elements/0/initial_time"),
    ([actions({"type": "datetimepicker", "initial_date_time": 123})],
     "must be greater than", "/elements/0/initial_date_time"),
    ([form({"type": "number_input", "is_decimal_allowed": True, "min_value": "5", "max_value": "-4.5"})],
     "must not be greater than `max_value`", "/element/min_value"),
    ([form({"type": "number_input", "is_decimal_allowed": False, "initial_value": "0.5"})],
     "must be a whole number", "/element/initial_value"),
    # pictures
    ([{"type": "image", "alt_text": "x"}], "missing required field: image_url", ""),
    ([PICTURE | {"slack_file": {"id": "F1"}}], "must not define both `image_url` and `slack_file`", "/type"),
    ([{"type": "image", "alt_text": "x", "slack_file": {}}], "must define either `id` or `url`", "/slack_file"),
    ([section(accessory={"type": "image", "image_url": "x"})], "missing required field: alt_text", "/accessory"),
    # among several
    ([actions(button(), button())], '`action_id` "go" already exists', "/elements/1/action_id"),
    ([section(block_id="b")] * 2, '`block_id` "b" already exists', "/blocks/1/block_id"),
    ([{"type": "markdown", "text": "x" * 6001}] * 2, "must be less than 12001 characters", "/blocks/1/text"),
    ([{"type": "plan", "title": "x"}] * 2, "Cannot have more than 1 plan block", "/blocks"),
    ([{"type": "card", "subtitle": plain("x")}],
     "must define either `hero_image` or `title` or `actions` or `body`", "/type"),
    # tables
    ([table(rows=10, text="x" * 1000), table()], "must be less than 10001 characters", "/blocks/1/rows"),
    ([{"type": "data_table", "caption": "x", "rows": [[RAW | {"text": "x" * 201}]] * 100}],
     "must be less than 20001 characters", "/rows"),
    ([{"type": "data_table", "caption": "x", "rows": [[rich()], [RAW]]}],
     "unsupported type: rich_text", "/rows/0/0/type"),
    ([{"type": "data_table", "caption": "x", "rows": [[RAW], [RAW, RAW]]}],
     "must provide 1 items", "/rows/1"),
]  # fmt: skip


@pytest.mark.parametrize(("blocks", "why", "place"), WHY)
def test_what_slack_cannot_take_is_refused_with_the_reason(blocks, why, place):
    refused = refusal(check_message, blocks)
    pointer = place if place.startswith("/blocks") else f"/blocks/0{place}"
    assert refused.error == "invalid_blocks"
    assert refused.messages[-1].startswith(f"[ERROR] {why}")
    assert refused.messages[-1].endswith(f" [json-pointer:{pointer}]")


def test_a_chart_must_agree_with_its_axes_and_a_pie_has_no_empty_slice():
    def chart(*series: dict) -> dict:
        axes = {"categories": ["May", "June"]}
        return {
            "type": "data_visualization",
            "title": "Hope",
            "chart": {"type": "line", "series": [*series], "axis_config": axes},
        }

    may, june = {"label": "May", "value": -1}, {"label": "June", "value": 2.5}
    check_message([chart({"name": "North", "data": [june, may]}), chart({"name": "South", "data": [may, june]})])
    missing = refusal(check_message, [chart({"name": "North", "data": [may]})])
    twice = refusal(check_message, [chart(*[{"name": "North", "data": [may, june]}] * 2)])
    pie = {"type": "pie", "segments": [{"label": "None", "value": 0}]}
    empty = refusal(check_message, [{"type": "data_visualization", "title": "Hope", "chart": pie}])
    assert "for each category" in missing.messages[0]
    assert "already exists" in twice.messages[0]
    assert "greater than 0" in empty.messages[0]


def test_lists_that_are_no_lists_are_refused_by_their_own_name():
    assert refusal(check_message, {"type": "section"}).error == "invalid_blocks_format"
    assert refusal(check_attachments, {"text": "x"}).error == "invalid_attachments"


def test_tables_share_an_allowance_of_their_own_and_do_not_count_as_blocks_do():
    full = [section(3000)] * 4
    rows = [[rich({"type": "link", "url": "https://example.org", "text": "x" * 1000})]] * 5
    held = {"type": "container", "title": plain("x"), "child_blocks": [{"type": "table", "rows": rows}]}
    check_message([*full, table(rows=100, cells=20), table(rows=3, text="x" * 1000)])
    check_message([held, table(rows=5, text="x" * 1000)])
    assert refusal(check_message, [held, table(rows=6, text="x" * 1000)]).error == "invalid_blocks"


def test_a_message_takes_a_hundred_attachments_and_looks_at_the_blocks_in_them():
    check_attachments([{"text": "old", "fields": []}, {"color": "#a1b2c3", "blocks": [section()]}] * 50)
    assert refusal(check_attachments, [{"text": "x"}] * 101).error == "too_many_attachments"
    assert refusal(check_attachments, [{"blocks": [DIVIDER], "indent": False}]).messages == ["[ERROR] invalid_keys"]
    deep = refusal(check_attachments, [{"text": "x"}, {"blocks": [section(0)]}])
    assert deep.error == "invalid_attachments"
    assert (
        deep.messages[-1] == "[ERROR] must be more than 0 characters [json-pointer:/attachments/1/blocks/0/text/text]"
    )


def test_a_modal_with_a_field_needs_a_submit_button():
    field = form({"type": "plain_text_input"})
    check_view(modal(field))
    check_view({"type": "home", "blocks": [field]})
    bare = {"type": "modal", "title": plain("Title"), "blocks": [section(), field]}
    assert refusal(check_view, bare).messages == [
        "[ERROR] must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/1/input]"
    ]


def test_only_one_field_of_a_view_is_focused_on_load():
    first, second = (
        form({"type": "plain_text_input", "focus_on_load": True}),
        form(options("checkboxes", focus_on_load=True)),
    )
    check_view(modal(first, form({"type": "plain_text_input", "focus_on_load": False})))
    refused = refusal(check_view, modal(first, second))
    assert refused.messages == [
        "[ERROR] only one element may be focused on load [json-pointer:/view/blocks/1/element/focus_on_load]"
    ]


def test_files_are_asked_for_in_modals_only_and_without_dispatching():
    upload = {"type": "file_input", "filetypes": ["mp3"], "max_files": 1}
    check_view(modal(form(upload)))
    assert "unsupported type" in refusal(check_view, {"type": "home", "blocks": [form(upload)]}).messages[0]
    assert "dispatch_action" in refusal(check_view, modal(form(upload, dispatch_action=True))).messages[0]


@pytest.mark.parametrize("kind", ["markdown", "table", "context_actions", "container", "plan", "task_card", "carousel"])
def test_what_is_for_messages_is_refused_in_a_modal(kind):
    assert refusal(check_view, modal({"type": kind})).messages[-1] == (
        f"[ERROR] unsupported type: {kind} [json-pointer:/view/blocks/0/type]"
    )


@pytest.mark.parametrize(
    ("view", "why"),
    [
        ({"type": "page", "blocks": []}, "unsupported type: page [json-pointer:/view/type]"),
        ({"type": "modal"}, "missing required field: blocks [json-pointer:/view]"),
        (
            {"type": "home", "blocks": [], "title": plain("x")},
            "invalid additional property: title [json-pointer:/view]",
        ),
        (modal(submit_disabled=True), "invalid additional property: submit_disabled [json-pointer:/view]"),
        (modal(submit=None), "must provide an object [json-pointer:/view/submit]"),
        (modal(title=marked("x")), "must be a valid enum value [json-pointer:/view/title/type]"),
        (7, "must provide an object [json-pointer:/view]"),
    ],
)
def test_a_view_that_slack_cannot_read_is_refused_with_the_reason(view, why):
    refused = refusal(check_view, view)
    assert refused.error == "invalid_arguments"
    assert refused.messages[0] == "[ERROR] failed to match all allowed schemas [json-pointer:/view]"
    assert refused.messages[-1] == f"[ERROR] {why}"
