"""What a person may do with an item now, and why not the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core.actors import Actor
from core.errors import ConditionUnmet, NotPermitted, Refused, WrongStatus
from core.lifecycle.declaration import Declared, declared, offered
from core.lifecycle.needs import Rule, reason_of


@dataclass(frozen=True)
class Option:
    """A transition beside the answer to "may this person do it now?"."""

    transition: Declared
    refusal: Refused | None

    @property
    def allowed(self) -> bool:
        return self.refusal is None

    @property
    def reason(self) -> str:
        return self.refusal.detail if self.refusal else ""


def transitions(item: Any, actor: Actor | None) -> list[Option]:
    """Every transition that is offered to this person, in the order of its declaration."""
    lifecycle = declared(type(item)) if actor is None else offered(type(item))
    return [Option(each, refusal(item, each, actor)) for each in lifecycle.values()]


def available(item: Any, actor: Actor | None) -> list[str]:
    """The names of the transitions that would succeed now."""
    return [option.transition.name for option in transitions(item, actor) if option.allowed]


def refusal(item: Any, transition: Declared, actor: Actor | None) -> Refused | None:
    """Why this transition may not run now: status, then permission, then conditions."""
    if item.status not in transition.sources:
        return WrongStatus(
            f"It is {item.get_status_display().lower()}; {transition.label.lower()}"
            f" needs it to be {_any_of(item, transition)}."
        )
    return refused_by(Rule(transition.permission, transition.conditions), item, actor)


def refused_by(rule: Rule, item: Any, actor: Actor | None) -> Refused | None:
    """Why a rule says no. FlowTrack itself (no actor) needs no permission, but conditions hold."""
    if actor is not None and not (actor.is_active and rule.permission(item, actor)):
        return NotPermitted(reason_of(rule.permission))
    unmet = next((need for need in rule.conditions if not need.is_met(item, actor)), None)
    return ConditionUnmet(unmet.sentence) if unmet else None


def _any_of(item: Any, transition: Declared) -> str:
    labels = dict(item._meta.get_field("status").flatchoices)
    names = [str(labels[source]).lower() for source in transition.sources]
    return " or ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
