"""The server's endpoint: requests as they come over the wire, to a realm that stays as they leave it."""

import base64
import hashlib
import hmac
import importlib
from typing import Any

from . import database, delivery, seed, urls
from .tables import Message, Stream, UserProfile

# As large as a request may be.
LARGEST_ANSWER = 25_000_000
# A tree may be large, or hostile.
MOST_DIFFERENCES = 100

# The realm as it was made, and as the last request left it. `_made_for` says what it was made for.
_made_for: Any = None
_fresh: database.SavedState | None = None
_current: database.SavedState | None = None


def receive(options: dict[str, Any]) -> dict[str, Any]:
    """Serves one request as a server would.

    Keys: method; path (as in the URL, percent-encoded); query; headers (pairs); body (base64);
    realm (see `describe`); isolated (True for a request that must not change the realm).
    """
    global _current
    _enter(options["realm"], options["isolated"])
    last = Message.objects.latest("id").id
    response, error = delivery.perform(lambda: urls.dispatch(_request(options)))
    sent = list(Message.objects.filter(id__gt=last).order_by("id"))
    messages = [delivery.as_data(message) for message in sent]
    if not options["isolated"]:
        for message in sent:  # nothing reads old messages; without them a realm never grows
            message.delete()
        _current = database.SavedState()
    return {
        "response": _as_data(response if error is None else _server_error()),
        "messages": messages,
        **({} if error is None else {"error": error}),
    }


def prepare(options: dict[str, Any]) -> dict[str, Any]:
    """The request over the wire that a payload makes, to the realm's own bot.

    Keys: those of `delivery.deliver`, and realm (see `describe`).
    """
    _enter(options["realm"], isolated=True)
    entry = delivery.entry_of(options["integration"])
    bot = dict(_bots())[entry.name]
    post = delivery.compose(entry, bot, delivery.stream_of(entry, options), options)
    names = {name: _header_name(name) for name in post.headers}
    return {
        "method": "POST",
        "path": f"/{post.url}",
        "parameters": [[name, value] for name, value in post.parameters.items()],
        "headers": [
            ["Content-Type", post.content_type],
            *([names[name], str(value)] for name, value in post.headers.items()),
        ],
        "body": base64.b64encode(post.body).decode(),
        "eventTypes": _event_types(entry),
    }


def _event_types(entry: Any) -> list[str] | None:
    """What the view declares; None where it declares none, or does not load."""
    try:
        declared = getattr(urls.view_of(entry), "_all_event_types", None)
    except (Exception, SystemExit):  # the request itself will say what is wrong
        return None
    return None if declared is None else [str(name) for name in declared]


def _header_name(name: str) -> str:
    return "-".join(word.capitalize() for word in name.removeprefix("HTTP_").split("_"))


def describe(realm: dict[str, Any]) -> dict[str, Any]:
    """The bots and the streams of a realm, and where the tree contradicts itself about its people and bots.

    `realm` holds `secret`, which the bots' API keys are made from, the names of `streams` to
    have besides those of the demo organization and of the registry, and `botsAsDisplayed`, True
    for bots that are called by their integration's display name.
    """
    _enter(realm, isolated=True)
    bots = [
        {
            "integration": name,
            "name": bot.full_name,
            "email": bot.delivery_email,
            "apiKey": bot.api_key,
        }
        for name, bot in _bots()
    ]
    streams = [{"id": stream.id, "name": stream.name} for stream in Stream.objects.order_by("id")]
    return {"bots": bots, "streams": streams, "differences": seed.organization().differences[:MOST_DIFFERENCES]}


def forget() -> None:
    """Lets the realm be made anew, for a registry that has changed; the same secret gives the same keys."""
    global _fresh
    _fresh = None


def _enter(realm: dict[str, Any], isolated: bool) -> None:
    global _made_for, _fresh, _current
    if _fresh is None or realm != _made_for:
        _make(realm)
        _fresh = _current = database.SavedState()
        _made_for = realm
    state = _fresh if isolated else _current
    assert state is not None
    state.restore()


def _make(realm: dict[str, Any]) -> None:
    seed.reset_data()
    for entry in urls.integrations():
        name = f"{entry.display_name} Bot" if realm.get("botsAsDisplayed") else None
        bot = delivery.make_bot(entry, name)
        bot.api_key = _key(realm["secret"], entry.name)
        delivery.join(bot, getattr(entry, "stream_name", None) or entry.name)
    for name in realm["streams"]:
        for _, bot in _bots():
            delivery.join(bot, name)


def _bots() -> list[tuple[str, UserProfile]]:
    made = {bot.email: bot for bot in UserProfile.objects.filter(is_bot=True)}
    names = [entry.name for entry in urls.integrations()]
    return [(name, made[delivery.bot_email(name)]) for name in names]


def _key(secret: str, name: str) -> str:
    digest = hmac.new(secret.encode(), name.encode(), hashlib.sha256).digest()
    # Letters and digits only, as long as Connect's.
    return base64.b32encode(digest).decode()[:32].lower()


def _request(options: dict[str, Any]) -> Any:
    from django.http import HttpRequest
    from django.test.client import make_request
    from urllib.parse import unquote_to_bytes

    body = base64.b64decode(options["body"])
    path = unquote_to_bytes(options["path"].encode("latin-1", "replace"))
    meta = {
        "REQUEST_METHOD": options["method"],
        "PATH_INFO": path.decode("latin-1"),
        "QUERY_STRING": options["query"].encode("latin-1", "replace").decode("latin-1"),
        "REMOTE_ADDR": "127.0.0.1",
        "SCRIPT_NAME": "",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http",
        "CONTENT_TYPE": "",
        **_meta(options["headers"]),
        "CONTENT_LENGTH": str(len(body)),
        # Whatever name a tunnel gave this machine, it serves the one realm.
        "HTTP_HOST": seed.realm().host,
    }
    request: HttpRequest = make_request(meta, body)
    return request


def _meta(headers: list[list[str]]) -> dict[str, str]:
    """Headers as a server in front of Connect hands them over: repeated ones joined, `_` in none."""
    meta: dict[str, str] = {}
    for name, value in headers:
        if "_" in name:
            continue
        key = name.upper().replace("-", "_")
        if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            key = f"HTTP_{key}"
        meta[key] = f"{meta[key]},{value}" if key in meta else value
    return meta


def _server_error() -> Any:
    """What the server's error handler answers on its API when a view raises."""
    responses = importlib.import_module("zerver.lib.response")
    return responses.json_response(res_type="error", msg="Internal server error", status=500)


def _as_data(response: Any) -> dict[str, Any]:
    if len(response.content) > LARGEST_ANSWER:
        raise delivery.DeliveryError(f"the view answers with more than {LARGEST_ANSWER:,} bytes")
    return {
        "status": response.status_code,
        "headers": [[name, str(value)] for name, value in response.items()],
        "body": base64.b64encode(response.content).decode(),
    }
