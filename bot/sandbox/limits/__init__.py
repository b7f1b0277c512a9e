"""What Slack refuses in messages and views: every documented limit of Block Kit, as tables, with Slack's own errors.

`rules` is the language of the tables; `objects`, `elements`, `rich_text`, `blocks`, `tables` and `cards` are the tables
themselves; `surfaces` says what may stand where; `sense` and `together` hold what no table can say; `messages` and
`views` are the doors. [SDK], [3P], [M] as in the README of the sandbox.
"""

from bot.sandbox.limits.messages import LONGEST_UPDATE, check_attachments, check_markdown_text, check_message
from bot.sandbox.limits.views import check_view

__all__ = ["LONGEST_UPDATE", "check_attachments", "check_markdown_text", "check_message", "check_view"]
