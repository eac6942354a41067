"""The parameters of a header, such as a content type's charset."""

from collections.abc import Iterator
from urllib.parse import unquote


def _split(line: str) -> Iterator[str]:
    """The parts between semicolons that are not quoted."""
    start, quoted = 0, False
    for place, character in enumerate(line):
        if character == '"' and line[place - 1 : place] != "\\":
            quoted = not quoted
        elif character == ";" and not quoted:
            yield line[start:place].strip()
            start = place + 1
    yield line[start:].strip()


def parse_header_parameters(line: str) -> tuple[str, dict[str, str]]:
    """A header's value in lower case, and its parameters."""
    first, *rest = _split(line)
    parameters: dict[str, str] = {}
    for part in rest:
        name, separator, value = part.partition("=")
        if not separator:
            continue
        name, value = name.strip().lower(), value.strip()
        encoded = name.endswith("*") and value.count("'") == 2
        if encoded:  # RFC 2231: the encoding, the language and the value
            encoding, _, value = value.split("'")
            name = name.removesuffix("*")
        elif len(value) >= 2 and value[0] == value[-1] == '"':
            value = value[1:-1].replace("\\\\", "\\").replace('\\"', '"')
        parameters[name] = unquote(value, encoding=encoding) if encoded else value
    return first.lower(), parameters
