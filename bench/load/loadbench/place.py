"""Where things are: the source tree, the built distribution, the JDK, the interpreter."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

TOP = Path(os.environ["NUCLEON_BENCH_TOP"])
DIST = TOP / "dist"
BENCH = TOP / "bench" / "load"
JAVA_HOME = Path(os.environ["JAVA_HOME"])
JAVA = JAVA_HOME / "bin" / "java"
PYTHON = os.environ["NUCLIO_PYTHON_EXE_PATH"]
NODE = os.environ["NUCLIO_NODEJS_EXE"]
FUNCTIONS = BENCH / "functions"
JVM_OPTIONS = DIST / "lib" / "jvm.options"
MAIN = "io.nucleon.bench.load."

WORK = Path(tempfile.mkdtemp(prefix="nucleon-bench-"))


def remove_work() -> None:
    """Removes what this run has put into the temporary folder."""
    shutil.rmtree(WORK, ignore_errors=True)


def class_path() -> str:
    """The distribution's jars in the launcher's order, then the bench's own."""
    jars = sorted((DIST / "lib").glob("*.jar"))
    hdr = sorted((BENCH / "target" / "lib").glob("HdrHistogram-*.jar"))
    return os.pathsep.join(str(one) for one in [*jars, BENCH / "target" / "classes", *hdr])


def java_command(main: str, *arguments: object, flags: list[str] | None = None) -> list[str]:
    """Starts one of the bench's own classes with the product's JVM flags."""
    return [
        str(JAVA),
        f"@{JVM_OPTIONS}",
        f"-Dnucleon.home={DIST}",
        *(flags or []),
        "-cp",
        class_path(),
        MAIN + main,
        *map(str, arguments),
    ]


def compiled_function(name: str) -> Path:
    """The class folder of a Java function, compiled as a build would: the processor need not load a compiler."""
    folder = WORK / "classes" / name
    if not folder.exists():
        folder.mkdir(parents=True)
        sdk = next((DIST / "lib").glob("nucleon-sdk-*.jar"))
        sources = sorted((FUNCTIONS / "java" / name).glob("*.java"))
        subprocess.run(
            [str(JAVA_HOME / "bin" / "javac"), "-cp", str(sdk), "-d", str(folder), *map(str, sources)], check=True
        )
    return folder
