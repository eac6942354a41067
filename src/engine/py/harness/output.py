"""What a test prints, up to a limit."""

import io

LIMIT = 100_000


class Output(io.StringIO):
    """Keeps the beginning and drops the rest: a test that never stops printing must not fill the memory."""

    def write(self, text: str) -> int:
        room = LIMIT - self.tell()
        if room > 0:
            kept = text if len(text) <= room else text[:room] + "\n(more was printed)\n"
            super().write(kept)
        return len(text)
