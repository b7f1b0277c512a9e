"""A walk over blocks and all elements in them, with the place of each."""

from collections.abc import Iterator
from typing import NamedTuple

from bot.sandbox.limits.rules import Json

#: where elements stand, by type of block; any other field of a block holds none
_ELEMENTS = {
    "section": ("accessory",),
    "input": ("element",),
    "actions": ("elements",),
    "context": ("elements",),
    "context_actions": ("elements",),
    "card": ("actions", "hero_image", "icon"),
    "container": ("icon",),
}
_BLOCKS = {"container": "child_blocks", "carousel": "elements"}


class Placed(NamedTuple):
    """A block or an element, and where it stands."""

    thing: Json
    path: str

    @property
    def kind(self) -> str:
        """Its type."""
        return str(self.thing.get("type", ""))


def all_blocks(blocks: list[Json], path: str) -> Iterator[Placed]:
    """Every block, those inside others too, top to bottom. The blocks must be well-formed."""
    for index, block in enumerate(blocks):
        placed = Placed(block, f"{path}/{index}")
        yield placed
        if inner := _BLOCKS.get(placed.kind):
            yield from all_blocks(block[inner], f"{placed.path}/{inner}")


def elements(block: Placed) -> Iterator[Placed]:
    """Every element that stands directly in the block."""
    for name in _ELEMENTS.get(block.kind, ()):
        held = block.thing.get(name)
        if isinstance(held, dict):
            yield Placed(held, f"{block.path}/{name}")
        elif held:
            yield from (Placed(each, f"{block.path}/{name}/{index}") for index, each in enumerate(held))
