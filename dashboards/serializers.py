"""The shapes of figures; they only show."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class NumberSerializer(serializers.Serializer[Any]):
    """A count, and where to see what it counts."""

    value = serializers.IntegerField()
    link = serializers.CharField(help_text="The list of exactly the rows counted.")


class DurationSerializer(serializers.Serializer[Any]):
    """A time in seconds, and over how many rows."""

    value = serializers.FloatField(allow_null=True, help_text="Seconds; null when there is no row.")
    count = serializers.IntegerField()
    link = serializers.CharField(help_text="The list of exactly the rows counted.")


class GroupSerializer(serializers.Serializer[Any]):
    """One part of a whole."""

    key = serializers.CharField(help_text="The value to filter by.")
    label = serializers.CharField()  # type: ignore[assignment]
    count = serializers.IntegerField()
    link = serializers.CharField(help_text="The list of exactly the rows counted.")


class BreakdownSerializer(serializers.Serializer[Any]):
    """Counts of the parts of a whole."""

    rows = GroupSerializer(many=True)
    link = serializers.CharField(help_text="The list of all of them.")


class WaitingSerializer(serializers.Serializer[Any]):
    """A request that waits."""

    id = serializers.IntegerField()
    reference = serializers.CharField()
    title = serializers.CharField()
    created_at = serializers.DateTimeField()
    age = serializers.FloatField(help_text="Seconds since it was made.")


class OldestWaitingSerializer(serializers.Serializer[Any]):
    """Those who have waited longest."""

    rows = WaitingSerializer(many=True)
    link = serializers.CharField(help_text="The list of all that wait, oldest first.")


class StandingSerializer(serializers.Serializer[Any]):
    """How the promises of one group stand."""

    key = serializers.CharField(help_text="The value to filter by.")
    label = serializers.CharField()  # type: ignore[assignment]
    kind = serializers.ChoiceField(choices=[("request", "Request"), ("ticket", "Ticket")])
    met = NumberSerializer(help_text="Resolved in time.")
    breached = NumberSerializer(help_text="Resolved late, or late and not resolved.")
    at_risk = NumberSerializer(help_text="Not resolved, and 75 % of the time are used.")
    paused = NumberSerializer(help_text="Open, while the clock waits for somebody else.")
    response_met = NumberSerializer(help_text="Answered in time.")
    response_breached = NumberSerializer(help_text="Answered late, or late and not answered.")
    response_at_risk = NumberSerializer(help_text="Not answered, and 75 % of the time are used.")


class StandingsSerializer(serializers.Serializer[Any]):
    """How promises stand, group by group."""

    rows = StandingSerializer(many=True)


class VolumeSerializer(serializers.Serializer[Any]):
    """What came of one day or person."""

    key = serializers.CharField(help_text="The day, or the person's id.")
    label = serializers.CharField()  # type: ignore[assignment]
    count = serializers.IntegerField(help_text="Files.")
    bytes = serializers.IntegerField(help_text="Together.")
    link = serializers.CharField(help_text="The list of exactly the files counted.")


class VolumesSerializer(serializers.Serializer[Any]):
    """How much was uploaded, group by group."""

    rows = VolumeSerializer(many=True)
    link = serializers.CharField(help_text="The list of all of them.")


class WindowSerializer(serializers.Serializer[Any]):
    """The time that the figures are about, without its end."""

    def get_fields(self) -> dict[str, Any]:
        # `from` is a word of the language, so no attribute can be called that.
        return {
            "from": serializers.DateTimeField(source="since"),
            "to": serializers.DateTimeField(source="until"),
        }


class DashboardSerializer(serializers.Serializer[Any]):
    """Every figure by name, and the window that they share."""

    window = WindowSerializer()
    pending = NumberSerializer()
    new_today = NumberSerializer()
    average_approval_time = DurationSerializer()
    p90_approval_time = DurationSerializer()
    by_status = BreakdownSerializer()
    by_category = BreakdownSerializer()
    by_department = BreakdownSerializer()
    by_priority = BreakdownSerializer()
    oldest_waiting = OldestWaitingSerializer()
    service_levels = StandingsSerializer()
    service_levels_by_policy = StandingsSerializer()
    service_levels_by_team = StandingsSerializer()
    upload_volume_by_day = VolumesSerializer()
    upload_volume_by_person = VolumesSerializer()
