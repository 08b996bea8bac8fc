"""By what webhooks and their deliveries can be narrowed."""

from __future__ import annotations

from core.api.filters import ChoicesFilter, MomentFilter, SearchFilter, StrictFilterSet
from notifications.models import Delivery, WebhookEndpoint


class EndpointFilterSet(StrictFilterSet):
    """Filters of webhooks."""

    status = ChoicesFilter(choices=WebhookEndpoint.Status.choices)
    search = SearchFilter(fields=["description"])

    class Meta:
        model = WebhookEndpoint
        fields: list[str] = []


class DeliveryFilterSet(StrictFilterSet):
    """Filters of deliveries."""

    status = ChoicesFilter(field_name="state", choices=Delivery.State.choices)
    created_after = MomentFilter(field_name="created_at", lookup_expr="gte")
    created_before = MomentFilter(field_name="created_at", lookup_expr="lt")

    class Meta:
        model = Delivery
        fields: list[str] = []
