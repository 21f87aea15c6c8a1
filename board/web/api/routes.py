"""The API's blueprint, on which the modules beside this one register their routes."""

from flask import Blueprint

from board.web.api.contract import Api

api = Api(Blueprint("api", __name__, url_prefix="/api/v1"))
