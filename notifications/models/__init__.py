"""Who hears of what, and how."""

from notifications.models.delivery import Delivery
from notifications.models.endpoint import WebhookEndpoint
from notifications.models.mailing import Mailing
from notifications.models.notification import Notification
from notifications.models.preferences import Preferences
from notifications.models.received_mail import ReceivedMail

__all__ = [
    "Delivery",
    "Mailing",
    "Notification",
    "Preferences",
    "ReceivedMail",
    "WebhookEndpoint",
]
