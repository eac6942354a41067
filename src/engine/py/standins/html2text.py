"""Stand-in for the html2text package."""

from typing import Any

from harness.html_text import html_to_markdown


class HTML2Text:
    """A converter whose options do not matter for the short texts of webhooks."""

    def __init__(self, **options: Any) -> None:
        self.body_width = 78

    def handle(self, data: str) -> str:
        """HTML as Markdown."""
        return html_to_markdown(data)


def html2text(html: str, **options: Any) -> str:
    """HTML as Markdown."""
    return html_to_markdown(html)
