"""The windows of the desk, the only place where raw words are shown (rule 3). Pure: facts in, Block Kit out."""

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import (
    Block,
    InputBlock,
    Option,
    PlainTextInputElement,
    PlainTextObject,
    RadioButtonsElement,
)
from slack_sdk.models.views import View

from bot.desk.ids import Act, Callback, PartRef, Ref
from bot.desk.models import Opening, Why
from bot.desk.raw import Part
from bot.desk.views import opened_line, time_of_day
from bot.errors import Trouble
from bot.slack.blocks import Field, actions, button, context, pack, peoples_words, section
from bot.words import Safe, plain, say

#: a window holds 100 blocks, of which a part takes three, and 250 kB, of which an emoji may take twelve bytes
PAGE_PARTS, PAGE_LETTERS = 12, 10_000
#: openings in the leader's window
WHY_AT_MOST = 30
INPUT_LIMIT, REASON_LIMIT = 3_000, 300
WHY, WORDS, TYPED = Field("why"), Field("words"), Field("typed")


def reason_modal(ref: Ref, *, minutes: int, asked: bool) -> View:
    """What it is for, before anything is opened; `asked` where its leader asked for it."""
    options = [
        Option(value=why.value, text=PlainTextObject(text=plain(f"desk.reason_{why.value}")))
        for why in Why
        if asked or why is not Why.ASKED
    ]
    blocks = [
        section(say("desk.reason_intro", minutes=minutes)),
        InputBlock(
            block_id=WHY.block,
            label=plain("desk.reason_label"),
            element=RadioButtonsElement(action_id=WHY.action, options=options),
        ),
        InputBlock(
            block_id=WORDS.block,
            label=plain("desk.reason_words_label"),
            hint=plain("desk.reason_words_hint"),
            optional=True,
            element=PlainTextInputElement(action_id=WORDS.action, max_length=REASON_LIMIT),
        ),
    ]
    return _modal("reason_title", blocks, pack(ref), Callback.REASON, submit="open_it")


def raw_modal(ref: Ref, parts: Sequence[Part], *, until: datetime, time_zone: str, note: Safe | None = None) -> View:
    """A page of raw words, each part with its player and its box."""
    book = pages(parts)
    page = min(max(ref.p, 0), len(book) - 1)
    ref = Ref(ref.t, ref.o, page)
    rows = [block for part in book[page] for block in _part_rows(ref, part)] or [section(say("desk.none_heard"))]
    blocks = [
        context(say("desk.until", time=time_of_day(until, time_zone), page=page + 1, pages=len(book))),
        *([section(note)] if note else []),
        *rows,
        _ways(ref, book),
    ]
    return _modal("title", blocks, pack(ref), Callback.NOTHING)


def pages(parts: Sequence[Part]) -> list[list[Part]]:
    """The parts of each page; at least one page."""
    book: list[list[Part]] = [[]]
    for part in parts:
        letters = sum(len(other.text) for other in book[-1]) + len(part.text)
        if book[-1] and (len(book[-1]) == PAGE_PARTS or letters > PAGE_LETTERS):
            book.append([])
        book[-1].append(part)
    return book


def correct_modal(ref: PartRef, text: str) -> View:
    """One box with what was heard there."""
    box = InputBlock(
        block_id=TYPED.block,
        label=plain("desk.correct_label"),
        hint=plain("desk.correct_hint"),
        optional=True,
        element=PlainTextInputElement(
            action_id=TYPED.action, multiline=True, initial_value=text or None, max_length=INPUT_LIMIT
        ),
    )
    blocks = [section(say("desk.correct_intro")), box]
    return _modal("correct_title", blocks, pack(ref), Callback.CORRECT, submit="save")


def over_modal(transcript_id: str) -> View:
    """The time is over; it may be opened once more."""
    again = actions(button(plain("desk.open_again"), Act.OPEN, pack(Ref(transcript_id))))
    return _modal("over_title", [section(say("desk.over")), again], "", Callback.NOTHING)


def done_modal() -> View:
    """The transcriber is through."""
    return _modal("done_title", [section(say("desk.done_text"))], "", Callback.NOTHING)


def trouble_modal(trouble: Trouble) -> View:
    """What went wrong, in one sentence."""
    return _modal("title", [section(say("slack.trouble", sentence=trouble.sentence))], "", Callback.NOTHING)


def _part_rows(ref: Ref, part: Part) -> list[Block]:
    times = say("desk.part", start=_clock(part.start), end=_clock(part.end), unclear=part.unclear)
    value = pack(PartRef(ref.o, part.start, part.end, ref.p))
    fits = len(part.text) <= INPUT_LIMIT
    buttons = [button(plain("desk.play"), Act.PLAY, value)]
    if fits:
        buttons.append(button(plain("desk.correct"), Act.CORRECT, value))
    lines = [times] if fits else [times, say("desk.too_long")]
    return [context(*lines), peoples_words(part.text), actions(*buttons)]


def _ways(ref: Ref, book: Sequence[Sequence[Part]]) -> Block:
    """To other pages, to the next page with something unclear, and out."""
    unclear = (page for page, parts in enumerate(book) if page > ref.p + 1 and any(part.unclear for part in parts))
    there = {
        "desk.earlier": ref.p - 1 if ref.p > 0 else None,
        "desk.further": ref.p + 1 if ref.p < len(book) - 1 else None,
        "desk.next_unclear": next(unclear, None),
    }
    buttons = [
        button(plain(label), Act.PAGE, pack(Ref(ref.t, ref.o, page)))
        for label, page in there.items()
        if page is not None
    ]
    for number, made in enumerate(buttons):
        made.action_id = f"{Act.PAGE}.{number}"  # ids are unique within a row
    return actions(*buttons, button(plain("desk.done"), Act.DONE, pack(ref)))


# --- the leader's window ---


def why_modal(openings: Sequence[Opening], *, time_zone: str) -> View:
    """When exactly, and why in the transcriber's own words, which may hold what is hidden (rule 3)."""
    rows = [block for opening in openings[:WHY_AT_MOST] for block in _why_rows(opening, time_zone)]
    return _modal("why_title", rows or [section(say("desk.why_none"))], "", Callback.NOTHING)


def _why_rows(opening: Opening, time_zone: str) -> list[Block]:
    start, end = (time_of_day(moment, time_zone) for moment in (opening.opened_at, opening.closed_at or opening.until))
    words = [peoples_words(opening.words)] if opening.words else []
    return [section(opened_line(opening, time_zone)), context(say("desk.why_until", start=start, end=end)), *words]


def _modal(title: str, blocks: Sequence[Block], meta: str, callback: Callback, *, submit: str | None = None) -> View:
    return View(
        type="modal",
        title=plain(f"desk.{title}"),
        callback_id=callback.value,
        private_metadata=meta,
        submit=plain(f"desk.{submit}") if submit else None,
        close=plain("desk.not_now" if submit else "desk.close"),
        blocks=list(blocks),
    )


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
