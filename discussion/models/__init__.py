"""Comments, whom they name, who wants to hear of what, and tags."""

from discussion.models.comment import Comment
from discussion.models.mention import Mention
from discussion.models.tagged import MOST_TAGS, Tagged
from discussion.models.watch import Watch

__all__ = ["MOST_TAGS", "Comment", "Mention", "Tagged", "Watch"]
