"""Answers made to hurt: refused in time and in little memory."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from typing import Any

import pytest

from conftest import cases
from kessai.testing import Sandbox

LIMIT_SECONDS = 9
MOST_GROWTH = 32 << 20

# In a process of its own, so that nothing else counts.
PROGRAM = """
import json, resource, sys, time
from kessai import KessaiError, zaif
client = zaif.Client(*sys.argv[1:3], endpoint=sys.argv[3], max_retries=0, timeout=9)
client.find_invoice_ids("A-1")
def most():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print("ready", flush=True)
sys.stdin.readline()
memory, began, code = most(), time.monotonic(), None
try:
    client.find_invoice_ids("A-1")
except KessaiError as error:
    code = error.code
print(json.dumps({"code": code, "seconds": time.monotonic() - began, "grown": most() - memory}))
"""


@pytest.mark.parametrize("case", cases("scenarios/hostile.json"))
def test_a_hostile_answer_is_refused_in_time_and_in_little_memory(
    case: Any, sandbox: Sandbox
) -> None:
    account = sandbox.zaif
    command = [sys.executable, "-c", textwrap.dedent(PROGRAM)]
    with subprocess.Popen(
        [*command, account["key"], account["secret"], account["endpoint"]],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        fault, _, hostile = case["steps"]
        rules = [{**rule, "match": {"method": rule["match"]["method"]}} for rule in fault["body"]]
        sandbox.faults(rules)
        told = json.loads(process.communicate("\n")[0])
    assert told["code"] == hostile["fails"]["code"]
    assert told["seconds"] < LIMIT_SECONDS + 1
    assert told["grown"] < MOST_GROWTH
