"""Spark, started for a run: on this machine, or through the address of a cluster."""

from __future__ import annotations

import os
import re
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Final

from lawmodel.batch.running.carrying_out import CannotCarryOut

if TYPE_CHECKING:
    from pyspark import SparkContext

INSTALL: Final = "pip install 'lawmodel[batch,spark]'"
_LOCAL: Final = re.compile(r"local(\[([1-9]\d*|\*)(, *[1-9]\d*)?\])?")
_CLUSTER: Final = re.compile(r"spark://(?P<places>[^/,]+:\d+(,[^/,]+:\d+)*)")
_OTHERS: Final = re.compile(r"yarn|k8s://\S+")
_ANSWERS_WITHIN: Final = 10.0
"""Seconds."""
_HERE: Final = "127.0.0.1"


def check_engine(engine: str) -> None:
    """Refuse what is no engine, or cannot be reached, before anything is started; raises `CannotCarryOut`."""
    cluster = _CLUSTER.fullmatch(engine)
    if not (cluster or _LOCAL.fullmatch(engine) or _OTHERS.fullmatch(engine)):
        raise CannotCarryOut(
            f"`{engine}` is no engine. Write local[2] for two cores of this machine, local[*] for all of them, or the "
            "address of a Spark cluster, such as spark://host:7077."
        )
    try:
        import pyspark  # noqa: F401 - whether it is there
    except ImportError:
        raise CannotCarryOut(f"pyspark is not installed. --engine needs it: {INSTALL}.") from None
    home = os.environ.get("JAVA_HOME")
    if not (home and shutil.which("java", path=os.path.join(home, "bin"))) and not shutil.which("java"):
        raise CannotCarryOut(
            "Spark needs Java 17 or newer, and there is none here. Install it (on Debian: apt install "
            "openjdk-17-jre-headless), or set JAVA_HOME to where it is."
        )
    if cluster:
        _reach(engine, cluster["places"].split(","))


def is_local(engine: str) -> bool:
    """Whether an engine is this machine alone."""
    return _LOCAL.fullmatch(engine) is not None


def _reach(engine: str, places: list[str]) -> None:
    said = ""
    for place in places:
        host, _, port = place.rpartition(":")
        try:
            socket.create_connection((host.strip("[]"), int(port)), _ANSWERS_WITHIN).close()
        except (OSError, OverflowError) as error:
            said = str(error)
        else:
            return
    raise CannotCarryOut(f"{engine}: nobody answers there ({said}). Is the address right, and is the cluster up?")


@contextmanager
def started(engine: str, title: str) -> Iterator[SparkContext]:
    """Spark on an engine (that `check_engine` has passed); the one that runs already, if it is of that engine."""
    from pyspark.sql import SparkSession

    active = SparkSession.getActiveSession()
    if active is not None:
        if active.sparkContext.master != engine:
            raise CannotCarryOut(f"{engine}: this process has another Spark already, on {active.sparkContext.master}.")
        yield active.sparkContext
        return
    context = _start(engine, title)
    try:
        yield context
    finally:
        context.stop()


def _start(engine: str, title: str) -> SparkContext:
    from pyspark import SparkConf, SparkContext

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    local = is_local(engine)
    conf = SparkConf().setMaster(engine).setAppName(title).set("spark.ui.enabled", "false")
    if local:
        conf.set("spark.driver.host", _HERE).set("spark.driver.bindAddress", _HERE)
    with _said_apart(local) as said:
        try:
            return SparkContext(conf=conf)
        except Exception as error:  # of Java, of py4j or of pyspark: whatever keeps it from starting
            raise CannotCarryOut(f"{engine}: Spark does not start: {_why(error, said)}") from None


@contextmanager
def _said_apart(wanted: bool) -> Iterator[IO[bytes]]:
    """A file that takes, if that is wanted, what is said on standard error, also by programs that are started."""
    with tempfile.TemporaryFile() as said:
        if not wanted:
            yield said
            return
        sys.stderr.flush()
        kept = os.dup(2)
        os.dup2(said.fileno(), 2)
        try:
            yield said
        finally:
            os.dup2(kept, 2)
            os.close(kept)


def _why(error: Exception, said: IO[bytes]) -> str:
    said.seek(0)
    lines = said.read().decode(errors="replace").splitlines()
    told = [line.strip() for line in lines if "Exception" in line or "Error" in line]
    return told[-1] if told else str(error).strip().splitlines()[0]
