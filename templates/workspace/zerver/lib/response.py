"""JSON responses in the one shape all of Connect's API uses."""

from collections.abc import Mapping
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse

from zerver.lib.exceptions import JsonableError


class MutableJsonResponse(HttpResponse):
    """A JSON response that remembers its data, and the exception it tells about."""

    def __init__(
        self,
        data: dict[str, Any],
        *,
        content_type: str = "application/json",
        status: int = 200,
        exception: Exception | None = None,
    ) -> None:
        super().__init__(
            orjson.dumps(data, option=orjson.OPT_APPEND_NEWLINE),
            content_type=content_type,
            status=status,
        )
        self._data = data
        self.exception = exception

    def get_data(self) -> dict[str, Any]:
        """The data of the response, before it became JSON."""
        return self._data


def json_response(
    res_type: str = "success",
    msg: str = "",
    data: Mapping[str, Any] | None = None,
    status: int = 200,
    exception: Exception | None = None,
) -> MutableJsonResponse:
    """A response `{"result": res_type, "msg": msg, **data}`."""
    return MutableJsonResponse(
        {"result": res_type, "msg": msg, **(data or {})}, status=status, exception=exception
    )


def json_success(
    request: HttpRequest, data: Mapping[str, Any] | None = None
) -> MutableJsonResponse:
    """What a view returns when all went well."""
    return json_response(data=data)


def json_response_from_error(exception: JsonableError) -> MutableJsonResponse:
    """The response that tells about an error. Views do not call this: they raise."""
    succeeded = 200 <= exception.http_status_code < 300
    response = json_response(
        "success" if succeeded else "error",
        msg=exception.msg,
        data=exception.data,
        status=exception.http_status_code,
        exception=exception,
    )
    for name, value in exception.extra_headers.items():
        response[name] = value
    return response
