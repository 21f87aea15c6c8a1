"""A board with the longest of everything on it, and what each window shows of it."""

from typing import Any

from playwright.async_api import Page

from tests.e2e.room import PASSWORD, Room

UNBROKEN = "W" * 500
COMPOUND = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle"
ARABIC = "مستندات المشروع النهائية للمراجعة والاعتماد من قبل الإدارة العليا"
EMOJI = "👩‍👩‍👧‍👦🏳️‍🌈" * 20
NAME = "W" * 100
CODE = (
    "const answer = await fetch('/api/v1/boards/0192/snapshot', { headers: { accept: 'application/json' } });"
    * 3
)
DESCRIPTION = f"""# {"H" * 120}

A line with `{"x" * 200}` in it and a link https://example.org/{"path" * 60}

```
{CODE}
```

| {" | ".join(["A column of a table"] * 12)} |
|{"---|" * 12}
| {" | ".join([COMPOUND] * 12)} |

- {"l" * 200}
  - {ARABIC}

> {"q" * 200}

{UNBROKEN}

{EMOJI}
"""


async def fill(room: Room, page: Page) -> None:
    """Put the longest of everything on a board. The person of the window is the server's first, so an administrator."""
    room.board = (await room.call(page, "POST", "/boards", {"title": UNBROKEN}))["id"]
    await room.call(page, "PATCH", f"/boards/{room.board}", {"description": f"{UNBROKEN} {ARABIC}"})
    columns = [
        await make(room, page, "columns", title=title) for title in (UNBROKEN, COMPOUND, ARABIC, "Short")
    ]
    await room.call(page, "PATCH", f"/columns/{columns[0]}", {"wip_limit": 1})
    room.columns = columns
    labels = [await make(room, page, "labels", name=name, color="blue") for name in label_names()]
    people = await meet(room, page)
    for title in (UNBROKEN, f"{COMPOUND} {COMPOUND}", ARABIC, EMOJI, "A card"):
        fields = {"due_at": "2020-01-31T12:00:00Z", "label_ids": labels[:12], "assignee_ids": people[:5]}
        await make(room, page, "tasks", title=title, column_id=columns[0], description=DESCRIPTION, **fields)
    archived = await make(room, page, "tasks", title=UNBROKEN, column_id=columns[1])
    await room.call(page, "PATCH", f"/tasks/{archived}", {"archived": True})
    await detail(room, page)


def label_names() -> list[str]:
    """A hundred labels: some as long as may be."""
    return [NAME, COMPOUND, ARABIC, EMOJI[:90], *(f"Label {number}" for number in range(96))]


async def make(room: Room, page: Page, kind: str, **fields: Any) -> str:
    """Make a thing on the board and return its id."""
    return str((await room.call(page, "POST", f"/boards/{room.board}/{kind}", fields))["id"])


async def meet(room: Room, page: Page) -> list[str]:
    """People with long names, on the board by themselves and by a team."""
    ids = []
    team = await room.call(page, "POST", "/teams", {"name": NAME})
    for number, name in enumerate((NAME, COMPOUND, ARABIC, EMOJI[:90], "Ann O'Nym", "Bo", "Cy")):
        email = f"{'long.address.' * 3}{number}@{'sub-domain.' * 8}example.org"
        account = {"email": email, "name": name, "password": PASSWORD}
        other = await page.context.browser.new_context()  # type: ignore[union-attr]
        answer = await other.request.post(f"{room.server.url}/api/v1/users", data=account)
        ids.append((await answer.json())["id"])
        await other.close()
        await room.call(page, "POST", f"/boards/{room.board}/members", {"email": email, "role": "editor"})
    await room.call(page, "POST", f"/teams/{team['id']}/members", {"email": email})
    await room.call(page, "POST", f"/boards/{room.board}/members", {"team_id": team["id"], "role": "viewer"})
    return ids


async def detail(room: Room, page: Page) -> None:
    """Checklists, comments and links of the first card."""
    task = (await room.task(page, 1))["id"]
    checklist = await room.call(page, "POST", f"/tasks/{task}/checklists", {"title": UNBROKEN})
    for title in (UNBROKEN, ARABIC, "Short"):
        await room.call(page, "POST", f"/checklists/{checklist['id']}/items", {"title": title})
    for body in (DESCRIPTION, UNBROKEN, "Short"):
        await room.call(page, "POST", f"/tasks/{task}/comments", {"body": body})
    for name in (f"{UNBROKEN[:490]}.pdf", "Short"):
        url = f"https://example.org/{'a' * 200}"
        await room.call(page, "POST", f"/tasks/{task}/attachments", {"name": name, "url": url})
