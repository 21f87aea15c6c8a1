"""The scripts in deploy/: setting up twice changes nothing, and an update that fails ends nothing that runs."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

DEPLOY = Path(__file__).parents[2] / "deploy"
SECRETS = ["POSTGRES_PASSWORD", "REDIS_PASSWORD", "SECRET_KEY"]
DOCKER = """#!/bin/sh
echo "$*" >>"$CALLS"
case "$*" in $FAILING) echo "no: $*" >&2; exit 1 ;; esac
case "$*" in $STOPPING) kill -TERM $PPID ;; esac
case "$*" in
"compose ps --quiet --status running web") printf '%s\\n' $RUNNING ;;
"compose ps --quiet --all web") printf '%s\\n' $RUNNING; grep -q "^compose up" "$CALLS" && printf '%s\\n' new1 new2 ;;
"compose ps --quiet nginx") echo nginx ;;
"inspect --format {{.Image}}"*) echo sha256:running ;;
"inspect --format {{.Config.Image}}"*) echo board ;;
esac
exit 0
"""


class Project:
    """A checkout with the scripts, and a `docker` that writes down what it is asked."""

    def __init__(self, folder: Path) -> None:
        self.env, self.calls = folder / ".env", folder / "calls"
        self.settings = {
            "FAILING": "never",
            "STOPPING": "never",
            "RUNNING": "old1 old2",
            "CALLS": str(self.calls),
        }
        shutil.copytree(DEPLOY, folder / "deploy")
        (folder / "bin").mkdir()
        (folder / "bin" / "docker").write_text(DOCKER)
        (folder / "bin" / "docker").chmod(0o755)
        self.folder = folder

    def run(self, script: str, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """Run a script from another folder, as cron would."""
        path = {"PATH": f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}"}
        return subprocess.run(
            [self.folder / "deploy" / script, *words],
            cwd="/",
            env=path | self.settings | settings,
            capture_output=True,
            text=True,
            timeout=60,
        )

    def asked(self) -> list[str]:
        """What docker was asked to change, in order."""
        lines = self.calls.read_text().splitlines()
        return [line for line in lines if not re.match(r"compose ps|inspect|image inspect|volume", line)]

    def read(self) -> dict[str, str]:
        """What .env says."""
        return dict(line.split("=", 1) for line in self.env.read_text().splitlines())


@pytest.fixture
def project(tmp_path: Path) -> Project:
    folder = tmp_path / "My board"
    folder.mkdir()
    return Project(folder)


def test_setting_up_again_changes_nothing(project: Project) -> None:
    no_database = {"FAILING": "volume*"}
    first = project.run("setup", "https://board.example.org", **no_database)
    assert first.returncode == 0, first.stderr
    made, text = project.read(), project.env.read_text()
    assert project.env.stat().st_mode & 0o777 == 0o600
    assert made["BOARD_URL"] == "https://board.example.org"
    assert all(re.fullmatch("[0-9a-f]{64}", made[name]) for name in SECRETS)
    assert len({made[name] for name in SECRETS}) == len(SECRETS)
    for words in [[], ["https://board.example.org"], ["https://other.example.org"]]:
        assert project.run("setup", *words).returncode == 0
        assert project.env.read_text() == text


def test_setting_up_for_keycloak_again_changes_nothing(project: Project) -> None:
    for _ in range(2):
        assert project.run("setup", "--keycloak", FAILING="volume*").returncode == 0
    said = project.env.read_text()
    names = [line.split("=")[0] for line in said.splitlines()]
    assert len(set(names)) == len(names)
    wanted = (DEPLOY / "keycloak" / "board.env").read_text()
    assert [
        line for line in wanted.splitlines() if line[:1].isupper() and line not in said.splitlines()
    ] == []
    assert "KEYCLOAK_CLIENT_SECRET" in names


@pytest.mark.parametrize(
    "text",
    [
        "POSTGRES_PASSWORD=old\nBOARD_SIGNUP=closed\n",
        "POSTGRES_PASSWORD=old\nBOARD_SIGNUP=closed",
        "BOARD_SIGNUP=closed\nexport POSTGRES_PASSWORD=old",
        "# mine\nPOSTGRES_PASSWORD = old\nREDIS_PASSWORD=",
        "SECRET_KEY=old\n",
    ],
)
def test_what_is_set_stays_and_what_is_missing_is_added(project: Project, text: str) -> None:
    project.env.write_text(text)
    project.env.chmod(0o644)
    assert project.run("setup", FAILING="volume*").returncode == 0
    said = project.env.read_text()
    assert said.startswith(text), "something that was there has changed"
    for name in SECRETS:
        values = re.findall(rf"^(?:export )?{name} ?= ?(\S+)$", said, re.MULTILINE)
        assert len(values) == 1, f"{name} is set {len(values)} times"
    assert project.env.stat().st_mode & 0o777 == 0o600


def test_no_new_password_is_made_for_a_database_that_exists(project: Project) -> None:
    done = project.run("setup")
    assert done.returncode == 1
    assert "Bring back the .env" in done.stderr
    assert project.env.read_text() == ""
    assert "volume inspect myboard_postgres" in project.calls.read_text()


@pytest.mark.parametrize("address", ["board.example.org", "ftp://x", "https://", "--help"])
def test_what_is_no_address_is_refused_before_anything_is_written(project: Project, address: str) -> None:
    done = project.run("setup", address)
    assert done.returncode == 1
    assert "https://board.example.org" in done.stderr
    assert not project.env.exists()


START = "compose up -d --wait --wait-timeout 300 --no-deps --no-recreate --scale web=4 web"
END = ["stop old1", "rm old1", "stop old2", "rm old2", "compose exec -T nginx nginx -s reload"]


def test_an_update_ends_the_old_processes_when_the_new_ones_are_well(project: Project) -> None:
    done = project.run("update")
    assert done.returncode == 0, done.stderr
    steps = ["compose build", "compose run --rm -T migrate", START]
    assert project.asked() == [*steps, "image tag sha256:running board-previous", *END]


@pytest.mark.parametrize("cause", ["FAILING", "STOPPING"])
@pytest.mark.parametrize("step", ["compose build*", "compose run*", "compose up*"])
def test_an_update_that_fails_ends_nothing_that_runs(project: Project, step: str, cause: str) -> None:
    done = project.run("update", **{cause: step})
    assert done.returncode == 1
    assert "What ran before still runs" in done.stderr
    asked = project.asked()
    assert not [line for line in asked if re.search(r"stop|old\d|down|restart", line)]
    removed = [line for line in asked if line.startswith("rm")]
    assert removed == (["rm --force new1", "rm --force new2"] if "up" in step else [])
    assert asked[-1] == "image tag sha256:running board"


def test_an_old_process_that_cannot_be_ended_is_named(project: Project) -> None:
    done = project.run("update", FAILING="stop old1")
    assert done.returncode == 0
    assert "docker rm --force old1" in done.stderr
    assert "stop old2" in project.asked()


def test_the_way_back_builds_and_migrates_nothing(project: Project) -> None:
    done = project.run("update", "--back")
    assert done.returncode == 0, done.stderr
    before = ["image tag board-previous board", START]
    assert project.asked() == [*before, "image tag sha256:running board-previous", *END]


@pytest.mark.parametrize(
    ("words", "settings", "sentence"),
    [
        ([], {"RUNNING": ""}, "Nothing is running here"),
        (["--back"], {"FAILING": "image inspect*"}, "no earlier version"),
        (["--help"], {}, "usage"),
    ],
)
def test_an_update_that_cannot_begin_says_why(
    project: Project, words: list[str], settings: dict[str, str], sentence: str
) -> None:
    done = project.run("update", *words, **settings)
    assert done.returncode != 0
    assert sentence in done.stderr
    assert not project.calls.exists() or project.asked() == []
