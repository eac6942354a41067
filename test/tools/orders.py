"""Runs every test of a tree in random orders, and each one alone, and says which of them end differently.

    python3 test/tools/orders.py <tree> [--orders 3] [--no-alone] [--processes 2]

It runs the engine's harness on the machine's own Python (3.11 or newer). The tree's library is loaded once; each run is
a fork of that process, as each process of the engine starts from a snapshot. A random order mixes the tests of all
integrations. The exit code is 1 when a test ended differently than in its usual order.
"""

import argparse
import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../src/engine/py"))

from harness import session, urls

Outcomes = dict[str, str]
Test = tuple[str, str]  # the folder, and the test's id


def main() -> int:
    """Reads the command line, runs everything and prints what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tree")
    parser.add_argument("--orders", type=int, default=3)
    parser.add_argument("--no-alone", action="store_true")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    session.open_tree(os.path.abspath(options.tree))
    session.load_library()
    urls.integrations()
    tests = forked(lambda: [list(test) for test in collected()])
    usual: Outcomes = forked(lambda: run(tests))
    differences = 0
    print(f"usual order: {summary(usual)}")
    for seed in range(1, options.orders + 1):
        order = random.Random(seed).sample(tests, len(tests))
        differences += report(f"random order {seed}", usual, forked(lambda order=order: run(order)))
    if not options.no_alone:
        started = time.monotonic()
        alone: Outcomes = {}
        # Each share has a process, which forks for each of its tests: threads and forks do not go together.
        shares = [tests[first :: options.processes] for first in range(options.processes)]
        for outcomes in [begin(lambda share=share: each_alone(share)) for share in shares]:
            alone |= outcomes()
        seconds = round(time.monotonic() - started)
        differences += report(f"each alone, in {seconds} s", usual, alone)
    return 1 if differences else 0


def collected() -> Iterator[Test]:
    """Every test of the tree, in the usual order."""
    base = "zerver/webhooks"
    for folder in sorted(os.listdir(base)):
        if os.path.isfile(f"{base}/{folder}/tests.py"):
            yield from ((folder, name) for name, _ in session.collect(folder)["tests"])


def run(tests: Iterable[Test]) -> Outcomes:
    """Runs tests one after the other, each as a run of its own."""
    outcomes: Outcomes = {}

    def emit(event: dict[str, Any]) -> None:
        if event["event"] == "result":
            error = event.get("error", {})
            outcomes[event["id"]] = " ".join([event["status"], error.get("message", "")]).strip()

    for folder, name in tests:
        session.run(folder, emit, frozenset([name]), False)
    return outcomes


def each_alone(tests: Iterable[Test]) -> Outcomes:
    """Runs tests, each in a process of its own that has imported no integration before."""
    outcomes: Outcomes = {}
    for test in tests:
        outcomes |= forked(lambda test=test: run([test]))
    return outcomes


def forked(work: Callable[[], Any]) -> Any:
    """What a call returns in a fork of this process; it must be JSON."""
    return begin(work)()


def begin(work: Callable[[], Any]) -> Callable[[], Any]:
    """Starts a call in a fork of this process, and returns what waits for its result."""
    read, write = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(read)
        with os.fdopen(write, "w") as pipe:
            json.dump(work(), pipe)
        os._exit(0)
    os.close(write)

    def finish() -> Any:
        with os.fdopen(read) as pipe:
            text = pipe.read()
        os.waitpid(process, 0)
        return json.loads(text)

    return finish


def summary(outcomes: Outcomes) -> str:
    """How many passed."""
    passed = sum(1 for outcome in outcomes.values() if outcome == "passed")
    return f"{passed} of {len(outcomes)} tests pass"


def report(title: str, usual: Outcomes, outcomes: Outcomes) -> int:
    """Prints a run and how it differs, and returns in how many tests it does."""
    different = [name for name in usual | outcomes if usual.get(name) != outcomes.get(name)]
    print(f"{title}: {summary(outcomes)}, {len(different)} end differently")
    for name in different:
        print(f"  {name}: {usual.get(name)} -> {outcomes.get(name)}")
    return len(different)


if __name__ == "__main__":
    sys.exit(main())
