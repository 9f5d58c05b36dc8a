"""The wrapper with each Node.js that is to be had."""

from __future__ import annotations

import unittest

from processes import fake, KINDS, NODES, Processor, strips, version


class Versions(unittest.TestCase):
    TYPED = """
    import type { IncomingMessage } from 'node:http';
    interface Event { body: Buffer; path: string }
    type Answer = string | [number, string];
    const decorate = (text: string, mark: string = '!'): Answer => [201, text + mark];
    export const handler = async (context: unknown, event: Event): Promise<Answer> => decorate(event.body.toString());
    """
    COMMON = """
    interface Event { body: Buffer }
    exports.handler = async (context: any, event: Event) => event.body.toString() + '!';
    """

    def test_events(self) -> None:
        for node in NODES:
            for kind in KINDS:
                with self.subTest(node=version(node), kind=kind), Processor(kind, node=node) as processor:
                    for body in (b"", b"x" * 1000, b"y" * 100_000):
                        in_arena = kind == "shm" and len(body) > 16384
                        self.assertEqual(processor.call(body=body, in_arena=in_arena).body, body)
                    self.assertEqual(processor.call(path=b"/sleep").body, b"slept")
                    whole = processor.call(path=b"/stream", body=b"all")
                    self.assertEqual(len(whole.body), 300_003)

    def test_modules(self) -> None:
        module = "import { name } from 'beside';\nexport const handler = async () => name + import.meta.url.slice(-8);"
        package = {"node_modules/beside/package.json": '{"type": "module", "exports": "./x.js"}'}
        package["node_modules/beside/x.js"] = "export const name = 'beside ';"
        for node in NODES:
            for name, more in (("main.mjs", {}), ("main.js", {"package.json": '{"type": "module"}'})):
                with self.subTest(node=version(node), name=name):
                    with Processor("unix", module, node, name, files={**package, **more}) as processor:
                        self.assertEqual(processor.call().body, b"beside " + f"/{name}".encode()[-8:])

    def test_types(self) -> None:
        seen = set()
        for node in NODES:
            seen.add(strips(node))
            for name, source, more in self.typed():
                with self.subTest(node=version(node), name=name):
                    ready = strips(node) != "never"
                    with Processor("unix", source, node, name, files=more, expect_ready=ready) as processor:
                        if ready:
                            self.assertEqual(processor.call(body=b"typed").body, b"typed!")
                            # By the option Node.js warns that it may change its mind.
                            said = "ExperimentalWarning: Type Stripping" if strips(node) == "by option" else "^$"
                            self.assertRegex(processor.output(), said)
                        else:
                            fault = processor.await_frame(fake.FAULT).json
                            self.assertEqual(fault["code"], "NUC-4022")
                            self.assertRegex(fault["title"], r"is TypeScript, which this Node.js does not read$")
                            self.assertIn("22.18", fault["fix"])
                            self.assertEqual(processor.wait(), 1)
        if len(NODES) > 1:
            self.assertEqual(seen, {"never", "by option", "always"})

    def typed(self) -> list[tuple[str, str, dict[str, str]]]:
        return [
            ("main.mts", self.TYPED, {}),
            ("main.ts", self.TYPED, {"package.json": '{"type": "module"}'}),
            ("main.cts", self.COMMON, {}),
            ("main.ts", self.COMMON, {}),
        ]


if __name__ == "__main__":
    unittest.main()
