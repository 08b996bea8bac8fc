"""The kernel's vocabulary: declare a lifecycle once, then knock at one door."""

from core.lifecycle.declaration import (
    Declared,
    Input,
    declared,
    offered,
    owned_fields,
    status_field,
)
from core.lifecycle.door import change, create, mark, perform, remove
from core.lifecycle.needs import Need, Rule, anyone, needs, nobody
from core.lifecycle.options import Option, available, refused_by, transitions

__all__ = [
    "Declared",
    "Input",
    "Need",
    "Option",
    "Rule",
    "anyone",
    "available",
    "change",
    "create",
    "declared",
    "mark",
    "needs",
    "nobody",
    "offered",
    "owned_fields",
    "perform",
    "refused_by",
    "remove",
    "status_field",
    "transitions",
]
