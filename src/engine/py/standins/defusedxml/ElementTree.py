"""Stand-in for defusedxml.ElementTree, on the standard library's parser."""

from typing import Any, NoReturn
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, tostring
from xml.parsers import expat

from . import DTDForbidden, EntitiesForbidden, ExternalReferenceForbidden

__all__ = ["Element", "ParseError", "fromstring", "parse", "tostring"]


class _SafeParser:
    """Feeds an expat parser into a tree builder; refuses what could reach outside the document."""

    def __init__(self, forbid_dtd: bool, forbid_entities: bool, forbid_external: bool) -> None:
        self.builder = TreeBuilder()
        self.parser = parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = lambda tag: self.builder.end(_qualified(tag))
        parser.CharacterDataHandler = self.builder.data
        if forbid_dtd:
            parser.StartDoctypeDeclHandler = self._refuse(DTDForbidden)
        if forbid_entities:
            parser.EntityDeclHandler = self._refuse(EntitiesForbidden)
            parser.UnparsedEntityDeclHandler = self._refuse(EntitiesForbidden)
        if forbid_external:
            parser.ExternalEntityRefHandler = self._refuse(ExternalReferenceForbidden)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self.builder.start(_qualified(tag), {_qualified(k): v for k, v in attributes.items()})

    @staticmethod
    def _refuse(error: type[Exception]) -> Any:
        def handler(*args: Any) -> NoReturn:
            raise error(str(args[0]) if args else "")

        return handler

    def parse(self, text: str | bytes) -> Element:
        """Parses a whole document."""
        try:
            self.parser.Parse(text, True)
        except expat.ExpatError as error:
            raised = ParseError(str(error))
            raised.code, raised.position = error.code, (error.lineno, error.offset)
            # For whoever looks which file it was.
            raised.doc = text if isinstance(text, str) else text.decode(errors="replace")
            raise raised from None
        return self.builder.close()


def _qualified(name: str) -> str:
    return "{" + name if "}" in name else name


def fromstring(
    text: str | bytes,
    forbid_dtd: bool = False,
    forbid_entities: bool = True,
    forbid_external: bool = True,
) -> Element:
    """Parses a document and returns its root element."""
    return _SafeParser(forbid_dtd, forbid_entities, forbid_external).parse(text)


def parse(source: Any, *args: Any, **kwargs: Any) -> Any:
    """Parses a file and returns its tree."""
    from xml.etree.ElementTree import ElementTree

    data = source.read() if hasattr(source, "read") else open(source, "rb").read()
    return ElementTree(
        fromstring(data if isinstance(data, bytes) else data.encode(), *args, **kwargs)
    )


XML = fromstring
