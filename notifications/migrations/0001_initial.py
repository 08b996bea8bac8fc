"""News, letters in and out, and webhooks."""

import datetime as dt

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import core.clock
import core.fields
import notifications.models.delivery
import notifications.webhooks.signing


class Migration(migrations.Migration):
    initial = True

    # The last of those that it stands for: a database that has this one has them all.
    replaces = [("notifications", "0002_webhooks")]

    dependencies = [
        ("core", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Mailing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=core.clock.now)),
                ("due_at", models.DateTimeField(default=core.clock.now)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("subject_type", models.CharField(blank=True, max_length=80)),
                ("subject_id", models.BigIntegerField(blank=True, null=True)),
                (
                    "dropped_at",
                    models.DateTimeField(
                        blank=True, help_text="When there was nothing left to say.", null=True
                    ),
                ),
                (
                    "error",
                    models.TextField(blank=True, help_text="Why it was not sent the last time."),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "e-mail",
                "indexes": [
                    models.Index(
                        condition=models.Q(("dropped_at", None), ("sent_at", None)),
                        fields=["due_at"],
                        name="notifications_mail_unsent",
                    ),
                    models.Index(fields=["created_at"], name="notifications_mail_by_age"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "channel",
                    core.fields.ChoiceField(
                        choices=[("in_app", "In FlowTrack"), ("mail", "E-mail")], max_length=20
                    ),
                ),
                (
                    "topic",
                    core.fields.ChoiceField(
                        choices=[
                            ("approval", "Requests that wait for your decision"),
                            ("assigned", "What becomes yours to do"),
                            ("mentioned", "Comments that name you"),
                            ("alert", "Failures that admins look after"),
                            ("commented", "Comments and files on what you hear of"),
                            ("progress", "Progress of what you hear of"),
                            ("service_level", "Service levels that run out"),
                            ("queue", "What arrives in the queue of your team"),
                            ("membership", "Projects that you are taken into"),
                            ("job", "Background work that you asked for"),
                        ],
                        max_length=20,
                    ),
                ),
                ("subject_type", models.CharField(max_length=80)),
                ("subject_id", models.BigIntegerField()),
                (
                    "for_agents",
                    models.BooleanField(
                        default=False,
                        help_text="Said among agents: whoever is none any more does not see it.",
                    ),
                ),
                ("created_at", models.DateTimeField(default=core.clock.now)),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                (
                    "cadence",
                    core.fields.ChoiceField(
                        blank=True,
                        choices=[
                            ("off", "Never"),
                            ("immediate", "At once"),
                            ("hourly", "Once an hour"),
                            ("daily", "Once a day"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "due_at",
                    models.DateTimeField(
                        blank=True, help_text="When it is to be mailed.", null=True
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.event",
                    ),
                ),
                (
                    "mailing",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notifications",
                        to="notifications.mailing",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notifications",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("channel", "in_app")),
                        fields=["person", "-id"],
                        name="notifications_own",
                    ),
                    models.Index(
                        condition=models.Q(("channel", "in_app"), ("read_at", None)),
                        fields=["person", "-id"],
                        name="notifications_unread",
                    ),
                    models.Index(
                        condition=models.Q(("channel", "mail"), ("mailing", None)),
                        fields=["due_at"],
                        name="notifications_unmailed",
                    ),
                    models.Index(fields=["created_at"], name="notifications_by_age"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("event", "person", "channel"), name="notifications_told_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("channel", "mail"),
                                ("due_at__isnull", False),
                                models.Q(("cadence", ""), _negated=True),
                            ),
                            models.Q(
                                ("channel", "in_app"),
                                ("cadence", ""),
                                ("due_at", None),
                                ("mailing", None),
                            ),
                            _connector="OR",
                        ),
                        name="notifications_mail_is_due",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["in_app", "mail"])),
                        name="notifications_notification_channel",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "topic__in",
                                [
                                    "approval",
                                    "assigned",
                                    "mentioned",
                                    "alert",
                                    "commented",
                                    "progress",
                                    "service_level",
                                    "queue",
                                    "membership",
                                    "job",
                                ],
                            )
                        ),
                        name="notifications_notification_topic",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cadence__in", ["off", "immediate", "hourly", "daily", ""])
                        ),
                        name="notifications_notification_cadence",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Preferences",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "time_zone",
                    models.CharField(blank=True, help_text="As in `Europe/London`.", max_length=64),
                ),
                (
                    "digest_at",
                    models.TimeField(
                        default=dt.time(8, 0), help_text="When the daily e-mail is sent."
                    ),
                ),
                ("quiet_from", models.TimeField(blank=True, null=True)),
                ("quiet_until", models.TimeField(blank=True, null=True)),
                ("choices", models.JSONField(blank=True, default=dict)),
                ("updated_at", models.DateTimeField(default=core.clock.now)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notification_preferences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "preferences",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("quiet_from", None), ("quiet_until", None)),
                            models.Q(
                                ("quiet_from__isnull", False),
                                ("quiet_until__isnull", False),
                                models.Q(("quiet_from", models.F("quiet_until")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="notifications_quiet_hours",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReceivedMail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fingerprint", models.CharField(max_length=64, unique=True)),
                ("received_at", models.DateTimeField(default=core.clock.now)),
                (
                    "outcome",
                    core.fields.ChoiceField(
                        choices=[("comment", "Comment"), ("ticket", "Ticket")], max_length=20
                    ),
                ),
                ("subject_type", models.CharField(blank=True, max_length=80)),
                ("subject_id", models.BigIntegerField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["received_at"], name="notifications_received_by_age")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["comment", "ticket"])),
                        name="notifications_receivedmail_outcome",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WebhookEndpoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(default=core.clock.now, editable=False)),
                (
                    "description",
                    models.CharField(help_text="Who listens there, and what for.", max_length=200),
                ),
                (
                    "url",
                    models.CharField(
                        help_text="Where to send it, such as https://example.com/hook.",
                        max_length=2000,
                        verbose_name="URL",
                    ),
                ),
                (
                    "event_types",
                    models.JSONField(
                        help_text="Such as `tickets.ticket.resolve`; `*` is everything that happens."
                    ),
                ),
                (
                    "kinds",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Only of these kinds of items, such as `tickets.ticket`.",
                    ),
                ),
                (
                    "seed",
                    models.CharField(
                        default=notifications.webhooks.signing.new_seed,
                        editable=False,
                        max_length=64,
                    ),
                ),
                ("previous_seed", models.CharField(blank=True, editable=False, max_length=64)),
                ("previous_until", models.DateTimeField(editable=False, null=True)),
                ("enabled_at", models.DateTimeField(default=core.clock.now, editable=False)),
                (
                    "status",
                    core.fields.StatusField(
                        choices=[
                            ("active", "Active"),
                            ("paused", "Paused"),
                            ("disabled", "Disabled"),
                        ],
                        default="active",
                        editable=False,
                        max_length=20,
                        protected=True,
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        help_text="Sent is what this account sees, and as it sees it.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "webhook",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["active", "paused", "disabled"])),
                        name="notifications_webhookendpoint_status",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "message_id",
                    models.CharField(
                        default=notifications.models.delivery.new_message_id,
                        max_length=40,
                        unique=True,
                    ),
                ),
                ("event_type", models.CharField(max_length=140)),
                ("subject_type", models.CharField(max_length=80)),
                ("subject_id", models.CharField(max_length=40)),
                ("body", models.TextField()),
                (
                    "state",
                    core.fields.ChoiceField(
                        choices=[
                            ("pending", "Pending"),
                            ("delivered", "Delivered"),
                            ("failed", "Failed"),
                        ],
                        default="pending",
                        max_length=20,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                (
                    "next_at",
                    models.DateTimeField(
                        default=core.clock.now,
                        help_text="When it is due; while it is claimed, when the claim lapses.",
                    ),
                ),
                ("claim", models.CharField(blank=True, max_length=32)),
                ("status_code", models.PositiveSmallIntegerField(null=True)),
                ("duration_ms", models.PositiveIntegerField(null=True)),
                ("answer", models.TextField(blank=True)),
                ("problem", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField(default=core.clock.now)),
                ("attempted_at", models.DateTimeField(null=True)),
                ("first_failed_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "event",
                    models.ForeignKey(
                        db_index=False,
                        help_text="Empty for a test.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.event",
                    ),
                ),
                (
                    "endpoint",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="notifications.webhookendpoint",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "deliveries",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "pending")),
                        fields=["endpoint", "next_at", "id"],
                        name="notifications_deliveries_due",
                    ),
                    models.Index(
                        condition=models.Q(("state", "pending")),
                        fields=["endpoint", "subject_type", "subject_id", "id"],
                        name="notifications_delivery_order",
                    ),
                    models.Index(fields=["endpoint", "-id"], name="notifications_deliveries"),
                    models.Index(
                        condition=models.Q(("state", "failed")),
                        fields=["endpoint", "-id"],
                        name="notifications_deliveries_dead",
                    ),
                    models.Index(
                        condition=models.Q(("state", "delivered")),
                        fields=["endpoint", "finished_at"],
                        name="notifications_delivered_last",
                    ),
                    models.Index(
                        condition=models.Q(("first_failed_at__isnull", False)),
                        fields=["endpoint", "first_failed_at"],
                        name="notifications_failing_since",
                    ),
                    models.Index(fields=["created_at"], name="notifications_delivery_age"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("endpoint", "event"), name="notifications_delivered_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["pending", "delivered", "failed"])),
                        name="notifications_delivery_state",
                    ),
                ],
            },
        ),
    ]
