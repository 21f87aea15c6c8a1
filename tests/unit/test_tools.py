"""The scripts of `make`: what is copied for the browser, and what is said against a module."""

import importlib.util
import json
from hashlib import sha256
from pathlib import Path
from types import ModuleType

import pytest

TOOLS = Path(__file__).resolve().parents[2] / "tools"


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, TOOLS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """A node_modules with a few bytes in each named file."""
    vendor = load("vendor")
    folder = tmp_path / "node_modules"
    for source in [*vendor.MODULES.values(), *vendor.FILES.values(), vendor.FONTS.replace("*", "latin")]:
        path = folder / source
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"/* {source} */\n//# sourceMappingURL=gone.map\n")
    (folder / "preact" / "LICENSE").write_text("Do as you like")
    return folder


def test_an_address_changes_with_its_file(packages: Path, tmp_path: Path) -> None:
    vendor, target = load("vendor"), tmp_path / "static" / "vendor"
    maps = []
    for text in ("one", "two"):
        (packages / vendor.MODULES["preact"]).write_text(text)
        vendor.make_vendor(packages, target)
        maps.append(json.loads((target / "importmap.json").read_text())["imports"])
    assert maps[1]["preact"] == f"/static/vendor/preact.js?v={sha256(b'two').hexdigest()[:12]}"
    assert {name for name in maps[0] if maps[0][name] != maps[1][name]} == {"preact"}


def test_every_address_has_its_file_and_no_source_map(packages: Path, tmp_path: Path) -> None:
    vendor, target = load("vendor"), tmp_path / "static" / "vendor"
    vendor.make_vendor(packages, target)
    imports = json.loads((target / "importmap.json").read_text())["imports"]
    assert set(imports) == set(vendor.MODULES)
    for address in imports.values():
        text = (target / Path(address.split("?")[0]).name).read_text()
        assert "sourceMappingURL" not in text
    assert "preact\n\nDo as you like" in (target / "LICENSES.txt").read_text()
    assert not target.with_name("vendor.new").exists()


def test_a_failure_leaves_the_old_files(packages: Path, tmp_path: Path) -> None:
    vendor, target = load("vendor"), tmp_path / "static" / "vendor"
    vendor.make_vendor(packages, target)
    before = (target / "importmap.json").read_text()
    (packages / vendor.MODULES["htm"]).unlink()
    with pytest.raises(FileNotFoundError):
        vendor.make_vendor(packages, target)
    assert (target / "importmap.json").read_text() == before


def test_every_way_to_import_is_read(tmp_path: Path) -> None:
    module = tmp_path / "module.js"
    module.write_text(
        'import a from "./a.js";\nimport {\n  b,\n} from \'b\';\nimport "c";\nexport * from "./d.js";\n'
        'const e = "from \'x\'";\nawait import("f");\n'
    )
    assert list(load("check_js").read_imports(module)) == ["./a.js", "b", "c", "./d.js", "f"]


def test_an_import_that_leads_nowhere_is_named(tmp_path: Path, monkeypatch) -> None:
    check = load("check_js")
    monkeypatch.setattr(check, "ROOT", tmp_path)
    (tmp_path / "here.js").touch()
    module = tmp_path / "module.js"
    module.write_text('import "./here.js";\nimport "./gone.js";\nimport "known";\nimport "unknown";\n')
    assert list(check.check_imports(module, {"known"})) == [
        "module.js: no file at ./gone.js",
        "module.js: unknown is not in the import map",
    ]


@pytest.mark.parametrize(
    ("call", "refused"),
    [
        ("f(1, 2, 3)", False),
        ("f(1, 2, 3, 4)", True),
        ("f(1, 2, 3, d=4, e=5)", False),
        ("thing.f(1, 2, 3, 4)", True),
        ("f(*many, 1, 2)", False),
        ("f(1, 2, 3, 4, *many)", True),
        ("select(a, b, c, d)", False),
        ("partial(f, a, b, c)", False),
    ],
)
def test_a_call_names_what_comes_after_its_third_argument(call: str, refused: bool) -> None:
    assert bool(list(load("check_calls").find_long_calls(f"x = {call}"))) is refused


def test_a_long_call_is_printed_with_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check = load("check_calls")
    (tmp_path / "new.py").write_text("f(\n)\ng(1, 2, 3, 4)\n")
    assert check.main([str(tmp_path)]) == 1
    assert "new.py:3: g() has 4 positional arguments" in capsys.readouterr().out
    (tmp_path / "new.py").write_text("g(1, 2, 3, d=4)\n")
    assert check.main([str(tmp_path)]) == 0


def test_what_providers_need_is_read_from_the_plan_of_apt() -> None:
    plan = """
Inst perl [5.36.0-7+deb12u2] (5.36.0-7+deb12u4 Debian-Security:12/oldstable-security [amd64]) []
Inst libconfig9 (1.5-0.4 Debian:12.11/oldstable [amd64])
Inst libfoo:amd64 (8:6.9-1.6+deb12u15 Debian:12.11/oldstable [amd64])
Conf libconfig9 (1.5-0.4 Debian:12.11/oldstable [amd64])
"""
    assert load("providers").read_plan(plan) == [
        "libconfig9=1.5-0.4",
        "libfoo:amd64=8:6.9-1.6+deb12u15",
        "perl=5.36.0-7+deb12u4",
    ]


def test_without_apt_one_line_says_what_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    providers = load("providers")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(providers, "ARCHIVES", tmp_path / "archives")
    with pytest.raises(SystemExit) as ended:
        providers.unpack()
    assert len(str(ended.value.code).strip().splitlines()) == 1
    assert "There is no apt and no dpkg" in str(ended.value.code)
    assert not (tmp_path / "archives").exists()


def test_what_apt_can_not_do_is_one_line_with_its_log(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Nothing that was unpacked before is lost."""
    providers = load("providers")
    apt = tmp_path / "apt-get"
    apt.write_text("#!/bin/sh\necho 'E: Unable to locate package glewlwyd' >&2\nexit 100\n")
    apt.chmod(0o755)
    for name in ("FOLDER", "ARCHIVES", "TREE", "MARK"):
        monkeypatch.setattr(providers, name, tmp_path / name)
    (tmp_path / "TREE").mkdir()
    (tmp_path / "FOLDER").mkdir()
    monkeypatch.setattr(providers, "PROGRAMS", {"sh": "dash"})
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(SystemExit) as ended:
        providers.unpack()
    assert len(str(ended.value.code).strip().splitlines()) == 1
    assert "apt-get update" in str(ended.value.code)
    assert "Unable to locate" in (tmp_path / "FOLDER" / "plan.log").read_text()
    assert (tmp_path / "TREE").exists()


def test_what_the_browser_knows_of_fields_is_what_the_domain_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fields = load("fields")
    assert fields.main(["--check"]) == 0
    monkeypatch.setattr(fields, "ROOT", tmp_path)
    monkeypatch.setattr(fields, "TARGET", tmp_path / "fields.js")
    assert fields.main([]) == 0
    written = fields.TARGET.read_text("utf-8")
    fields.TARGET.write_text(written.replace("due date", "deadline"), "utf-8")
    assert fields.main(["--check"]) == 1
    assert "fields.js does not say what board/domain says" in capsys.readouterr().out
