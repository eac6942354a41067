"""Stand-in for django.test.testcases: unittest with a client and fresh data for each test."""

import json
import unittest
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from harness.seed import reset_data

from .client import Client
from .utils import override_settings


class SerializeMixin:
    """Tests run one after the other anyway."""

    lockfile: str

    @classmethod
    def setUpClass(cls) -> None:
        """Takes no lock."""
        super().setUpClass()  # type: ignore[misc]


class SimpleTestCase(unittest.TestCase):
    """A test with a client; the data in memory is as new when it starts."""

    client_class = Client
    _overridden_settings: dict[str, Any] = {}

    def __call__(self, result: Any = None) -> Any:
        reset_data()
        self.client = self.client_class()
        with override_settings(**self._overridden_settings):
            return super().__call__(result)

    def assertJSONEqual(self, raw: str | bytes, expected_data: Any, msg: Any = None) -> None:  # noqa: N802
        """Two JSON texts mean the same."""
        self.assertEqual(json.loads(raw), _parsed(expected_data), msg)

    def assertJSONNotEqual(self, raw: str | bytes, expected_data: Any, msg: Any = None) -> None:  # noqa: N802
        """Two JSON texts do not mean the same."""
        self.assertNotEqual(json.loads(raw), _parsed(expected_data), msg)

    def assertContains(
        self,
        response: Any,
        text: Any,
        count: int | None = None,
        status_code: int = 200,
        **options: Any,
    ) -> None:  # noqa: N802
        """A response holds a text, so many times."""
        self.assertEqual(response.status_code, status_code)
        found = response.content.decode().count(str(text))
        self.assertTrue(
            found if count is None else found == count, f"{text!r} was found {found} times"
        )

    def assertNotContains(
        self, response: Any, text: Any, status_code: int = 200, **options: Any
    ) -> None:  # noqa: N802
        """A response does not hold a text."""
        self.assertContains(response, text, 0, status_code)

    @contextmanager
    def assertRaisesMessage(self, expected_exception: Any, expected_message: str) -> Iterator[Any]:  # noqa: N802
        """An exception with a text in it is raised."""
        with self.assertRaises(expected_exception) as caught:
            yield caught
        self.assertIn(expected_message, str(caught.exception))

    def settings(self, **options: Any) -> override_settings:
        """Changes settings for a block."""
        return override_settings(**options)


def _parsed(data: Any) -> Any:
    return json.loads(data) if isinstance(data, str) else data


class TransactionTestCase(SimpleTestCase):
    """The same here: all data is reset for each test."""


class TestCase(TransactionTestCase):
    """The same here, with the data of the class made anew for each test."""

    @classmethod
    def setUpTestData(cls) -> None:
        """For subclasses."""

    def __call__(self, result: Any = None) -> Any:
        reset_data()
        type(self).setUpTestData()
        self.client = self.client_class()
        with override_settings(**self._overridden_settings):
            return unittest.TestCase.__call__(self, result)

    @classmethod
    @contextmanager
    def captureOnCommitCallbacks(
        cls, *, using: str = "default", execute: bool = False
    ) -> Iterator[list[Callable[[], Any]]]:
        """Callbacks have run already."""
        yield []
