"""Helpers for tests of single functions."""

from collections.abc import Mapping
from typing import Any

import orjson
from django.http import HttpRequest, QueryDict
from typing_extensions import override

from zerver.lib.request import RequestNotes
from zerver.models import Realm, UserProfile
from zerver.models.clients import get_client


class HostRequestMock(HttpRequest):
    """A request that was never sent, to call a function of a view with."""

    def __init__(
        self,
        post_data: Mapping[str, Any] = {},
        user_profile: UserProfile | None = None,
        host: str | None = None,
        client_name: str | None = None,
        meta_data: dict[str, Any] | None = None,
        path: str = "",
    ) -> None:
        super().__init__()
        self.host = Realm.host_for_subdomain("") if host is None else host
        self.method = "POST" if post_data else "GET"
        self.path = path
        self.META = {"PATH_INFO": "test"} if meta_data is None else meta_data
        self.POST = QueryDict(mutable=True)
        for name, value in post_data.items():
            self.POST[name] = str(value)
        self._body = orjson.dumps(dict(post_data))
        if user_profile is not None:
            self.user = user_profile
        client = None if client_name is None else get_client(client_name)
        RequestNotes.set_notes(self, RequestNotes(client=client, client_name="", log_data={}))

    @override
    def get_host(self) -> str:
        """The host that the request was made to."""
        return self.host
