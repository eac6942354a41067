/**
 * The words that services use as keys, the likeliest first. What a field is good for is read from its key, its
 * neighbours and its values.
 */

export const names = [
  "name",
  "display_name",
  "full_name",
  "title",
  "login",
  "username",
  "user_name",
  "nickname",
  "slug",
  "email",
];

export const actors = [
  "sender",
  "actor",
  "user",
  "author",
  "initiator",
  "triggered_by",
  "created_by",
  "updated_by",
  "deployed_by",
  "creator",
  "member",
  "customer",
  "requester",
  "reporter",
  "committer",
  "pusher",
  "submitter",
  "person",
  "owner",
];

export const actorTexts = [
  ...actors,
  "username",
  "user_name",
  "user_login",
  "actor_name",
  "author_name",
  "customer_name",
  "by",
];

export const titles = [
  "title",
  "subject",
  "summary",
  "headline",
  "name",
  "display_name",
  "full_name",
  "display_id",
  "identifier",
  "label",
  "message",
  "text",
  "slug",
];

export const numbers = ["number", "iid", "build_number", "run_number", "key", "reference", "id"];

export const groups = [
  "repository",
  "repo",
  "project",
  "application",
  "app",
  "service",
  "pipeline",
  "monitor",
  "site",
  "board",
  "workspace",
  "shop",
  "store",
  "form",
  "list",
  "team",
  "job",
  "host",
  "account",
  "organization",
];

export const links = [
  "html_url",
  "web_url",
  "permalink",
  "url",
  "link",
  "href",
  "target_url",
  "details_url",
];

export const states = [
  "status",
  "state",
  "result",
  "outcome",
  "conclusion",
  "new_status",
  "new_state",
  "health",
];

export const actions = ["action", "event_action", "verb", "operation"];

export const texts = [
  "description",
  "body",
  "text",
  "message",
  "comment",
  "content",
  "note",
  "error_message",
  "error",
  "reason",
];

export const details = [
  "environment",
  "branch",
  "tag",
  "severity",
  "priority",
  "level",
  "category",
  "duration",
  "amount",
  "currency",
  "region",
  "assignee",
  "quantity",
  "plan",
  "rating",
  "score",
];

/** Those of the details that are whole numbers by nature. */
export const wholeNumbers = ["priority", "severity", "level", "quantity", "rating"];

export const events = [
  "event",
  "event_type",
  "event_name",
  "webhook_event",
  "hook_event",
  "trigger",
  "type",
  "topic",
  "kind",
  "action",
];

/** Those of them that often say something else. */
export const vagueEvents = ["trigger", "type", "topic", "kind", "action", "name"];

/** Containers whose `type` or `name` names the event. */
export const eventContainers = ["event", "meta", "header", "webhook"];

/** Addresses that are not for people. */
export const machineLinks =
  /avatar|image|icon|logo|picture|photo|callback|api|self|hook|clone|ssh|git_|diff|patch|archive|download|template/;
