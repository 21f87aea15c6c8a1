"""Findings as an operator reads them in a terminal, and as a program does."""

from collections.abc import Iterable, Iterator

from board.domain.diagnosis import Finding, State

SIGNS = {State.GOOD: "✓", State.NOTE: "!", State.BAD: "✗"}


def write_lines(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield a line for each finding, and one below it with what to do."""
    for finding in findings:
        yield f"{SIGNS[finding.state]} {finding.part}: {finding.text}"
        if finding.fix:
            yield f"    {finding.fix}"


def is_healthy(findings: Iterable[Finding]) -> bool:
    """Return whether nothing is bad."""
    return all(finding.state is not State.BAD for finding in findings)
