"""Stand-in for django.core.exceptions."""

from typing import Any


class ObjectDoesNotExist(Exception):
    """No row matches."""


class MultipleObjectsReturned(Exception):
    """More than one row matches."""


class SuspiciousOperation(Exception):
    """Something a well-meant request would not do."""


class DisallowedHost(SuspiciousOperation):
    """A Host header that is not served."""


class DisallowedRedirect(SuspiciousOperation):
    """A redirect to a scheme that is not for it."""


class RequestDataTooBig(SuspiciousOperation):
    """A body over the limit."""


class TooManyFieldsSent(SuspiciousOperation):
    """More fields than a server takes."""


class TooManyFilesSent(SuspiciousOperation):
    """More files than a server takes."""


class BadRequest(Exception):
    """A malformed request."""


class PermissionDenied(Exception):
    """Not allowed."""


class ImproperlyConfigured(Exception):
    """A wrong setting."""


class FieldError(Exception):
    """A query names a field that does not exist."""


class ValidationError(Exception):
    """A value that is refused: one message, a list of them, or one list per field."""

    def __init__(self, message: Any, code: str | None = None, params: Any = None) -> None:
        super().__init__(message, code, params)
        self.code = code
        self.params = params
        if isinstance(message, ValidationError):
            message = message.error_dict if hasattr(message, "error_dict") else message.messages
        if isinstance(message, dict):
            self.error_dict = {k: v if isinstance(v, list) else [v] for k, v in message.items()}
            self.error_list = [item for items in self.error_dict.values() for item in items]
        elif isinstance(message, (list, tuple)):
            self.error_list = [m for item in message for m in getattr(item, "error_list", [item])]
        else:
            self.message = message
            self.error_list = [self]

    @property
    def messages(self) -> list[str]:
        """All messages, with their parameters filled in."""
        return [str(item) for item in self]

    def __iter__(self) -> Any:
        for item in self.error_list:
            if isinstance(item, ValidationError):
                text = str(item.message)
                yield text % item.params if item.params else text
            else:
                yield str(item)

    def __str__(self) -> str:
        return repr(self.messages)

    def __repr__(self) -> str:
        return f"ValidationError({self})"
