/** Defects of views: events, imports, calls, messages and topics. */
import { type BrokenTree, DoesNotApply } from "../broken-tree.ts";
import { type Apply, atEnd, imports, inView, type Seeds, type Text } from "./places.ts";

/** The types that a view lists by hand, where its code names them elsewhere. */
const list = /^([A-Z_]*EVENTS?_?[A-Z_]* *(?::[^=\n]*)?= *\[)([^\]]*)\]/m;

/** Leaves one of the listed types out. */
function lessOne(choose: (types: string[]) => string | undefined): Apply {
  return inView((text) => {
    if (!text.includes("all_event_types=")) throw new DoesNotApply();
    const [, start = "", body = ""] = list.exec(text) ?? [];
    const types = body.match(/"[^"]+"/g) ?? [];
    const rest = text.replace(list, "");
    const out = choose(types.filter((type) => rest.includes(type)));
    if (out === undefined || types.length < 2) throw new DoesNotApply();
    return text.replace(
      list,
      () => `${start}${body.replace(new RegExp(`\\s*${escaped(out)},?`), "")}]`,
    );
  });
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The call that sends, its arguments without nested brackets deeper than two. */
const send = /check_send_webhook_message\(\s*((?:[^()]|\((?:[^()]|\([^()]*\))*\))*?),?\s*\)/;

/** Changes the arguments of the call that sends. */
const sending =
  (by: (args: string[]) => string[] | undefined): Text =>
  (text) => {
    const calls = text.match(new RegExp(send, "g")) ?? [];
    const call = calls.find((one) => !one.includes("def "));
    const [, inside = ""] = send.exec(call ?? "") ?? [];
    const args = inside.split(/,\s*(?![^([{]*[)\]}])/);
    const changed = by(args);
    if (call === undefined || !changed) return text;
    return text.replace(call, () => `check_send_webhook_message(${changed.join(", ")})`);
  };

/** Passes no event type on, or something that is none. */
const sendingEvent = (by: (args: string[]) => string[]): Apply =>
  inView((text) => {
    if (!text.includes("all_event_types=")) throw new DoesNotApply();
    if ((text.match(/check_send_webhook_message\(/g) ?? []).length !== 1) throw new DoesNotApply();
    return sending((args) =>
      args.length === 5 && !args.some((one) => /^unquote/.test(one)) ? by(args) : undefined,
    )(text);
  });

/** A line that sets the topic right before the message is sent. */
const withTopic = (value: string): Apply =>
  inView((text) => {
    const found = /^( +)check_send_webhook_message\(\s*request,\s*user_profile,\s*(\w+),/m.exec(
      text,
    );
    if (!found) throw new DoesNotApply();
    const [call, indent, topic] = found;
    return text.replace(call, () => `${indent}${topic} = ${value}\n${call}`);
  });

/** The way in which a view refuses an event. */
const refusal = /raise Un(?:supported|expected)WebhookEventType(?:Error)?\([^)\n]*\)/;
const refusing = (instead: string): Apply => inView((text) => text.replace(refusal, instead));

/** A function that makes a piece of a message. */
const piece = (...lines: string[]): Apply =>
  atEnd(
    ["def get_note(payload: WildValue) -> str:", '    title = payload["title"].tame(check_string)']
      .concat(lines.map((line) => `    ${line}`))
      .join("\n"),
  );

const client = /(webhook_view\(\s*")([^"]+)(")/;

/** A name of the tree's library that the view imports, misspelt wherever it stands. */
const misspelt =
  (name: RegExp, by: string): Text =>
  (text) =>
    text.replaceAll(name, by);

/** Only where the library has it not, or only where it has. */
const unlessIn = (path: string, name: string, apply: Apply): Apply => {
  return (tree: BrokenTree) => {
    if (tree.exists(path) && tree.text(path).includes(name)) throw new DoesNotApply();
    apply(tree);
  };
};

const common = "zerver/lib/webhooks/common.py";

export const viewSeeds: Seeds = {
  "event-declared": {
    "the first of the listed types is left out": lessOne((types) => types[0]),
    "the second of the listed types is left out": lessOne((types) => types[1]),
    "the last of the listed types is left out": lessOne((types) => types.at(-1)),
    "a listed type is misspelt": inView((text) =>
      text.includes("all_event_types=") && list.test(text)
        ? text.replace(list, (whole) => whole.replace(/"([a-z]\w+)"/, '"$1x"'))
        : text,
    ),
    "a table has a type that the list has not": inView((text) => {
      if (!text.includes("all_event_types=") || !list.test(text)) throw new DoesNotApply();
      return text.replace(/^( +)"([\w.]+)": (\w+),$/m, '$1"$2": $3,\n$1"berth_freed": $3,');
    }),
    "a branch sends a type that is not declared": inView((text) =>
      text.includes("all_event_types=")
        ? text.replace(/^( +)(event|event_type|event_name) = "[\w.]+"$/m, '$1$2 = "berth_freed"')
        : text,
    ),
    "a function returns a type that is not declared": inView((text) =>
      text.includes("all_event_types=")
        ? text.replace(/^( +return) "([a-z]+(?:_[a-z]+)+)"$/m, '$1 "berth_freed"')
        : text,
    ),
  },
  "event-unknown": {
    "an unknown event is swallowed": refusing("return json_success(request)"),
    "an unknown event is passed over": refusing("pass"),
    "an unknown event is a ValueError": refusing('raise ValueError("unknown event")'),
    "an unknown event is an Exception": refusing("raise Exception(event)"),
    "an unknown event is the sender's mistake": inView((text) =>
      imports("from zerver.lib.exceptions import JsonableError")(
        text.replace(refusal, 'raise JsonableError("Unknown event")'),
      ),
    ),
    "a bare lookup": inView((text) =>
      text.replace(/\b([A-Z_]+)\.get\((\w*(?:event|type|action|kind)\w*)\)/, "$1[$2]"),
    ),
    "no word about an unknown event": inView((text) =>
      text.replace(/\n +else:\n +raise Un\w+WebhookEventType\w*\([^)\n]*\)/, ""),
    ),
    "an unknown event has no message": refusing('return ""'),
  },
  "event-passed": {
    "the event is not passed on": sendingEvent((args) => args.slice(0, 4)),
    "None is passed on": sendingEvent((args) => [...args.slice(0, 4), "None"]),
    "the event is passed on as something else": sendingEvent((args) => [
      ...args.slice(0, 4),
      "unquote_url_parameters=True",
    ]),
  },
  "message-care": {
    "a bold text that is cut": piece('return f"**{title}**"[:80]'),
    "a body that is cut": piece('body = f"[link]({url}) is new"', "return body[:80]"),
    "a block put together": piece('return "```\\n" + title + "\\n```"'),
    "a block with %": piece('return "```\\n%s\\n```" % title'),
    "a block with format": piece('return "``` quote\\n{}\\n```".format(title)'),
    "a block that is joined": piece('return "\\n".join(["```", title, "```"])'),
    "a block in an f-string": piece('return f"```quote\\n{title}\\n```"'),
    "a mention put together": piece('return "@**" + title + "** has to look"'),
    "a mention with %": piece('return "@**%s** has to look" % title'),
    "a mention with format": piece('return "@**{}** has to look".format(title)'),
    "a group from the payload": piece('return f"@*{title}* has to look"'),
    "a silent mention from the payload": piece('return f"@_**{title}** wrote"'),
    "everybody is called": piece('return "@**all** " + title'),
    "the whole stream is called": piece('return f"@**everyone** {title}"'),
    "a link put together": piece('return "[" + title + "](" + url + ")"'),
    "a link with %": piece('return "[%s](%s)" % (title, url)'),
    "a link with format": piece('return "[{}]({})".format(title, url)'),
    "a link in an f-string": piece('return f"[{title}]({url})"'),
    "a link whose opening bracket is left": piece(
      'title = title.replace("]", ")")',
      'return f"[{title}]({url})"',
    ),
  },
  "topic-stable": {
    "a time": withTopic('payload["created_at"].tame(check_string)'),
    "a time in an f-string": withTopic(`f"Build {payload['timestamp'].tame(check_int)}"`),
    "today's date": withTopic('f"Report {datetime.now():%Y-%m-%d}"'),
    "a UUID that is made": withTopic("str(uuid4())"),
    "a UUID of the payload": withTopic('payload["uuid"].tame(check_string)'),
    "a delivery": withTopic(
      'f"Delivery {payload["delivery_id"].tame(check_string)}"'.replace(
        /"(?=delivery)|(?<=delivery_id)"/g,
        "'",
      ),
    ),
    "an event's number": withTopic('"Event {}".format(payload["event_id"].tame(check_int))'),
    "a message's number": withTopic('"Message %s" % (payload["message_id"].tame(check_string),)'),
    "a commit": withTopic('"Deployed " + payload["commit"]["sha"].tame(check_string)'),
    "a request's number": withTopic('f"Request {request_id}"'),
  },
  "consistent-names": {
    "half of the name": inView((text) =>
      text.replace(client, (whole, start: string, name: string, end: string) =>
        name.length < 6 ? whole : `${start}${name.slice(0, Math.ceil(name.length / 2))}${end}`,
      ),
    ),
    "the name and more": inView((text) => text.replace(client, "$1$2Harbour$3")),
    "the name without its end": inView((text) =>
      text.replace(client, (whole, start: string, name: string, end: string) =>
        name.length < 6 ? whole : `${start}${name.slice(0, -2)}${end}`,
      ),
    ),
  },
  "library-names": {
    "a misspelt function": inView(
      misspelt(/\bcheck_send_webhook_message\b/g, "check_send_webhook_messages"),
    ),
    "a misspelt response": inView(misspelt(/\bjson_success\b/g, "json_sucess")),
    "a misspelt module": inView((text) =>
      text.replace("zerver.lib.response ", "zerver.lib.responses "),
    ),
    "a misspelt validator": inView(misspelt(/\bcheck_string\b/g, "check_str")),
    "a validator that no tree has": inView((text) =>
      imports("from zerver.lib.validator import check_slug")(
        `${text}\n\ndef read(payload: WildValue) -> str:\n    return payload["slug"].tame(check_slug)\n`,
      ),
    ),
    "a helper of another version": unlessIn(
      common,
      "def get_event_header",
      inView((text) =>
        imports("from zerver.lib.webhooks.common import get_event_header")(
          `${text}\n\ndef header(request: HttpRequest) -> str:\n    return get_event_header(request, "X-Event", "Harbour")\n`,
        ),
      ),
    ),
    "a model's getter of another version": unlessIn(
      "zerver/models/realms.py",
      "get_realm",
      inView((text) =>
        imports("from zerver.models.realms import get_realm")(
          `${text}\n\ndef home() -> object:\n    return get_realm("zulip")\n`,
        ),
      ),
    ),
    "a model that no tree has": inView((text) =>
      text
        .replace(
          "from zerver.models import UserProfile",
          "from zerver.models import BotProfile, UserProfile",
        )
        .concat("\n\nKIND = BotProfile\n"),
    ),
    "a module imported whole that is not there": inView((text) =>
      imports("import zerver.lib.webhooks.helpers")(
        `${text}\n\nHELP = zerver.lib.webhooks.helpers.HELP\n`,
      ),
    ),
  },
  "library-names|ruff": {
    "a forgotten import of a validator": inView((text) =>
      text.replace(
        /^(from zerver\.lib\.validator import .*?)(?:, check_string\b|check_string, )/m,
        "$1",
      ),
    ),
    "a forgotten import of the response": inView((text) =>
      text.replace(/^from zerver\.lib\.response import json_success\n/m, ""),
    ),
  },
  "library-calls": {
    "a misspelt keyword": inView(sending((args) => [...args.slice(0, 4), "event_type=None"])),
    "a keyword of another version": inView(
      sending((args) => [...args.slice(0, 4), "channel=None"]),
    ),
    "the request is left out": inView(sending((args) => args.slice(1, 4))),
    "one argument too many": inView(sending((args) => [...args.slice(0, 4), "None", "None"])),
    "a response without the request": inView((text) =>
      text.replace("json_success(request)", "json_success()"),
    ),
    "a response with a status": inView((text) =>
      text.replace("json_success(request)", "json_success(request, status=202)"),
    ),
    "an exception without the event": inView((text) =>
      text.replace(/(raise Un\w+WebhookEventType\w*)\([^)\n]*\)/, "$1()"),
    ),
    "a decorator with another keyword": inView((text) =>
      text.replace("all_event_types=", "event_types="),
    ),
    "an unknown keyword of the decorator": inView((text) =>
      text.replace(/(webhook_view\(\s*"[^"]+")/, "$1, notify_bot_owner=True"),
    ),
    "a header without the service": inView((text) =>
      text.replace(
        /(validate_extract_webhook_http_header\(\s*request,\s*"[^"]+"),\s*"[^"]+",?\s*\)/,
        "$1)",
      ),
    ),
  },
  "source-secrets": {
    "a GitHub token in the view": atEnd(`API_TOKEN = "ghp_${"Ab3".repeat(12)}"`),
    "a secret by its name in the view": atEnd('SIGNING_SECRET = "d8f1c0a97be24410b6e2f0c3"'),
    "a password by its name in the view": atEnd(
      'AUTH = {"user": "ada", "password": "quay-Winch-77"}',
    ),
  },
  "conflict-markers|python-syntax": {
    "half a merge in the view": inView((text) =>
      text.replace(
        /^(from zerver\.models.*)$/m,
        "<<<<<<< HEAD\n$1\n=======\n$1  # noqa\n>>>>>>> berths",
      ),
    ),
  },
};
