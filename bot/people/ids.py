"""The ids of this room's buttons and windows. Old messages keep theirs for ever, so none is used again."""

from enum import StrEnum


class Act(StrEnum):
    """Buttons."""

    JOIN = "people.join"
    HOW = "people.how"
    NOT_NOW = "people.not_now"
    CHANGE_PERMISSIONS = "people.change_permissions"
    CHANGE_DETAILS = "people.change_details"


class Callback(StrEnum):
    """Windows that come back with answers."""

    JOIN = "people.join_window"
    PERMISSIONS = "people.permissions_window"
    DETAILS = "people.details_window"
