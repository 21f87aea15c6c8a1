"""What an import brings, by the sample that was written for it and by a real export."""

from typing import Any

import pytest

from tests.integration.conftest import Person, SignUp
from tests.integration.imports.exports import (
    GARDEN,
    PROJECT,
    bring,
    by_title,
    follow,
    garden,
    reasons,
    send,
    snapshot,
    titles,
)


@pytest.fixture
async def run(anna: Person) -> dict[str, Any]:
    """The garden, imported by Anna, who is Ada Moss there."""
    return await bring(anna, GARDEN.read_bytes(), "adamoss = Anna@Example.org")


@pytest.fixture
async def board(anna: Person, run: dict[str, Any]) -> dict[str, Any]:
    """Everything on the imported board."""
    return await snapshot(anna, run["board_id"])


async def test_a_board_comes_with_its_lists_in_order(board: dict[str, Any]) -> None:
    assert board["board"]["title"] == "Community garden"
    assert board["board"]["description"] == "What grows, and who waters it.\n"
    assert board["board"]["role"] == "owner"
    assert titles(board["columns"]) == ["Ideas", "Last year", "Doing", "Done"]
    columns = by_title(board["columns"])
    assert columns["Doing"]["wip_limit"] == 4
    assert [title for title, one in columns.items() if one["archived_at"]] == ["Last year"]
    assert columns["Ideas"]["created_at"] == "2024-01-11T14:49:37Z"


async def test_cards_come_in_order_with_numbers_and_dates(board: dict[str, Any]) -> None:
    columns, tasks = by_title(board["columns"]), by_title(board["tasks"])
    inside = {
        name: titles([task for task in board["tasks"] if task["column_id"] == column["id"]])
        for name, column in columns.items()
    }
    assert inside == {
        "Ideas": ["Turn the compost", "Order seeds"],
        "Doing": ["Test the soil", "Build raised beds"],
        "Done": ["Mend the fence"],
        "Last year": ["Paint the shed"],
    }
    assert {title: task["number"] for title, task in tasks.items()} == {
        "Test the soil": 1,
        "Build raised beds": 2,
        "Order seeds": 3,
        "Mend the fence": 4,
        "Paint the shed": 5,
        "Turn the compost": 7,
    }
    soil = tasks["Test the soil"]
    assert soil["start_at"] == "2024-01-15T00:00:00Z"
    assert soil["due_at"] == "2024-02-10T16:00:00Z"
    assert soil["completed_at"] is not None
    assert tasks["Mend the fence"]["archived_at"] is not None
    assert soil["archived_at"] is tasks["Order seeds"]["completed_at"] is None


async def test_the_next_task_gets_the_next_number(anna: Person, board: dict[str, Any]) -> None:
    column = board["columns"][0]["id"]
    task = await anna.post(f"/boards/{board['board']['id']}/tasks", {"column_id": column, "title": "New"})
    assert task["number"] == 8


async def test_labels_and_people_are_on_the_tasks(anna: Person, board: dict[str, Any]) -> None:
    labels = {label["id"]: (label["name"], label["color"]) for label in board["labels"]}
    soil = by_title(board["tasks"])["Test the soil"]
    assert {labels[id] for id in soil["label_ids"]} == {("Water", "teal"), ("Urgent", "red")}
    assert ("", "gray") in labels.values()
    assert soil["assignee_ids"] == [anna.id]


async def test_what_hangs_on_a_task_comes_and_is_counted(anna: Person, board: dict[str, Any]) -> None:
    soil = by_title(board["tasks"])["Test the soil"]
    checklists = (await anna.get(f"/tasks/{soil['id']}/checklists"))["items"]
    attachments = (await anna.get(f"/tasks/{soil['id']}/attachments"))["items"]
    comments = (await anna.get(f"/tasks/{soil['id']}/comments"))["items"]
    items = [item for checklist in checklists for item in checklist["items"]]

    assert [one["title"] for one in checklists] == ["Samples", "Afterwards"]
    assert [(item["title"], item["done"]) for item in items] == [
        ("North bed", True),
        ("South bed", False),
        ("West bed", True),
        ("Write it up", False),
    ]
    assert {one["kind"] for one in attachments} == {"link"}
    assert (soil["checklist_done"], soil["checklist_total"]) == (2, 4)
    assert soil["attachment_count"] == len(attachments) > 0
    assert soil["comment_count"] == len(comments) == 3


async def test_comments_keep_author_and_time(anna: Person, board: dict[str, Any]) -> None:
    tasks = by_title(board["tasks"])
    comments = (await anna.get(f"/tasks/{tasks['Test the soil']['id']}/comments"))["items"]
    told = {one["body"]: one for one in comments}
    assert told["First"]["author_id"] == anna.id
    assert told["First"]["created_at"] == "2024-02-01T08:00:00Z"
    edited = told["The *pH* is 6.5 🌱"]
    assert (edited["author_name"], edited["author_id"]) == ("Bo Fern", None)
    assert (edited["created_at"], edited["updated_at"]) == ("2024-02-03T08:00:00Z", "2024-02-03T08:30:00Z")
    left = (await anna.get(f"/tasks/{tasks['Build raised beds']['id']}/comments"))["items"]
    assert [one["author_name"] for one in left] == ["Cy Reed"]


async def test_the_report_names_what_did_not_come(run: dict[str, Any], board: dict[str, Any]) -> None:
    came = run["report"]["came"]
    assert came["board"] == 1
    assert came["column"] == len(board["columns"]) == 4
    assert came["task"] == len(board["tasks"]) == 6
    assert came["label"] == len(board["labels"])
    assert came["checklist"] == 2
    assert came["item"] == sum(task["checklist_total"] for task in board["tasks"])
    assert came["comment"] == sum(task["comment_count"] for task in board["tasks"])
    assert came["attachment"] == sum(task["attachment_count"] for task in board["tasks"])
    assert run["report"]["known"] == {}
    assert "Lost in the grass" in reasons(run, "task")
    assert "Without a card" in reasons(run, "checklist")
    assert reasons(run, "member")["Bo Fern"] == "no account here is known to be theirs"
    assert "Bo Fern" in reasons(run, "assignee")
    assert "vote" in {line["kind"] for line in run["report"]["skipped"]}


async def test_an_archived_board_stays_archived(anna: Person) -> None:
    run = await bring(anna, garden() | {"closed": True})
    board = await anna.get(f"/boards/{run['board_id']}")
    assert board["archived_at"] is not None


async def test_an_email_in_the_file_brings_its_account_along(anna: Person, sign_up: SignUp) -> None:
    bo = await sign_up("Bo")
    run = await bring(anna, garden())
    board = await snapshot(bo, run["board_id"])
    assert {member["id"]: member["role"] for member in board["members"]} == {
        anna.id: "owner",
        bo.id: "editor",
    }
    assert by_title(board["tasks"])["Build raised beds"]["assignee_ids"] == [bo.id]


async def test_dates_that_forbid_each_other_do_not_come_both(anna: Person) -> None:
    export = garden()
    export["cards"][0] |= {"start": "2024-03-02T00:00:00Z", "due": "2024-03-01T00:00:00Z"}
    run = await bring(anna, export)
    task = by_title((await snapshot(anna, run["board_id"]))["tasks"])["Build raised beds"]
    assert (task["start_at"], task["due_at"]) == (None, "2024-03-01T00:00:00Z")
    assert "start date" in reasons(run, "task")["Build raised beds"]
    await anna.patch(f"/tasks/{task['id']}", {"title": "Still editable"})


async def test_a_number_beyond_reason_is_replaced(anna: Person) -> None:
    export = garden()
    export["cards"][0]["idShort"] = 2**31 - 1
    run = await bring(anna, export)
    board = await snapshot(anna, run["board_id"])
    assert by_title(board["tasks"])["Build raised beds"]["number"] == 8
    body = {"column_id": board["columns"][0]["id"], "title": "New"}
    assert (await anna.post(f"/boards/{run['board_id']}/tasks", body))["number"] == 9


@pytest.mark.skipif(not PROJECT.exists(), reason="the real export is not at ../shared/samples")
async def test_a_real_export_comes_over(anna: Person) -> None:
    run = await bring(anna, PROJECT.read_bytes())
    board = await snapshot(anna, run["board_id"])
    assert board["board"]["title"] == "Project 100"
    assert (len(board["columns"]), len(board["tasks"]), len(board["labels"])) == (3, 3, 6)
    assert sorted(task["number"] for task in board["tasks"]) == [1, 2, 3]
    assert run["report"]["skipped"]


async def test_dates_with_times_are_written_where_the_person_is(anna: Person) -> None:
    export = GARDEN.read_bytes()
    run = await follow(anna, (await send(anna, export, time_zone="Europe/Berlin")).json())
    tasks = (await snapshot(anna, run["board_id"]))["tasks"]
    texts = [(await anna.get(f"/tasks/{task['id']}"))["description"] for task in tasks]
    assert any("2024-02-20 12:00 CET" in text for text in texts)
    refused = await send(anna, export, time_zone="../etc/passwd")
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "time_zone"
