/** Words that trees use for the same thing. Which of them a tree knows is asked of the tree. */

/** Helpers that do the same under another name, as `module:name`. */
const SAME: readonly (readonly string[])[] = [
  [
    "zerver.lib.webhooks.common:validate_extract_webhook_http_header",
    "zerver.lib.webhooks.common:get_event_header",
  ],
  [
    "zerver.lib.webhooks.common:get_http_headers_from_filename",
    "zerver.lib.webhooks.common:default_fixture_to_headers",
  ],
  ["returns.curry:partial", "zerver.lib.partial:partial"],
];

/** The other spellings of an imported helper, as pairs of module and name. */
export function otherHelpers(module: string, name: string): [module: string, name: string][] {
  const found = SAME.find((group) => group.includes(`${module}:${name}`)) ?? [];
  return found
    .filter((one) => one !== `${module}:${name}`)
    .map((one) => one.split(":") as [string, string]);
}

/** Pairs of words, older ones first; each may stand in a longer name. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/\bstream(?=_|\b)|(?<=_)stream(?=_|\b)/, "channel"],
  [/\bchannel(?=_|\b)|(?<=_)channel(?=_|\b)/, "stream"],
  [/\bSTREAM(?=_)/, "CHANNEL"],
  [/\bCHANNEL(?=_)/, "STREAM"],
  [/(?<=^|_)topic$/, "topic_name"],
  [/(?<=^|_)topic_name$/, "topic"],
  [/(?<=_)private(?=_)/, "direct"],
  [/(?<=_)direct(?=_)/, "private"],
];

/** What a name may be called in another tree, best first. */
export function otherNames(name: string): string[] {
  return WORDS.flatMap(([word, other]) => (word.test(name) ? [name.replace(word, other)] : []));
}
