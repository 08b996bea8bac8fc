"""What has to be true (`needs`) and who may (`Rule`): the vocabulary of declarations."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from core.actors import Actor

Permission = Callable[[Any, Any], bool]


class Need:
    """A condition that can say no politely.

    django-fsm calls it with the item alone; what depends on the person is then left to the door,
    which knows who acts.
    """

    def __init__(self, sentence: str, predicate: Callable[..., bool]) -> None:
        self.sentence = sentence
        self.predicate = predicate
        self.asks_who = len(inspect.signature(predicate).parameters) > 1

    def __call__(self, item: Any) -> bool:
        return self.asks_who or self.predicate(item)

    def is_met(self, item: Any, actor: Actor | None) -> bool:
        """Whether it holds for this person; None is FlowTrack itself."""
        return self.predicate(item, actor) if self.asks_who else self.predicate(item)


def needs(sentence: str, predicate: Callable[..., bool]) -> Need:
    """A condition with the sentence that says why not.

    The predicate takes the item, or the item and the person (None for FlowTrack itself), and in
    lists may only touch loaded columns.
    """
    return Need(sentence, predicate)


@dataclass(frozen=True)
class Rule:
    """Who may create or edit records of a model, and under which conditions."""

    permission: Permission
    conditions: Sequence[Need] = ()


def nobody(item: Any, user: Actor) -> bool:
    """Only FlowTrack itself does this."""
    return False


def anyone(item: Any, user: Actor) -> bool:
    """Everybody who is signed in."""
    return True


def reason_of(permission: Permission) -> str:
    """Why a permission said no: the first line of its docstring, as one sentence."""
    sentence = (inspect.getdoc(permission) or "").partition("\n")[0].strip()
    return sentence or "You may not do this."
