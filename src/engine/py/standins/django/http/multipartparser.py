"""Stand-in for django.http.multipartparser."""

import base64
import binascii
import re
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.files.uploadedfile import UploadedFile, safe_name
from django.utils.datastructures import MultiValueDict
from harness.settings import settings

from .headers import parse_header_parameters
from .querydict import QueryDict

# The headers of a part that has more are not looked for.
_LONGEST_HEADERS = 1024
_BOUNDARY = re.compile(r"[ -~]{0,200}[!-~]")

Headers = dict[str, tuple[str, dict[str, str]]]


class MultiPartParserError(Exception):
    """A body that is not multipart/form-data."""


class InputStreamExhausted(Exception):
    """Nothing is left to read."""


class MultiPartParser:
    """Splits a multipart/form-data body into fields and files."""

    def __init__(
        self, META: dict[str, Any], input_data: Any, upload_handlers: Any, encoding: str | None = None  # noqa: N803
    ) -> None:
        content_type = META.get("CONTENT_TYPE", "")
        if not content_type.startswith("multipart/"):
            raise MultiPartParserError(f"Invalid Content-Type: {content_type}")
        if not content_type.isascii():
            raise MultiPartParserError(f"Invalid non-ASCII Content-Type in multipart: {content_type}")
        boundary = parse_header_parameters(content_type)[1].get("boundary")
        if not boundary or not _BOUNDARY.fullmatch(boundary):
            raise MultiPartParserError(f"Invalid boundary in multipart: {boundary}")
        length = str(META.get("CONTENT_LENGTH", 0)).strip()
        self.length = int(length) if re.fullmatch(r"[+-]?\d+", length) else 0
        if self.length < 0:
            raise MultiPartParserError(f"Invalid content length: {self.length!r}")
        self.separator = b"--" + boundary.encode()
        self.stream = input_data
        self.encoding = encoding or "utf-8"

    def parse(self) -> tuple[QueryDict, MultiValueDict]:
        """The fields and the files."""
        if self.length == 0:
            return QueryDict(encoding=self.encoding), MultiValueDict()
        fields, files = QueryDict(mutable=True), MultiValueDict()
        self.bytes_read = self.files_read = 0
        fields_read = 0
        for headers, content, is_last in self._parts():
            disposition = headers.get("content-disposition", ("", {}))[1]
            filename = disposition.get("filename")
            if not filename:
                fields_read += 1
                self._limit_fields(fields_read)
            if "name" not in disposition:
                continue
            name = self._text(disposition["name"].strip())
            if not filename:
                fields.appendlist(name, self._field(name, headers, content))
                continue
            file = self._file(self._text(filename), headers, content)
            if file is not None and not is_last:  # a file is complete with the boundary after it
                files.appendlist(name, file)
        fields._mutable = False
        return fields, files

    def _text(self, value: str) -> str:
        """A text of a header, which was read as UTF-8, in the encoding of the body."""
        return value.encode().decode(self.encoding, "replace")

    def _parts(self) -> Iterator[tuple[Headers, bytes, bool]]:
        """Headers and content of everything between boundaries, and whether nothing comes after it."""
        *closed, rest = self.stream.read().split(self.separator)
        # The line break before a boundary is part of it.
        whole = [*(re.sub(rb"\r?\n\Z", b"", part) for part in closed), rest]
        for index, part in enumerate(whole):
            end = part[:_LONGEST_HEADERS].find(b"\r\n\r\n")
            headers = _headers(part[:end]) if end >= 0 else {}
            yield headers, part[end + 4 :], index == len(whole) - 1

    def _limit_fields(self, count: int) -> None:
        most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
        # Two more, for what is before the first boundary and after the last one.
        if most is not None and count > most + 2:
            raise TooManyFieldsSent(
                "The number of GET/POST parameters exceeded settings.DATA_UPLOAD_MAX_NUMBER_FIELDS."
            )

    def _field(self, name: str, headers: Headers, content: bytes) -> str:
        self.bytes_read += len(content) + len(name) + 2
        largest = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if largest is not None and self.bytes_read > largest:
            raise RequestDataTooBig("Request body exceeded settings.DATA_UPLOAD_MAX_MEMORY_SIZE.")
        if _is_base64(headers):
            try:
                content = base64.b64decode(content)
            except binascii.Error:
                pass
        return content.decode(self.encoding, "replace")

    def _file(self, filename: str, headers: Headers, content: bytes) -> UploadedFile | None:
        self.files_read += 1
        if self.files_read > settings.DATA_UPLOAD_MAX_NUMBER_FILES:
            raise TooManyFilesSent(
                "The number of files exceeded settings.DATA_UPLOAD_MAX_NUMBER_FILES."
            )
        name = safe_name(filename)
        if not name:
            return None
        if _is_base64(headers):
            try:
                content = base64.b64decode(b"".join(content.split()))
            except binascii.Error as error:
                raise MultiPartParserError("Could not decode base64 data.") from error
        content_type, parameters = headers.get("content-type", ("", {}))
        charset = parameters["charset"].encode() if "charset" in parameters else None
        return UploadedFile(content, name, content_type.strip(), charset)


def _is_base64(headers: Headers) -> bool:
    return headers.get("content-transfer-encoding", ("", {}))[0].strip() == "base64"


def _headers(head: bytes) -> Headers:
    headers: Headers = {}
    for line in head.split(b"\r\n"):
        try:
            pair, parameters = parse_header_parameters(line.decode())
        except UnicodeDecodeError:
            continue
        name, separator, value = pair.partition(":")
        if separator:
            headers[name] = value, parameters
    return headers
