// Copies of a tree whose messages go wrong on purpose, to find out how many tests notice.
import { appendFileSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Every view's message passes this module, which sends by functions of these names. */
const SENDS = "zerver/lib/webhooks/common.py";

/** What happens to a message: its texts are changed, or it never arrives. */
const FAULTS = {
  changed: `
        for _name in ("topic", "topic_name", "body", "message_content"):
            if isinstance(_bound.arguments.get(_name), str):
                _bound.arguments[_name] = "~" + _bound.arguments[_name]
        return _send(*_bound.args, **_bound.kwargs)`,
  lost: `
        return None`,
};

const SENDERS = [
  "check_send_private_message",
  "check_send_stream_message",
  "check_send_stream_message_by_id",
];

/** Not every tree has all of them. */
const replaced = (name) => `
try:
    ${name} = _with_fault(${name})
except NameError:
    pass
`;

const wrapper = (fault) => `

def _with_fault(_send):
    from inspect import signature

    def _sends(*_args, **_kwargs):
        _bound = signature(_send).bind(*_args, **_kwargs)${FAULTS[fault]}

    return _sends

${SENDERS.map(replaced).join("")}`;

/**
 * Makes a copy of a tree with a fault, and removes it again.
 * @param tree Its folder.
 * @param fault `changed` or `lost`.
 * @param work What is done with the copy's folder.
 */
export async function onFaultyTree(tree, fault, work) {
  const folder = mkdtempSync(join(tmpdir(), "connect-webhook-faulty-"));
  try {
    const copy = join(folder, "tree");
    cpSync(tree, copy, { recursive: true, verbatimSymlinks: true, mode: 2 });
    appendFileSync(join(copy, SENDS), wrapper(fault));
    return await work(copy);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
