"""Background work: what was promised, how far it came, what it said, and what comes again."""

from jobs.models.job import Job
from jobs.models.line import Line
from jobs.models.run import Run
from jobs.models.tick import Tick

__all__ = ["Job", "Line", "Run", "Tick"]
