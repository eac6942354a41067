/** Fields that services send as null or leave out until somebody fills them in, by what they are called. */

/** What people may leave empty, who may be nobody, and what not everybody has. */
const OFTEN_EMPTY = new RegExp(
  `^(${[
    "description|body|notes|reason|resolution|caption|bio",
    "assignee|assigned_(user|agent)|milestone|reviewer|approver|due_(on|date)|deadline",
    "last_name|avatar_url|website|homepage|location|company|phone(_number)?",
  ].join("|")})$`,
);

/** Those of services that send no null: such a key is not there. */
const OFTEN_ABSENT =
  /^(tag|assignee|milestone|due_(on|date)|deadline|location|company|phone(_number)?)$/;

/** What somebody said is never empty, and what has not changed does not stand among changes. */
const NEVER_IN =
  /(comment|note|message|reply|answer|part|commit|diff|change|changed|update|updated_field)s?$/;

/**
 * Whether services are known to send null under such a key.
 * @param key The key, in any way of writing.
 * @param parent The key of what it stands in; empty at the top.
 */
export function isOftenEmpty(key: string, parent: string): boolean {
  return OFTEN_EMPTY.test(wordsOf(key)) && !NEVER_IN.test(wordsOf(parent));
}

/** Whether services that never send null leave such a key out. */
export const isOftenAbsent = (key: string): boolean => OFTEN_ABSENT.test(wordsOf(key));

/** Whether such a key is null for some people in any service that sends null. */
export const isOftenNull = (key: string): boolean => wordsOf(key) === "last_name";

/** `dueDate` as `due_date`. */
export const wordsOf = (key: string): string =>
  key
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replaceAll("-", "_")
    .toLowerCase();
