"""Stand-in for pydantic_core: the errors that validation raises."""

from typing import Any


class PydanticUseDefault(Exception):
    """A validator asks for the field's default."""


class PydanticCustomError(ValueError):
    """An error with a type and message of the validator's own."""

    def __init__(
        self, error_type: str, message_template: str, context: dict[str, Any] | None = None
    ) -> None:
        super().__init__(message_template)
        self.type = error_type
        self.message_template = message_template
        self.context = context or {}

    def message(self) -> str:
        """The message with its context filled in."""
        return self.message_template.format(**self.context)


class ValidationError(ValueError):
    """One or more values were refused; `errors()` lists them as pydantic does."""

    def __init__(self, title: str, line_errors: list[dict[str, Any]]) -> None:
        super().__init__(title, line_errors)
        self.title = title
        self._errors = line_errors

    def errors(self, **options: Any) -> list[dict[str, Any]]:
        """Each error as a dict of type, loc, msg, input and, where there is one, ctx."""
        return [dict(error) for error in self._errors]

    def error_count(self) -> int:
        """How many values were refused."""
        return len(self._errors)

    def json(self, **options: Any) -> str:
        """The errors as JSON."""
        import json

        return json.dumps(self._errors, default=str)

    def __str__(self) -> str:
        count = self.error_count()
        lines = [f"{count} validation error{'' if count == 1 else 's'} for {self.title}"]
        for error in self._errors:
            if error["loc"]:
                lines.append(".".join(str(part) for part in error["loc"]))
            kind = type(error["input"]).__name__
            details = f"type={error['type']}, input_value={error['input']!r}, input_type={kind}"
            lines.append(f"  {error['msg']} [{details}]")
        return "\n".join(lines)
