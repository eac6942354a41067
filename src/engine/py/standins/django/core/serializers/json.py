"""Stand-in for django.core.serializers.json."""

import datetime
import decimal
import json
import uuid
from typing import Any


class DjangoJSONEncoder(json.JSONEncoder):
    """Writes dates, times, decimals and UUIDs too."""

    def default(self, o: Any) -> Any:
        """A value that JSON has no type for, as text."""
        if isinstance(o, datetime.datetime):
            # Milliseconds, and a Z for UTC, as in JavaScript.
            text = o.isoformat()
            if o.microsecond:
                text = text[:23] + text[26:]
            return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text
        if isinstance(o, datetime.date):
            return o.isoformat()
        if isinstance(o, datetime.time):
            if o.utcoffset() is not None:
                raise ValueError("JSON can't represent timezone-aware times.")
            return o.isoformat()[:12]
        return str(o) if isinstance(o, (decimal.Decimal, uuid.UUID)) else super().default(o)
