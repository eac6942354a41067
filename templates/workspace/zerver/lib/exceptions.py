"""The errors a view may raise, and how each one is answered.

A `JsonableError` that leaves a view becomes a JSON response with the error's status,
`{"result": "error", "msg": ..., "code": ...}`. Any other exception is a bug: it becomes status
500 on a server, and the real traceback in a test.

For integrations, three of them matter:

* `JsonableError("what is wrong")`: the request is wrong, and its sender can repair it (400).
* `UnsupportedWebhookEventTypeError(event)`: the service sent an event that this integration
  does not know (200, because services switch off a webhook that keeps failing).
* `AnomalousWebhookPayloadError()`: the request does not look like it came from the service (400).
"""

from enum import Enum, auto
from typing import Any

from django.utils.translation import gettext as _
from typing_extensions import override


class ErrorCode(Enum):
    """The `code` of an error response. Clients compare it, so it never changes with language."""

    BAD_REQUEST = auto()
    REQUEST_VARIABLE_MISSING = auto()
    REQUEST_VARIABLE_INVALID = auto()
    REQUEST_CONFUSING_VAR = auto()
    INVALID_JSON = auto()
    INVALID_API_KEY = auto()
    UNAUTHORIZED = auto()
    MISSING_HTTP_EVENT_HEADER = auto()
    STREAM_DOES_NOT_EXIST = auto()
    UNSUPPORTED_WEBHOOK_EVENT_TYPE = auto()
    ANOMALOUS_WEBHOOK_PAYLOAD = auto()


class JsonableError(Exception):
    """An error whose message is shown to whoever sent the request.

    Raise it with a message, or subclass it: set `code`, name the attributes that go into the
    response in `data_fields`, and return the message with these names in braces from
    `msg_format`.
    """

    code: ErrorCode = ErrorCode.BAD_REQUEST
    data_fields: list[str] = []
    http_status_code: int = 400

    def __init__(self, msg: str) -> None:
        self._msg = msg

    @staticmethod
    def msg_format() -> str:
        """The message, with `{name}` for each of `data_fields`."""
        return "{_msg}"

    @property
    def msg(self) -> str:
        """The finished message."""
        values = {name: getattr(self, name) for name in self.data_fields}
        return self.msg_format().format(_msg=getattr(self, "_msg", ""), **values)

    @property
    def data(self) -> dict[str, Any]:
        """What the response holds besides the message."""
        return {"code": self.code.name, **{name: getattr(self, name) for name in self.data_fields}}

    @property
    def extra_headers(self) -> dict[str, str]:
        """Headers of the error response."""
        return {}

    @override
    def __str__(self) -> str:
        return self.msg


class ApiParamValidationError(JsonableError):
    """A parameter of the request has the wrong type. Raised by `typed_endpoint`."""

    code = ErrorCode.REQUEST_VARIABLE_INVALID

    def __init__(self, msg: str, error_type: str) -> None:
        super().__init__(msg)
        self.error_type = error_type


class InvalidJSONError(JsonableError):
    """The body is not JSON. `webhook_view` tells the bot's owner about it."""

    code = ErrorCode.INVALID_JSON

    @staticmethod
    @override
    def msg_format() -> str:
        return _("Malformed JSON")


class UnauthorizedError(JsonableError):
    """The request's credentials are missing or not understood."""

    code = ErrorCode.UNAUTHORIZED
    http_status_code = 401

    @property
    @override
    def extra_headers(self) -> dict[str, str]:
        return {"WWW-Authenticate": 'Basic realm="zulip"'}


class InvalidAPIKeyError(JsonableError):
    """No user has this API key."""

    code = ErrorCode.INVALID_API_KEY
    http_status_code = 401

    def __init__(self) -> None:
        super().__init__(_("Invalid API key"))


class InvalidAPIKeyFormatError(InvalidAPIKeyError):
    """This cannot be an API key: keys are 32 letters and digits."""

    @staticmethod
    @override
    def msg_format() -> str:
        return _("Malformed API key")


class StreamDoesNotExistError(JsonableError):
    """There is no channel of this name."""

    code = ErrorCode.STREAM_DOES_NOT_EXIST
    data_fields = ["stream"]

    def __init__(self, stream: str) -> None:
        self.stream = stream

    @staticmethod
    @override
    def msg_format() -> str:
        return _("Channel '{stream}' does not exist")


class StreamWithIDDoesNotExistError(JsonableError):
    """There is no channel with this ID."""

    code = ErrorCode.STREAM_DOES_NOT_EXIST
    data_fields = ["stream_id"]

    def __init__(self, stream_id: int) -> None:
        self.stream_id = stream_id

    @staticmethod
    @override
    def msg_format() -> str:
        return _("Channel with ID '{stream_id}' does not exist")


class WebhookError(JsonableError):
    """Base of the errors an integration raises. The view's decorator fills in `webhook_name`."""

    data_fields = ["webhook_name"]

    def __init__(self) -> None:
        self.webhook_name = "(unknown)"


class UnsupportedWebhookEventTypeError(WebhookError):
    """The service sent an event that this integration does not know.

    Raise it instead of answering silently: the event's name goes to a log of its own, so that
    maintainers see what people miss.
    """

    code = ErrorCode.UNSUPPORTED_WEBHOOK_EVENT_TYPE
    http_status_code = 200
    data_fields = ["webhook_name", "event_type"]

    def __init__(self, event_type: str | None) -> None:
        super().__init__()
        self.event_type = event_type

    @staticmethod
    @override
    def msg_format() -> str:
        return _(
            "The '{event_type}' event isn't currently supported by the {webhook_name} webhook;"
            " ignoring"
        )


class AnomalousWebhookPayloadError(WebhookError):
    """The request cannot be from the service, for instance because the URL belongs to another."""

    code = ErrorCode.ANOMALOUS_WEBHOOK_PAYLOAD

    @staticmethod
    @override
    def msg_format() -> str:
        return _("Unable to parse request: Did {webhook_name} generate this event?")
