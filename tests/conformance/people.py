"""Who is there when conformance asks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Self

from accounts.models import Department, User


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

    def __iter__(self) -> Any:
        return iter([self.ann, self.zoe, self.ben, self.mia, self.tom, self.ada])

    def with_zoe_for_ann(self) -> Self:
        """The same people, where zoe does what ann would: what she makes, ann must not see."""
        return replace(self, ann=self.zoe, zoe=self.ann)
