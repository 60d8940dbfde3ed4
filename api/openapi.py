"""The OpenAPI 3.1 document, made of the table of resources."""

from __future__ import annotations

from http import HTTPStatus

from api import formats, problems, schemas
from api.catalogue import RESOURCES, Resource
from api.parameters import Known
from api.schemas import Document

VERSION = "1.0.0"
ROOT = "/api/v1"
_REFUSALS = {
    HTTPStatus.BAD_REQUEST: "A parameter is wrong; every wrong one is named.",
    HTTPStatus.UNAUTHORIZED: "No token, or none that is valid.",
    HTTPStatus.FORBIDDEN: "The token does not cover an organisation unit that was asked for.",
    HTTPStatus.NOT_ACCEPTABLE: "None of the formats in `Accept` is available.",
    HTTPStatus.TOO_MANY_REQUESTS: "Too many questions in a minute.",
    HTTPStatus.SERVICE_UNAVAILABLE: "The database is being prepared, or is busy.",
}
_WAIT = {
    "Retry-After": {"description": "Seconds.", "schema": {"type": "integer"}, "required": True}
}
_HEADERS: dict[HTTPStatus, Document] = {
    HTTPStatus.UNAUTHORIZED: {
        "WWW-Authenticate": {"schema": {"type": "string"}, "required": True}
    },
    HTTPStatus.TOO_MANY_REQUESTS: _WAIT,
    HTTPStatus.SERVICE_UNAVAILABLE: _WAIT,
}  # fmt: skip


def document(known: Known, *, reading_is_open: bool) -> Document:
    """What the API takes and gives, for this installation's indicators and units."""
    token: list[Document] = [{"token": []}]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "KPI Lạng Sơn",
            "version": VERSION,
            "description": "Approved figures, targets and judgements; read-only.",
        },
        "servers": [{"url": ROOT}],
        "security": [*token, {}] if reading_is_open else token,
        "paths": {f"/{one.name}": {"get": _operation(one, known)} for one in RESOURCES},
        "components": {
            "schemas": schemas.SCHEMAS,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(one: Resource, known: Known) -> Document:
    return {
        "operationId": one.name,
        "summary": one.about,
        "parameters": [parameter.described(known) for parameter in one.every_parameter],
        "responses": {
            "200": _success(one),
            "304": {"description": "Nothing has changed since the answer with this `ETag`."},
            **{str(status.value): _refusal(status) for status in _REFUSALS},
        },
    }


def _success(one: Resource) -> Document:
    content: Document = {
        str(formats.JSON): {"schema": schemas.envelope(one.row, one.beside)},
        **{
            formats.content_type(media).partition("; ")[0]: {"schema": schemas.TEXT}
            for media in one.media
            if media != formats.JSON
        },
    }
    return {
        "description": one.about,
        "headers": {
            "ETag": {"schema": schemas.TEXT, "required": True},
            "Link": {
                "description": "The next page, where there is one.",
                "schema": schemas.TEXT,
            },
        },
        "content": content,
    }


def _refusal(status: HTTPStatus) -> Document:
    return {
        "description": _REFUSALS[status],
        "headers": _HEADERS.get(status, {}),
        "content": {problems.MEDIA_TYPE: {"schema": schemas.ref("Problem")}},
    }
