"""What people ask for and what they hear, type by type."""

from requests_app.demo.stories import (
    access,
    facilities,
    hardware,
    onboarding,
    purchase,
    software,
)
from requests_app.demo.stories.story import Story

STORIES: list[Story] = [
    *access.STORIES,
    *hardware.STORIES,
    *software.STORIES,
    *facilities.STORIES,
    *purchase.STORIES,
    *onboarding.STORIES,
]

APPROVAL_NOTES = [
    "",
    "",
    "",
    "Fine by me.",
    "Go ahead.",
    "Within budget.",
    "As discussed this morning.",
]
CANCEL_REASONS = [
    "Solved itself.",
    "Asked twice by mistake.",
    "Found one in the cupboard.",
    "No longer needed, the project moved.",
    "",
]
HANDOVER_NOTES = ["I am off next week.", "You know this one better.", "Back to the site team.", ""]
