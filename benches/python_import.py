"""What an import costs: ``python_import.py MODULE``.

Prints nanoseconds and by how many bytes the resident memory grew.
"""

from __future__ import annotations

import importlib
import sys
import time
from pathlib import Path


def resident() -> int:
    """Give the resident memory of this process in bytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


def main() -> None:
    """Measure one import, as cold as a fresh process with warm files makes it."""
    memory, began = resident(), time.perf_counter_ns()
    importlib.import_module(sys.argv[1])
    print(time.perf_counter_ns() - began, resident() - memory)


if __name__ == "__main__":
    main()
