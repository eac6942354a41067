"""Stand-in for urllib3.util."""

from typing import Any


class Retry:
    """How often a request is tried again; here no request fails for a reason that passes."""

    def __init__(self, total: int | None = 10, **options: Any) -> None:
        self.total = total
        for name, value in options.items():
            setattr(self, name, value)
