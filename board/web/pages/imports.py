"""Importing a board from a file, with progress."""

from flask import Response, g, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_required
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import TextAreaField

from board.domain.errors import BoardError, FieldError, Invalid, LimitReached, TooLarge
from board.domain.imports import count_came, count_known
from board.domain.messages import msg
from board.service import imports
from board.service.ports import Command
from board.web.context import actor, store
from board.web.flags import Flag, flagged
from board.web.imports import receive
from board.web.pages.routes import pages, read_id, show
from board.wire.json import encode
from board.wire.present import present
from board.wire.problems import problem

pages.add_app_template_global(count_came)
pages.add_app_template_global(count_known)


class ImportForm(FlaskForm):  # type: ignore[misc]
    """The file, and who the people in it are here."""

    file = FileField(msg("Choose the exported JSON file"))
    people = TextAreaField(msg("People"))


@pages.get("/import")
async def import_board() -> ResponseReturnValue:
    """Choose a file; or see how an import goes that was started without JavaScript."""
    actor()
    import_id = read_id(request.args, "job") if "job" in request.args else None
    run = await imports.get_import(store(), actor(), import_id) if import_id else None
    return show("import.html", form=ImportForm(formdata=None), job=present(run) if run else None)


@pages.post("/import", endpoint="start_import")
@login_required
@flagged(Flag.LARGE_UPLOAD)
async def start_import() -> ResponseReturnValue:
    """Start an import: JSON for the page's own script, a page that shows the progress for everybody else."""
    wants_json = request.accept_mimetypes.best == "application/json"
    actor()
    try:
        run = await receive(Command(status=202))
    except (Invalid, TooLarge, LimitReached) as error:
        return _explain(error) if wants_json else _refuse(error)
    if wants_json:
        return encode(present(run)).decode(), 202, {"Content-Type": "application/json"}
    return "", 303, {"Location": url_for("pages.import_board", job=run.id)}


def _explain(error: BoardError) -> ResponseReturnValue:
    body = problem(error) | {"request_id": g.get("request_id", "")}
    return Response(encode(body), int(str(body["status"])), mimetype="application/problem+json")


def _refuse(error: BoardError) -> ResponseReturnValue:
    """Return the form again, with a sentence at the field it is about."""
    form = ImportForm(formdata=None) if isinstance(error, TooLarge) else ImportForm()
    found = error.errors if isinstance(error, Invalid) else (FieldError("file", error.message),)
    for one in found:
        field = form.people if one.field == "people" else form.file
        field.errors = [*field.errors, one.message]
    return show("import.html", int(str(problem(error)["status"])), form=form, job=None)
