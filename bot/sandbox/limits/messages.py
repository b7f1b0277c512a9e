"""What Slack refuses in a message.

`msg_blocks_too_long` is documented without a number. Others measured: about 13,200 characters of markdown blocks
(github.com/slackapi/bolt-js issue 2509); of mixed blocks 15,561 characters of JSON went through and 17,694 did not
(issue 2867). The smaller figure holds here, so that what passes here passes there. Tables have a limit of their own.
"""

import json
from typing import Any

from bot.sandbox.errors import Refused
from bot.sandbox.limits.rules import Json
from bot.sandbox.limits.surfaces import blocks_on
from bot.sandbox.limits.tables import LARGEST_TABLES
from bot.sandbox.limits.together import LONGEST_MARKDOWN
from bot.sandbox.limits.together import problems as problems_between

LARGEST_MESSAGE = 13_200
#: of `text` in chat.update (docs.slack.dev/reference/methods/chat.update)
LONGEST_UPDATE = 4_000
#: docs.slack.dev/reference/methods/chat.postMessage
MOST_ATTACHMENTS = 100
_BLOCKS = blocks_on("message")
#: fields of an attachment: slack_sdk.models.attachments
_ATTACHMENT = {
    *("actions", "attachment_type", "author_icon", "author_link", "author_name", "blocks", "callback_id", "color"),
    *("fallback", "fields", "footer", "footer_icon", "image_url", "mrkdwn_in", "pretext", "text", "thumb_url", "title"),
    *("title_link", "ts"),
}


def check_message(blocks: Any) -> None:
    """Raises Refused: `invalid_blocks` with the places, `invalid_blocks_format` where it is no list,
    `msg_blocks_too_long`."""
    if not isinstance(blocks, list):
        raise Refused("invalid_blocks_format")
    _check_blocks(blocks, "/blocks", "invalid_blocks")
    measured = [block for block in blocks if block["type"] not in LARGEST_TABLES]
    if len(json.dumps(measured, ensure_ascii=False)) > LARGEST_MESSAGE:
        raise Refused("msg_blocks_too_long")


def check_attachments(attachments: Any) -> None:
    """Raises Refused: `invalid_attachments` (with the places of blocks inside), `too_many_attachments`."""
    if not isinstance(attachments, list) or not all(isinstance(each, dict) for each in attachments):
        raise Refused("invalid_attachments")
    if len(attachments) > MOST_ATTACHMENTS:
        raise Refused("too_many_attachments")
    for number, attachment in enumerate(attachments):
        if "blocks" in attachment:
            _check_blocks(attachment["blocks"], f"/attachments/{number}/blocks", "invalid_attachments")
            if attachment.keys() - _ATTACHMENT:
                raise Refused("invalid_attachments", ["[ERROR] invalid_keys"])


def check_markdown_text(text: str) -> None:
    """Raises Refused: `msg_too_long` beyond 12,000 characters (docs.slack.dev/reference/methods/chat.postMessage)."""
    if len(text) > LONGEST_MARKDOWN:
        raise Refused("msg_too_long")


def _check_blocks(blocks: list[Json], path: str, error: str) -> None:
    found = list(_BLOCKS.problems(blocks, path)) or list(problems_between(blocks, "message", path))
    if found:
        raise Refused(error, found)
