"""A page in, the same on paper out, as PDF: printed by a Chromium that is installed, headless and offline.

The browser gets a folder of its own for all that it writes, which goes when it has printed, and no address can be resolved
in it. Its own sandbox stays on, but for root, whom it refuses to serve with it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from briefgen.model.errors import UsageError

#: The names that Chromium and its relatives have on the PATH.
BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
    "microsoft-edge-stable",
    "microsoft-edge",
    "msedge",
    "brave-browser",
)
FLAGS = (
    "--headless=new",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-sync",
    "--no-first-run",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
#: Seconds after which a browser is taken to hang.
PATIENCE = 300


def find(given: str | None = None) -> str:
    """The path of a browser: ``given``, else the first usual name on the PATH; raises ``UsageError`` if there is none."""
    for name in [given] if given else BROWSERS:
        if path := shutil.which(name):
            return path
    if given:
        raise UsageError("no-browser", "there is no such program", file=given)
    message = (
        "a PDF is printed by Chromium, and none was found (chromium, google-chrome, msedge and the like): install it, for "
        "instance apt-get install chromium, or name a browser with --browser PATH"
    )
    raise UsageError("no-browser", message)


def pdf(page: bytes, browser: str) -> bytes:
    """The HTML ``page`` printed by ``browser``; raises ``UsageError`` with what it says if it fails."""
    with TemporaryDirectory(prefix="briefgen-") as folder:
        source, target = Path(folder, "brief.html"), Path(folder, "brief.pdf")
        source.write_bytes(page)
        own = {"XDG_CONFIG_HOME": folder, "XDG_CACHE_HOME": folder}
        as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        command = [browser, *FLAGS, *as_root, f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}", source.as_uri()]
        try:
            run = subprocess.run(
                command,
                env={**os.environ, **own},
                capture_output=True,
                text=True,
                errors="replace",
                timeout=PATIENCE,
                check=False,
            )
        except OSError as error:
            raise UsageError("no-browser", f"cannot be run: {error.strerror}", file=browser) from None
        except subprocess.TimeoutExpired:
            raise UsageError("browser", f"has not printed in {PATIENCE} seconds", file=browser) from None
        if run.returncode or not target.is_file():
            said = (run.stderr.strip() or "nothing").splitlines()[-1]
            raise UsageError("browser", f"has not printed; it says: {said:.300}", file=browser)
        return target.read_bytes()
