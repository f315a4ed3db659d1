"""Plays the cases of one data file, and tells on a line each how it went.

    conform.py [--client AsyncClient] scenarios/journeys.json

With the package that this Python has installed. ../README.md tells what a case is.
"""

from __future__ import annotations

import argparse
import json
import os
import traceback
from pathlib import Path
from typing import Any

from player import Player
from stage import Stage
from surface import compare_surface
from told import Different


def played(case: Any, number: int, client: str) -> str | None:
    """Play a case; give what went wrong."""
    stage = Stage(number)
    try:
        Player(stage, client).play(case)
    except Different as difference:
        return str(difference)
    except Exception:  # The next case is not to blame.
        return traceback.format_exc()
    return None


def main() -> None:
    """Play what is asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--client", choices=["Client", "AsyncClient"], default="Client")
    parser.add_argument("file")
    asked = parser.parse_args()
    read = json.loads(Path(os.environ["KESSAI_TEST_DATA"], asked.file).read_text("utf-8"))
    group, match = Path(asked.file).stem, os.environ.get("KESSAI_TEST_MATCH", "")

    def tell(name: str, why: str | None) -> None:
        line = {"case": f"{group}/{name}", "ok": why is None, "why": why}
        print(json.dumps(line), flush=True)

    if group == "surface":
        for part, why in compare_surface(read, asked.client):
            tell(part, why)
        return
    for number, case in enumerate(read["cases"], 1):
        if match in f"{group}/{case['name']}" and "python" in case.get("in", ["python"]):
            tell(case["name"], played(case, number, asked.client))


if __name__ == "__main__":
    main()
