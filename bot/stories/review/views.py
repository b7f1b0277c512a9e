"""The window in which a leader looks at one line after the other. Pure: facts in, Block Kit out.

What was hidden is named here and in no message (rule 3).
"""

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    InputBlock,
    PlainTextInputElement,
    RichTextBlock,
    RichTextElementParts,
    RichTextSectionElement,
)
from slack_sdk.models.views import View

from bot.slack.blocks import Field, actions, button, context, pack, section
from bot.stories.ids import Act, Callback, LineRef
from bot.stories.models import Paragraph, Transcript
from bot.stories.review.lines import Line, LineKind
from bot.stories.review.looking import Choice, Sitting, offers
from bot.stories.risks import in_words
from bot.stories.views import paragraph_block
from bot.stories.wordage import number
from bot.words import plain, say

TYPED = Field("typed")
INPUT_LIMIT = 3_000
NAMES_SHOWN = 6
WHY = {
    LineKind.UNCLEAR: "stories.why_unclear",
    LineKind.HIDDEN: "stories.why_hidden",
    LineKind.OTHERS: "stories.why_others",
    LineKind.BITE: "stories.why_bite",
}
CHOSEN = {
    Choice.KEEP: "stories.chose_keep",
    Choice.CHANGE: "stories.chose_change",
    Choice.HIDE: "stories.chose_hide",
    Choice.SOFTEN: "stories.chose_soften",
    Choice.PUT_BACK: "stories.chose_put_back",
}


def line_modal(transcript: Transcript, sitting: Sitting, line: Line, *, note: str = "") -> View:
    """A line: where in the row it stands, why it is shown, what it says, and what can be chosen; `note` on top."""
    at = sitting.lines.index(line)
    decided = sitting.looked.on(line.id)
    blocks = [
        context(say("stories.line_of", place=at + 1, count=len(sitting.lines))),
        *((section(note),) if note else ()),
        *_why(line),
        paragraph_block(Paragraph(sitting.shown(line)), (*sitting.draft.descriptors, *_meant(line))),
        *_hidden(line),
        *((context(say(CHOSEN[decided.choice])),) if decided else ()),
        actions(*_choices(transcript, line)),
    ]
    ways = _ways(transcript, line, first=at == 0, decided=decided is not None)
    return _modal(transcript, [*blocks, *((actions(*ways),) if ways else ())])


def change_modal(transcript: Transcript, line: Line, shown: str) -> View:
    """A box with the words of a line."""
    box = InputBlock(
        block_id=TYPED.block,
        label=plain("stories.line_label"),
        optional=True,
        element=PlainTextInputElement(
            action_id=TYPED.action, multiline=True, initial_value=shown[:INPUT_LIMIT] or None, max_length=INPUT_LIMIT
        ),
    )
    return View(
        type="modal",
        title=plain("stories.line_title"),
        callback_id=Callback.CHANGE_LINE.value,
        private_metadata=pack(LineRef(transcript.id, line.id)),
        submit=plain("stories.save"),
        close=plain("stories.not_now"),
        blocks=[section(say("stories.line_intro")), box],
    )


def all_looked_modal(transcript: Transcript, sitting: Sitting) -> View:
    """The end of the row, or that there is none."""
    said = say("stories.all_looked", more=sitting.more) if sitting.lines else say("stories.nothing_to_look_at")
    ref = pack(LineRef(transcript.id))
    back = (button(plain("stories.line_before"), Act.LINE_BEFORE, ref),) if sitting.lines else ()
    approve = button(plain("stories.approve"), Act.APPROVE_LOOKED, ref, style="primary")
    return _modal(transcript, [section(said), actions(*back, approve)])


def _why(line: Line) -> list[Block]:
    if line.risk is not None:
        return [section(in_words(line.risk))]
    return [section(say(WHY[line.kind]))]


def _meant(line: Line) -> tuple[str, ...]:
    return (line.anchor,) if line.kind is LineKind.RISK else ()


def _hidden(line: Line) -> list[Block]:
    """What stands behind a descriptor, in each form in which it was said."""
    if not line.hidden:
        return []
    forms = list(dict.fromkeys(hidden.original for hidden in line.hidden))[:NAMES_SHOWN]
    parts = [
        RichTextElementParts.Text(text=line.anchor, style={"bold": True}),
        RichTextElementParts.Text(text="  " + " · ".join(forms)),
    ]
    rows: list[Block] = [RichTextBlock(elements=[RichTextSectionElement(elements=parts)])]
    if len(line.hidden) > 1:
        rows.append(context(say("stories.hidden_places", words=number(len(line.hidden)))))
    return rows


def _choices(transcript: Transcript, line: Line) -> list[ButtonElement]:
    value = pack(LineRef(transcript.id, line.id))
    soften = button(plain("stories.soften_line"), Act.SOFTEN_LINE, value, style="primary")
    put_back = button(plain("stories.put_line_back"), Act.PUT_LINE_BACK, value)
    return [
        *((soften,) if offers(line, Choice.SOFTEN) else ()),
        button(plain("stories.keep_line"), Act.KEEP_LINE, value),
        button(plain("stories.change_line"), Act.CHANGE_LINE, value),
        button(plain("stories.hide_line"), Act.HIDE_LINE, value),
        *((put_back,) if offers(line, Choice.PUT_BACK) else ()),
    ]


def _ways(transcript: Transcript, line: Line, *, first: bool, decided: bool) -> list[ButtonElement]:
    value = pack(LineRef(transcript.id, line.id))
    play = button(plain("stories.play_line"), Act.PLAY_LINE, value)
    ear = button(plain("stories.ask_for_ear"), Act.ASK_FOR_EAR, value)
    before = button(plain("stories.line_before"), Act.LINE_BEFORE, value)
    behind = button(plain("stories.line_behind"), Act.LINE_BEHIND, value)
    can_play = line.kind is LineKind.UNCLEAR and line.start is not None and line.end is not None
    here = [*((play, ear) if can_play else ())]
    return [*here, *(() if first else (before,)), *((behind,) if decided else ())]


def _modal(transcript: Transcript, blocks: Sequence[Block]) -> View:
    return View(
        type="modal",
        title=plain("stories.title"),
        callback_id=Callback.REVIEW.value,
        private_metadata=pack(LineRef(transcript.id)),
        notify_on_close=True,
        close=plain("stories.close"),
        blocks=list(blocks),
    )
