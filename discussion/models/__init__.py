"""Comments, whom they name, and who wants to hear of what."""

from discussion.models.comment import Comment
from discussion.models.mention import Mention
from discussion.models.watch import Watch

__all__ = ["Comment", "Mention", "Watch"]
