"""Looks at how the server is set up and says what to do about what is wrong, each in one sentence.

It opens connections of its own and changes nothing, except that it makes the key and the empty database file that a
first start would make. It may use every other package; none but the composition root
and the command line use it.
"""

import asyncio
from collections.abc import AsyncIterator, Callable

from board.config.settings import Settings
from board.doctor.address import check as check_address
from board.doctor.database import check as check_database
from board.doctor.machine import check as check_machine
from board.doctor.mail import check as check_mail
from board.doctor.providers import check as check_providers
from board.doctor.queue import check as check_queue
from board.domain.diagnosis import Finding, bad

Check = Callable[[Settings], AsyncIterator[Finding]]

TIMEOUT = 20.0
"""Seconds that one part may take; the checks inside have shorter ones of their own."""

CHECKS: dict[str, Check] = {
    "configuration": check_machine,
    "database": check_database,
    "Redis": check_queue,
    "mail": check_mail,
    "sign-in": check_providers,
    "address": check_address,
}


async def examine(settings: Settings) -> list[Finding]:
    """Return all findings, part by part; the parts are looked at together."""
    found = await asyncio.gather(*(_run_check(name, check, settings) for name, check in CHECKS.items()))
    return [finding for findings in found for finding in findings]


async def _run_check(name: str, check: Check, settings: Settings) -> list[Finding]:
    findings: list[Finding] = []
    try:
        async with asyncio.timeout(TIMEOUT):
            findings += [finding async for finding in check(settings)]
    except TimeoutError:
        findings.append(bad(name, f"no end after {TIMEOUT:.0f} seconds", "see whether what it asks hangs"))
    except Exception as error:  # noqa: BLE001 - one part that breaks must not hide the others
        cause = f"{type(error).__name__}: {error}"
        findings.append(bad(name, f"it could not be looked at: {cause}", "report this with the text before"))
    return findings
