"""Stand-in for django.core.files.uploadedfile: files that come with a form, in memory."""

import html
import io
import os
from collections.abc import Iterator


def safe_name(name: str) -> str | None:
    """A file's name without folders and what cannot be printed; None if nothing is left."""
    last = html.unescape(name).rsplit("/")[-1].rsplit("\\")[-1]
    printable = "".join(filter(str.isprintable, last))
    return None if printable in ("", ".", "..") else printable


class UploadedFile(io.BytesIO):
    """A file that came with a form."""

    def __init__(
        self, content: bytes, name: str, content_type: str = "", charset: bytes | None = None
    ) -> None:
        super().__init__(content)
        self.name = os.path.basename(name)
        self.size = len(content)
        self.content_type = content_type
        self.charset = charset

    @property
    def file(self) -> io.BytesIO:
        """The file itself."""
        return self

    def multiple_chunks(self, chunk_size: int | None = None) -> bool:
        """Whether it is read in pieces."""
        return False

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """The whole as one piece."""
        yield self.getvalue()


class SimpleUploadedFile(UploadedFile):
    """A file that a test makes."""

    def __init__(self, name: str, content: bytes, content_type: str = "text/plain") -> None:
        super().__init__(content, name, content_type)
