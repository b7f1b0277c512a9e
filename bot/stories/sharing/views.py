"""What is seen after the decision: the leader's message while a story goes out or comes back, and the story itself."""

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block, DividerBlock

from bot.slack.blocks import actions, button, context, header, pack, peoples_words, section
from bot.slack.models import Message
from bot.stories.elsewhere import Recalled
from bot.stories.ids import Act, Ref
from bot.stories.models import Paragraph, Transcript
from bot.stories.views import day, pages, withdraw_button
from bot.words import Safe, escape, plain, say

#: elements that Slack takes in one context block
CONTEXT_AT_MOST = 10

# --- after the decision ---


def sharing_message(ref: Ref) -> Message:
    """While the story is on its way, with the way back."""
    return _with_way_back(say("sharing.sharing"), ref)


def shared_message(transcript: Transcript, *, channel_id: str, clip_link: str, raw_goes: datetime | None) -> Message:
    """After yes: where it is, the clip, and the way back."""
    where = Safe(f"<#{channel_id}>")
    text = (
        say("sharing.shared_kept", channel=where, date=day(raw_goes))
        if raw_goes
        else say("sharing.shared", channel=where)
    )
    value = pack(Ref(transcript.id, transcript.version))
    return Message(
        text=text,
        blocks=(
            section(text),
            *((section(say("sharing.clip")), _about_the_clip(clip_link)) if clip_link else ()),
            section(say("sharing.change_mind")),
            actions(withdraw_button(plain("sharing.take_back"), value)),
        ),
    )


def waiting_to_share_message(ref: Ref) -> Message:
    """Slack or the disk would not, for now; the way back is there meanwhile."""
    return _with_way_back(say("sharing.share_later"), ref)


def no_longer_message() -> Message:
    """Permission to share went away between yes and sharing."""
    return _only(say("sharing.no_longer"))


def withdrawing_message(done: Sequence[Recalled] = (), left: Sequence[Recalled] = ()) -> Message:
    """While everything is pulled back: what is done, and what is still to go."""
    return _on_the_way(say("sharing.withdrawing"), done, left)


def withdraw_later_message(done: Sequence[Recalled] = (), left: Sequence[Recalled] = ()) -> Message:
    """Pulling back goes on."""
    return _on_the_way(say("sharing.withdraw_later"), done, left)


def withdrawn_message(recalled: Sequence[Recalled], *, clip_link: str) -> Message:
    """What was recalled, what could not be, and the clip, which is the leader's own to delete."""
    text, listed = say("sharing.withdrawn"), in_words(recalled)
    beyond = [Safe(sentence) for each in recalled for sentence in each.beyond]
    clip = (section(say("sharing.clip")), _about_the_clip(clip_link)) if clip_link else ()
    blocks = (
        section(text),
        *((section(say("sharing.recalled", what=listed)),) if listed else ()),
        *(context(*beyond[at : at + CONTEXT_AT_MOST]) for at in range(0, len(beyond), CONTEXT_AT_MOST)),
        *clip,
    )
    return Message(text=text, blocks=blocks)


def in_words(recalled: Sequence[Recalled]) -> Safe:
    """What was taken back as a list in one line, without what there was nothing of."""
    return Safe(" · ".join(say(each.what, count=each.count) for each in recalled if each.what and each.count))


def _on_the_way(text: Safe, done: Sequence[Recalled], left: Sequence[Recalled]) -> Message:
    so_far, still = in_words(done), in_words(left)
    lines = (
        *((say("sharing.recalled_so_far", what=so_far),) if so_far else ()),
        *((say("sharing.recalled_next", what=still),) if still else ()),
    )
    return Message(text=text, blocks=(section(text), *((context(*lines),) if lines else ())))


def _about_the_clip(link: str) -> Block:
    return actions(
        button(plain("sharing.clip_open"), Act.CLIP, url=link), button(plain("sharing.clip_how"), Act.CLIP_HOW)
    )


def _with_way_back(text: str, ref: Ref) -> Message:
    back = actions(withdraw_button(plain("sharing.take_back"), pack(ref)))
    return Message(text=text, blocks=(section(text), back))


def _only(text: str) -> Message:
    return Message(text=text, blocks=(section(text),))


# --- the story ---


def story_messages(text: str, tag_line: str = "") -> list[Message]:
    """The story for the channel, in as many messages as Slack's limits ask for; nothing in them leads back."""
    paragraphs = [Paragraph(part) for part in text.split("\n\n")]
    book = pages(paragraphs)
    return [
        _story_page([paragraphs[number] for number in numbers], page, len(book), tag_line)
        for page, numbers in enumerate(book)
    ]


def _story_page(paragraphs: Sequence[Paragraph], page: int, count: int, tag_line: str) -> Message:
    heading = (
        plain("sharing.story_heading")
        if count == 1
        else plain("sharing.story_heading_part", page=page + 1, pages=count)
    )
    facts = (context(escape(tag_line)),) if tag_line else ()
    words = [peoples_words(paragraph.text) for paragraph in paragraphs]
    note = (DividerBlock(), context(say("sharing.story_note"))) if page == count - 1 else ()
    return Message(text=say("sharing.story_notification"), blocks=(header(heading), *facts, *words, *note))
