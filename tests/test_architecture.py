"""The shape of the code: who may import whom, which module owns which library, and what stages may not touch."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "briefgen"
STAGES = ("parsers", "segment", "extract", "compare", "render", "export")

#: The one place of each library. pydantic is the language of the model and spoken wherever its values are checked.
HOMES = {
    "typer": {"cli"},
    "jinja2": {"render"},
    "markupsafe": {"render"},
    "markdown_it": {"parsers.markdown"},
    "lxml": {"parsers.html", "parsers.html_blocks", "parsers.xmltree", "parsers.feed"},
    "trafilatura": {"parsers.html_article"},
    "charset_normalizer": {"parsers.encoding"},
    "python_calamine": {"parsers.workbook97"},
    "pypdfium2": {"parsers.pdf", "parsers.pdf_page"},
    "dateparser": {"parsers.foreign"},
    "distributed": {"digesting.cluster"},
    "oxmsg": {"parsers.outlook"},
    "sentencex": {"segment.sentences"},
}

#: What would make a stage depend on more than its arguments.
FORBIDDEN = {
    "os",
    "pathlib",
    "importlib",
    "random",
    "time",
    "subprocess",
    "socket",
    "urllib",
    "concurrent",
    "threading",
}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")
        yield name, ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def test_import_contracts_hold() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    run = subprocess.run([*command, "--no-cache"], cwd=PACKAGE.parent, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_each_library_has_one_home() -> None:
    users: dict[str, set[str]] = defaultdict(set)
    for name, tree in modules():
        for library in imported(tree):
            if library not in sys.stdlib_module_names and library not in ("briefgen", "pydantic", "pydantic_core"):
                users[library].add(name)
    strays = {
        (library, name)
        for library, names in users.items()
        for name in names
        if not any(name == home or name.startswith(home + ".") for home in HOMES.get(library, ()))
    }
    assert not strays


def test_stages_touch_neither_disk_nor_clock() -> None:
    for name, tree in modules():
        stage = name.split(".")[0]
        allowed = {"pathlib"} if stage == "render" else set()  # it finds the folders of templates
        if stage in STAGES:
            assert not (set(imported(tree)) & FORBIDDEN) - allowed, name


def test_only_the_command_line_prints() -> None:
    for name, tree in modules():
        calls = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
        assert not calls & {"print", "input", "breakpoint", "eval", "exec"} or name == "terminal", name


def test_modules_and_functions_say_what_they_do() -> None:
    for name, tree in modules():
        assert ast.get_docstring(tree), name
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                assert ast.get_docstring(node), f"{name}.{node.name}"


def test_functions_stay_short() -> None:
    long = []
    for name, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                docstring = node.body[0] if ast.get_docstring(node) else None
                size = node.end_lineno - node.lineno + 1 - (docstring.end_lineno - docstring.lineno + 1 if docstring else 0)
                if size > 50:
                    long.append(f"{name}.{node.name}: {size} lines")
    assert not long
