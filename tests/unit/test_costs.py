"""What tests cost is counted with what they start, and a run that costs too much fails."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.fixtures.costs import PROC, measure

ROOT = Path(__file__).parents[2]
COUNTED = 0.25
"""Seconds of the work that are sure to be seen: the system counts in ticks."""
WORK = "import time\nwhile time.process_time() < 0.3: pass\n"


def run(pytester: pytest.Pytester, minutes: str) -> pytest.RunResult:
    """Run a test that costs a little, with a budget."""
    pytester.makepyfile("def test_it(): sum(range(100_000))")
    return pytester.runpytest_subprocess("-p", "tests.fixtures.costs", "--processor-minutes", minutes)


@pytest.fixture(autouse=True)
def find_plugin(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let another pytest import the plugin, from whichever folder it is run."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


@pytest.mark.slow
def test_a_run_over_its_budget_fails_though_its_tests_pass(pytester: pytest.Pytester) -> None:
    result = run(pytester, "0.0001")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["*::test_it", "*in all*", "*over the budget of 0.0001 minutes*"])


@pytest.mark.slow
def test_a_run_within_its_budget_passes(pytester: pytest.Pytester) -> None:
    result = run(pytester, "100")
    assert result.ret == pytest.ExitCode.OK
    result.stdout.no_fnmatch_line("*over the budget*")


def test_a_child_that_has_ended_counts() -> None:
    before = measure()
    subprocess.run([sys.executable, "-c", WORK], check=True)
    assert measure() - before >= COUNTED


@pytest.mark.skipif(not PROC.is_dir(), reason="the system has no /proc")
def test_a_child_of_a_child_counts_while_it_runs() -> None:
    program = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {WORK!r}])\nsys.stdin.read()"
    before = measure()
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE) as child:
        while measure() - before < COUNTED:
            assert child.poll() is None
            time.sleep(0.01)
        child.communicate()
