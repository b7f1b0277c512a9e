"""Collaborate: a leadership community of practice for primary care, carried by a Slack bot."""
