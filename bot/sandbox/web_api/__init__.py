"""Slack's Web API, one file a family of methods; importing a family registers its methods."""

from bot.sandbox.web_api import chat, conversations, desk, files, reactions, scheduled, users, views

__all__ = ["chat", "conversations", "desk", "files", "reactions", "scheduled", "users", "views"]
