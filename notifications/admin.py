"""Notifications in the admin."""

from notifications.mail.admin import MailingAdmin, NotificationAdmin
from notifications.webhooks.admin import DeliveryAdmin, WebhookEndpointAdmin

__all__ = ["DeliveryAdmin", "MailingAdmin", "NotificationAdmin", "WebhookEndpointAdmin"]
