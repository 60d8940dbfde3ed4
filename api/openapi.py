"""The OpenAPI 3.1 document, made of the table of resources."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from api import formats, problems, schemas, shapes
from api.catalogue import RESOURCES, STRUCTURE_MEDIA, STRUCTURE_PATHS, Resource
from api.negotiation import MediaType
from api.parameters import REFERENCES, Known
from api.shapes import Document
from kpi.permissions import View

VERSION = "1.2.0"
ROOT = "/api/v1"
_STRUCTURE = "What the columns and codes of the SDMX-CSV mean, as SDMX-JSON 2.0."
_REFUSALS = {
    HTTPStatus.BAD_REQUEST: "A parameter is wrong; every wrong one is named.",
    HTTPStatus.UNAUTHORIZED: "No token, or none that is valid.",
    HTTPStatus.FORBIDDEN: "The token does not cover an organisation unit that was asked for.",
    HTTPStatus.NOT_ACCEPTABLE: "None of the formats in `Accept` is available.",
    HTTPStatus.TOO_MANY_REQUESTS: "Too many questions in a minute.",
    HTTPStatus.SERVICE_UNAVAILABLE: "The database is being prepared, or is busy.",
}
_TOKEN: list[Document] = [{"token": []}]
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
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "KPI Lạng Sơn",
            "version": VERSION,
            "description": "Approved figures, targets and judgements; read-only.",
        },
        "servers": [{"url": ROOT}],
        "security": [*_TOKEN, {}] if reading_is_open else _TOKEN,
        "paths": {
            **{
                f"/{one.name}": {"get": _operation(one, known, reading_is_open=reading_is_open)}
                for one in RESOURCES
            },
            **{f"/{path}": {"get": _structure(path, known)} for path in STRUCTURE_PATHS},
        },
        "components": {
            "schemas": schemas.SCHEMAS,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(one: Resource, known: Known, *, reading_is_open: bool) -> Document:
    media: dict[MediaType, Document] = {
        formats.JSON: schemas.envelope(one.row, one.beside),
        **{kind: shapes.TEXT for kind in one.media if kind != formats.JSON},
    }
    link = {"description": "The next page, where there is one.", "schema": shapes.TEXT}
    return {
        "operationId": one.name,
        "summary": one.about,
        "parameters": [parameter.described(known) for parameter in one.every_parameter],
        "responses": _responses(one.about, media, {"Link": link}),
        # open reading does not reach what a person signs in for
        **({"security": _TOKEN} if reading_is_open and one.view is not View.READING else {}),
    }


def _structure(path: str, known: Known) -> Document:
    message = shapes.ref("StructureMessage")
    return {
        "operationId": path.replace("/", "-"),
        "summary": _STRUCTURE,
        "parameters": [REFERENCES.described(known)],
        "responses": _responses(_STRUCTURE, dict.fromkeys(STRUCTURE_MEDIA, message), {}),
    }


def _responses(about: str, media: Mapping[MediaType, Document], headers: Document) -> Document:
    success: Document = {
        "description": about,
        "headers": {"ETag": {"schema": shapes.TEXT, "required": True}, **headers},
        "content": {
            formats.content_type(kind).partition("; ")[0]: {"schema": schema}
            for kind, schema in media.items()
        },
    }
    return {
        "200": success,
        "304": {"description": "Nothing has changed since the answer with this `ETag`."},
        **{str(status.value): _refusal(status) for status in _REFUSALS},
    }


def _refusal(status: HTTPStatus) -> Document:
    return {
        "description": _REFUSALS[status],
        "headers": _HEADERS.get(status, {}),
        "content": {problems.MEDIA_TYPE: {"schema": shapes.ref("Problem")}},
    }
