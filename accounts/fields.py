"""How an e-mail address is kept: trimmed and in lower case, however it was typed."""

from __future__ import annotations

from typing import Any

from django.db import models


class AddressField(models.EmailField):
    """An e-mail address that is the same in any spelling: when saved, looked up or compared."""

    def to_python(self, value: Any) -> Any:
        return spelled(super().to_python(value))

    def get_prep_value(self, value: Any) -> Any:
        return spelled(super().get_prep_value(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = spelled(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value


def spelled(address: Any) -> Any:
    """The one spelling of an address."""
    return address.strip().lower() if isinstance(address, str) else address
