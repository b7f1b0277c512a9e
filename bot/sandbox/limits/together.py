"""What all blocks of a message or a view must be together; looked at once each is right by itself."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from bot.sandbox.limits.places import Placed, all_blocks, elements
from bot.sandbox.limits.rules import Json, problem
from bot.sandbox.limits.sense import SENSE
from bot.sandbox.limits.tables import LARGEST_TABLES

#: others were told "Cannot have more than 1 plan block", and read that two charts are the most [3P]
MOST_OF_A_KIND = {"plan": 1, "data_visualization": 2}
#: characters of all markdown blocks: docs.slack.dev/reference/block-kit/blocks/markdown-block
LONGEST_MARKDOWN = 12_000
#: elements that are for one surface (their pages under docs.slack.dev/reference/block-kit/block-elements)
ONLY_ON = {"file_input": "modal", "workflow_button": "message"}


def problems(blocks: list[Json], surface: str, path: str) -> Iterator[str]:
    """Everything that is wrong between the blocks, which must be well-formed."""
    placed = list(all_blocks(blocks, path))
    yield from _repeated(placed, "block_id")
    for block in placed:
        inside = list(elements(block))
        yield from _repeated(inside, "action_id")
        for each in (block, *inside):
            yield from (found for check in SENSE.get(each.kind, ()) for found in check(each.thing, each.path))
            yield from _out_of_place(each, block, surface)
    yield from _too_many(placed, path)
    yield from _too_long(placed)
    if surface != "message":
        yield from _focused(placed)


def _repeated(placed: Iterable[Placed], name: str) -> Iterator[str]:
    seen = set()
    for each in placed:
        known = each.thing.get(name)
        if known and known in seen:
            yield problem(f'`{name}` "{known}" already exists', f"{each.path}/{name}")
        seen.add(known)


def _out_of_place(each: Placed, block: Placed, surface: str) -> Iterator[str]:
    if ONLY_ON.get(each.kind, surface) != surface:
        yield problem(f"unsupported type: {each.kind}", f"{each.path}/type")
    if each.thing.get("response_url_enabled") and (surface, block.kind) != ("modal", "input"):
        yield problem("only allowed in an `input` block in modals", f"{each.path}/response_url_enabled")


def _too_many(placed: list[Placed], path: str) -> Iterator[str]:
    counted = Counter(block.kind for block in placed)
    for kind, most in MOST_OF_A_KIND.items():
        if counted[kind] > most:
            yield problem(f"Cannot have more than {most} {kind} block{'s' if most > 1 else ''}", path)


def _too_long(placed: list[Placed]) -> Iterator[str]:
    """Blocks that share an allowance: the one that goes beyond it, and those after it."""
    used: Counter[str] = Counter()
    for block in placed:
        if most := {"markdown": LONGEST_MARKDOWN, **LARGEST_TABLES}.get(block.kind):
            name = "text" if block.kind == "markdown" else "rows"
            used[block.kind] += _characters(block.thing[name])
            if used[block.kind] > most:
                yield problem(f"must be less than {most + 1} characters", f"{block.path}/{name}")


def _characters(held: Any) -> int:
    """Of a text, a cell, or all of a table."""
    if isinstance(held, list):
        return sum(map(_characters, held))
    if isinstance(held, dict):
        return _characters(held.get("text", held.get("value", held.get("elements", ""))))
    return len(str(held))


def _focused(placed: list[Placed]) -> Iterator[str]:
    focused = [each for block in placed for each in elements(block) if each.thing.get("focus_on_load")]
    for each in focused[1:]:
        yield problem("only one element may be focused on load", f"{each.path}/focus_on_load")
