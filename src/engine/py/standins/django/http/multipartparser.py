"""Stand-in for django.http.multipartparser."""

import re
from typing import Any

from .request import QueryDict


class MultiPartParserError(Exception):
    """A body that is not multipart/form-data."""


class UploadedFile:
    """A file that came with a form."""

    def __init__(self, name: str, content: bytes, content_type: str) -> None:
        self.name = name
        self.content = content
        self.content_type = content_type
        self.size = len(content)

    def read(self) -> bytes:
        """The file's bytes."""
        return self.content


class MultiPartParser:
    """Splits a multipart/form-data body into fields and files."""

    def __init__(
        self, meta: dict[str, Any], stream: Any, upload_handlers: Any, encoding: str | None = None
    ) -> None:
        match = re.search(r'boundary="?([^";]+)"?', meta.get("CONTENT_TYPE", ""))
        if not match:
            raise MultiPartParserError("the content type names no boundary")
        self.boundary = b"--" + match[1].encode()
        self.body: bytes = stream.read()
        self.encoding = encoding or "utf-8"

    def parse(self) -> tuple[QueryDict, dict[str, UploadedFile]]:
        """The fields and the files."""
        fields = QueryDict("", mutable=True, encoding=self.encoding)
        files: dict[str, UploadedFile] = {}
        for part in self.body.split(self.boundary)[1:]:
            head, separator, content = part.partition(b"\r\n\r\n")
            if not separator:
                continue
            headers = head.decode(self.encoding, "replace")
            name = re.search(r'[; ]name="((?:[^"\\]|\\.)*)"', headers)
            filename = re.search(r'filename="((?:[^"\\]|\\.)*)"', headers)
            if not name:
                continue
            content = content.removesuffix(b"\r\n")
            if filename:
                kind = re.search(r"Content-Type: *([^\r\n]+)", headers, re.IGNORECASE)
                files[name[1]] = UploadedFile(filename[1], content, kind[1] if kind else "")
            else:
                fields.appendlist(name[1], content.decode(self.encoding, "replace"))
        return fields, files
