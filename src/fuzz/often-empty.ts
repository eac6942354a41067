/** Fields that services send as null or leave out until somebody fills them in, by what they are called. */

/** What people may leave empty, who may be nobody, what has not happened yet, and what not everybody has. */
const OFTEN_EMPTY = new RegExp(
  `^(${[
    "description|body|notes|reason|resolution|caption|bio",
    "assignee|assigned_(to|user|agent)|milestone|reviewer|approver|parent|head_commit|merge_commit_sha",
    "(closed|resolved|merged|approved|acknowledged|deleted|cancell?ed)_(by|at|on)",
    "(ended|finished|completed|expires|due|start|end)_(at|on|date)|due|due_date|deadline",
    "tag|last_name|avatar_url|image(_url)?|picture|website|homepage|location|company|phone(_number)?",
  ].join("|")})$`,
);

/** What somebody said is never empty, and what has not changed does not stand among changes. */
const NEVER_IN =
  /(comment|note|message|reply|answer|commit|diff|change|changed|update|updated_field)s?$/;

/**
 * Whether services are known to send null under such a key.
 * @param key The key, in any way of writing.
 * @param parent The key of what it stands in; empty at the top.
 */
export function isOftenEmpty(key: string, parent: string): boolean {
  return OFTEN_EMPTY.test(wordsOf(key)) && !NEVER_IN.test(wordsOf(parent));
}

/** `dueDate` as `due_date`. */
const wordsOf = (key: string): string =>
  key
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replaceAll("-", "_")
    .toLowerCase();
