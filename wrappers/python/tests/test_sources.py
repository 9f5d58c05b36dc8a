"""Which files a handler was made of."""

from __future__ import annotations

import os
import tempfile
import unittest

from tests.fake_processor import FakeProcessor

HANDLER = """
import json, sys
sys.path.append({outside!r})
import prices

def handler(context, event):
    return "ran"
"""


class Sources(unittest.TestCase):
    def test_modules_from_elsewhere_are_told_and_pythons_own_are_not(self) -> None:
        with tempfile.TemporaryDirectory() as outside:
            with open(os.path.join(outside, "prices.py"), "w", encoding="utf-8") as module:
                module.write("PRICE = 1\n")
            with FakeProcessor("unix", HANDLER.format(outside=outside)) as processor:
                assert processor.ready is not None
                files = processor.ready.json["files"]

        self.assertCountEqual([os.path.basename(file) for file in files], ["main.py", "prices.py"])
        self.assertIn(os.path.join(outside, "prices.py"), files)


if __name__ == "__main__":
    unittest.main()
