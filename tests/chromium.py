"""A browser for tests: finds Chromium and its driver, opens pages at a given size, and tells what the page complained of.

With it the two that judge pages: axe-core runs in the page, html-validate beside it. ``.ci/pages`` installs all of them.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
QUIET = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--hide-scrollbars",
)


#: Where ``.ci/pages`` puts what comes from the npm registry.
MODULES = Path(sys.prefix) / "node" / "node_modules"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def missing(what: str) -> NoReturn:
    """Without a browser these tests say nothing: in CI that is a failure, elsewhere a skip that names what to install."""
    reason = f"no {what}: `make test` installs it where it can, or says how"
    if os.environ.get("CI", "").lower() in ("1", "true"):
        pytest.fail(reason)
    pytest.skip(reason)


def module(path: str) -> Path:
    """A file of what came from the npm registry."""
    if not (MODULES / path).exists():
        missing(path.partition("/")[0])
    return MODULES / path


def html_faults(*pages: Path) -> list[str]:
    """What html-validate finds in pages, with its recommended rules."""
    tool = module("html-validate/bin/html-validate.mjs")
    node = next(filter(None, (shutil.which("node", path=str(Path(sys.prefix) / "bin")), shutil.which("node"))), None)
    if node is None:
        missing("node")
    config = pages[0].parent / "html-validate.json"
    rules = {"extends": ["html-validate:recommended"], "root": True, "rules": {"long-title": "off"}}
    config.write_text(json.dumps(rules), encoding="utf-8")
    run = subprocess.run(
        [node, tool, "--config", config, "--formatter", "text", *pages], capture_output=True, text=True, check=False
    )
    return [*run.stdout.splitlines(), *run.stderr.splitlines()] if run.returncode else []


class Tab:
    """One open tab."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def size(self, width: int, height: int = 900) -> None:
        """Show the page ``width`` CSS pixels wide, as a phone does below 600."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def media(self, **features: str) -> None:
        """``media(prefers_color_scheme="dark")``."""
        listed = [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": listed})

    def scripts(self, *, on: bool) -> None:
        """Allow or forbid the page's own scripts."""
        self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not on})

    def open(self, path: Path, hash: str = "") -> None:
        """Load a file afresh, forgetting what was logged before; ``hash`` is what the address ends in."""
        self.driver.get("about:blank")
        self.complaints()
        self.requests()
        self.driver.get(path.as_uri() + hash)

    def axe(self) -> list[str]:
        """What axe-core finds against WCAG 2.2 AA and best practice: rule, number of elements, the first of them."""
        self.run(module("axe-core/axe.min.js").read_text(encoding="utf-8"))
        found = self.driver.execute_async_script(
            f"axe.run(document, {{runOnly: {RULES}, resultTypes: ['violations']}}).then(arguments[0])"
        )
        assert found["passes"], "axe-core has looked at nothing"
        return [f"{each['id']} ({len(each['nodes'])}): {each['nodes'][0]['html'][:200]}" for each in found["violations"]]

    def pdf(self) -> bytes:
        """The page as it is printed."""
        wanted = {"preferCSSPageSize": True, "printBackground": False, "generateTaggedPDF": True}
        return base64.b64decode(self.driver.execute_cdp_cmd("Page.printToPDF", wanted)["data"])

    def find(self, selector: str) -> Any:
        """The element to click or type into."""
        return self.driver.find_element("css selector", selector)

    def wait(self, script: str) -> Any:
        """The first true value of ``return ...``, asked for up to a minute."""
        return self.driver.execute_async_script(
            f"""const done = arguments[0], end = Date.now() + 60000, ask = () => {{ {script} }};
            (function again() {{ const got = ask(); if (got || Date.now() > end) done(got); else setTimeout(again, 20); }})()"""
        )

    def run(self, script: str) -> Any:
        """The value of ``return ...``, evaluated in the page."""
        return self.driver.execute_script(script)

    def complaints(self) -> list[str]:
        """What the console says since the last call, violations of the policy included."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        """The addresses asked for since the last call."""
        events = (json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance"))
        return [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]


@contextmanager
def chromium(profile: Path) -> Iterator[Tab]:
    """A fresh browser with its profile in ``profile``."""
    try:
        from selenium import webdriver
        from selenium.webdriver.chrome.service import Service
    except ImportError:
        missing("selenium")
    binary, driver = next(filter(None, map(shutil.which, BROWSERS)), None), shutil.which("chromedriver")
    if not binary or not driver:
        missing("browser" if not binary else "chromedriver")
    options = webdriver.ChromeOptions()
    options.binary_location = str(binary)
    for argument in (*QUIET, f"--user-data-dir={profile}"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    running = webdriver.Chrome(options=options, service=Service(driver))
    running.set_script_timeout(300)
    try:
        yield Tab(running)
    finally:
        running.quit()
