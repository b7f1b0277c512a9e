"""What a leader sees of their words: facts in, Block Kit out."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    DividerBlock,
)

from bot.slack.blocks import actions, button, confirm, context, header, pack, peoples_words, section, size
from bot.slack.models import Message
from bot.stories.ids import Act, Ref
from bot.stories.models import Draft, Paragraph, State, Transcript
from bot.words import Safe, escape, plain, say

#: size (characters of JSON) and paragraphs of one page: Slack refuses about 13,200 characters of blocks in a
#: message, buttons included, and a page must fit a modal of 100 blocks as well
PAGE_SIZE = 6_000
#: beyond this size a paragraph goes without bold, which is most of its weight
BOLD_SIZE = 7_500
PAGE_PARAGRAPHS = 12


def pages(paragraphs: Sequence[Paragraph], descriptors: Sequence[str] = ()) -> list[list[int]]:
    """The numbers of the paragraphs on each page; at least one page.

    What counts is the size of the blocks: every descriptor in bold costs far more than its letters.
    """
    sizes = [size([_paragraph(paragraph, descriptors)]) for paragraph in paragraphs]
    found: list[list[int]] = [[]]
    for number in range(len(paragraphs)):
        full = sum(sizes[n] for n in found[-1]) + sizes[number] > PAGE_SIZE or len(found[-1]) >= PAGE_PARAGRAPHS
        if found[-1] and full:
            found.append([])
        found[-1].append(number)
    return found


def draft_message(
    transcript: Transcript, draft: Draft, *, page: int = 0, channel: str, deletion: datetime | None
) -> Message:
    """The draft as its leader reads it; `deletion` is when recording and hidden words go, None once they have."""
    book = pages(draft.paragraphs, draft.descriptors)
    page = min(page, len(book) - 1)
    ref = Ref(transcript.id, transcript.version, page)
    intro = say("stories.here_is") if len(book) == 1 else say("stories.here_is_page", page=page + 1, pages=len(book))
    return Message(
        text=say("stories.here_is"),
        blocks=(
            section(intro),
            *(_paragraph(draft.paragraphs[number], draft.descriptors) for number in book[page]),
            context(_counts(draft), _until(deletion)),
            *_pager(ref, len(book)),
            *((context(say("stories.working")),) if transcript.changing else _choices(ref, channel)),
        ),
    )


def _paragraph(paragraph: Paragraph, descriptors: Sequence[str]) -> Block:
    text = f"{plain('stories.unsure_mark')} {paragraph.text}" if paragraph.unsure else paragraph.text
    marked = peoples_words(text, marked=descriptors)
    return marked if size([marked]) <= BOLD_SIZE else peoples_words(text)


def _counts(draft: Draft) -> Safe:
    text = " ".join(paragraph.text for paragraph in draft.paragraphs)
    hidden = sum(text.count(descriptor) for descriptor in set(draft.descriptors))
    return say("stories.hid", hidden=hidden, unsure=sum(paragraph.unsure for paragraph in draft.paragraphs))


def _until(deletion: datetime | None) -> Safe:
    return say("stories.until", date=day(deletion)) if deletion else say("stories.until_gone")


def _pager(ref: Ref, count: int) -> tuple[Block, ...]:
    buttons = []
    if ref.p > 0:
        buttons.append(button(plain("stories.earlier"), Act.PAGE, pack(replace(ref, p=ref.p - 1))))
    if ref.p < count - 1:
        buttons.append(button(plain("stories.further"), Act.PAGE, pack(replace(ref, p=ref.p + 1))))
    for number, made in enumerate(buttons):
        made.action_id = f"{Act.PAGE}.{number}"  # ids are unique within a row
    return (actions(*buttons),) if buttons else ()


def _choices(ref: Ref, channel: str) -> tuple[Block, ...]:
    value = pack(ref)
    sure = confirm(
        plain("stories.approve_title"),
        plain("stories.approve_text", channel=f"#{channel}"),
        plain("stories.approve_yes"),
        plain("stories.approve_no"),
    )
    return (
        actions(
            button(plain("stories.edit"), Act.EDIT, value),
            button(plain("stories.hide_more"), Act.HIDE, value),
            button(plain("stories.show_hidden"), Act.SHOW_HIDDEN, value),
            button(plain("stories.put_back"), Act.PUT_BACK, value),
        ),
        actions(
            button(plain("stories.approve"), Act.APPROVE, value, style="primary", confirm=sure),
            _withdraw_button(plain("stories.withdraw"), value),
        ),
    )


def _withdraw_button(label: str, value: str) -> ButtonElement:
    sure = confirm(
        plain("stories.withdraw_title"),
        plain("stories.withdraw_text"),
        plain("stories.withdraw_yes"),
        plain("stories.withdraw_no"),
    )
    return button(label, Act.WITHDRAW, value, confirm=sure)


# --- after the decision ---


def sharing_message(ref: Ref) -> Message:
    """While the story is on its way, with the way back."""
    return _with_way_back(say("stories.sharing"), ref)


def shared_message(transcript: Transcript, *, channel_id: str, clip_link: str, raw_goes: datetime | None) -> Message:
    """After yes: where it is, the clip, and the way back."""
    where = Safe(f"<#{channel_id}>")
    text = (
        say("stories.shared_kept", channel=where, date=day(raw_goes))
        if raw_goes
        else say("stories.shared", channel=where)
    )
    value = pack(Ref(transcript.id, transcript.version))
    open_clip = (button(plain("stories.clip_open"), Act.CLIP, url=clip_link),) if clip_link else ()
    return Message(
        text=text,
        blocks=(
            section(text),
            *((section(say("stories.clip")),) if clip_link else ()),
            *((actions(*open_clip, button(plain("stories.clip_how"), Act.CLIP_HOW)),) if clip_link else ()),
            section(say("stories.change_mind")),
            actions(_withdraw_button(plain("stories.take_back"), value)),
        ),
    )


def waiting_to_share_message(ref: Ref) -> Message:
    """Slack or the disk would not, for now; the way back is there meanwhile."""
    return _with_way_back(say("stories.share_later"), ref)


def no_longer_message() -> Message:
    """Permission to share went away between yes and sharing."""
    return _only(say("stories.no_longer"))


def withdrawing_message() -> Message:
    """While everything is pulled back."""
    return _only(say("stories.withdrawing"))


def withdrawn_message(*, was_shared: bool) -> Message:
    """What was recalled, and what could not be."""
    text = say("stories.withdrawn", was_shared=was_shared)
    return Message(text=text, blocks=(section(text), context(say("stories.withdrawn_rest", was_shared=was_shared))))


def withdraw_later_message() -> Message:
    """Pulling back goes on."""
    return _only(say("stories.withdraw_later"))


def reminder_message(*, last: bool, deletion: datetime) -> Message:
    """One of the two gentle reminders of a draft."""
    return _only(say("stories.last_reminder" if last else "stories.reminder", date=day(deletion)))


def raw_gone_message() -> Message:
    """On the day that was said."""
    return _only(say("stories.raw_gone"))


def kept_as_was_message() -> Message:
    """A change could not be worked in."""
    return _only(say("stories.kept_as_was"))


def _with_way_back(text: str, ref: Ref) -> Message:
    back = actions(_withdraw_button(plain("stories.take_back"), pack(ref)))
    return Message(text=text, blocks=(section(text), back))


def _only(text: str) -> Message:
    return Message(text=text, blocks=(section(text),))


# --- the story ---


def story_messages(text: str) -> list[Message]:
    """The story for the channel, in as many messages as Slack's limits ask for; nothing in them leads back."""
    paragraphs = [Paragraph(part) for part in text.split("\n\n")]
    book = pages(paragraphs)
    return [_story_page(paragraphs, numbers, page, len(book)) for page, numbers in enumerate(book)]


def _story_page(paragraphs: Sequence[Paragraph], numbers: Sequence[int], page: int, count: int) -> Message:
    heading = (
        plain("stories.story_heading")
        if count == 1
        else plain("stories.story_heading_part", page=page + 1, pages=count)
    )
    words = [peoples_words(paragraphs[number].text) for number in numbers]
    note = (DividerBlock(), context(say("stories.story_note"))) if page == count - 1 else ()
    return Message(text=say("stories.story_notification"), blocks=(header(heading), *words, *note))


def story_markdown(*, name: str, text: str, moment: datetime) -> str:
    """The story as a file: front matter without a name or an id that leads back, then the words."""
    paragraphs = [_for_markdown(paragraph) for paragraph in text.split("\n\n")]
    facts = {"story": name, "month": f"{moment:%Y-%m}", "words": len(text.split())}
    return plain("stories.story_markdown", **facts, paragraphs=paragraphs) + "\n"


def _for_markdown(words: str) -> str:
    """A person's words so that Markdown shows them as they are: no HTML, code, emphasis, heading, list or link."""
    inline = re.sub(r"([\\`*_~]|\](?=[(:\[]))", r"\\\1", escape(words))
    return re.sub(
        r"^(\s*)(#|[-+=]|\d+(?=[.)]))",
        lambda start: f"{start[1]}&#{ord(start[2][0])};{start[2][1:]}",
        inline,
        flags=re.M,
    )


# --- Home ---


def home_section(own: Sequence[Transcript]) -> list[Block]:
    """A leader's own words on the Home tab."""
    rows = [_home_row(transcript) for transcript in own] or [section(say("stories.home_none"))]
    return [header(plain("stories.home_heading")), *rows]


def _home_row(transcript: Transcript) -> Block:
    name = "stories.home_draft" if transcript.state is State.DRAFT else "stories.home_shared"
    return section(say(name, date=day(transcript.made_at)))


def waits_section(count: int) -> list[Block]:
    """All that a facilitator is told about drafts: how many have waited long."""
    return [header(plain("stories.home_waits_heading")), section(say("stories.home_waits", count=count))]


def day(moment: datetime) -> str:
    """A date as people say it: 4 March 2027."""
    return f"{moment.day} {moment:%B %Y}"
