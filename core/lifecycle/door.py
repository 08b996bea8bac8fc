"""The one door: every change to a record goes through `create`, `change`, `perform`, `mark` or `remove`.

Each owns its transaction: the row is locked and read afresh, the rules are asked under the lock,
and the row is looked up again through the person's scope before anything is committed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import connections, router

from core.actors import Actor
from core.errors import Conflict, FieldError, InvalidInput, NotFound, StaleVersion
from core.lifecycle.declaration import Declared, declared, status_field
from core.lifecycle.options import refusal, refused_by
from core.querysets import visible_row
from core.transactions import atomic_with_retry

if TYPE_CHECKING:
    from core.models import Record

R = TypeVar("R", bound="Record")
NOTE_LENGTH = 2_000


def perform(
    item: R,
    name: str,
    *,
    actor: Actor | None,
    note: str = "",
    expected_version: int | None = None,
    **inputs: Any,
) -> R:
    """Run one transition and return the item as it is afterwards.

    ``actor=None`` is FlowTrack itself: conditions hold, permission does not apply. Raises NotFound,
    StaleVersion, WrongStatus, NotPermitted, ConditionUnmet or InvalidInput; then nothing changed.
    """
    transition = declared(type(item)).get(name)
    if transition is None:
        raise InvalidInput(f"There is no transition called {name}.")
    _check_inputs(transition, inputs, note)

    def move() -> R:
        fresh = _locked(item, actor, expected_version, inputs)
        if refused := refusal(fresh, transition, actor):
            raise refused
        supplied = {"actor": actor, "note": note}
        getattr(fresh, name)(**inputs, **{key: supplied[key] for key in transition.wants})
        _validate(fresh, inputs)
        return _saved(fresh, actor, note)

    return atomic_with_retry(move)


def change(
    item: R,
    *,
    actor: Actor | None,
    note: str = "",
    expected_version: int | None = None,
    **fields: Any,
) -> R:
    """Edit plain fields and return the item as it is afterwards; the Event carries what changed.

    Setting what is there already is no change and leaves no Event.
    """
    status = status_field(type(item))
    if status and status.name in fields:
        raise InvalidInput.of(status.name, "Only transitions change the status.", code="read_only")

    def edit() -> R:
        fresh = _locked(item, actor, expected_version, fields)
        if refused := refused_by(fresh.editable, fresh, actor):
            raise refused
        for name, value in fields.items():
            setattr(fresh, name, value)
        fresh.before_change(frozenset(fresh.changed_fields()), actor)
        _validate(fresh, fields)
        return _saved(fresh, actor, note)

    return atomic_with_retry(edit)


def create(item: R, *, actor: Actor | None, note: str = "") -> R:
    """Save a new record as this person and return it as it is afterwards."""

    def born() -> R:
        # Also after an attempt that the database rolled back: that row is not there.
        item._state.adding, item.pk = True, None
        if refused := refused_by(item.creatable, item, actor):
            raise refused
        item.before_create(actor)
        _clean(item.full_clean)
        item.save(actor=actor, note=note)
        item.after_create(actor)
        return _seen_again(item, actor)

    return atomic_with_retry(born)


def mark(
    item: R,
    action: str,
    *,
    note: str = "",
    by: Actor | None = None,
    unless: Callable[[R], bool] = lambda fresh: False,
    **fields: Any,
) -> R | None:
    """Let FlowTrack itself note something: fields that nobody edits, under an Event of that name.

    ``by`` is whose doing it was, where that is to be remembered; whether they may is asked elsewhere.

    Returns the item as it is afterwards, or None where ``unless`` already holds under the lock: what
    is to be noted once is noted once, however many try.
    """

    def noted() -> R | None:
        fresh = _locked(item, None, None)
        if unless(fresh):
            return None
        for name, value in fields.items():
            setattr(fresh, name, value)
        _validate(fresh, fields)
        fresh.save(actor=by, note=note, action=action)
        return _seen_again(fresh, None)

    return atomic_with_retry(noted)


def remove(item: R, *, actor: Actor | None, expected_version: int | None = None) -> None:
    """Delete a record that its model lets people remove; that it was there stays in the history."""

    def gone() -> None:
        fresh = _locked(item, actor, expected_version)
        if refused := refused_by(fresh.removable or fresh.editable, fresh, actor):
            raise refused
        fresh.delete(actor=actor)

    atomic_with_retry(gone)


def _locked(
    item: R,
    actor: Actor | None,
    expected_version: int | None,
    inputs: Mapping[str, Any] = MappingProxyType({}),
) -> R:
    """The row as it is now, held until the end of the transaction; NotFound outside the scope."""
    model = type(item)
    if connections[router.db_for_write(model)].features.has_select_for_update:
        for rows in (*model.locked_first(item, inputs), model._base_manager.filter(pk=item.pk)):
            list(rows.order_by("pk").select_for_update().values_list("pk"))
    fresh = visible_row(model, actor, item.pk)
    if fresh is None:
        raise NotFound
    if expected_version is not None and expected_version != fresh.version:
        raise StaleVersion
    return fresh


def _saved(item: R, actor: Actor | None, note: str) -> R:
    item.save(actor=actor, note=note)
    return _seen_again(item, actor)


def _seen_again(item: R, actor: Actor | None) -> R:
    """The row through the person's scope after a write; what would escape them is rolled back."""
    seen = visible_row(type(item), actor, item.pk)
    if seen is None:
        raise Conflict("After this you could not see it any more, so nothing was changed.")
    return seen


def _check_inputs(transition: Declared, inputs: Mapping[str, Any], note: str) -> None:
    errors = [
        FieldError(name, "unknown", "There is no such input.")
        for name in inputs
        if name not in transition.inputs
    ]
    errors += [
        FieldError(name, "required", "This field is required.")
        for name, asked in transition.inputs.items()
        if asked.required and _is_blank(inputs.get(name))
    ]
    if len(note) > NOTE_LENGTH:
        errors.append(FieldError("note", "max_length", f"At most {NOTE_LENGTH} characters."))
    if errors:
        raise InvalidInput(errors=errors)


def _is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _validate(item: Record, given: Mapping[str, Any]) -> None:
    """Field rules for what was given, then the model's own rules for the whole."""
    others = {field.name for field in item._meta.concrete_fields} - set(given)
    _clean(partial(item.clean_fields, exclude=others))
    _clean(item.clean)


def _clean(check: Callable[[], None]) -> None:
    try:
        check()
    except ValidationError as error:
        raise InvalidInput.from_django(error) from error
