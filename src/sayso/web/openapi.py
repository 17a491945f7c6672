"""The OpenAPI description of the workbench, made from the same tables that its addresses are made from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sayso
from sayso.web.guard import HEADER
from sayso.web.screen import Param, Screen
from sayso.web.writing import Write

_ERROR = {"type": "object", "properties": {"error": {"type": "string"}}, "required": ["error"]}


def describe(screens: Sequence[Screen], writes: Sequence[Write]) -> dict[str, Any]:
    """OpenAPI 3.1: a GET for each `.json` twin, a POST for each write."""
    paths: dict[str, Any] = {f"{screen.path}.json": {"get": _get(screen)} for screen in screens}
    paths |= {write.path: {"post": _post(write)} for write in writes if not write.upload}
    return {
        "openapi": "3.1.0",
        "info": {"title": "sayso workbench", "version": sayso.__version__},
        "paths": paths,
        "components": {"securitySchemes": {"session": {"type": "apiKey", "in": "header", "name": HEADER}}},
        "security": [{"session": []}],
    }


def _get(screen: Screen) -> dict[str, Any]:
    ids = [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in screen.ids]
    query = [
        {"name": one.name, "in": "query", "description": one.about, "schema": _schema(one)} for one in screen.params
    ]
    twin = {
        "type": "object",
        "properties": {"screen": {"const": screen.name}, "asked": {"type": "object"}},
        "required": ["screen", "asked"],
    }
    answers = {"200": _answer(screen.title, twin), "400": _answer("the address says what cannot be", _ERROR),
               "404": _answer("the case holds no such thing", _ERROR)}  # fmt: skip
    return {"summary": screen.title, "operationId": screen.name, "parameters": ids + query, "responses": answers}


def _post(write: Write) -> dict[str, Any]:
    fields = {param.name: {**_schema(param), "description": param.about} for param in write.fields}
    body = {"type": "object", "properties": fields, "required": list(write.required)}
    answers = {"200": _answer("done", {"type": "object"}), "400": _answer("it cannot be done", _ERROR),
               "404": _answer("the case holds no such thing", _ERROR)}  # fmt: skip
    content = {"application/json": {"schema": body}}
    request = {"required": True, "content": content}
    return {"summary": write.about, "operationId": write.name, "requestBody": request, "responses": answers}


def _answer(about: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": about, "content": {"application/json": {"schema": schema}}}


def _schema(param: Param) -> dict[str, Any]:
    if param.number:
        return {"type": "integer", "minimum": 0, "maximum": 9_999_999}
    if param.choices:
        return {"type": "string", "enum": list(dict.fromkeys((*param.choices, param.default)))}
    return {"type": "string", "maxLength": 2000}
