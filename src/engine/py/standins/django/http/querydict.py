"""QueryDict: the parameters of a URL or a form."""

import copy
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from django.core.exceptions import TooManyFieldsSent
from django.utils.datastructures import MultiValueDict
from harness.settings import settings


def _as_text(value: Any, encoding: str) -> Any:
    return value.decode(encoding, "replace") if isinstance(value, bytes) else value


class QueryDict(MultiValueDict):
    """Parameters, each with a list of values; reading one gives the last."""

    # Until the query string is read.
    _mutable = True

    def __init__(
        self,
        query_string: str | bytes | None = None,
        mutable: bool = False,
        encoding: str | None = None,
    ) -> None:
        super().__init__()
        self.encoding = encoding or "utf-8"
        text = query_string or ""
        if isinstance(text, bytes):
            try:
                text = text.decode(self.encoding)
            except UnicodeDecodeError:
                text = text.decode("iso-8859-1")
        most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
        try:
            pairs = parse_qsl(
                text, keep_blank_values=True, encoding=self.encoding, max_num_fields=most
            )
        except ValueError as error:
            raise TooManyFieldsSent(
                "The number of GET/POST parameters exceeded settings.DATA_UPLOAD_MAX_NUMBER_FIELDS."
            ) from error
        for key, value in pairs:
            self.appendlist(key, value)
        self._mutable = mutable

    @classmethod
    def fromkeys(  # type: ignore[override]
        cls, iterable: Iterable[Any], value: Any = "", mutable: bool = False, encoding: str | None = None
    ) -> "QueryDict":
        """One parameter for each key, all with one value."""
        made = cls("", mutable=True, encoding=encoding)
        for key in iterable:
            made.appendlist(key, value)
        made._mutable = mutable
        return made

    def _assert_mutable(self) -> None:
        if not self._mutable:
            raise AttributeError("This QueryDict instance is immutable")

    def __setitem__(self, key: Any, value: Any) -> None:
        self._assert_mutable()
        super().__setitem__(_as_text(key, self.encoding), _as_text(value, self.encoding))

    def __delitem__(self, key: Any) -> None:
        self._assert_mutable()
        super().__delitem__(key)

    def __copy__(self) -> "QueryDict":
        return self.__deepcopy__({})

    def __deepcopy__(self, memo: dict[int, Any]) -> "QueryDict":
        copied = type(self)("", mutable=True, encoding=self.encoding)
        for key, values in self.lists():
            copied.setlist(key, copy.deepcopy(values, memo))
        return copied

    def setlist(self, key: Any, list_: Iterable[Any]) -> None:
        """Replaces all values."""
        self._assert_mutable()
        super().setlist(_as_text(key, self.encoding), [_as_text(one, self.encoding) for one in list_])

    def setlistdefault(self, key: Any, default_list: list[Any] | None = None) -> list[Any]:
        """The list of values itself, which is the default if there was none."""
        self._assert_mutable()
        return super().setlistdefault(_as_text(key, self.encoding), default_list)

    def setdefault(self, key: Any, default: Any = None) -> Any:
        """The last value, which is the default if there was none."""
        self._assert_mutable()
        return super().setdefault(key, default)

    def appendlist(self, key: Any, value: Any) -> None:
        """Adds a value."""
        self.setlistdefault(key).append(_as_text(value, self.encoding))

    def pop(self, key: Any, *args: Any) -> Any:
        """Takes all values of a parameter out."""
        self._assert_mutable()
        return super().pop(key, *args)

    def popitem(self) -> Any:
        """Takes a parameter out."""
        self._assert_mutable()
        return super().popitem()

    def clear(self) -> None:
        """Takes all parameters out."""
        self._assert_mutable()
        super().clear()

    def urlencode(self, safe: str | None = None) -> str:
        """The parameters as a query string."""
        pairs = [
            (str(key).encode(self.encoding), str(value).encode(self.encoding))
            for key, values in self.lists()
            for value in values
        ]
        if safe:
            return "&".join(f"{quote(key, safe)}={quote(value, safe)}" for key, value in pairs)
        return urlencode(pairs)
