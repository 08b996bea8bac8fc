"""Who acts, as far as the kernel needs to know."""

from typing import Protocol


class Actor(Protocol):
    """A person who asks for a change. An admin is an agent too."""

    @property
    def pk(self) -> int: ...

    @property
    def is_active(self) -> bool: ...

    @property
    def is_agent(self) -> bool: ...

    @property
    def is_admin(self) -> bool: ...
