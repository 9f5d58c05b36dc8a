"""What a number needs beside it: class of machine and versions. Nothing that names the machine itself."""

from __future__ import annotations

import datetime
import os
import platform
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from . import place


def _first(command: Sequence[str], pattern: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    found = re.search(pattern, done.stdout + done.stderr)
    return found.group(1) if found else "unknown"


def _cpu_model() -> str:
    found = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    return found.group(1).strip() if found else platform.machine()


def _memory_gib() -> int:
    found = re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text())
    return round(int(found.group(1)) / 1024 / 1024) if found else 0


def _is_virtual() -> bool:
    return " hypervisor" in Path("/proc/cpuinfo").read_text()


def moment() -> dict[str, str]:
    """When a part is measured, and of what."""
    return {
        "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        "commit": _first(["git", "-C", str(place.TOP), "describe", "--always", "--dirty"], r"(\S+)"),
    }


def describe() -> dict[str, str]:
    """Rows for the report."""
    python = [place.PYTHON, "-c"]
    netty = next((place.DIST / "lib").glob("netty-common-*.jar")).stem.removeprefix("netty-common-")
    return {
        "Machine": f"{os.cpu_count()} cores of {_cpu_model()}{' (virtual)' if _is_virtual() else ''},"
        f" {_memory_gib()} GiB, Linux {platform.release().split('-')[0]}",
        "Nucleon": _first([str(place.TOP / "nucleon"), "version"], r"nucleon (\S+)"),
        "Java": _first([str(place.JAVA), "-version"], r'version "([^"]+)"'),
        "Python": _first([*python, "import platform; print(platform.python_version())"], r"(\S+)"),
        "Baselines": f"Netty {netty}, uvicorn "
        + _first([*python, "import uvicorn; print(uvicorn.__version__)"], r"(\S+)")
        + ", uvloop "
        + _first([*python, "import uvloop; print(uvloop.__version__)"], r"(\S+)")
        + ", httptools "
        + _first([*python, "import httptools; print(httptools.__version__)"], r"(\S+)"),
        "Generator": "wrk " + _first(["wrk", "-v"], r"wrk (\S+)") + ", and for the open loop our own on Netty",
    }
