"""How often one may try: a budget for the account and one for the address, spent before anything is verified."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from accounts.fields import spelled
from core.api.throttles import Budget


class PersonThrottle(BaseThrottle):
    """What a signed-in person may ask of account routes, whatever they ask."""

    def allow_request(self, request: Request, view: object) -> bool:
        """Raises TooManyRequests once the budget is used up."""
        if request.user.is_authenticated:
            Budget("account.person", settings.THROTTLE_ACCOUNT).spend(str(request.user.pk))
        return True


@contextmanager
def attempt(*, address: str = "", account: str = "") -> Iterator[None]:
    """Whatever proves who somebody is: sign-in, refresh, and every way to a new password.

    Raises TooManyRequests when a budget is used up. Success gives the attempt back, so only
    failures ever slow anybody down.
    """
    spent = list(_spend(address, account))
    yield
    for budget, key in spent:
        budget.refund(key)


def spend_without_return(*, address: str = "", account: str = "") -> None:
    """The same budgets for what never fails visibly: asking for a reset mail."""
    list(_spend(address, account))


def spend_registration(address: str) -> None:
    """New accounts are counted by address alone."""
    Budget("register.address", settings.THROTTLE_REGISTER_ADDRESS).spend(address)


def _spend(address: str, account: str) -> Iterator[tuple[Budget, str]]:
    limits = [
        (Budget("sign-in.address", settings.THROTTLE_SIGN_IN_ADDRESS), address),
        (Budget("sign-in.account", settings.THROTTLE_SIGN_IN_ACCOUNT), spelled(account)),
    ]
    for budget, key in limits:
        if key:
            budget.spend(key)
            yield budget, key
