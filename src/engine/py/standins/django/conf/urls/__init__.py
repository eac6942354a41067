"""Stand-in for django.conf.urls, where trees of 2020 have their routes from."""

from django.urls import include, re_path

url = re_path

__all__ = ["include", "re_path", "url"]
