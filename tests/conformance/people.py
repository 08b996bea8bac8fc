"""Who is there when conformance asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from django.db.models import Model

from accounts.models import Department, Session, User


@dataclass(frozen=True)
class People:
    """ann asks, zoe is a stranger, ben is an agent, mia and tom approve, ada is an admin."""

    ann: User
    zoe: User
    ben: User
    mia: User
    tom: User
    ada: User
    corporate: Department
    sessions: Mapping[int, Session] = field(default_factory=dict)
    """Where each of them is signed in, by the person's id."""

    cookies: Mapping[int, str] = field(default_factory=dict)
    """What the browser of each of them keeps, by the person's id."""

    standing: Mapping[type[Model], Model] = field(default_factory=dict)
    """One row of each model, which was there before the test."""

    def __iter__(self) -> Any:
        return iter([self.ann, self.zoe, self.ben, self.mia, self.tom, self.ada])

    def with_zoe_for_ann(self) -> Self:
        """The same people, where zoe does what ann would: what she makes, ann must not see."""
        return replace(self, ann=self.zoe, zoe=self.ann, standing={})

    def afresh(self) -> Self:
        """The same people, where each example is made anew."""
        return replace(self, standing={})
