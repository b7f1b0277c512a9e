"""Blocks of every kind and elements of every kind, as the workshop's app posts them."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def marked(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def option(words: str, value: str = "", more: str = "") -> Json:
    made = {"text": plain(words), "value": value or words.lower()}
    return made | {"description": plain(more)} if more else made


def section(text: str, accessory: Json | None = None) -> Json:
    return {"type": "section", "text": marked(text)} | ({"accessory": accessory} if accessory else {})


def button(label: str, action_id: str, **more: Any) -> Json:
    return {"type": "button", "text": plain(label), "action_id": action_id, **more}


def element(kind: str, action_id: str, **more: Any) -> Json:
    return {"type": kind, "action_id": action_id, **more}


def field(label: str, block_id: str, what: Json, **more: Any) -> Json:
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": what, **more}


def _words(text: str, **style: bool) -> Json:
    return {"type": "text", "text": text} | ({"style": style} if style else {})


def _rich(kind: str, *pieces: Json, **more: Any) -> Json:
    return {"type": kind, "elements": list(pieces), **more}


def rich_text(person: str, channel: str) -> Json:
    """Every part of rich text: styles, mentions, a list within a list, a quote, code."""
    line = _rich("rich_text_section", _words("bold ", bold=True), _words("italic ", italic=True),
                 _words("and ", strike=True), _words("plain "), {"type": "user", "user_id": person}, _words(" in "),
                 {"type": "channel", "channel_id": channel}, {"type": "emoji", "name": "wave"}, _words(" "),
                 {"type": "link", "url": "https://example.org/rich", "text": "a rich link"})  # fmt: skip
    outer = _rich("rich_text_list", _rich("rich_text_section", _words("outer point")), style="bullet", indent=0)
    inner = _rich("rich_text_list", _rich("rich_text_section", _words("inner point")), style="ordered", indent=1)
    quote = _rich("rich_text_quote", _words("said by somebody"))
    code = _rich("rich_text_preformatted", _words("kept  as  it  is"))
    return {"type": "rich_text", "elements": [line, outer, inner, quote, code]}


def to_read(person: str, channel: str, picture: str) -> list[Json]:
    """Every block that is only looked at; `picture` is the id of a file of Slack's."""
    when = "<!date^1772443800^{date_num}|when>"
    return [
        {"type": "header", "text": plain("A heading")},
        section(f"*strong* _slanted_ ~gone~ `code` <https://example.org|a link> <@{person}> {when}"),
        {"type": "section", "fields": [marked("*Left*\none"), marked("*Right*\ntwo")]},
        {"type": "context", "elements": [
            {"type": "image", "slack_file": {"id": picture}, "alt_text": "small picture"}, marked("said quietly")]},
        {"type": "divider"},
        {"type": "image", "slack_file": {"id": picture}, "alt_text": "large picture", "title": plain("A picture")},
        section("with a thumbnail", {"type": "image", "slack_file": {"id": picture}, "alt_text": "thumbnail"}),
        rich_text(person, channel),
        {"type": "table", "rows": [
            [{"type": "raw_text", "text": "Name"}, {"type": "raw_text", "text": "Number"}],
            [{"type": "raw_text", "text": "Practices"}, {"type": "raw_text", "text": "12"}]],
         "column_settings": [{"is_wrapped": True}, {"align": "right"}]},
        {"type": "markdown", "text": "### Third heading\n\n1. first\n2. second\n\n**really** `mono`"},
        {"type": "video", "title": plain("A film"), "video_url": "https://example.org/film", "alt_text": "a film",
         "thumbnail_url": "https://example.org/film.png", "title_url": "https://example.org/film"},
    ]  # fmt: skip


SURE = {
    "title": plain("Are you sure?"),
    "text": plain("It can't be undone."),
    "confirm": plain("Do it"),
    "deny": plain("Leave it"),
}
TOWNS = ("Alston", "Brampton", "Carlisle", "Dalton", "Egremont")


def to_press() -> list[Json]:
    """Buttons of every kind, and an overflow menu."""
    return [
        {"type": "actions", "block_id": "pressing", "elements": [
            button("Plain", "plain", value="kept"),
            button("Good", "primary", style="primary"),
            button("Bad", "danger", style="danger", confirm=SURE | {"style": "danger"}),
            button("Away", "away", url="https://example.org/away"),
            button("Silent", "silent"),
            element("overflow", "more", options=[option("Look"), option("Leave")]),
        ]},
    ]  # fmt: skip


def to_choose(person: str) -> list[Json]:
    """Every element that holds a choice, each beside its own words."""
    towns = [option(town, more="by the sea" if town == "Egremont" else "") for town in TOWNS]
    groups = [{"label": plain("North"), "options": towns[:2]}, {"label": plain("South"), "options": towns[2:]}]
    few = towns[:3]
    asked = plain("Choose")
    beside = {
        "One town": element("static_select", "static", placeholder=asked, options=towns),
        "A town of a group": element("static_select", "grouped", placeholder=asked, option_groups=groups),
        "Some towns": element("multi_static_select", "multi", placeholder=asked, options=towns, max_selected_items=2),
        "A person": element("users_select", "user", placeholder=asked),
        "People": element("multi_users_select", "users", placeholder=asked, initial_users=[person]),
        "A channel": element("channels_select", "channel", placeholder=asked),
        "A conversation": element("conversations_select", "conversation", placeholder=asked),
        "What the app knows": element("external_select", "external", placeholder=asked, min_query_length=2),
        "One of three": element("radio_buttons", "radio", options=few),
        "Any of three": element("checkboxes", "boxes", options=few, initial_options=few[:1]),
        "A day": element("datepicker", "day", initial_date="2026-03-02"),
        "An hour": element("timepicker", "hour"),
    }
    moment = {"type": "actions", "block_id": "moments", "elements": [element("datetimepicker", "moment")]}
    return [{**section(words, what), "block_id": what["action_id"]} for words, what in beside.items()] + [moment]


def hostile() -> list[Json]:
    """Words that would like to be more than words, wherever an app can put some."""
    struck = "<img src=x onerror='window.__struck=1'>"
    script = "<script>window.__struck=2</script>"
    link = "<javascript:window.__struck=3|press me> <data:text/html,hi|or me>"
    turned = "invoice\u202egnp.exe"
    return [
        {"type": "header", "text": plain(struck)},
        section(f"{script} {link} {turned}"),
        {"type": "context", "elements": [plain(script), marked(struck)]},
        {"type": "markdown", "text": f"{struck} [press](javascript:window.__struck=4) ![x](data:text/html,hi)"},
        {"type": "rich_text", "elements": [_rich("rich_text_section", _words(struck + script))]},
        {"type": "table", "rows": [[{"type": "raw_text", "text": struck}], [{"type": "raw_text", "text": script}]]},
        {"type": "actions", "elements": [
            button(struck[:75], "hostile"),
            element("static_select", "hostile_choice", placeholder=plain(struck),
                    options=[option(struck, "x", script)]),
            element("overflow", "hostile_more", options=[option(struck, "a"), option(script, "b")]),
        ]},
    ]  # fmt: skip
