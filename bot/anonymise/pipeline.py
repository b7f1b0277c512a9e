"""From a transcript to a masked one: layers, union, repeats, descriptors, until nothing new is found.

Each round looks at the text as it stands, descriptors in place, so that masking what was masked changes nothing. It
fails closed: whatever a layer raises, no paragraph comes out.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.anonymise import merge, repeats
from bot.anonymise.descriptors import Book
from bot.anonymise.keep import without_kept
from bot.anonymise.layers import Layers, Rule, load_layers
from bot.anonymise.memory import Entity, Memory
from bot.anonymise.models import Known, Masked, Span
from bot.anonymise.networks.encoder import windows
from bot.anonymise.networks.learned import agreed
from bot.anonymise.page import Page
from bot.anonymise.text import as_written
from bot.anonymise.trouble import EngineFailed
from bot.anonymise.wording.standing import reserved, standing

#: after this many looks a text is taken as it is; two are enough for nearly all
ROUNDS = 6
#: what a broken layer may raise; anything else is no failure of a layer and goes up as it is
_BREAKS = (RuntimeError, ValueError, LookupError, TypeError, ArithmeticError, MemoryError, OSError, AttributeError)


def load(*, gazetteer: Path | None = None, model_pass: Rule | None = None) -> "Anonymiser":
    """All models and lists, once per process (about four seconds). EngineMissing where any can't be used.

    `gazetteer` is the folder of the operator's own lists, `model_pass` a language model that may add to the finds.
    """
    return Anonymiser(load_layers(gazetteer, model_pass))


@dataclass(frozen=True)
class Anonymiser:
    """Finds and replaces what identifies somebody. Keeps nothing between calls."""

    layers: Layers

    def find(self, text: str, known: Known, *, keep: Collection[str] = (), hide: Collection[str] = ()) -> list[Span]:
        """What `mask` would hide in one text: sorted, without overlaps, offsets in code points."""
        return [hidden.span for hidden in self.mask([text], known, keep=keep, hide=hide).paragraphs[0].hidden]

    def mask(
        self,
        paragraphs: Sequence[str],
        known: Known,
        *,
        keep: Collection[str] = (),
        hide: Collection[str] = (),
        memory: Memory | None = None,
    ) -> Masked:
        """The paragraphs of one transcript with descriptors in place of what identifies.

        `keep` are phrases that the leader un-hid, `hide` phrases that the leader hid (which win). With the `memory` of
        an earlier call the same people get the same descriptors. EngineFailed if a layer breaks: nothing comes out.
        """
        book = Book(memory.copy() if memory else Memory(), known, reserved(paragraphs))
        job = _Job(self.layers, known, book, tuple(k for k in keep if k.strip()), tuple(h for h in hide if h.strip()))
        try:
            pages = job.settle([Page(text) for text in paragraphs])
        except _BREAKS as problem:
            # the cause stays out of the chain: its message may quote the text
            raise EngineFailed(part=type(problem).__name__) from None
        return Masked(tuple(page.masked() for page in pages), book.memory)


@dataclass
class _Job:
    """One call of `mask`."""

    layers: Layers
    known: Known
    book: Book
    keep: tuple[str, ...]
    hide: tuple[str, ...]
    seen: dict[str, list[Span]] = field(default_factory=dict)

    def settle(self, pages: list[Page]) -> list[Page]:
        """Looks again until a look finds nothing new."""
        looked: dict[str, list[Span]] = {}
        for _ in range(ROUNDS):
            texts = [page.text for page in pages]
            self._models_read(texts)
            finds = {text: looked[text] if text in looked else self._rules_read(text) for text in set(texts)}
            looked |= finds
            spans = [self._settled(text, finds[text]) for text in texts]
            wanted = repeats.sought(self._forms(texts, spans), self.hide)
            new = [self._with_repeats(text, mine, wanted) for text, mine in zip(texts, spans, strict=True)]
            if not any(new):
                break
            hidden = self.book.hidden(list(zip(texts, new, strict=True)))
            pages = [page.hide(mine) for page, mine in zip(pages, hidden, strict=True)]
        return pages

    def _models_read(self, texts: Sequence[str]) -> None:
        """Every stretch not yet read goes to the models, all at once: they work best in batches."""
        fresh = list(dict.fromkeys(piece for text in texts for _, piece in windows(text) if piece not in self.seen))
        self.seen |= {piece: [] for piece in fresh}
        for model in self.layers.models.values():
            for piece, spans in zip(fresh, model.find_all([_readable(piece) for piece in fresh]), strict=True):
                self.seen[piece] += spans

    def _rules_read(self, text: str) -> list[Span]:
        from_models = [
            replace(span, start=span.start + at, end=span.end + at)
            for at, piece in windows(text)
            for span in self.seen[piece]
        ]
        from_rules = [span for rule in self.layers.rules.values() for span in rule(text)]
        return agreed([*self.layers.roster(text, self.known), *from_models, *from_rules])

    def _settled(self, text: str, spans: list[Span]) -> list[Span]:
        """Less what the policy keeps and what the leader un-hid, as one list without overlaps."""
        trimmed = [span for found in spans if (span := merge.trim(text, found))]
        kept = without_kept(text, merge.merged(text, without_kept(text, trimmed), standing(text)))
        return [span for span in kept if span.source == "hide" or not self._unhidden(text, span)]

    def _unhidden(self, text: str, span: Span) -> bool:
        """Whether a span lies inside an occurrence of a phrase that the leader un-hid."""
        return any(start <= span.start and span.end <= end for start, end in _places_of(text, self.keep))

    def _forms(self, texts: Sequence[str], spans: Sequence[list[Span]]) -> list[Entity]:
        """What to look for again: everything remembered, and what this look found."""
        fresh = [
            Entity("", span.label.value, _kind(span), "", [text[span.start : span.end]])
            for text, mine in zip(texts, spans, strict=True)
            for span in mine
        ]
        return [*self.book.memory.entities, *fresh]

    def _with_repeats(self, text: str, spans: list[Span], wanted: repeats.Sought) -> list[Span]:
        again = repeats.find(text, wanted)
        return self._settled(text, [*spans, *again]) if again else spans


def _readable(piece: str) -> str:
    """With half characters (lone surrogates), which models can't take, as question marks; as long as before."""
    return piece.encode("utf-8", "replace").decode()


def _kind(span: Span) -> str:
    if span.label == "PERSON":
        return "colleague"
    return "family member" if span.source.endswith("family name") else ""


def _places_of(text: str, phrases: Collection[str]) -> list[tuple[int, int]]:
    """Where phrases stand in a text, in any case."""
    return [match.span() for match in as_written(*phrases).finditer(text)] if phrases else []
