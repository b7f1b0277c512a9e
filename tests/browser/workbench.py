"""The windows of the workshop's app: forms that complain, grow and stack up, and a Home that counts."""

from collections.abc import Callable
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from tests.browser.showcase import TOWNS, button, element, field, option, plain, section

Json = dict[str, Any]
Keeps = Callable[[Json], None]


def window(title: str, callback_id: str, blocks: list[Json], **more: Any) -> Json:
    return {"type": "modal", "title": plain(title), "callback_id": callback_id, "submit": plain("Send"),
            "close": plain("Cancel"), "blocks": blocks, **more}  # fmt: skip


def form() -> Json:
    """Every kind of field, most of them optional."""
    towns = [option(town) for town in TOWNS]
    few = {"options": towns[:3]}
    free = {
        "Story": element("plain_text_input", "story", multiline=True, max_length=20),
        "Mail": element("email_text_input", "mail"),
        "Address": element("url_text_input", "address"),
        "Count": element("number_input", "count", is_decimal_allowed=False, min_value="1", max_value="9"),
        "Rich": element("rich_text_input", "rich"),
        "Town": element("static_select", "town", options=towns),
        "Towns": element("multi_static_select", "towns", options=towns),
        "Colleague": element("users_select", "colleague"),
        "Colleagues": element("multi_users_select", "colleagues"),
        "Channel": element("channels_select", "place"),
        "Found": element("external_select", "external", min_query_length=2),
        "One": element("radio_buttons", "one", **few),
        "Any": element("checkboxes", "any", **few),
        "Day": element("datepicker", "day"),
        "Hour": element("timepicker", "hour"),
        "Moment": element("datetimepicker", "moment"),
    }
    name = field("Name", "b_name", element("plain_text_input", "name", min_length=2), hint=plain("As you are called"))
    others = [field(label, f"b_{what['action_id']}", what, optional=True) for label, what in free.items()]
    return window("Every field", "form", [name, *others])


def growing(size: int = 0) -> Json:
    """A note, and below it as many lines as somebody asked for."""
    note = field("Note", "b_note", element("plain_text_input", "note"))
    more = {"type": "actions", "block_id": "b_more", "elements": [button("Another line", "grow", value=str(size))]}
    lines = [section(f"Line {number}") for number in range(1, size + 1)]
    return window("Growing", "growing", [note, more, *lines])


def stacked(depth: int) -> Json:
    deeper = {"type": "actions", "elements": [button("Deeper", "deeper", value=str(depth))]}
    word = field("Word", "b_word", element("plain_text_input", "word"), optional=True)
    return window(f"Floor {depth}", "stacked", [word, deeper], notify_on_close=True)


def home(count: int) -> Json:
    buttons = {"type": "actions", "elements": [button("Count", "count_up", value=str(count))]}
    diary = field("Diary", "b_diary", element("plain_text_input", "diary"), dispatch_action=True)
    words = [{"type": "header", "text": plain("At home")}, section(f"Counted *{count}* times"), diary, buttons]
    return {"type": "home", "callback_id": "home", "blocks": words}


WINDOWS: dict[str, Callable[[], Json]] = {"form": form, "growing": growing, "stack": lambda: stacked(1)}


def add_windows(app: App, keeps: Keeps) -> None:
    """The app opens them by `/workshop NAME`, and answers what is done in them."""
    _add_command(app, keeps)
    _add_form(app, keeps)
    _add_steps(app, keeps)
    _add_home(app, keeps)


def _add_command(app: App, keeps: Keeps) -> None:
    @app.command("/workshop")
    def asked(ack: Callable[..., None], body: Json, client: WebClient) -> None:
        what = body.get("text", "")
        if what in WINDOWS:
            client.views_open(trigger_id=body["trigger_id"], view=WINDOWS[what]())
            ack()
        else:
            ack(text=f"You asked for “{what}”.", blocks=[section(f"You asked for “{what}”.")])

    @app.shortcut("tell")
    def told(ack: Callable[[], None], body: Json, client: WebClient) -> None:
        keeps(body)
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=growing())

    @app.shortcut("keep")
    def kept(ack: Callable[[], None], body: Json) -> None:
        keeps(body)
        ack()

    @app.options("external")
    def offered(ack: Callable[..., None], body: Json) -> None:
        wanted = body["value"].lower()
        ack(options=[option(town) for town in TOWNS if wanted in town.lower()])


def _add_form(app: App, keeps: Keeps) -> None:
    @app.view("form")
    def sent(ack: Callable[..., None], body: Json) -> None:
        keeps(body)
        values = body["view"]["state"]["values"]
        if values["b_name"]["name"]["value"] == "Nobody":
            ack(response_action="errors", errors={"b_name": "Nobody can't send this.", "b_day": "Not on that day."})
        else:
            ack()

    @app.view("growing")
    def grown(ack: Callable[..., None], body: Json) -> None:
        keeps(body)
        note = body["view"]["state"]["values"]["b_note"]["note"]["value"]
        thanks = {
            "type": "modal",
            "callback_id": "thanks",
            "title": plain("Thank you"),
            "blocks": [section(f"Kept: {note}")],
        }
        ack(response_action="update", view=thanks)

    @app.action("grow")
    def grow(ack: Callable[[], None], body: Json, client: WebClient) -> None:
        ack()
        view = body["view"]
        client.views_update(view_id=view["id"], view=growing(int(body["actions"][0]["value"]) + 1))


def _add_steps(app: App, keeps: Keeps) -> None:
    @app.action("deeper")
    def deeper(ack: Callable[[], None], body: Json, client: WebClient) -> None:
        ack()
        client.views_push(trigger_id=body["trigger_id"], view=stacked(int(body["actions"][0]["value"]) + 1))

    @app.view("stacked")
    def sent(ack: Callable[..., None], body: Json) -> None:
        keeps(body)
        word = body["view"]["state"]["values"]["b_word"]["word"]["value"]
        ack(response_action="clear") if word == "out" else ack()

    @app.view_closed("stacked")
    def closed(ack: Callable[[], None], body: Json) -> None:
        keeps(body)
        ack()


def _add_home(app: App, keeps: Keeps) -> None:
    @app.event("app_home_opened")
    def opened(event: Json, client: WebClient) -> None:
        if event["tab"] == "home" and "view" not in event:
            client.views_publish(user_id=event["user"], view=home(0))

    @app.action("count_up")
    def counted(ack: Callable[[], None], body: Json, client: WebClient) -> None:
        ack()
        client.views_publish(user_id=body["user"]["id"], view=home(int(body["actions"][0]["value"]) + 1))

    @app.action("diary")
    def written(ack: Callable[[], None], body: Json) -> None:
        keeps(body)
        ack()
