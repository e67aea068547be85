"""The environment in, the folder out where what is the same for every brief is kept: compiled templates, parsed word lists.

It is the user's own cache folder, never one beside documents or output. What is kept there carries a digest and is made again
when it is damaged, so the folder may be deleted at any time. What documents say is kept elsewhere: ``store``.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


def cache_folder() -> str | None:
    """The folder, which need not be there yet; None where there is no place for one."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(given):
        return os.path.join(given, "briefgen")
    try:
        return str(Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "briefgen")
    except RuntimeError:
        return None


def kept_folder() -> str | None:
    """Where things are kept from build to build for whoever builds without settings; None where there is no place."""
    folder = cache_folder()
    return folder and os.path.join(folder, "kept")
