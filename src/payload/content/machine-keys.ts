/** Keys of what is for machines, or not for everybody. */

/** A pattern of these words, each with a pattern's signs where it stands for several. */
const anyOf = (words: string): string => `(${words.trim().split(/\s+/).join("|")})`;

/** At the end of a key, after an underscore where something stands before them. */
const endings = anyOf(`
  id ids node_id uuid guid uid gid object schema slug path index position
  at on time date timestamp ts created updated modified
  token secret password passcode passphrase pass pin key nonce etag signature hash sha md5 checksum
  uri url urls link href _links html description_html api api_version hook webhooks? unsubscribe documentation attempts?
  email mail phone handle ip_address user_?agent locale language timezone tz utc_offset
  avatar icon image color colour
  format encoding mime_?type content_type size bytes char float
  cursor page per_page offset limit
  permissions? scope visibility visible_to default_branch live currency currency_code v`);

const wholeKeys = anyOf(String.raw`
  type kind action event\w* trigger\w* topic object_kind notification_type resource_type entity_type entity
  subject_type type_name type_code \w*text_type title_verb change_flag change_source (web)?hook_\w+
  livemode version protocol method producer partition tls _\w* aliases ((user|client)_)?ip
  allowed_\w+ prefs preferences settings id_short orderindex lang language_code \w*_iso\d?
  eci cavv (fee|exchange|currency|tax)_rate`);

const untold = new RegExp(
  [
    `(^|_)${endings}$`,
    `^${wholeKeys}$`,
    "(^|_)ids?_(of|for|by)_",
    "^(is|has|can|date)_",
    "_version$|pos$",
    "cents|minor|eligibility",
  ].join("|"),
);

/** Whether a key is of what is for machines, or not for everybody. */
export const isUntold = (key: string): boolean => untold.test(key);

/** What tells a machine how something was sent, where, or how it was checked. */
const technical = new RegExp(
  `^${anyOf(String.raw`
    coords coordinates lat lng lon latitude longitude geo\w* continent\w* country_code country_iso_code iso_code
    post(al_)?code zip(_code)? user_?agent\w* ua agent utf8
    log_level trace span fingerprint transport attempt_no api_\w+ default_\w+ server_id response_code
    sending_ip mx_\w+ smtp_\w+ bounce_class message_stream
    auth_code bin avs_check cvv_check \w*merchant_account\w* psp_reference tax_(status|class)
    cvs_?sv\d cvss_?v(ector|\d) \w*_vector \w*_indicator (total_)?count
    (column|field|content|entity|object|resource|source|data|node|value|message|status)_type`)}$`,
);

/** Whether it is so whatever stands around it. */
export const isTechnicalKey = (key: string): boolean => technical.test(key);
