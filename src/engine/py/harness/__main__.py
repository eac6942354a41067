"""The harness under the machine's own Python (3.11 or newer), for work on the engine.

    cd src/engine/py
    python3 -m harness <checkout> test [names...]        # no names: every integration
    python3 -m harness <checkout> deliver <name> <fixture>

Results go to stdout as one line of text each; `--json` prints the events instead.
"""

import json
import os
import sys
import time
from typing import Any

from . import session


def main(arguments: list[str]) -> int:
    """Runs one command and returns its exit code."""
    as_json = "--json" in arguments
    words = [word for word in arguments if word != "--json"]
    if len(words) < 2 or words[1] not in ("test", "deliver"):
        print(__doc__, file=sys.stderr)
        return 2
    root, command, *rest = words
    session.open_tree(os.path.abspath(root))
    started = time.perf_counter()
    session.load_library()
    print(f"loaded in {time.perf_counter() - started:.2f} s", file=sys.stderr)
    if command == "deliver":
        print(json.dumps(session.deliver({"integration": rest[0], "fixture": rest[1]}), indent=2))
        return 0
    return _test(rest, as_json)


def _test(names: list[str], as_json: bool) -> int:
    counts: dict[str, int] = {}

    def emit(event: dict[str, Any]) -> None:
        if as_json:
            print(json.dumps(event))
        elif event["event"] == "result":
            counts[event["status"]] = counts.get(event["status"], 0) + 1
            if event["status"] == "failed":
                error = event["error"]
                place = f"{error.get('path')}:{error.get('line')}"
                print(f"FAILED {event['id']} ({place})\n{error['traceback']}")

    started = time.perf_counter()
    for name in names or _with_tests():
        found = session.collect(name)
        if "failure" in found:
            emit({"event": "result", "id": name, "status": "failed", "error": found["failure"]})
            continue
        session.run(name, emit, frozenset(id for id, _ in found["tests"]), bail=False)
    summary = ", ".join(f"{count} {status}" for status, count in sorted(counts.items()))
    print(f"{summary} in {time.perf_counter() - started:.2f} s", file=sys.stderr)
    return 1 if counts.get("failed") else 0


def _with_tests() -> list[str]:
    base = "zerver/webhooks"
    return sorted(name for name in os.listdir(base) if os.path.isfile(f"{base}/{name}/tests.py"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
