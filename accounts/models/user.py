"""A person with an account."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, NamedTuple

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models.functions import Lower
from django_fsm import transition

from accounts.fields import AddressField
from accounts.models.account_mail import AccountMail
from accounts.models.department import Approver
from accounts.models.session import Session
from accounts.policies import admin, admin_but_not_oneself, admin_or_oneself
from accounts.querysets import SEAT, UserQuerySet
from core import clock
from core.actors import Actor
from core.errors import ConditionUnmet, NotPermitted
from core.fields import ChoiceField, StatusField
from core.lifecycle import Rule, needs
from core.models import Record

another_admin_stays = needs(
    "The last active admin stays.",
    lambda user: not user.is_admin or user.has_another_admin(),
)


class Seat(NamedTuple):
    """One approver's right to decide in one department, whoever sits there today."""

    department_id: int
    approver_id: int


class User(Record, AbstractBaseUser):
    """Somebody who signs in. The role says what they may do, the status whether they may at all."""

    class Role(models.TextChoices):
        REQUESTER = "requester"
        AGENT = "agent"
        ADMIN = "admin"

    class Status(models.TextChoices):
        ACTIVE = "active"
        DEACTIVATED = "deactivated"

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    private_fields = frozenset({"password", "email", "name"})
    creatable = Rule(admin)
    editable = Rule(admin_or_oneself)
    tones: ClassVar[dict[str, str]] = {"active": "done", "deactivated": "cancelled"}

    last_login = None  # when somebody was here is on their sessions
    email = AddressField("e-mail", unique=True)
    name = models.CharField(max_length=120)
    role = ChoiceField(Role, default=Role.REQUESTER)
    department = models.ForeignKey(
        "accounts.Department", models.PROTECT, null=True, blank=True, related_name="people"
    )
    status = StatusField(Status)

    objects = UserQuerySet.as_manager()

    class Meta:
        constraints = [
            # One spelling of an address, so that its unique index tells people apart.
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="accounts_user_email_lower"
            ),
        ]
        indexes = [
            # Active admins, asked before an admin may go.
            models.Index(
                fields=["role"],
                name="accounts_user_active_role",
                condition=models.Q(status="active"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @transition(
        status,
        Status.ACTIVE,
        Status.DEACTIVATED,
        conditions=[another_admin_stays],
        permission=admin_but_not_oneself,
    )
    def deactivate(self) -> None:
        """Sign out everywhere at once and let nobody in again."""
        self.end_sessions(Session.EndReason.DEACTIVATED)
        self.mails.use_up()

    @transition(
        status,
        Status.DEACTIVATED,
        Status.ACTIVE,
        permission=admin_but_not_oneself,
    )
    def activate(self) -> None:
        """Let this person sign in again."""

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        return self.status == self.Status.ACTIVE

    @property
    def is_agent(self) -> bool:
        """Works the queues; an admin does too."""
        return self.role in (self.Role.AGENT, self.Role.ADMIN)

    @property
    def is_admin(self) -> bool:
        return self.role == self.Role.ADMIN

    @property
    def is_staff(self) -> bool:
        """May enter the admin site."""
        return self.is_active and self.is_agent

    @property
    def is_superuser(self) -> bool:
        return self.is_active and self.is_admin

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Django's own permissions: admins have them all. Our admin classes open work to agents."""
        return self.is_superuser

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_superuser

    def decides_from(self) -> list[Seat]:
        """The seats from which this person may decide today: their own, and those they stand in for."""
        if not hasattr(self, "seats"):  # by with_rights(), or with the session
            rows = Approver.objects.deciding(self.pk, on=clock.today())
            self.seats = list(rows.annotate(seat=SEAT).values_list("seat", flat=True))
        return [Seat(**seat) for seat in self.seats]

    def decides_for(self) -> frozenset[int]:
        """Ids of the departments whose requests this person may decide today, also as a substitute."""
        return frozenset(seat.department_id for seat in self.decides_from())

    def has_another_admin(self) -> bool:
        """Whether somebody else could still repair everything."""
        loaded = getattr(self, "another_admin", None)  # by for_display()
        return User.objects.admins().exclude(pk=self.pk).exists() if loaded is None else loaded

    def end_sessions(self, reason: str, *, keep: Session | None = None) -> None:
        """Sign out on every device, but perhaps this one."""
        others = self.sessions.exclude(pk=keep.pk) if keep else self.sessions.all()
        others.end(reason)

    def remark(self, action: str) -> None:
        """Put something into the history that changed no field."""
        self.saving_at = clock.now()
        self._record(action, None)

    @classmethod
    def locked_first(cls, item: User, inputs: Mapping[str, Any]) -> Iterable[models.QuerySet[Any]]:
        # Two admins who deactivate each other queue up here: one of them stays.
        return [cls._base_manager.filter(role=cls.Role.ADMIN, status=cls.Status.ACTIVE)]

    def before_create(self, actor: Actor | None) -> None:
        if not self.password:
            self.set_unusable_password()

    def after_create(self, actor: Actor | None) -> None:
        """Invite those who did not choose a password themselves."""
        if not self.has_usable_password():
            AccountMail.objects.create(user=self, kind=AccountMail.Kind.INVITATION)

    def before_change(self, changed: frozenset[str], actor: Actor | None) -> None:
        if "role" in changed:
            self._before_role_change(actor)
        if changed & {"email", "password"}:
            # A link that was sent before must not open the door afterwards.
            self.mails.use_up()
        if "email" in changed and not (actor and actor.pk == self.pk):
            self.end_sessions(Session.EndReason.EMAIL_CHANGED)

    def _before_role_change(self, actor: Actor | None) -> None:
        if actor and actor.pk == self.pk:
            raise NotPermitted("Nobody changes their own role.")
        was_admin = self._loaded["role"] == self.Role.ADMIN
        if was_admin and self.is_active and not self.has_another_admin():
            raise ConditionUnmet(another_admin_stays.sentence)
        self.end_sessions(Session.EndReason.ROLE_CHANGED)
