"""Compiled templates kept between runs, in a folder that the caller names: compiling them costs ten times what rendering does.

A template is compiled anew when its source, Jinja, Python or our version has changed, or when the kept file is damaged: its
digest is checked before anything of it is loaded. The folder must be the user's own, as Python's ``__pycache__`` is: who can
write there can run code.
"""

from __future__ import annotations

from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from tempfile import NamedTemporaryFile

from jinja2.bccache import Bucket, BytecodeCache

from briefgen import __version__

DIGEST = 32


class Compiled(BytecodeCache):
    """Bytecode in ``folder``, one file a template and way of escaping; a folder that cannot be written is no fault."""

    def __init__(self, folder: Path, escape: str) -> None:
        self.folder, self.escape = folder, escape

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The name of the file for one template."""
        return f"{super().get_cache_key(name, filename)}.{self.escape}.{__version__}"

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill ``bucket`` if its file is there and whole."""
        with suppress(OSError):
            data = (self.folder / bucket.key).read_bytes()
            if blake2b(data[DIGEST:], digest_size=DIGEST).digest() == data[:DIGEST]:
                bucket.bytecode_from_string(data[DIGEST:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write the file in one step, so that no other run sees half of it."""
        data = bucket.bytecode_to_string()
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self.folder, delete=False) as file:
                file.write(blake2b(data, digest_size=DIGEST).digest() + data)
            Path(file.name).replace(self.folder / bucket.key)
