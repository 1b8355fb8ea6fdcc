"""What the full run relies on: nothing skipped where everything is there."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
NEEDS_POSTGRES = "tests/bot/test_schedule.py::test_the_unseen_are_forgotten"


def test_where_nothing_may_be_skipped_a_skipped_test_fails() -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("QALA_")}
    result = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", NEEDS_POSTGRES],
        cwd=ROOT,
        env={**kept, "QALA_TEST_REQUIRE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert "QALA_TEST_POSTGRES is not set: the address of a PostgreSQL server" in result.stdout
    assert "1 passed, 1 error" in result.stdout
    assert "QALA_TEST_REQUIRE is set: nothing may be skipped" in result.stdout


def test_the_full_run_is_a_sound_script() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    subprocess.run(["bash", "-n", str(script)], check=True)
    text = script.read_text()
    for name in ("QALA_TEST_POSTGRES", "QALA_TEST_CHROMIUM", "QALA_TEST_REQUIRE"):
        assert f"export {name}=" in text
    assert "\nmake test\n" in text
    assert text.rstrip().endswith('[ "${QALA_CI_COVERAGE:-0}" != 1 ] || make coverage')


def test_the_cluster_of_the_full_run_waits_for_no_disk() -> None:
    text = (ROOT / ".ci" / "run").read_text()
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        assert f"ALTER SYSTEM SET {setting} = off;" in text
    assert "pg_reload_conf()" in text
