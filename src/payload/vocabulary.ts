/**
 * The words that services use as keys, the likeliest first. What a field is good for is read from its key, its
 * neighbours and its values.
 */

const list = (words: string): readonly string[] => words.trim().split(/\s+/);

/** Keys of a person's name. */
export const personNames = list(
  "display_name full_name real_name name login username user_name nickname handle friendly_name pseudonym summary email email_address mail mail_address",
);
/** Keys of a thing's short name. */
export const thingNames = list("name display_name full_name title slug label summary path");

/** Objects that are a person; those that acted before those who made the thing. */
export const actors = list(
  `sender actor agent initiator triggered_by performed_by updated_by changed_by resolved_by closed_by merged_by
  deployed_by member_creator operator by user author creator created_by reporter submitter requester requested_by
  member customer subscriber buyer payer donor patron pusher committer person employee contact owner`,
);
/** Those of them who made the thing: they did not need to do anything later. */
export const makers = list(
  `user author creator created_by reporter submitter requester requested_by member customer subscriber buyer payer donor patron
  committer person contact owner employee`,
);
/** Texts that name a person. */
export const actorTexts = list(
  `actor_name user_name username author_name customer_name user_login sender_name pusher_name committer_name
  display_name_of_user created_by_name full_name_of_user performed_by_name`,
);
/** Keys of a person's two names. */
export const givenNames = list("first_name given_name firstname name/given_name name/first_name");
export const familyNames = list(
  "last_name family_name surname lastname name/family_name name/surname name/last_name",
);

/** What a thing belongs to, and is told apart by: the first part of a good topic. */
export const groups = list(
  `repository repo project application app service pipeline site board workspace shop store form survey stack list channel definition
  team series collective environment server host account organization tenant campaign event_source`,
);

export const titles = list(
  `title subject headline name full_title rule_name common_labels/alertname labels/alertname headers/subject email_subject message_subject group_labels/alertname security_advisory/summary rule/description tag_name display_name full_name display_title summary friendly_name
  alert_name alarm_name rule_name check_name job_name monitor_name monitor_friendly_name condition_name issue_title page_title
  workflow_name build_name alertname error_class error_type exception_class exception_type search_name trigger_name file_name filename topic trigger context message identifier label question alias slug`,
);
/** What an alert or an incident is a case of. */
export const caseNames = list(
  "rule_name alert_name alarm_name monitor_name check_name policy_name condition_name",
);
/** What is watched, in whose title what happened to it may stand as well. */
export const hosts = list("host hostname host_name device device_name server");
/** Where the outermost object has no better title. */
export const looseTitles =
  /(^|_)(title|subject|headline|name)$|(?<!_|^|user|host|file|domain|sur|nick|last|first|builder|project|repo|branch|group|team|plan)name$/;

/** What the customer of a service calls a payment or an order. */
const references = list("order_reference merchant_reference payment_reference reference");
export const numbers = [
  ...list(
    `number iid identifier key short_id display_id build_number run_number incident_number ticket_number order_number
    sequence ref_number ref pull_request_id job_number build_num invoice_number`,
  ),
  ...references,
  "id",
];

export const links = list(
  `html_url web_url ui_url url_ui url_web url_html permalink hosted_url public_url dashboard_url admin_url app_url details_url view_url
  short_url shortlink url permalink_url urls link href web html target_url results_link external_url browser_url status_url ticket_url homepage`,
);
/** Where services that follow HAL and the like keep the address for people. */
export const nestedLinks = list(
  `links/html/href _links/html/href links/web/href _links/web/href links/html links/web urls/web urls/html
  urls/public_url permalinks/web permalinks/html links/permalink url/html url/web links/self/0/href`,
);

export const states = list(
  `conclusion result outcome status state new_status new_state new_state_value current_status current_state health alert_state alert_status phase
  status_name state_name alert_type_friendly_name`,
);

export const formerStates = list(
  "old_status old_state old_state_value previous_status previous_state former_status former_state",
);

export const actions = list("action event_action verb operation activity change_type");

export const texts = list(
  `description body text message comment content note reason error_message error failure_message failure_reason failure_details error_details error_description state_reason new_state_reason
  details detail cancellation/reason cancellation_reason excerpt plaintext plain_text_body text_body text_content content_text comment_text note_text reply_text message_text raw_message result_description blurb intro git_log change_log changelog release_notes raw _raw
  error_output stderr output stdout console_output log_output`,
);
/** What a commit says, in an object of its own. */
export const commits = /^((head|last|latest|git)_)?(commit|revision)(_info)?$/;
export const commitTitles = list("title subject message summary comment");
/** Pages that show what a push brought. */
export const comparisons = list("compare compare_url compare_link comparison_url");

/** Objects that are something said about another thing. */
export const remarks = list("comment note review reply annotation remark answer");

/** What people say something about, by the key before `_id`. */
export const remarkable =
  /^(call|card|case|contact|conversation|deal|incident|issue|item|lead|order|post|pulse|story|task|thread|ticket)$/;

/** Things that people give numbers to and follow for a while. */
export const tickets =
  /(^|_| )(issue|request|pull_?request|merge_?request|pullrequest|ticket|bug|story|userstory|task|incident|order|case|work_item|epic)$/;
/** Things that run, and are made of one another. */
export const runs = /^(pipeline|build|workflow|check_suite|workflow_run|deployment|job)$/;
/** Objects that are facts of another thing. */
export const aspects = new Set(
  list(
    `branch commit ref head base label milestone plan tier source category status priority severity state type
    resolution currency address location sla stage head_commit last_commit base_commit target destination parent tag
    language license environment_info progress org group quality_gate security_advisory vulnerability`,
  ),
);
/** People to whom things are given: neither did they do it, nor is it about them. */
export const recipients =
  /^(assignees?|assigned_to(_user)?|reviewers?|recipients?|assignee_user|target_user)$/;

/** Further facts, by their keys; an object under such a key is shown by its name. */
export const details = list(
  `environment severity priority level impact urgency stage branch tag release version region zone category
  assignee assigned_to assigned_to_user assignees reviewers added_reviewers removed_reviewers target_people references milestone plan plan_name tier quantity rating score nps host hostname
  server machine location code error_code status_code http_status labels tags due_date due_at due_on due eta expected_delivery estimated_delivery est_delivery_date scheduled_for
  scheduled_start scheduled_end starts_at start_at start_time start_date_time ends_at end_at end_time end_date_time expires_at expiration_date trial_end
  duration duration_seconds duration_minutes duration_ms elapsed elapsed_ms downtime response_time company
  scheduled_event scheduled_event/start_time appointment appointment/start_time meeting meeting/start_time
  booking booking/start_time common_labels/severity`,
);
/** Those of the details that are whole numbers by nature. */
export const wholeNumbers = list(
  "priority severity level quantity rating score nps status_code http_status code error_code number",
);

export const sourceBranches = list(
  "head/ref source_branch source/branch/name source_ref_name from_ref/display_id source/name head_branch_name source_branch_name head_branch head_ref",
);
export const targetBranches = list(
  "base/ref target_branch destination/branch/name target_ref_name to_ref/display_id target/name base_branch_name target_branch_name base_branch base_ref",
);
export const branches = list(
  "branch ref branch_name head_branch branch/name build_branch vcs/branch default_ref ref_name commit/branch",
);

/** Sums of money, and the currencies beside them. */
export const formattedAmounts = list(
  `formatted_amount amount_formatted formatted_total total_formatted formatted_value formatted_total_amount
  total_price_formatted formatted_price price_formatted display_amount`,
);
export const amounts = list(
  "total_amount_cents total_amount total_gross_amount order_total invoice_total amount total amount_total total_price grand_total amount_due amount_paid price amount_cents total_cents price_cents value",
);
export const currencies = list(
  "currency currency_code currency_iso total_amount_currency amount_currency",
);

/** Objects that hold what changed. */
export const changes = list("changes changelog change diff modified_fields");
/** Objects that hold the former values, by the same keys as the thing. */
export const formerValues = list(
  "previous_attributes previous updated_from previous_values old_values before_values previous_data old",
);
export const before = list(
  "from old previous before old_value previous_value from_string from_value",
);
export const after = list("to new current after new_value current_value to_string to_value");
export const changedField = list("field field_name name key property attribute");
/** Fields whose changes people care for. */
export const toldChanges = list(
  `title name subject status state priority severity assignee assigned_to milestone due_date owner stage plan type
  quantity role category branch version resolution total price sprint`,
);

/** Lists worth a line for each of their items. */
export const lists = list(
  `commits alerts builds jobs checks errors failures items line_items products changes entries results incidents
  issues steps stages components monitors services affected_services incident_updates vulnerabilities conditions
  records files_changed eval_matches matches tasks questions_and_answers answers responses questions
  additional_details fields
  checkpoints tracking_details events signatures signers tracks episodes updates approvals deliveries`,
);
/** Whether a list deserves a line for each item; `new_issues` does so as `issues` does. */
export const isList = (key: string): boolean =>
  lists.includes(key) ||
  lists.includes(key.replace(/^(new|added|removed|updated|failed|open|active|affected)_/, ""));
/** Lists of people and the like, whose names stand on one line. */
export const namedLists = list(
  `assignees assignments reviewers added_reviewers removed_reviewers requested_reviewers target_people participants labels tags
  teams groups owners members attendees invitees guests hosts recipients references impacted_services categories`,
);
/** Keys of what was asked, and of what somebody answered. */
export const questions = list("question question_text prompt label");
export const answers = list("answer answer_text response response_text value values text");
/** How many of a thing there are. */
export const quantities = list("quantity qty");
/** Moments between which a duration lies; what was created may have waited for its start. */
export const beginnings = /^(start|begin|began)\w*$/;
export const endings = /^(end|finish|complet|stop|resolv|clos)\w*$/;
/** Lists that are not what a message is about. */
export const dullLists = list(
  `labels tags assignees reviewers requested_reviewers users members topics permissions scopes urls images
  attachments parents headers recipients participants watchers followers teams groups companies segments contacts references social_profiles customers options custom_fields tls_list blocks elements versions history`,
);

export const events = list(
  "event event_type event_name event_key event_code webhook_event hook_event notification_type trigger topic type kind object_kind action alert_type event_action scope hook trigger_event record_type subscription_type resource",
);
/** Those of them that often say something else. */
export const vagueEvents = list(
  "trigger type topic kind action name alert_type event_action scope hook record_type subscription_type resource",
);

/** Containers whose `type` or `name` names the event. */
export const eventContainers = list("event meta header headers webhook action");

/** An address that is whole, and harmless in Markdown. */
export const plainAddress = /^https?:\/\/[^\s()[\]<>]+$/;

/** Addresses that are not for people, by their keys. */
export const machineLinks =
  /avatar|image|icon|logo|picture|photo|callback|api|self|hook|clone|ssh|git_|diff|patch|archive|download|template|unsubscribe|config|settings|preferences|update|cancel|reschedul|revoke|confirm|documentation|acknowledge|mute|close|compare|runbook|silence|panel|_uri|schema|signing|cert/;
/** The same, by their values; and addresses that let everybody in who has them. */
export const machineAddress =
  /[?&](key|token|sig|signature|secret|hash)=|^https?:\/\/(api|graph|rest|hooks?)[.-]|\/(api|_apis|rest|graphql)(\/|$)|\/v\d+\/|\.(png|jpe?g|gif|svg|webp|zip|git|json|pem)$/i;

/** Objects that only wrap what matters. */
export const envelopes = new Set(
  list(
    `data payload body attributes object resource event object_attributes fields properties item detail details
    essentials model entity current result event_data notification record params values response content_data data_fields`,
  ),
);
/** Those of them that stand between a thing and its fields. */
export const isEnvelope = (key: string): boolean =>
  envelopes.has(key) || /_(data|payload|body|attributes|webhook|notification)$/.test(key);
export const innerEnvelopes = new Set(list("attributes fields properties values"));

/** Objects of the request itself, about which nobody wants to read. */
export const machinery = new Set(
  list(
    `hook webhook installation headers meta metadata links _links urls request enterprise app_info subscription_info
    permissions config context_data resource_containers workflow_definition page_info performed_via_github_app`,
  ),
);
