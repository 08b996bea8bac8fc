"""Items whose tags are the agents' own order."""

from __future__ import annotations

from core.actors import Actor
from core.errors import NotPermitted
from discussion.models import Tagged


class TaggedByAgents(Tagged):
    """A record on which only agents put tags."""

    class Meta:
        abstract = True

    def before_create(self, actor: Actor | None) -> None:
        super().before_create(actor)
        if self.tags:
            _refuse_all_but_agents(actor)

    def before_change(self, changed: frozenset[str], actor: Actor | None) -> None:
        """Tags are the agents' own order."""
        super().before_change(changed, actor)
        if "tags" in changed:
            _refuse_all_but_agents(actor)


def _refuse_all_but_agents(actor: Actor | None) -> None:
    if actor is not None and not actor.is_agent:
        raise NotPermitted("Only agents tag.")
