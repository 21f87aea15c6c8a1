"""Copy the browser libraries from node_modules into static/vendor and write its import map.

The pages load ES modules straight from there: no bundler and no CDN. An address in the map carries
the hash of its file, so a browser may keep it for ever.
"""

import hashlib
import json
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
TARGET = ROOT / "static" / "vendor"

MODULES = {
    "preact": "preact/dist/preact.mjs",
    "preact/hooks": "preact/hooks/dist/hooks.mjs",
    "@preact/signals-core": "@preact/signals-core/dist/signals-core.mjs",
    "@preact/signals": "@preact/signals/dist/signals.mjs",
    "htm": "htm/dist/htm.mjs",
    "htm/preact": "htm/preact/index.mjs",
    "socket.io-client": "socket.io-client/dist/socket.io.esm.min.js",
    "markdown-it": "markdown-it/dist/browser/markdown-it.esm.min.mjs",
    "dompurify": "dompurify/dist/purify.es.mjs",
}
FILES = {
    "swagger-ui.js": "swagger-ui-dist/swagger-ui-bundle.js",
    "swagger-ui.css": "swagger-ui-dist/swagger-ui.css",
    "inter/inter.css": "@fontsource-variable/inter/index.css",
}
BUNDLED = ["engine.io-client", "engine.io-parser", "socket.io-parser", "@socket.io/component-emitter"]
BUNDLED += ["entities", "linkify-it", "mdurl", "punycode.js", "uc.micro"]
LICENSES = ["LICENSE*", "swagger-ui-bundle.js.LICENSE*"]
FONTS = "@fontsource-variable/inter/files/*-wght-normal.woff2"
NO_ALTERNATES = b'\n  font-feature-settings: "calt" 0;'
SOURCE_MAP = re.compile(rb"\s*(//|/\*)# sourceMappingURL=\S+(\s*\*/)?\s*$")


def file_name(module: str) -> str:
    """Name the file of a module: `@preact/signals-core` becomes `preact-signals-core.js`."""
    return module.lstrip("@").replace("/", "-") + ".js"


def copy_text(source: Path, target: Path) -> str:
    """Copy one file without its link to a source map, and return the short hash of what was written."""
    target.parent.mkdir(parents=True, exist_ok=True)
    content = SOURCE_MAP.sub(b"\n", source.read_bytes())
    target.write_bytes(content)
    return hashlib.sha256(content).hexdigest()[:12]


def copy_modules(packages: Path, target: Path) -> dict[str, str]:
    """Copy every module and return the import map's entries: bare name to address."""
    imports = {}
    for module, source in MODULES.items():
        name = file_name(module)
        version = copy_text(packages / source, target / name)
        imports[module] = f"/static/vendor/{name}?v={version}"
    return imports


def copy_files(packages: Path, target: Path) -> None:
    """Copy the style sheets, the fonts and the one library that is no module."""
    for name, source in FILES.items():
        copy_text(packages / source, target / name)
    drop_alternates(target / "inter" / "inter.css")
    fonts = target / "inter" / "files"
    fonts.mkdir(parents=True)
    for font in packages.glob(FONTS):
        shutil.copyfile(font, fonts / font.name)


def drop_alternates(style: Path) -> None:
    """Turn off the typeface's contextual alternates: with them Chromium lays out `[a](` or `1x` 200 times slower."""
    style.write_bytes(style.read_bytes().replace(b"@font-face {", b"@font-face {" + NO_ALTERNATES))


def copy_licenses(packages: Path, target: Path) -> None:
    """Collect the licence of each package that is passed on, by itself or inside another."""
    sources = [*MODULES.values(), *FILES.values(), *BUNDLED]
    names = sorted({"/".join(source.split("/")[: 1 + source.startswith("@")]) for source in sources})
    texts = []
    for name in names:
        licenses = sorted(path for pattern in LICENSES for path in (packages / name).glob(pattern))
        texts += [f"{name}\n\n{path.read_text('utf-8').strip()}\n" for path in licenses]
    (target / "LICENSES.txt").write_text(f"\n{'-' * 80}\n".join(texts), "utf-8")


def make_vendor(packages: Path = PACKAGES, target: Path = TARGET) -> None:
    """Make the folder anew beside the old one, then swap them, so that no page sees half of it."""
    fresh = target.with_name(target.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    imports = copy_modules(packages, fresh)
    copy_files(packages, fresh)
    copy_licenses(packages, fresh)
    (fresh / "importmap.json").write_text(json.dumps({"imports": imports}, indent=2) + "\n", "utf-8")
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)


if __name__ == "__main__":
    try:
        make_vendor()
    except FileNotFoundError as error:
        sys.exit(f"{error.filename} is missing: run npm ci first")
