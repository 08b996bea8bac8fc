"""How notifications and preferences are shown, and what may be chosen."""

from __future__ import annotations

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from core.api.serializers import RelatedRecordField, StrictSerializer
from notifications.mail.addresses import reply_address
from notifications.models import Notification, Preferences
from notifications.subjects import reference_of
from notifications.topics import Cadence, Topic
from notifications.wording import sentence


class AboutSerializer(serializers.Serializer[Notification]):
    """What a notification is about."""

    id = serializers.IntegerField(source="subject_id")
    reference = serializers.SerializerMethodField(help_text="As in `TCK-42`.")
    title = serializers.CharField(source="item_title")

    def get_reference(self, notification: Notification) -> str:
        return reference_of(notification.subject_type, notification.subject_id)


class NotificationSerializer(serializers.ModelSerializer[Notification]):
    """Something that one hears of."""

    item = AboutSerializer(source="*")
    at = serializers.DateTimeField(source="event.at", help_text="When it happened.")
    actor = RelatedRecordField(
        source="event.actor", read_only=True, allow_null=True, help_text="Null: FlowTrack itself."
    )
    action = serializers.CharField(source="event.action")
    comment = serializers.SerializerMethodField(help_text="The id of the comment it is about.")
    text = serializers.SerializerMethodField(help_text="The same in a sentence.")

    class Meta:
        model = Notification
        fields = [
            "id",
            "item",
            "topic",
            "at",
            "actor",
            "action",
            "comment",
            "text",
            "read_at",
            "created_at",
        ]
        read_only_fields = fields

    def get_comment(self, notification: Notification) -> int | None:
        return notification.comment_id

    def get_text(self, notification: Notification) -> str:
        return sentence(notification)


class ReadingSerializer(StrictSerializer):
    """Which notifications were read: all, those up to one, those about one item."""

    up_to = serializers.IntegerField(
        required=False, min_value=1, max_value=2**63 - 1, help_text="The id of the newest that was."
    )
    item = serializers.CharField(required=False, max_length=40, help_text="As in `TCK-42`.")


class UnreadSerializer(serializers.Serializer[Any]):
    """How many are unread."""

    unread = serializers.IntegerField()


class TopicChoiceSerializer(StrictSerializer):
    """How one hears of one topic."""

    in_app = serializers.BooleanField(required=False, help_text="In FlowTrack.")
    mail = serializers.ChoiceField(Cadence.choices, required=False, help_text="By e-mail.")


class TopicsSerializer(StrictSerializer):
    """How one hears of each topic."""

    def get_fields(self) -> dict[str, Any]:
        return {
            topic.value: TopicChoiceSerializer(required=False, help_text=str(topic.label))
            for topic in Topic
        }


class ClockTimeField(serializers.TimeField):
    """A time of day without seconds: `08:00`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%H:%M", input_formats=["%H:%M"], **kwargs)


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "Comments once a day, and no e-mail at night",
            request_only=True,
            value={
                "time_zone": "Europe/London",
                "digest_at": "08:00",
                "quiet_from": "20:00",
                "quiet_until": "07:00",
                "topics": {"commented": {"mail": "daily"}},
            },
        )
    ]
)
class PreferencesSerializer(StrictSerializer):
    """How one wants to hear of things."""

    time_zone = serializers.CharField(
        max_length=64,
        required=False,
        allow_blank=True,
        help_text="As in `Europe/London`; empty is that of FlowTrack.",
    )
    digest_at = ClockTimeField(required=False, help_text="When the daily e-mail is sent.")
    quiet_from = ClockTimeField(
        required=False, allow_null=True, help_text="From then on no e-mail is sent at once."
    )
    quiet_until = ClockTimeField(
        required=False, allow_null=True, help_text="Then what waited is sent."
    )
    topics = TopicsSerializer(required=False)
    ticket_address = serializers.SerializerMethodField(
        help_text="What you send there becomes a ticket of yours. Keep it to yourself; empty where"
        " FlowTrack receives no e-mail."
    )

    def validate_time_zone(self, name: str) -> str:
        if name and name not in time_zones():
            raise serializers.ValidationError("There is no such time zone.")
        return name

    def to_representation(self, wishes: Preferences) -> dict[str, Any]:
        shown = {
            topic.value: {"in_app": wishes.wants_in_app(topic), "mail": wishes.mail(topic).value}
            for topic in Topic
        }
        fields = {name: field for name, field in self.fields.items() if name != "topics"}
        plain = {
            name: None
            if (value := field.get_attribute(wishes)) is None
            else field.to_representation(value)
            for name, field in fields.items()
        }
        return {**plain, "topics": shown}

    @extend_schema_field(serializers.CharField())
    def get_ticket_address(self, wishes: Preferences) -> str:
        return reply_address(wishes.person_id)


@cache
def time_zones() -> frozenset[str]:
    """Every time zone that there is."""
    return frozenset(available_timezones())
