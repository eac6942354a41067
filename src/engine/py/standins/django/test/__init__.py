"""Stand-in for django.test."""

from .client import Client, RequestFactory
from .testcases import SimpleTestCase, TestCase, TransactionTestCase
from .utils import override_settings

__all__ = [
    "Client",
    "RequestFactory",
    "SimpleTestCase",
    "TestCase",
    "TransactionTestCase",
    "override_settings",
]
