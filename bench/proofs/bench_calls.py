"""Proof: thousands of calls made up from the workbench's own OpenAPI description meet no server error.

    python -m bench.proofs.bench_calls --calls 5000

Calls are made by schemathesis, right ones and wrong ones, reads and writes, over HTTP's own forms; every answer below
500 that the description names is right, everything else is a fault. At the end `verify` finds the case whole.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig

from sayso.integrity import verify_case
from sayso.records import FOUND, LINKED, Document
from sayso.store import open_case
from sayso.web.desk import Desk
from sayso.web.openapi import describe
from sayso.web.screens import SCREENS
from sayso.web.writes import WRITES
from tests.browser.bench_visit import serving
from tests.web.bench_case import write_case

NAMES = {"id", "about", "left", "right", "cluster", "member", "word", "key", "from", "to", "relation", "statement"}
QUIET = {"stop", "again"}  # their jobs start processes; the tests of adding have them


def prove(calls: int) -> tuple[Counter[int], list[str]]:
    """How often each status was answered, and what was wrong."""
    with tempfile.TemporaryDirectory() as folder:
        path = write_case(Path(folder, "affair.sayso"))
        seen, faults = Counter[int](), list[str]()
        operations = _operations(_schema(_ids(path)))
        with serving(path) as desk:
            while seen.total() < calls:
                for operation in operations:
                    _call(desk, operation, max(2, calls // len(operations) // 2), (seen, faults))
        with open_case(path) as case:
            faults += [f"verify: {one.about}: {one.message}" for one in verify_case(case)
                       if one.about.startswith("judgement")]  # fmt: skip
        return seen, faults


def _ids(path: Path) -> list[str]:
    """Ids of records of every kind, so that calls reach what is behind them."""
    with open_case(path) as case:
        return [one.id for kind in (Document, *FOUND, *LINKED) for one in list(case.of(kind))[:3]]


def _schema(ids: list[str]) -> Any:
    told = describe(SCREENS, [write for write in WRITES if write.name not in QUIET])
    del told["security"], told["components"]  # else the token is made up too, and every call refused
    known = {"anyOf": [{"enum": ids}, {"type": "string", "maxLength": 2000}]}
    for path in told["paths"].values():
        for one in path.get("get", {}).get("parameters", []):
            one["schema"] = known if one["name"] in NAMES else one["schema"]
        for body in [path["post"]["requestBody"]["content"]["application/json"]["schema"]] if "post" in path else []:
            body["properties"] |= {name: known for name in body["properties"] if name in NAMES}
    config = SchemathesisConfig.from_dict({"generation": {"mode": "all"}})
    return schemathesis.openapi.from_dict(told, config=config)


def _operations(schema: Any) -> list[Any]:
    return [result.ok() for result in schema.get_all_operations()]


def _call(desk: Desk, operation: Any, times: int, tally: tuple[Counter[int], list[str]]) -> None:
    home = f"http://127.0.0.1:{desk.key.port}"
    session = requests.Session()
    session.headers["x-sayso-token"] = desk.key.token
    seen, faults = tally
    each = max(1, times // 2)
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(max_examples=each, deadline=None, database=None, phases=[Phase.generate],
                  verbosity=Verbosity.quiet,
                  suppress_health_check=list(HealthCheck))  # fmt: skip
        def one(case: Any) -> None:
            try:
                answer = case.call(base_url=home, session=session, allow_redirects=False)
            except ValueError:
                return  # it cannot be sent over HTTP at all
            seen[answer.status_code] += 1
            if answer.status_code >= 500:
                faults.append(
                    f"{operation.method} {operation.path}: {answer.status_code} {case.query} {case.body!r}"[:400]
                )

        with suppress(Unsatisfiable):  # no call of this kind can be made up
            one()


def main() -> int:
    """Run the proof; 0 where nothing was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=5000)
    seen, faults = prove(parser.parse_args().calls)
    sys.stdout.write("".join(f"{fault}\n" for fault in faults[:50]))
    told = ", ".join(f"{status}: {count}" for status, count in sorted(seen.items()))
    sys.stdout.write(f"{seen.total()} calls ({told}), {len(faults)} faults\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
