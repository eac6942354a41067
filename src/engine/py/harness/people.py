"""The demo organization as the tree states it: its realm, its people and its bots.

Whom tests know stands in the tree's test base. What they are called stands in the command that fills
the server's database (`populate_db.py`). A fork may have renamed them in one place and not in the other:
then the test base is right, since the tests are what runs here, and the difference is noted.
"""

import ast
import contextlib
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from . import tree

_TEST_BASE = "zerver/lib/test_classes.py"
# A tree may keep parts of its test base beside it.
_TEST_BASES = re.compile(r"test_\w+\.py")
_POPULATE = "zilencer/management/commands/populate_db.py"

# Names for a tree that states none, such as a workspace. Integrations look some of them up (jira, harbor, teamcity).
_FULL_NAMES = {
    "zoe": "Zoe",
    "othello": "Othello, the Moor of Venice",
    "iago": "Iago",
    "prospero": "Prospero from The Tempest",
    "cordelia": "Cordelia, Lear's daughter",
    "hamlet": "King Hamlet",
    "aaron": "aaron",
    "polonius": "Polonius",
    "desdemona": "Desdemona",
    "shiva": "Shiva",
    "webhook-bot": "Zulip Webhook Bot",
    "default-bot": "Zulip Default Bot",
    "outgoing-webhook": "Outgoing Webhook",
}
_BOT_TYPES = {
    "webhook-bot": "INCOMING_WEBHOOK_BOT",
    "default-bot": "DEFAULT_BOT",
    "outgoing-webhook": "OUTGOING_WEBHOOK_BOT",
}
_SUBDOMAIN = "zulip"
_DOMAIN = "zulip.com"


@dataclass
class Account:
    """A person or a bot, before it is a row of a table."""

    email: str
    full_name: str
    # A constant of UserProfile; None for a person.
    bot_type: str | None

    @property
    def key(self) -> str:
        """The part of the address that stays when a fork changes its domain."""
        return _local(self.email)


@dataclass
class Organization:
    """What tests find in the database."""

    subdomain: str
    name: str
    accounts: list[Account]
    webhook_bot: str
    streams: list[str]
    # In which points the test base and `populate_db.py` disagree, each as a sentence without its end.
    differences: list[str] = field(default_factory=list)


@dataclass
class _Populated:
    """What `populate_db.py` states."""

    subdomain: str | None = None
    name: str | None = None
    full_names: dict[str, str] = field(default_factory=dict)
    bot_types: dict[str, str] = field(default_factory=dict)
    streams: list[str] = field(default_factory=list)


def _local(email: str) -> str:
    return email.partition("@")[0].lower()


def read() -> Organization:
    """The demo organization of the tree that is open."""
    base = _read_test_base()
    made = _read_populate(_parsed(tree.python_files(_POPULATE)))
    subdomain = base.subdomain or made.subdomain or _SUBDOMAIN
    emails = base.emails or [f"{name}@{_DOMAIN}" for name in _FULL_NAMES]
    webhook_bot = base.webhook_bot or next(e for e in emails if _local(e) in _BOT_TYPES)
    emails = list({email.lower(): email for email in (*emails, webhook_bot)}.values())
    by_local = {_local(email): name for email, name in made.full_names.items()}
    accounts = []
    for email in emails:
        key = _local(email)
        full_name = made.full_names.get(email.lower()) or by_local.get(key) or _FULL_NAMES.get(key)
        kind = made.bot_types.get(key) or _BOT_TYPES.get(key)
        if email == webhook_bot:
            kind = "INCOMING_WEBHOOK_BOT"
            full_name = full_name or _webhook_bot_name(made)
        accounts.append(Account(email, full_name or key.capitalize(), kind))
    return Organization(
        subdomain,
        made.name or subdomain.capitalize(),
        accounts,
        webhook_bot,
        made.streams,
        _differences(base, made, subdomain),
    )


def _webhook_bot_name(made: _Populated) -> str | None:
    """A bot whose whole address a fork has changed still has its kind."""
    kinds = made.bot_types
    names = (name for email, name in made.full_names.items() if kinds.get(_local(email)) == "INCOMING_WEBHOOK_BOT")
    return next(names, None)


def _differences(base: "_TestBase", made: _Populated, subdomain: str) -> list[str]:
    found = []
    if base.subdomain and made.subdomain and made.subdomain != subdomain:
        found.append(f"the organization is {subdomain} in {_TEST_BASE} and {made.subdomain} in {_POPULATE}")
    by_local = {_local(email): email for email in made.full_names}
    stated = [*base.emails, *([base.webhook_bot] if base.webhook_bot else [])]
    for email in dict.fromkeys(stated):
        other = by_local.get(_local(email))
        if other is not None and email.lower() not in made.full_names:
            found.append(f"{email} of {_TEST_BASE} is {other} in {_POPULATE}")
    if base.webhook_bot and made.full_names and _local(base.webhook_bot) not in by_local:
        found.append(f"{base.webhook_bot} of {_TEST_BASE} is not in {_POPULATE}")
    return found


def _parsed(files: list[str], mentioning: tuple[bytes, ...] = (b"",)) -> ast.Module:
    """The files as one module; those that do not mention something are left out."""
    body: list[ast.stmt] = []
    for file in files:
        with open(file, "rb") as opened:
            source = opened.read()
        # What is wrong with a file is told where the tree is loaded.
        with contextlib.suppress(SyntaxError, ValueError):
            if any(word in source for word in mentioning):
                body += ast.parse(source, file).body
    return ast.Module(body, [])


def _read_test_base() -> "_TestBase":
    beside = [file for file in tree.python_files("zerver/lib") if _TEST_BASES.fullmatch(os.path.basename(file))]
    module = _parsed(list(dict.fromkeys([*tree.python_files(_TEST_BASE), *beside])), (b"example_user_map", b"TEST_USER_EMAIL"))
    return _TestBase(node for node in module.body if isinstance(node, ast.ClassDef))


class _TestBase:
    """What the test base states: whom tests know."""

    def __init__(self, classes: Iterable[ast.ClassDef]) -> None:
        self.emails: list[str] = []
        self.webhook_bot: str | None = None
        self.subdomain: str | None = None
        for node in classes:
            for name, statement in tree.bindings(node.body):
                self._take(name, getattr(statement, "value", None))

    def _take(self, name: str, value: Any) -> None:
        if name == "TEST_USER_EMAIL":
            self.webhook_bot = self.webhook_bot or _text(value)
        elif name == "DEFAULT_SUBDOMAIN":
            self.subdomain = self.subdomain or _text(value)
        elif name == "example_user_map":
            self.emails += [email for email in map(_text, _values(value)) if email and "@" in email]


def _values(node: Any) -> list[ast.expr]:
    if isinstance(node, ast.Dict):
        return node.values
    return [keyword.value for keyword in node.keywords] if isinstance(node, ast.Call) else []


def _text(node: Any) -> str | None:
    value = getattr(node, "value", None)
    return value if isinstance(node, ast.Constant) and isinstance(value, str) else None


def _read_populate(module: ast.Module) -> _Populated:
    made = _Populated()
    lists: dict[str, ast.expr] = {}
    for node in ast.walk(module):
        if isinstance(node, ast.Tuple) and len(node.elts) == 2:
            full_name, email = map(_text, node.elts)
            if full_name is not None and email is not None and "@" in email:
                made.full_names.setdefault(email.lower(), full_name)
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            lists.setdefault(node.targets[0].id, node.value)
        elif isinstance(node, ast.Call):
            _read_call(node, made)
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            _read_bots(node, lists, made)
    made.streams = [name for name in map(_text, getattr(lists.get("stream_list"), "elts", ())) if name]
    return made


def _read_call(call: ast.Call, made: _Populated) -> None:
    """The first organization that is made is the one that tests use."""
    stated = {keyword.arg: _text(keyword.value) for keyword in call.keywords}
    if made.subdomain is None and stated.get("string_id") and stated.get("name"):
        made.subdomain, made.name = stated["string_id"], stated["name"]


def _read_bots(call: ast.Call, lists: dict[str, ast.expr], made: _Populated) -> None:
    """`create_users(realm, bots, bot_type=UserProfile.INCOMING_WEBHOOK_BOT)`."""
    kind = next((k.value for k in call.keywords if k.arg == "bot_type"), None)
    if not isinstance(kind, ast.Attribute):
        return
    for argument in call.args:
        bots = lists.get(argument.id) if isinstance(argument, ast.Name) else argument
        for node in ast.walk(bots) if bots is not None else ():
            email = _text(node)
            if email and "@" in email:
                made.bot_types.setdefault(_local(email), kind.attr)
