"""What Connect remembers about a request while it is being answered."""

from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from django.http import HttpRequest
from django.utils.translation import gettext as _
from typing_extensions import override

from zerver.lib.exceptions import ErrorCode, JsonableError
from zerver.models import Client, Realm


@dataclass
class RequestNotes:
    """Notes on a request, kept beside it so that Django's own object stays as it is."""

    client: Client | None = None
    client_name: str | None = None
    realm: Realm | None = None
    log_data: dict[str, Any] | None = None
    error_format: str | None = None
    is_webhook_view: bool = False
    processed_parameters: set[str] = field(default_factory=set)

    @classmethod
    def get_notes(cls, request: HttpRequest) -> "RequestNotes":
        """The notes of a request; the first call starts them."""
        return _notes.setdefault(request, cls())

    @classmethod
    def set_notes(cls, request: HttpRequest, notes: "RequestNotes") -> None:
        """Replace the notes of a request."""
        _notes[request] = notes


_notes: WeakKeyDictionary[HttpRequest, RequestNotes] = WeakKeyDictionary()


class RequestVariableMissingError(JsonableError):
    """A parameter without a default is not in the request."""

    code = ErrorCode.REQUEST_VARIABLE_MISSING
    data_fields = ["var_name"]

    def __init__(self, var_name: str) -> None:
        self.var_name = var_name

    @staticmethod
    @override
    def msg_format() -> str:
        return _("Missing '{var_name}' argument")


class RequestConfusingParamsError(JsonableError):
    """The request holds a parameter twice, under two of its names."""

    code = ErrorCode.REQUEST_CONFUSING_VAR
    data_fields = ["var_name1", "var_name2"]

    def __init__(self, var_name1: str, var_name2: str) -> None:
        self.var_name1 = var_name1
        self.var_name2 = var_name2

    @staticmethod
    @override
    def msg_format() -> str:
        return _("Can't decide between '{var_name1}' and '{var_name2}' arguments")
