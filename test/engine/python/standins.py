"""Tests of the stand-ins, run by the engine as if they were an integration's own."""

import datetime
import unittest
from typing import Annotated, Any, Literal

import dateutil.parser
import html2text
import orjson
import regex
from defusedxml import EntitiesForbidden
from defusedxml.ElementTree import ParseError, fromstring
from django.core.exceptions import ValidationError as DjangoValidationError
from django.core.validators import URLValidator, validate_email
from django.db.models import Q
from django.http import HttpResponse, QueryDict
from django.utils.dateparse import parse_date, parse_datetime
from django.test import RequestFactory, override_settings
from django.conf import settings
from pydantic import BaseModel, Field, Json, StringConstraints, TypeAdapter, ValidationError
from zerver.models import Realm, UserProfile, get_realm


def first_error(annotation: Any, value: Any, strict: bool = True) -> dict[str, Any]:
    """What pydantic says first about a refused value."""
    try:
        TypeAdapter(annotation).validate_python(value, strict=strict)
    except ValidationError as error:
        return error.errors()[0]
    raise AssertionError(f"{value!r} was accepted")


class OrjsonTests(unittest.TestCase):
    def test_reads_strictly(self) -> None:
        self.assertEqual(orjson.loads('{"a": [1, 2.5, null, "☃"]}'), {"a": [1, 2.5, None, "☃"]})
        for bad in ("", "NaN", "[1,]", "{'a': 1}", b"\xff", "[Infinity]", "[1] x", r'"\ud800"'):
            with self.assertRaises(orjson.JSONDecodeError, msg=repr(bad)):
                orjson.loads(bad)
        self.assertEqual(orjson.loads(r'"\ud83d\ude00"'), "😀")

    def test_writes_compact_bytes(self) -> None:
        self.assertEqual(orjson.dumps({"b": 1, "a": "☃"}), '{"b":1,"a":"☃"}'.encode())
        self.assertEqual(
            orjson.dumps({"b": 1, "a": 2}, option=orjson.OPT_SORT_KEYS), b'{"a":2,"b":1}'
        )
        self.assertEqual(orjson.dumps([1], option=orjson.OPT_APPEND_NEWLINE), b"[1]\n")
        for bad in ({1: 2}, {"a": object()}):
            with self.assertRaises(TypeError):
                orjson.dumps(bad)


class Person(BaseModel):
    name: str
    age: int = 0
    nick: str | None = Field(default=None, alias="nickName")


class PydanticTests(unittest.TestCase):
    def test_strict_scalars(self) -> None:
        self.assertEqual(TypeAdapter(int).validate_python(3, strict=True), 3)
        self.assertEqual(first_error(int, "3")["type"], "int_type")
        self.assertEqual(first_error(Json[str], r'"\ud800"')["type"], "json_invalid")
        self.assertEqual(first_error(bool, 1)["type"], "bool_type")
        self.assertEqual(first_error(str, 1)["type"], "string_type")
        self.assertEqual(first_error(Literal["a"], "b")["type"], "literal_error")
        self.assertEqual(TypeAdapter(int).validate_python("3"), 3)

    def test_json(self) -> None:
        self.assertEqual(TypeAdapter(Json[list[str]]).validate_python('["a"]', strict=True), ["a"])
        self.assertEqual(first_error(Json[int], "{")["type"], "json_invalid")
        error = first_error(Json[list[int]], '[1, "x"]')
        self.assertEqual((error["type"], error["loc"]), ("int_type", (1,)))

    def test_optional_and_union(self) -> None:
        self.assertIsNone(TypeAdapter(str | None).validate_python(None, strict=True))
        self.assertEqual(first_error(str | None, 1)["type"], "string_type")
        self.assertEqual(TypeAdapter(int | str).validate_python("7", strict=True), "7")

    def test_constraints(self) -> None:
        short = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=3)]
        self.assertEqual(TypeAdapter(short).validate_python(" ab ", strict=True), "ab")
        error = first_error(short, "  ")
        self.assertEqual((error["type"], error["ctx"]), ("string_too_short", {"min_length": 1}))
        self.assertEqual(first_error(short, "abcd")["type"], "string_too_long")

    def test_models(self) -> None:
        person = TypeAdapter(Json[Person]).validate_python('{"name": "Zoe", "nickName": "Z"}')
        self.assertEqual((person.name, person.age, person.nick), ("Zoe", 0, "Z"))
        error = first_error(Person, {"age": 3})
        self.assertEqual((error["type"], error["loc"]), ("missing", ("name",)))


class DjangoTests(unittest.TestCase):
    def test_query_dict(self) -> None:
        query = QueryDict("a=1&a=2&b=%E2%98%83&c")
        self.assertEqual(
            (query["a"], query.getlist("a"), query["b"], query["c"]), ("2", ["1", "2"], "☃", "")
        )
        with self.assertRaises(KeyError):
            query["d"]
        with self.assertRaises(AttributeError):
            query["a"] = "3"

    def test_forms_are_read_from_posts_only(self) -> None:
        make = RequestFactory()
        form = "application/x-www-form-urlencoded"
        post = make.post("/x?q=1", "a=b+c", content_type=form)
        self.assertEqual((post.POST["a"], post.GET["q"], post.body), ("b c", "1", b"a=b+c"))
        self.assertEqual(make.put("/x", "a=b", content_type=form).POST, {})
        multipart = make.post("/x", {"a": ["b", "c"]})
        self.assertEqual(multipart.POST.getlist("a"), ["b", "c"])
        json = make.post("/x", {"a": 1}, content_type="application/json; charset=latin-1")
        self.assertEqual(
            (json.body, json.content_type, json.encoding),
            (b'{"a": 1}', "application/json", "latin-1"),
        )

    def test_headers(self) -> None:
        request = RequestFactory().post("/x", "{}", content_type="a/b", HTTP_X_EVENT="push")
        self.assertEqual(request.headers["x-event"], "push")
        self.assertEqual(request.headers.get("Content-Type"), "a/b")
        response = HttpResponse("text", status=201)
        response["X-One"] = "1"
        self.assertEqual(
            (response["x-one"], response.content, response.status_code), ("1", b"text", 201)
        )

    def test_validators(self) -> None:
        check = URLValidator()
        for good in ("https://a.example/x?y#z", "http://localhost:80", "http://[::1]/"):
            check(good)
        for good in ("http://a.example:99999", "http://u:p@a.example"):
            check(good)
        for bad in ("http://a@b@c.example", "http://a.example:", "http://@a.example", "http://" + "a." * 130 + "ex"):
            with self.assertRaises(DjangoValidationError, msg=repr(bad)):
                check(bad)
        for bad in ("a.example", "http://", "javascript://x", "http://a b.example", 5):
            with self.assertRaises(DjangoValidationError, msg=repr(bad)):
                check(bad)
        validate_email("zoe@mail.example")
        for bad in ("zoe at mail", '"a b"@c.example', "a@1.2.3.4", "a@b.example."):
            with self.assertRaises(DjangoValidationError, msg=bad):
                validate_email(bad)

    def test_settings(self) -> None:
        before = settings.NOTIFICATION_BOT
        with override_settings(NOTIFICATION_BOT="other@x.example"):
            self.assertEqual(settings.NOTIFICATION_BOT, "other@x.example")
        self.assertEqual(settings.NOTIFICATION_BOT, before)
        with self.assertRaises(AttributeError):
            settings.NO_SUCH_SETTING  # noqa: B018

    def test_queries(self) -> None:
        realm = get_realm("zulip")
        bots = UserProfile.objects.filter(is_bot=True, realm=realm)
        self.assertTrue(bots.filter(email="webhook-bot@zulip.com").exists())
        people = UserProfile.objects.filter(
            Q(full_name__iexact="zoe") | Q(email__istartswith="HAM"), realm=realm
        )
        self.assertEqual(
            [user.email for user in people.order_by("-email")],
            ["hamlet@zulip.com", "ZOE@zulip.com"],
        )
        self.assertEqual(people.exclude(full_name="Zoe").count(), 1)
        with self.assertRaises(Realm.DoesNotExist):
            get_realm("nowhere")
        with self.assertRaises(UserProfile.MultipleObjectsReturned):
            UserProfile.objects.get(realm=realm)
        with self.assertRaisesRegex(RuntimeError, "Unavailable"):
            UserProfile.objects.annotate()


class OtherTests(unittest.TestCase):
    def test_dates(self) -> None:
        utc = datetime.timezone.utc
        moment = datetime.datetime(2024, 3, 5, 7, 8, 9, tzinfo=utc)
        for text in (
            "2024-03-05T07:08:09Z",
            "2024-03-05 07:08:09 UTC",
            "2024-03-05T09:08:09+02:00",
            "Tue, 05 Mar 2024 07:08:09 GMT",
            "March 5, 2024 7:08:09 AM UTC",
        ):
            self.assertEqual(dateutil.parser.parse(text), moment, text)
        with self.assertRaises(ValueError):
            dateutil.parser.parse("no date")

    def test_dates_of_other_kinds(self) -> None:
        # What python-dateutil 2.9.0 gives.
        base = datetime.datetime(2003, 9, 25)  # a Thursday
        for text, expected in (
            ("11.06.1953 02:58", "1953-11-06T02:58:00"),
            ("13/5/2024", "2024-05-13T00:00:00"),
            ("20660623T204457", "2066-06-23T20:44:57"),
            ("26-Apr-17", "2017-04-26T00:00:00"),
            ("Friday", "2003-09-26T00:00:00"),
            ("Feb 2024", "2024-02-25T00:00:00"),
            ("Fri Aug 12 09:14:04 EST 1960", "1960-08-12T09:14:04"),
            ("2024-03-05T07:08:09 UTC+3", "2024-03-05T07:08:09-03:00"),
            ("5th of March 2024 at 7 pm", "2024-03-05T19:00:00"),
            ("2024-03-05 07:08:09.123456789 +0000", "2024-03-05T07:08:09.123456+00:00"),
        ):
            self.assertEqual(dateutil.parser.parse(text, default=base).isoformat(), expected, text)
        self.assertIsNone(dateutil.parser.parse("2024-03-05T07:08:09+02:00").tzname())
        for bad in ("1940-248", "2024-13-45", "31 Feb 2024", "2024-03-05T25:08", "yesterday", ""):
            with self.assertRaises(dateutil.parser.ParserError, msg=bad):
                dateutil.parser.parse(bad, default=base)

    def test_dates_that_do_not_exist(self) -> None:
        # What Django 4.2.28 gives.
        self.assertEqual(parse_date("2024-1-2"), datetime.date(2024, 1, 2))
        self.assertIsNone(parse_datetime("2024-01-02x"))
        for parse, bad in ((parse_date, "2024-02-30"), (parse_datetime, "2024-01-02T25:00")):
            with self.assertRaises(ValueError, msg=bad):
                parse(bad)

    def test_html_as_markdown(self) -> None:
        # What html2text 2025.4.15 writes.
        for html, expected in (
            ("<p>x</p><ul><li>a</li><li>b</li></ul><p>y</p>", "x\n\n  * a\n  * b\n\ny"),
            ("<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>", "  1. a\n     * b\n  2. c"),
            ("<blockquote><p>q</p><p>r</p></blockquote>s", "> q\n>\n> r\n\ns"),
            ("x<pre>a\n  b</pre>", "x\n\n    \n    \n    a\n      b"),
            ("<b>Status</b>: open <b> x </b>y", "**Status** : open **x** y"),
            ("a<i>b</i>(c)", "a _b_(c)"),
            ("1. x<hr>- y", "1\\. x\n\n* * *\n\n\\- y"),
            ("<a href='http://x.example'>http://x.example</a>", "<http://x.example>"),
            ("<div>a</div><br><div>b</div>", "a\n\n  \n\nb"),
        ):
            self.assertEqual(html2text.html2text(html).rstrip("\n"), expected, html)

    def test_xml(self) -> None:
        root = fromstring('<a x="1"><b>text</b></a>')
        self.assertEqual((root.get("x"), root.findtext("b")), ("1", "text"))
        with self.assertRaises(ParseError):
            fromstring("<a>")
        with self.assertRaises(EntitiesForbidden):
            fromstring('<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>')

    def test_unicode_categories(self) -> None:
        self.assertEqual(regex.sub(r"\p{P}", "", "a-b, «c»"), "ab c")
        self.assertEqual(regex.findall(r"[\p{Lu}x]", "AbÉx"), ["A", "É", "x"])
        self.assertIsNone(regex.search(r"\P{L}", "abc"))

    def test_what_only_the_regex_package_understands(self) -> None:
        for pattern in ("[[:alpha:]]+", "(?:fuzzy){e<=1}", r"\X"):
            with self.assertRaisesRegex(RuntimeError, "Unavailable"):
                regex.search(pattern, "abc")
