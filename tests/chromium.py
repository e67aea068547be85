"""A browser for tests: finds Chromium and its driver, opens pages at a given size, and tells what the page complained of."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

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


def missing(what: str) -> None:
    """Without a browser these tests say nothing: in CI that is a failure, elsewhere a skip that names what to install."""
    reason = (
        f"no {what}: install chromium and chromium-driver (Debian) and the Python package selenium to run the browser tests"
    )
    if os.environ.get("CI", "").lower() in ("1", "true"):
        pytest.fail(reason)
    pytest.skip(reason)


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

    def open(self, path: Path) -> None:
        """Load a file, forgetting what was logged before."""
        self.complaints()
        self.requests()
        self.driver.get(path.as_uri())

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
    try:
        yield Tab(running)
    finally:
        running.quit()
