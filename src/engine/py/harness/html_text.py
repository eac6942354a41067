"""HTML to Markdown, in place of the html2text program that the server calls."""

import re
import textwrap
from html.parser import HTMLParser
from typing import Any

from .placeholder import Unavailable

_WIDTH = 78
_BLOCKS = frozenset(
    "address article blockquote div dl fieldset footer form header hr main nav ol p pre section"
    " table tr ul".split()
)
_MARKS = {
    "b": "**",
    "strong": "**",
    "em": "_",
    "i": "_",
    "u": "_",
    "code": "`",
    "del": "~~",
    "s": "~~",
}


class _Converter(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[str] = [""]
        self.links: list[str | None] = []
        self.hidden = 0

    def text(self, value: str) -> None:
        self.paragraphs[-1] += value

    def paragraph(self) -> None:
        if self.paragraphs[-1]:
            self.paragraphs.append("")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag in ("script", "style", "head"):
            self.hidden += 1
        elif tag in _BLOCKS:
            self.paragraph()
        elif tag == "br":
            self.text("  \n")
        elif tag == "img":
            self.text(f"![{attributes.get('alt') or ''}]({attributes.get('src') or ''})")
        elif tag == "a":
            self.links.append(attributes.get("href"))
            self.text("[" if attributes.get("href") else "")
        elif tag == "li":
            self.paragraph()
            self.text("  * ")
        elif re.fullmatch(r"h[1-6]", tag):
            self.paragraph()
            self.text("#" * int(tag[1]) + " ")
        else:
            self.text(_MARKS.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "head"):
            self.hidden = max(0, self.hidden - 1)
        elif tag in _BLOCKS or re.fullmatch(r"h[1-6]", tag):
            self.paragraph()
        elif tag == "a" and self.links:
            target = self.links.pop()
            self.text(f"]({target})" if target else "")
        else:
            self.text(_MARKS.get(tag, ""))

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            text = re.sub(r"\s+", " ", data)
            started = self.paragraphs[-1] and not self.paragraphs[-1].endswith("\n")
            self.text(text if started else text.lstrip())


def html_to_markdown(html: str) -> str:
    """The text of an HTML document as Markdown, in lines of at most 78 characters."""
    converter = _Converter()
    converter.feed(html)
    converter.close()
    parts = [_wrap(part).removesuffix("\n") for part in converter.paragraphs if part.strip(" ")]
    return "\n\n".join(parts) + "\n\n"


def _wrap(paragraph: str) -> str:
    # Links and images are not broken, as html2text does not break them either.
    if "](" in paragraph or "\n" in paragraph:
        return paragraph
    return "\n".join(
        textwrap.wrap(paragraph, _WIDTH, break_long_words=False, break_on_hyphens=False)
    )


class Programs:
    """The `subprocess` module that library modules see: no program but html2text exists."""

    class CalledProcessError(Exception):
        """A program that failed."""

    @staticmethod
    def check_output(command: Any, *, input: str = "", **options: Any) -> str:  # noqa: A002
        """Runs html2text; any other program is unavailable."""
        program = str(command[0] if isinstance(command, (list, tuple)) else command)
        if not program.endswith("html2text"):
            raise Unavailable(f"running {program}")
        return html_to_markdown(input)

    def __getattr__(self, name: str) -> Any:
        raise Unavailable(f"subprocess.{name}")
