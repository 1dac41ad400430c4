"""One Spark for all tests in this folder: it takes seconds to start.

They are skipped where it cannot be had, unless `LAWMODEL_SPARK` is `required`, as it is for CI.
"""

from __future__ import annotations

import gc
import os
import warnings
from collections.abc import Iterator
from typing import Any

import pytest

from lawmodel.batch.running.carrying_out import CannotCarryOut
from lawmodel.batch.spark.spark_engine import check_engine, started

ENGINE = "local[2]"
REQUIRED = os.environ.get("LAWMODEL_SPARK") == "required"


def missing() -> str:
    """Why there can be no Spark here; empty if there can be one."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        return "Spark is tested in one process: pytest -n0 tests/spark"
    try:
        check_engine(ENGINE)
    except CannotCarryOut as error:
        return str(error)
    return ""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Pyspark leaves sockets to be collected, and uses what pandas no longer wants used."""
    for item in items:
        if "spark" in item.path.parent.parts:
            item.add_marker(pytest.mark.filterwarnings("ignore::ResourceWarning"))
            item.add_marker(pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"))
            item.add_marker(pytest.mark.filterwarnings("ignore::DeprecationWarning:pyspark"))


@pytest.fixture(scope="package")
def spark() -> Iterator[Any]:
    """A session on two cores of this machine."""
    if why := missing():
        if REQUIRED:
            pytest.fail(why)
        pytest.skip(why)
    from pyspark.sql import SparkSession

    with started(ENGINE, "tests") as context:
        session = SparkSession(context)
        session.conf.set("spark.sql.session.timeZone", "UTC")
        session.conf.set("spark.sql.codegen.wholeStage", "false")  # compiling takes longer than so few rows do
        yield session
    with warnings.catch_warnings(action="ignore"):
        gc.collect()  # the sockets that it has left are not for the tests of others to find
