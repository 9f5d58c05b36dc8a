"""Which files the handler was made of: whoever serves it anew when one of them is saved has to know them."""

from __future__ import annotations

import os
import sys

_MOST = 500
_OURS = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
_LIBRARY = os.path.dirname(os.path.abspath(os.__file__)) + os.sep
_INSTALLED = (f"{os.sep}site-packages{os.sep}", f"{os.sep}dist-packages{os.sep}")


def loaded_files() -> list[str]:
    """Absolute paths of the modules loaded so far, without Python's own, what was installed, and the wrapper's."""
    files = []
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if isinstance(file, str) and os.path.isabs(file) and _is_users(file):
            files.append(file)
    return files[:_MOST]


def _is_users(file: str) -> bool:
    return not file.startswith((_OURS, _LIBRARY)) and not any(part in file for part in _INSTALLED)
