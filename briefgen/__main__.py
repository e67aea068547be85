"""``python -m briefgen`` and the ``briefgen`` command: whatever happens becomes a line and an exit status.

Imports stand inside ``main``, so that Ctrl-C during the start is as quiet as later.
"""

from __future__ import annotations

import os
import sys
from types import FrameType


class Terminated(BaseException):
    """SIGTERM: like Ctrl-C, it passes every ``except Exception`` and leaves nothing behind."""


def main() -> None:
    """Run the command line and leave with its exit status."""
    status = _run()
    try:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    except OSError:
        status = status or 1
    os._exit(status)  # without waiting for workers, and without complaints about streams that the reader closed


def _run() -> int:
    try:
        _open_streams()
        _catch_termination()
        _start_quickly()
        from briefgen.cli import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        return 130
    except Terminated:
        return 143
    except BrokenPipeError:
        return 141
    except (Exception, MemoryError) as error:
        return _fault(error)


def _fault(error: BaseException) -> int:
    if os.environ.get("BRIEFGEN_DEBUG"):
        import traceback

        traceback.print_exc()
    sys.stderr.write(f"briefgen: internal fault: {type(error).__name__}: {error!s:.300}\n")
    sys.stderr.write("Please report it; BRIEFGEN_DEBUG=1 shows where it happened.\n")
    return 5


def _open_streams() -> None:
    """Take closed streams from the null device, so that no file of ours gets their numbers, and never fail at a character."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, "r" if number == 0 else "w", encoding="utf-8", closefd=False))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]


def _start_quickly() -> None:
    """Leave out what costs a tenth of a small build and gives nothing.

    Pydantic would read the metadata of all installed packages in search of plugins. The garbage collector would run some
    hundred times over modules that stay; at this threshold it still bounds what a large build can leave behind.
    """
    import gc

    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    gc.set_threshold(100_000)


def _catch_termination() -> None:
    import signal

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise Terminated

    signal.signal(signal.SIGTERM, stop)


if __name__ == "__main__":
    main()
