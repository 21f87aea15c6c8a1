"""Carry pages, styles and migrations inside the package, as `board/_assets`; see board/config/paths.py."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent
FOLDERS = ("static", "templates", "migrations")


class BuildWithAssets(build_py):
    """Copy the folders that lie beside the package; an editable install finds them where they are."""

    def run(self) -> None:
        """Build the modules, then the assets."""
        super().run()
        if self.editable_mode:
            return
        if not (ROOT / "static" / "vendor" / "importmap.json").is_file():
            raise SystemExit("static/vendor is missing: run `make wheel`, which makes it first")
        for folder in FOLDERS:
            target = Path(self.build_lib) / "board" / "_assets" / folder
            ignored = shutil.ignore_patterns("__pycache__", "*.pyc")
            shutil.copytree(ROOT / folder, target, dirs_exist_ok=True, ignore=ignored)


setup(cmdclass={"build_py": BuildWithAssets})
