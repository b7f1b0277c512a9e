"""The windows in which a leader works on their words. Pure: facts in, Block Kit out."""

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    InputBlock,
    Option,
    PlainTextInputElement,
    PlainTextObject,
    RichTextBlock,
    RichTextElementParts,
    RichTextSectionElement,
)
from slack_sdk.models.views import View

from bot.errors import Trouble
from bot.slack.blocks import Field, context, pack, section
from bot.stories.ids import Callback, Ref
from bot.stories.models import Draft, Hidden, Log, Self, may_put_back
from bot.stories.views import pages
from bot.words import plain, say

INPUT_LIMIT = 3_000
SHOWN_AT_MOST = 80
PHRASE = Field("phrase")
BACK = "back"


def edit_modal(ref: Ref, draft: Draft) -> View:
    """One box a paragraph of the page."""
    boxes = [
        InputBlock(
            block_id=str(number),
            label=plain("stories.edit_part", number=number + 1),
            optional=True,
            element=PlainTextInputElement(
                action_id="answer",
                multiline=True,
                initial_value=draft.paragraphs[number].text[:INPUT_LIMIT] or None,
                max_length=INPUT_LIMIT,
            ),
        )
        for number in pages(draft.paragraphs, draft.descriptors)[ref.p]
    ]
    return _modal("edit_title", [section(say("stories.edit_intro")), *boxes], ref, Callback.EDIT, submit="save")


def hide_modal(ref: Ref) -> View:
    """Asks for a phrase."""
    box = InputBlock(
        block_id=PHRASE.block,
        label=plain("stories.hide_label"),
        element=PlainTextInputElement(action_id=PHRASE.action, max_length=200),
    )
    return _modal("hide_title", [section(say("stories.hide_intro")), box], ref, Callback.HIDE, submit="hide_it")


def shown_modal(ref: Ref, log: Log, *, deleted: bool) -> View:
    """What was hidden, in a window only (rule 3)."""
    if deleted:
        return _modal("shown_title", [section(say("stories.shown_gone"))], ref, Callback.NOTHING)
    once = list({(hidden.descriptor, hidden.original): hidden for hidden in log.hidden}.values())
    rows = [_hidden_row(hidden) for hidden in once[:SHOWN_AT_MOST]] or [section(say("stories.shown_none"))]
    more = [context(say("stories.shown_more", number=len(once) - SHOWN_AT_MOST))] if len(once) > SHOWN_AT_MOST else []
    return _modal("shown_title", [context(say("stories.shown_intro")), *rows, *more], ref, Callback.NOTHING)


def put_back_modal(ref: Ref, log: Log, own: Self) -> View:
    """The hidden things that are the leader's own, to tick."""
    mine = {hidden.entity: hidden for hidden in reversed(log.hidden)}
    options = [
        Option(
            value=entity,
            text=PlainTextObject(text=_short(hidden.original, 75)),
            description=_short(hidden.descriptor, 75),
        )
        for entity, hidden in reversed(mine.items())
        if all(may_put_back(other, log, own) for other in log.hidden if other.entity == entity)
    ]
    if not options:
        return _modal("put_back_title", [section(say("stories.put_back_none"))], ref, Callback.NOTHING)
    groups = [
        InputBlock(
            block_id=f"{BACK}.{start}",
            label=plain("stories.put_back_label"),
            optional=True,
            element=CheckboxesElement(action_id="answer", options=options[start : start + 10]),
        )
        for start in range(0, min(len(options), SHOWN_AT_MOST), 10)
    ]
    intro = section(say("stories.put_back_intro"))
    return _modal("put_back_title", [intro, *groups], ref, Callback.PUT_BACK, submit="put_back_it")


def clip_how_modal() -> View:
    """How to delete the clip."""
    return _modal("clip_how_title", [section(say("stories.clip_how_text"))], None, Callback.NOTHING)


def trouble_modal(trouble: Trouble) -> View:
    """What went wrong, in one sentence."""
    return _modal("title", [section(say("slack.trouble", sentence=trouble.sentence))], None, Callback.NOTHING)


def _modal(
    title: str, blocks: Sequence[Block], ref: Ref | None, callback: Callback, *, submit: str | None = None
) -> View:
    return View(
        type="modal",
        title=plain(f"stories.{title}"),
        callback_id=callback.value,
        private_metadata=pack(ref) if ref else "",
        submit=plain(f"stories.{submit}") if submit else None,
        close=plain("stories.not_now" if submit else "stories.close"),
        blocks=list(blocks),
    )


def _hidden_row(hidden: Hidden) -> Block:
    parts = [
        RichTextElementParts.Text(text=hidden.descriptor, style={"bold": True}),
        RichTextElementParts.Text(text=f"  {hidden.original}"),
    ]
    return RichTextBlock(elements=[RichTextSectionElement(elements=parts)])


def _short(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
