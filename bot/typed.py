"""What somebody who reads a sentence of this program types to give one of its commands."""

import shlex
import shutil
import sys
from pathlib import Path


def typed(command: str) -> str:
    """`qala COMMAND` as it works in the shell here.

    Plain where the shell finds this program as `qala`, else by its path: after a plain clone that
    is `.venv/bin/qala COMMAND`.
    """
    program = Path(sys.prefix) / "bin" / "qala"
    found = shutil.which("qala")
    if not program.exists() or (found is not None and Path(found).resolve() == program.resolve()):
        return f"qala {command}"
    here = Path.cwd()
    shown = program.relative_to(here) if program.is_relative_to(here) else program
    return f"{shlex.quote(str(shown))} {command}"
