"""Starts a worker: `python -u wrapper.py`, environment as in README.md. Imported (by `multiprocessing`), it does nothing."""

from __future__ import annotations

import os
import sys

if __name__ == "__main__":
    from nucleon_wrapper.wrapper import main

    # Both packages are loaded; the folder goes last, so that no module of the user is hidden by a name of ours.
    home = os.path.dirname(os.path.abspath(__file__))
    if sys.path and os.path.abspath(sys.path[0]) == home:
        sys.path.append(sys.path.pop(0))
    main()
