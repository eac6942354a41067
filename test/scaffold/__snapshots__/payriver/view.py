from collections.abc import Callable
from re import findall

from django.http import HttpRequest, HttpResponse

from zerver.decorator import webhook_view
from zerver.lib.exceptions import UnsupportedWebhookEventTypeError
from zerver.lib.response import json_success
from zerver.lib.timestamp import timestamp_to_datetime
from zerver.lib.typed_endpoint import JsonBodyPayload, typed_endpoint
from zerver.lib.validator import WildValue, check_int, check_string
from zerver.lib.webhooks.common import check_send_webhook_message, get_setup_webhook_message
from zerver.models import UserProfile

# Currencies that have no smaller unit.
WHOLE_CURRENCIES = {"CLP", "ISK", "JPY", "KRW", "PYG", "UGX", "VND", "XAF", "XOF", "XPF"}

MAX_QUOTE_LENGTH = 1000


def get_amount(amount: int, currency: str) -> str:
    # Whole sums are taken to count the smallest unit of the currency, such as cents.
    currency = currency.upper()
    number = str(amount) if currency in WHOLE_CURRENCIES else f"{amount / 100:.2f}"
    return f"{number} {currency}"


def get_link(text: str, url: str) -> str:
    # Square brackets in the text could end the link early.
    text = text.replace("[", "(").replace("]", ")")
    return f"[{text}]({url})"


def get_quote(text: str) -> str:
    text = text.strip()
    text = text if len(text) <= MAX_QUOTE_LENGTH else text[:MAX_QUOTE_LENGTH] + "..."
    # A text with a fence of its own needs a longer one around it.
    fence = max(findall("~~~+", text), default="~~") + "~"
    return f"\n\n{fence} quote\n{text}\n{fence}"


def get_topic(payload: WildValue, event: str) -> str:
    if event == "invoice.paid":
        number = payload["data"]["object"]["number"].tame(check_string)
        return f"Invoice {number}"
    if event == "charge.failed":
        customer = payload["data"]["object"]["customer"].tame(check_string)
        return f"Customer {customer}"
    if event == "customer.subscription.updated":
        return "Customer subscription"
    return "Payriver"


def get_invoice_paid_body(payload: WildValue) -> str:
    number = payload["data"]["object"]["number"].tame(check_string)
    url = payload["data"]["object"]["hosted_url"].tame(check_string)
    link = get_link(number, url)
    amount = get_amount(
        payload["data"]["object"]["amount_paid"].tame(check_int),
        payload["data"]["object"]["currency"].tame(check_string),
    )
    due_date = timestamp_to_datetime(
        payload["data"]["object"]["due_date"].tame(check_int)
    ).isoformat()
    return f"Invoice {link} for **{amount}** was paid.\n* **Due date:** <time:{due_date}>"


def get_charge_failed_body(payload: WildValue) -> str:
    amount = get_amount(
        payload["data"]["object"]["amount"].tame(check_int),
        payload["data"]["object"]["currency"].tame(check_string),
    )
    body = f"Charge for **{amount}** failed"
    rest = "."
    if payload["data"]["object"].get("failure_message"):
        quote = get_quote(payload["data"]["object"]["failure_message"].tame(check_string))
        rest = f":{quote}"
    body += rest
    return body


def get_customer_subscription_updated_body(payload: WildValue) -> str:
    plan = payload["data"]["object"]["plan"]["nickname"].tame(check_string)
    quantity = payload["data"]["object"]["quantity"].tame(check_int)
    body = f"Customer subscription was updated.\n* **Plan:** {plan}\n* **Quantity:** {quantity}"
    if payload["data"].get("previous_attributes") and payload["data"]["previous_attributes"].get(
        "status"
    ):
        old_status = payload["data"]["previous_attributes"]["status"].tame(check_string)
        new_status = payload["data"]["object"]["status"].tame(check_string)
        if old_status != new_status:
            body += f"\n* Changed status from **{old_status}** to **{new_status}**"
    if payload["data"].get("previous_attributes") and payload["data"]["previous_attributes"].get(
        "quantity"
    ):
        old_quantity = payload["data"]["previous_attributes"]["quantity"].tame(check_int)
        new_quantity = payload["data"]["object"]["quantity"].tame(check_int)
        if old_quantity != new_quantity:
            body += f"\n* Changed quantity from **{old_quantity}** to **{new_quantity}**"
    return body


def get_webhook_test_body(payload: WildValue) -> str:
    return get_setup_webhook_message("Payriver")


EVENT_FUNCTION_MAPPER: dict[str, Callable[[WildValue], str]] = {
    "invoice.paid": get_invoice_paid_body,
    "charge.failed": get_charge_failed_body,
    "customer.subscription.updated": get_customer_subscription_updated_body,
    "webhook.test": get_webhook_test_body,
}

ALL_EVENT_TYPES = list(EVENT_FUNCTION_MAPPER)


@webhook_view("Payriver", all_event_types=ALL_EVENT_TYPES)
@typed_endpoint
def api_payriver_webhook(
    request: HttpRequest,
    user_profile: UserProfile,
    *,
    payload: JsonBodyPayload[WildValue],
) -> HttpResponse:
    event = payload["type"].tame(check_string)
    body_function = EVENT_FUNCTION_MAPPER.get(event)
    if body_function is None:
        raise UnsupportedWebhookEventTypeError(event)

    topic_name = get_topic(payload, event)
    body = body_function(payload)
    check_send_webhook_message(request, user_profile, topic_name, body, event)
    return json_success(request)
