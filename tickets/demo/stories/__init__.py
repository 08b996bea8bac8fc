"""What goes wrong in the demo, what people say about it, and what is done on site."""

from tickets.demo.stories import building, clinic, network, software, workplace
from tickets.demo.stories.errands import MOVE, REPAIR
from tickets.demo.stories.rounds import EMERGENCY_LIGHTS, FIRE_DOORS, ROUNDS
from tickets.demo.stories.story import Job, Story

__all__ = [
    "EMERGENCY_LIGHTS",
    "FIRE_DOORS",
    "JOBS",
    "MOVE",
    "REPAIR",
    "ROUNDS",
    "STORIES",
    "Job",
    "Story",
]

STORIES: list[Story] = [
    *network.STORIES,
    *workplace.STORIES,
    *software.STORIES,
    *building.STORIES,
    *clinic.STORIES,
]

JOBS: list[Job] = [*(story.job for story in STORIES if story.job), *ROUNDS, MOVE, REPAIR]
"""Everything that is done on site."""
