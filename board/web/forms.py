"""Forms of pages. What a field may hold is said by the wire models, so pages and API never differ."""

from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _
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
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from board.domain.audit import AuditType
from board.domain.errors import BoardError, Invalid
from board.domain.messages import msg, nmsg
from board.wire import accounts, privacy
from board.wire.boards import NewBoard
from board.wire.problems import explain


class WireForm(FlaskForm):  # type: ignore[misc]
    """A form that is valid when its wire model says so; `parsed` is what the model made of it."""

    wire: ClassVar[type[BaseModel]]
    parsed: Any = None

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for name, limit in _read_limits(self.wire).items():
            if name in self and not isinstance(self[name].widget, widgets.HiddenInput):
                self[name].render_kw = {**(self[name].render_kw or {}), "data-limit": limit}

    def validate(self, extra_validators: Any = None) -> bool:
        """Put what the model finds wrong onto the fields."""
        if not super().validate(extra_validators):
            return False
        names = [name for name in self.wire.model_fields if name in self and self[name].data is not None]
        try:
            self.parsed = self.wire.model_validate({name: self[name].data for name in names})
        except ValidationError as error:
            for one in error.errors(include_url=False, include_input=False):
                self.add_error(str(one["loc"][0]) if one["loc"] else "", _sentence(one))
        return self.parsed is not None

    def hidden_tag(self, *fields: Any) -> Markup:
        """Return the hidden fields, without ids: a page with several forms would have each id several times."""
        hidden = fields or [field for field in self if isinstance(field.widget, widgets.HiddenInput)]
        return Markup("").join(field(id=False) for field in hidden)

    def refuse(self, error: BoardError, field: str = "") -> None:
        """Show what the service found wrong: at the fields it names, else at `field`, else above them all."""
        found = error.errors if isinstance(error, Invalid) else ()
        for one in found:
            self.add_error(one.field, one.message)
        if not found:
            self.add_error(field, error.message)

    def add_error(self, name: str, message: str) -> None:
        """Show a sentence at a field, or above them all when there is no such field."""
        if name in self:
            self[name].errors = [*self[name].errors, message]
        else:
            self.form_errors.append(message)


class SignInForm(WireForm):
    """E-mail address and password."""

    wire = accounts.SignIn
    email = StringField(_("E-mail address"))
    password = PasswordField(_("Password"))
    remember = BooleanField(_("Keep me signed in"), default=True)


class RegisterForm(WireForm):
    """A new account; `invitation` comes with the link in an invitation."""

    wire = accounts.NewUser
    name = StringField(_("Name"))
    email = StringField(_("E-mail address"))
    password = PasswordField(_("Password"))
    invitation = HiddenField()
    accepts_terms = BooleanField(_("I accept the terms of use"))


class ProfileForm(WireForm):
    """What others see of you."""

    wire = accounts.UserEdit
    name = StringField(_("Name"), id="profile-name")
    email = StringField(_("E-mail address"), id="profile-email")
    show_presence = BooleanField(_("Show others which boards and cards I have open"))


class PasswordForm(WireForm):
    """A change of password."""

    wire = accounts.PasswordChange
    current_password = PasswordField(_("Current password"))
    password = PasswordField(_("New password"), id="new-password")


class ConfirmForm(WireForm):
    """The password once more, before something that matters."""

    wire = accounts.Confirmation
    password = PasswordField(_("Your password"), id="confirm-password")


class TokenForm(WireForm):
    """A new personal token."""

    wire = accounts.NewToken
    name = StringField(_("Name"), id="token-name")
    expires_in_days = SelectField(
        _("Expires in"),
        coerce=int,
        default=accounts.TOKEN_DAYS,
        choices=[
            SelectChoice("7", _("7 days")),
            SelectChoice("30", _("30 days")),
            SelectChoice("90", _("90 days")),
            SelectChoice("365", _("a year")),
        ],
    )
    scopes = SelectMultipleField(
        _("It may"),
        choices=[
            SelectChoice("read", _("Read boards")),
            SelectChoice("write", _("Change boards")),
            SelectChoice("admin", _("Manage members and your account")),
        ],
        default=["read", "write"],
        option_widget=widgets.CheckboxInput(),
    )


class BoardForm(WireForm):
    """A new board."""

    wire = NewBoard
    title = StringField(_("New board"))
    template = HiddenField(default="kanban")


class ErasureForm(WireForm):
    """The deletion of one's own account."""

    wire = privacy.Erasure
    password = PasswordField(_("Your password"), id="erasure-password")


class AcceptanceForm(WireForm):
    """The terms, which are new or have changed."""

    wire = privacy.Acceptance
    version = HiddenField()
    accepts = BooleanField(_("I accept the terms of use"))


class AuditForm(FlaskForm):  # type: ignore[misc]
    """Which security events to show."""

    person = StringField(_("Person"), id="audit-person")
    type = SelectField(_("What happened"), id="audit-type", validate_choice=False)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.type.choices = [("", _("Everything")), *((one.value, one.label) for one in AuditType)]

    def refuse(self, error: Invalid) -> None:
        """Show what won't do at the fields it names."""
        for one in error.errors:
            self[one.field].errors = [one.message]


class EmptyForm(FlaskForm):  # type: ignore[misc]
    """A question with one answer."""

    def refuse(self, error: BoardError) -> None:
        """Show why it can't be."""
        self.form_errors.append(error.message)


@cache
def _read_limits(wire: type[BaseModel]) -> Mapping[str, int]:
    """Return how many characters each text of a wire model may have; the page tells it before the form is sent."""
    return {
        name: way["maxLength"]
        for name, schema in wire.model_json_schema()["properties"].items()
        for way in (schema, *schema.get("anyOf", ()))
        if "maxLength" in way
    }


def _sentence(error: Any) -> str:
    """Return a pydantic error in the words of a page."""
    limits = error.get("ctx", {})
    if error["type"] == "missing" or (error["type"] == "string_too_short" and limits["min_length"] == 1):
        return msg("Fill this in.")
    if error["type"] == "too_short":
        return msg("Choose at least one.")
    if error["type"] == "string_too_long":
        return nmsg(
            "Use at most %(count)s character.", "Use at most %(count)s characters.", limits["max_length"]
        )
    return explain(error)
