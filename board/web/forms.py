"""Forms of pages. What a field may hold is said by the wire models, so pages and API never differ."""

from typing import Any, ClassVar

from flask_wtf import FlaskForm
from markupsafe import Markup
from pydantic import BaseModel, ValidationError
from wtforms import (
    BooleanField,
    HiddenField,
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
    widgets,
)

from board.domain.audit import AuditType
from board.domain.errors import BoardError, Invalid
from board.wire import accounts, privacy
from board.wire.boards import NewBoard


class WireForm(FlaskForm):  # type: ignore[misc]
    """A form that is valid when its wire model says so; `parsed` is what the model made of it."""

    wire: ClassVar[type[BaseModel]]
    parsed: Any = None

    def validate(self, extra_validators: Any = None) -> bool:
        """Put what the model finds wrong onto the fields."""
        if not super().validate(extra_validators):
            return False
        names = [name for name in self.wire.model_fields if name in self and self[name].data is not None]
        try:
            self.parsed = self.wire.model_validate({name: self[name].data for name in names})
        except ValidationError as error:
            for one in error.errors(include_url=False, include_input=False):
                self.complain(str(one["loc"][0]) if one["loc"] else "", _sentence(one))
        return self.parsed is not None

    def hidden_tag(self, *fields: Any) -> Markup:
        """The hidden fields, without ids: a page with several forms would have each id several times."""
        hidden = fields or [field for field in self if isinstance(field.widget, widgets.HiddenInput)]
        return Markup("").join(field(id=False) for field in hidden)

    def refuse(self, error: BoardError, field: str = "") -> None:
        """Show what the service found wrong: at the fields it names, else at `field`, else above them all."""
        found = error.errors if isinstance(error, Invalid) else ()
        for one in found:
            self.complain(one.field, one.message)
        if not found:
            self.complain(field, str(error))

    def complain(self, name: str, message: str) -> None:
        """Show a sentence at a field, or above them all when there is no such field."""
        if name in self:
            self[name].errors = [*self[name].errors, message]
        else:
            self.form_errors.append(message)


class SignInForm(WireForm):
    """E-mail address and password."""

    wire = accounts.SignIn
    email = StringField("E-mail address")
    password = PasswordField("Password")
    remember = BooleanField("Keep me signed in", default=True)


class RegisterForm(WireForm):
    """A new account; `invitation` comes with the link in an invitation."""

    wire = accounts.NewUser
    name = StringField("Name")
    email = StringField("E-mail address")
    password = PasswordField("Password")
    invitation = HiddenField()
    accepts_terms = BooleanField("I accept the terms of use")


class ProfileForm(WireForm):
    """What others see of you."""

    wire = accounts.UserEdit
    name = StringField("Name", id="profile-name")
    email = StringField("E-mail address", id="profile-email")
    show_presence = BooleanField("Show others which boards and cards I have open")


class PasswordForm(WireForm):
    """A change of password."""

    wire = accounts.PasswordChange
    current_password = PasswordField("Current password")
    password = PasswordField("New password", id="new-password")


class ConfirmForm(WireForm):
    """The password once more, before something that matters."""

    wire = accounts.Confirmation
    password = PasswordField("Your password", id="confirm-password")


class TokenForm(WireForm):
    """A new personal token."""

    wire = accounts.NewToken
    name = StringField("Name", id="token-name")
    expires_in_days = SelectField(
        "Expires in",
        coerce=int,
        default=accounts.TOKEN_DAYS,
        choices={"7": "7 days", "30": "30 days", "90": "90 days", "365": "a year"},
    )
    scopes = SelectMultipleField(
        "It may",
        choices={
            "read": "Read boards",
            "write": "Change boards",
            "admin": "Manage members and your account",
        },
        default=["read", "write"],
        option_widget=widgets.CheckboxInput(),
    )


class BoardForm(WireForm):
    """A new board."""

    wire = NewBoard
    title = StringField("New board")
    template = HiddenField(default="kanban")


class ErasureForm(WireForm):
    """The deletion of one's own account."""

    wire = privacy.Erasure
    password = PasswordField("Your password", id="erasure-password")


class AcceptanceForm(WireForm):
    """The terms, which are new or have changed."""

    wire = privacy.Acceptance
    version = HiddenField()
    accepts = BooleanField("I accept the terms of use")


class AuditForm(FlaskForm):  # type: ignore[misc]
    """Which security events to show."""

    person = StringField("Person", id="audit-person")
    type = SelectField("What happened", id="audit-type", validate_choice=False)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.type.choices = [("", "Everything"), *((one.value, one.label) for one in AuditType)]

    def refuse(self, error: Invalid) -> None:
        """Show what won't do at the fields it names."""
        for one in error.errors:
            self[one.field].errors = [one.message]


class EmptyForm(FlaskForm):  # type: ignore[misc]
    """A question with one answer."""

    def refuse(self, error: BoardError) -> None:
        """Show why it can't be."""
        self.form_errors.append(str(error))


def _sentence(error: Any) -> str:
    """A pydantic error in the words of a page."""
    limits = error.get("ctx", {})
    if error["type"] == "missing" or (error["type"] == "string_too_short" and limits["min_length"] == 1):
        return "Fill this in."
    if error["type"] == "too_short":
        return "Choose at least one."
    if error["type"] == "string_too_long":
        return f"Use at most {limits['max_length']:,} characters."
    return str(error["msg"]).removeprefix("Value error, ")
