"""What the fields of one block or element must be together; looked at once each is right by itself.

Slack's words, where answers that others published show them: the sections', options' and modals' below. The words
about pictures, menus, cards, numbers and tables are this project's own.
"""

import json
from collections.abc import Callable, Iterator
from decimal import Decimal

from bot.sandbox.limits.rules import Json, problem

Check = Callable[[Json, str], Iterator[str]]


def _needs_any(*names: str) -> Check:
    """At least one of these fields."""
    listed = " or ".join(f"`{name}`" for name in names)

    def check(thing: Json, path: str) -> Iterator[str]:
        if not any(name in thing for name in names):
            yield problem(f"must define either {listed}", f"{path}/type")

    return check


def _not_both(one: str, other: str) -> Check:
    """One of these fields at the most."""

    def check(thing: Json, path: str) -> Iterator[str]:
        if one in thing and other in thing:
            yield problem(f"must not define both `{one}` and `{other}`", f"{path}/type")

    return check


def _picture(thing: Json, path: str) -> Iterator[str]:
    if "slack_file" in thing:
        if len(thing["slack_file"]) != 1:
            yield problem("must define either `id` or `url`", f"{path}/slack_file")
    elif "image_url" not in thing:
        yield problem("missing required field: image_url", path)


def _initial_choice(thing: Json, path: str) -> Iterator[str]:
    """What is chosen at first must be among the options; an empty list counts as not being."""
    name = "initial_options" if "initial_options" in thing else "initial_option"
    if name not in thing:
        return
    groups = thing.get("option_groups", [])
    offered = {
        _same(option) for options in (thing.get("options", []), *(g["options"] for g in groups)) for option in options
    }
    chosen = thing[name] if name == "initial_options" else [thing[name]]
    if not chosen or any(_same(option) not in offered for option in chosen):
        yield problem("must be one of the provided options", f"{path}/{name}")


def _same(option: Json) -> str:
    return json.dumps(option, sort_keys=True)


def _number(thing: Json, path: str) -> Iterator[str]:
    least, most = thing.get("min_value"), thing.get("max_value")
    if least is not None and most is not None and Decimal(least) > Decimal(most):
        yield problem("must not be greater than `max_value`", f"{path}/min_value")
    for name in ("initial_value", "min_value", "max_value"):
        if not thing["is_decimal_allowed"] and "." in thing.get(name, ""):
            yield problem("must be a whole number", f"{path}/{name}")


def _upload(thing: Json, path: str) -> Iterator[str]:
    if thing["element"]["type"] == "file_input" and thing.get("dispatch_action"):
        yield problem("must not be true with a `file_input`", f"{path}/dispatch_action")


def _heading(thing: Json, path: str) -> Iterator[str]:
    rows = thing["rows"]
    for index, cell in enumerate(rows[0]):
        if cell["type"] == "rich_text":
            yield problem("unsupported type: rich_text", f"{path}/rows/0/{index}/type")
    for number, row in enumerate(rows):
        if len(row) != len(rows[0]):
            yield problem(f"must provide {len(rows[0])} items", f"{path}/rows/{number}")


def _chart(thing: Json, path: str) -> Iterator[str]:
    chart = thing["chart"]
    for number, segment in enumerate(chart.get("segments", [])):
        if segment["value"] <= 0:
            yield problem("must be greater than 0", f"{path}/chart/segments/{number}/value")
    seen = set()
    for number, series in enumerate(chart.get("series", [])):
        if series["name"] in seen:
            yield problem(f'`name` "{series["name"]}" already exists', f"{path}/chart/series/{number}/name")
        seen.add(series["name"])
        if sorted(point["label"] for point in series["data"]) != sorted(chart["axis_config"]["categories"]):
            yield problem("must have one item for each category", f"{path}/chart/series/{number}/data")


_MENU = (_needs_any("options", "option_groups"), _not_both("options", "option_groups"), _initial_choice)

#: type of block or element -> what is looked at
SENSE: dict[str, tuple[Check, ...]] = {
    "section": (_needs_any("text", "fields"),),
    "image": (_picture, _not_both("image_url", "slack_file")),
    "card": (_needs_any("hero_image", "title", "actions", "body"), _not_both("icon", "slack_icon")),
    "container": (_needs_any("title", "rich_text_title"),),
    "static_select": _MENU,
    "multi_static_select": _MENU,
    "radio_buttons": (_initial_choice,),
    "checkboxes": (_initial_choice,),
    "number_input": (_number,),
    "input": (_upload,),
    "data_table": (_heading,),
    "data_visualization": (_chart,),
}
