"""Find text for people that no catalogue has, in Python, in templates and in the browser's modules.

A literal counts as text for people where it can only be that (text and titles in HTML, labels of forms, messages of
errors) and where it reads like a sentence. Marked text (`msg`, `_`, `{% trans %}`, `t`) doesn't count, nor do
docstrings, the log, and what developers alone see. A line that ends with `# not shown` (in the browser's modules
`// not shown`) is passed over.
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path

from catalogues import list_modules, read_browser
from jinja2 import Environment, nodes

ROOT = Path(__file__).resolve().parent.parent
MARKS = {"msg", "nmsg", "_", "gettext", "ngettext", "lazy_gettext"}
SHOWN = {"title", "alt", "placeholder", "aria-label", "aria-description", "aria-roledescription", "label"}
DEVELOPERS = re.compile(
    r"^(log|logger|logging|warnings|parser|click)\.|^(TypeError|ValueError|RuntimeError|KeyError|print|Field|re\.\w+"
    r"|AssertionError|NotImplementedError|LookupError|AttributeError|cast|TypeVar|text|op\.\w+|getLogger)$"
)
SHOWING = re.compile(r"^(flash|say|\w*Field|FieldError|Invalid\.field|[A-Z]\w*\.field)$")
LETTER = re.compile(r"[^\W\d_]")
SENTENCE = re.compile(
    r"^(…|[“\"]?[^\W\d_][\w']*),?:? \S.*[.?!…]$|^[A-Z][\w']+( [\w'\"“”,:()-]+)+$", re.DOTALL
)
CLASS = re.compile(r"\w(--|__)\w")
GAP = "\N{OBJECT REPLACEMENT CHARACTER}"
EXEMPT = (
    "board/__main__.py",
    "board/cli",
    "board/config",
    "board/doctor",
    "board/loop",
    "board/mail",
    "board/oidc",
    "board/repository/engine.py",
    "board/repository/migrate.py",
    "board/repository/tables.py",
    "board/server.py",
    "board/web/api/openapi.py",
    "board/web/secure_context.py",
)
"""What is written for whoever runs the server or programs against it: it is English."""

Finding = tuple[str, int, str]


class Page(HTMLParser):
    """The text and the shown attributes of HTML, with their lines."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self.silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the attributes that people see."""
        if tag in ("script", "style"):
            self.silent = tag
        self.found += [(self.getpos()[0], value) for name, value in attrs if name in SHOWN and value]

    def handle_endtag(self, tag: str) -> None:
        """Note the end of what isn't text."""
        if tag == self.silent:
            self.silent = ""

    def handle_data(self, data: str) -> None:
        """Note the text, at the line where it begins."""
        if not self.silent:
            blank = len(data) - len(data.lstrip())
            self.found.append((self.getpos()[0] + data[:blank].count("\n"), data))


def check_template(text: str) -> Iterator[tuple[int, str]]:
    """Find text that is outside of `_()` and `{% trans %}`."""
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    page = Page()
    page.feed("".join(_blank_code(environment, text)))
    page.close()
    yield from page.found
    yield from _check_code(environment.parse(text))


def _blank_code(environment: Environment, text: str) -> Iterator[str]:
    """Yield a template's HTML, with a mark for each expression, and nothing but its lines for the rest."""
    marked, block, first = False, False, False
    for _, kind, value in environment.lex(text):
        if kind == "block_begin":
            block, first = True, True
        elif kind == "name" and first:
            first = False
            marked = value == "trans" if value in ("trans", "endtrans") else marked
        elif kind == "block_end":
            block = False
        if kind == "data" and not marked:
            yield value
        else:
            yield ("" if block or kind != "variable_begin" else GAP) + "\n" * value.count("\n")


def _check_code(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """Yield the literals in a template's code that read like text for people."""
    marked = {
        id(const)
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in MARKS
        for const in call.find_all(nodes.Const)
    }
    internal = {
        id(const)
        for node in tree.find_all((nodes.Compare, nodes.ImportedName, nodes.Include))
        for const in node.find_all(nodes.Const)
    }
    for const in tree.find_all(nodes.Const):
        if id(const) not in marked | internal and isinstance(const.value, str) and _is_text(const.value):
            yield const.lineno, const.value
    for output in tree.find_all(nodes.CondExpr):
        for side in (output.expr1, output.expr2):
            if (
                isinstance(side, nodes.Const)
                and id(side) not in marked
                and side.value in ("s", "people", "person")
            ):
                yield side.lineno, side.value


def _is_text(value: str) -> bool:
    """Tell whether a literal in a template's code is shown: it begins with a capital letter, or has several words."""
    return bool(re.match(r"^\W*[A-Z][a-z']+($|\W)|^[\w']+ [\w']+", value)) and "%" not in value[:2]


def check_python(text: str, wire: bool = False) -> Iterator[tuple[int, str]]:
    """Find literals that are shown, or read like sentences, and are not marked. `wire`: pydantic shows ValueErrors."""
    yield from _visit(ast.parse(text), shown=False, wire=wire)


def _visit(node: ast.AST, shown: bool, wire: bool) -> Iterator[tuple[int, str]]:
    """Walk a tree; `shown`: a literal right here is for people, whatever it reads like."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if isinstance(node, ast.Constant | ast.JoinedStr):
        value = _written(node)
        if value is not None and (LETTER.search(value) if shown else SENTENCE.match(value)):
            yield node.lineno, value
        return
    if isinstance(node, ast.Call):
        yield from _visit_call(node, wire)
        return
    for child in ast.iter_child_nodes(node):
        yield from _visit(child, shown and isinstance(node, ast.BinOp | ast.IfExp), wire=wire)


def _visit_call(node: ast.Call, wire: bool) -> Iterator[tuple[int, str]]:
    name = ast.unparse(node.func)
    if name in MARKS or (DEVELOPERS.search(name) and not (wire and name == "ValueError")):
        return
    yield from _visit(node.func, shown=False, wire=wire)
    shown = bool(SHOWING.match(name)) or name == "ValueError"
    for index, argument in enumerate(node.args):
        yield from _visit(argument, shown=shown and index == _place(name), wire=wire)
    for keyword in node.keywords:
        yield from _visit(keyword.value, shown=False, wire=wire)


def _place(name: str) -> int:
    """Return which argument of a call is shown."""
    return 1 if name.endswith((".field", "FieldError")) else 0


def _written(node: ast.Constant | ast.JoinedStr) -> str | None:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)


def find_all() -> Iterator[Finding]:
    """Yield every finding of the program: file, line and text."""
    for folder in ("templates", "board"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".html", ".txt", ".py"):
                text = path.read_text("utf-8")
                found = (
                    check_template(text)
                    if folder == "templates"
                    else check_python(text, "wire" in path.parts)
                )
                yield from _find(path, found)
    for one in read_browser(*list_modules())["findings"]:
        yield str(one["file"]), int(str(one["line"])), str(one["text"])


def _find(path: Path, found: Iterable[tuple[int, str]]) -> Iterator[Finding]:
    lines = path.read_text("utf-8").splitlines()
    for line, text in sorted(set(found)):
        shown = " ".join(word for word in text.replace(GAP, "…").split() if not CLASS.search(word))
        if LETTER.search(shown) and not lines[line - 1].endswith("# not shown"):
            yield str(path.relative_to(ROOT)), line, shown[:80]


def main() -> int:
    """Print what no catalogue has, and return 1 when there is something."""
    found = [one for one in find_all() if not _is_exempt(one[0])]
    for file, line, text in found:
        print(f"{file}:{line}: no catalogue has {text!r}")
    return 1 if found else 0


def _is_exempt(file: str) -> bool:
    return any(file == name or file.startswith(name + "/") for name in EXEMPT)


if __name__ == "__main__":
    sys.exit(main())
