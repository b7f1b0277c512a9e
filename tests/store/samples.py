"""Rows that the stories of this folder begin with."""

from datetime import UTC, datetime

from bot.people.models import Member


def member(slack_id: str, name: str = "Amina Okafor") -> Member:
    """Somebody who joined."""
    return Member(workspace="T1", slack_id=slack_id, name=name, joined_at=datetime(2026, 3, 2, tzinfo=UTC))
