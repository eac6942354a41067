"""Texts of the author's code, up to a limit: what a test prints, and what its errors say.

The engine cuts them once more where it takes them. Here they are cut so that a huge one is not copied first.
"""

import io

# Characters. The engine's own bounds: see bounds.ts.
LONGEST_NAME = 1_000
LONGEST_MESSAGE = 9_900
LONGEST_TRACEBACK = 49_000
LONGEST_COMPARED = 100_000
LIMIT = 100_000


def cut(text: str, most: int) -> str:
    """A text of about so many characters, with a note of how many more there were; its ends stay."""
    if len(text) <= most:
        return text
    half = most // 2
    return f"{text[:half]}\n… {len(text) - 2 * half:,} more characters …\n{text[-half:]}"


class Output(io.StringIO):
    """Keeps the beginning and drops the rest: a test that never stops printing must not fill the memory."""

    def __init__(self) -> None:
        super().__init__()
        self.dropped = 0

    def write(self, text: str) -> int:
        room = max(LIMIT - self.tell(), 0)
        super().write(text[:room])
        self.dropped += max(len(text) - room, 0)
        return len(text)

    def text(self) -> str:
        """What was printed, with a note of how much is left out."""
        note = f"\n(… {self.dropped:,} more characters were printed)\n" if self.dropped else ""
        return self.getvalue() + note
