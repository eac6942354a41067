"""Stand-in for defusedxml: XML without entities and external references."""


class DefusedXmlException(ValueError):
    """XML that is refused."""


class DTDForbidden(DefusedXmlException):
    """A document type declaration, where it is forbidden."""


class EntitiesForbidden(DefusedXmlException):
    """An entity declaration."""


class ExternalReferenceForbidden(DefusedXmlException):
    """A reference to something outside the document."""
