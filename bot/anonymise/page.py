"""A paragraph on its way: the original, what is hidden in it so far, and how it reads now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.anonymise.models import Hidden, MaskedParagraph


@dataclass(frozen=True)
class Page:
    """`hidden` is sorted, without overlaps, with offsets in the original."""

    original: str
    hidden: tuple[Hidden, ...] = ()

    @property
    def text(self) -> str:
        """As it reads now, with descriptors in place."""
        return "".join(piece for piece, _ in self._pieces())

    def masked(self) -> MaskedParagraph:
        """The finished paragraph."""
        return MaskedParagraph(self.original, self.text, self.hidden)

    def hide(self, found: Sequence[Hidden]) -> "Page":
        """With more hidden: `found` has offsets in `text` and touches no descriptor that this page placed."""
        moved = [self._moved(hidden) for hidden in found]
        return Page(self.original, tuple(sorted([*self.hidden, *moved], key=lambda h: h.span)))

    def _pieces(self) -> Iterator[tuple[str, int]]:
        """The pieces of `text` in order, each with where it begins in the original."""
        at = 0
        for hidden in self.hidden:
            yield self.original[at : hidden.span.start], at
            yield hidden.descriptor, hidden.span.start
            at = hidden.span.end
        yield self.original[at:], at

    def _moved(self, hidden: Hidden) -> Hidden:
        shift = 0
        for known in self.hidden:
            if known.span.start + shift >= hidden.span.start:
                break
            shift += len(known.descriptor) - (known.span.end - known.span.start)
        span = hidden.span
        return replace(hidden, span=replace(span, start=span.start - shift, end=span.end - shift))
