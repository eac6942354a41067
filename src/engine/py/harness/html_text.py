"""HTML to Markdown, in place of the html2text program that the server calls."""

import re
import string
import textwrap
from dataclasses import dataclass
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
_EMPHASIS = _MARKS.keys() - {"code"}

_SPACES = re.compile(r"[ \t\n\r\f\v]+")
# What would be a list in Markdown, and is none in HTML.
_LIKE_A_LIST = re.compile(r"^(\s*)(?:(\d+)(?=\.\s)|(?=[-+]\s))", re.MULTILINE)
# What may follow emphasis without a space.
_NEXT_TO_EMPHASIS = re.compile(r"[\]\[(){}\s.!?]")


@dataclass
class _Block:
    text: str = ""
    # Of a list, what its line begins with; None for other blocks.
    item: str | None = None
    quotes: int = 0
    preformatted: bool = False

    def lines(self, is_first: bool) -> str:
        """The block as Markdown."""
        text = self.text.removesuffix("\n")
        if self.preformatted:
            start = "\n" if is_first else "    \n    \n"
            text = start + "\n".join(f"    {line}" for line in text.split("\n"))
        elif self.item is not None:
            text = self.item + text.strip(" ")
        else:
            text = _wrap(self.text).removesuffix("\n")
        quote = "> " * self.quotes
        return "\n".join(quote + line for line in text.split("\n")) if quote else text


class _Converter(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[_Block] = [_Block()]
        self.links: list[tuple[str | None, int]] = []
        # The lists around this place, each with the number of its next item; None where they have none.
        self.lists: list[int | None] = []
        self.quotes = self.hidden = self.preformatted = 0
        # Whether emphasis has just begun, and whether it has just ended.
        self.opened = self.after_emphasis = False
        self.tag = ""

    def text(self, value: str) -> None:
        self.blocks[-1].text += value

    def paragraph(self, item: str | None = None) -> None:
        if not self.blocks[-1].text and self.blocks[-1].item is None:
            self.blocks.pop()
        elif item is None and self.blocks[-1].item is not None and not self.blocks[-1].text:
            return  # a paragraph at the beginning of an item
        self.blocks.append(_Block("", item, self.quotes, self.preformatted > 0))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes, self.tag = dict(attrs), tag
        if tag in ("script", "style", "head"):
            self.hidden += 1
        elif tag in _BLOCKS:
            self._enter(tag)
        elif tag == "br":
            self.text("  \n")
        elif tag == "img":
            self.text(f"![{attributes.get('alt') or ''}]({attributes.get('src') or ''})")
        elif tag == "a":
            self.links.append((attributes.get("href"), len(self.blocks[-1].text)))
            self.text("[" if attributes.get("href") else "")
        elif tag == "li":
            self._item()
        elif re.fullmatch(r"h[1-6]", tag):
            self.paragraph()
            self.text("#" * int(tag[1]) + " ")
        elif tag in _MARKS:
            self._open(tag)

    def _enter(self, tag: str) -> None:
        if tag in ("ol", "ul"):
            self.lists.append(1 if tag == "ol" else None)
        self.quotes += tag == "blockquote"
        self.preformatted += tag == "pre"
        self.paragraph()
        if tag == "hr":
            self.text("* * *")
            self.paragraph()

    def _item(self) -> None:
        number = self.lists[-1] if self.lists else None
        if number is not None:
            self.lists[-1] = number + 1
        marker = "* " if number is None else f"{number}. "
        # As far as the text of the items around it, whose numbers are wider than a star.
        around = sum(2 if outer is None else 3 for outer in self.lists[:-1])
        self.paragraph(" " * (around + 2 * bool(self.lists)) + marker)

    def _open(self, tag: str) -> None:
        mark, last = _MARKS[tag], self.blocks[-1].text[-1:]
        if mark == "_" and last and not last.isspace() and last not in string.punctuation:
            mark = " _"
        self.text(mark)
        self.opened, self.after_emphasis = tag in _EMPHASIS, False

    def _close(self, tag: str) -> None:
        text, mark = self.blocks[-1].text, _MARKS[tag]
        # The space before a closing mark belongs behind it.
        spaced = tag in _EMPHASIS and text.endswith(" ")
        self.blocks[-1].text = (text.rstrip(" ") if spaced else text) + mark + (" " if spaced else "")
        self.opened, self.after_emphasis = False, tag in _EMPHASIS and not spaced

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "head"):
            self.hidden = max(0, self.hidden - 1)
        elif tag in _BLOCKS or re.fullmatch(r"h[1-6]", tag):
            self._leave(tag)
        elif tag == "a" and self.links:
            self._end_link(*self.links.pop())
        elif tag in _MARKS:
            self._close(tag)

    def _leave(self, tag: str) -> None:
        if tag in ("ol", "ul") and self.lists:
            self.lists.pop()
        self.quotes = max(0, self.quotes - (tag == "blockquote"))
        self.preformatted = max(0, self.preformatted - (tag == "pre"))
        # What follows a list within an item is another item.
        if not (tag in ("ol", "ul") and self.lists):
            self.paragraph()

    def _end_link(self, target: str | None, start: int) -> None:
        shown = self.blocks[-1].text[start:]
        if target and shown == f"[{target}" and "://" in target:
            self.blocks[-1].text = self.blocks[-1].text[:start] + f"<{target}>"
        elif target:
            self.text(f"]({target})")

    def handle_data(self, data: str) -> None:
        if self.hidden:
            return
        if self.preformatted:
            self.text(data)
            return
        text = _SPACES.sub(" ", data)
        if self.tag not in ("code", "a"):
            text = _LIKE_A_LIST.sub(lambda found: f"{found[1]}{found[2] or ''}\\", text)
        if self.after_emphasis and not _NEXT_TO_EMPHASIS.match(text) and self.tag not in ("code", "a"):
            text = f" {text}"
        self.after_emphasis = False
        before = self.blocks[-1].text
        started = before and not before.endswith("\n") and not self.opened
        self.opened = False
        self.text(text if started else text.lstrip(" "))


def html_to_markdown(html: str) -> str:
    """The text of an HTML document as Markdown, in lines of at most 78 characters."""
    converter = _Converter()
    converter.feed(html)
    converter.close()
    blocks = [block for block in converter.blocks if block.text.strip(" ") or block.item]
    text = ""
    for before, block in zip([None, *blocks], blocks, strict=False):
        text += _between(before, block) + block.lines(before is None)
    return text + "\n\n"


def _between(before: _Block | None, block: _Block) -> str:
    if before is None:
        return ""
    if before.quotes and block.quotes:
        return "\n" + "> " * (block.quotes - 1) + ">\n"
    return "\n" if before.item is not None and block.item is not None else "\n\n"


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
