"""Starts the .NET wrapper against a processor that was written from PROTOCOL.md alone: the Python wrapper's tests have it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "python"))
from tests import fake_processor as fake, wrapper_cases  # noqa: E402

sys.path.pop(0)

DOTNET = shutil.which("dotnet") or "dotnet"
COMPILE = str(HERE.parent / "compile.sh")
KINDS = wrapper_cases.KINDS
MODES = """
using System; using System.Collections.Generic; using System.IO; using System.Linq; using System.Text;
using System.Threading; using System.Threading.Tasks; using Nuclio.Sdk;

public class Main
{
    private readonly SemaphoreSlim gate = new SemaphoreSlim(0);
    private Event kept;

    public void InitContext(Context context)
    {
        context.Platform.SetDrainCallback(() => context.Logger.Info("draining"));
        context.Platform.SetTerminationCallback(Terminate);
        AppDomain.CurrentDomain.ProcessExit += (sender, e) => Console.WriteLine("bye");
        async Task Terminate()
        {
            await Task.Yield();
            context.Logger.InfoWith("terminating", "worker", context.WorkerId);
            throw new InvalidOperationException("in callback");
        }
    }

    public object Handle(Context context, Event e)
    {
        switch (e.Path)
        {
            case "/wait":
                var words = e.GetBody();
                File.WriteAllText(words + ".in", "");
                File.ReadAllText(words);
                return words;
            case "/size":
                return new string((char)('A' + int.Parse(e.GetBody()) % 26), int.Parse(e.GetBody()));
            case "/bytes":
                return Enumerable.Repeat((byte)int.Parse(e.GetBody()), int.Parse(e.GetBody())).ToArray();
            case "/ack":
                context.Platform.ExplicitAck(QualifiedOffset.FromEvent(e));
                return "acked";
            case "/keep":
                (e, kept) = (kept, e);
                return e == null ? "none" : e.Path + e.GetBody() + e.Headers["x-h"];
            case "/log":
                for (int i = 0; i < 200; i++) context.Logger.Info(new string('x', 1000));
                return "logged";
            case "/thread":
                var thread = new Thread(() => context.Logger.Warning("from a thread"));
                thread.Start();
                thread.Join();
                return "";
            case "/view":
                var view = e.BodyView;
                lent = view;
                return view;
            case "/late":
                try { return lent.Span[0].ToString(); } catch (ObjectDisposedException) { return "gone"; }
            case "/stream":
                return Parts(e.GetBody());
            case "/await":
                return Await(e);
            case "/release":
                gate.Release();
                return "released";
            case "/cancel":
                return Cancelled(e);
            case "/sleep":
                return Slept();
            default:
                return e.Body;
        }
    }

    private ReadOnlyMemory<byte> lent;

    private static async IAsyncEnumerable<string> Parts(string how)
    {
        if (how == "first") throw new InvalidOperationException("before");
        yield return "one";
        await Task.Yield();
        if (how == "later") throw new InvalidOperationException("after");
        yield return new string('2', 300000);
    }

    private async Task<string> Await(Event e)
    {
        await gate.WaitAsync();
        return e.GetBody();
    }

    private async Task<string> Cancelled(Event e)
    {
        try { await Task.Delay(Timeout.Infinite, e.CancellationToken); } catch (OperationCanceledException) { }
        return "cancelled";
    }

    private static async Task<string> Slept()
    {
        await Task.Delay(20);
        return "slept";
    }

    public object Batch(Context context, List<Event> events) => events
        .Where(e => e.GetBody() != "unanswered")
        .Select(e => new Response { EventId = e.Id, Body = events.Count + ":" + e.GetBody() })
        .Append(new Response { EventId = "nobody", Body = "x" })
        .ToList();

    public string Plain(Context context, Event e) => "plain";
}
"""


class Processor(fake.FakeProcessor):
    """Starts the .NET wrapper; all of a test case's share one function, which is compiled once."""

    wrapper: str
    function: str
    dotnet = DOTNET

    def __init__(self, transport: str, handler: str = "Main:Handle", directory: str = "", **more: Any) -> None:
        place = {"name": "f", "namespace": "ns", "handler": handler, "directory": directory or self.function}
        super().__init__(transport, handler=handler, **{"function": place, **more})

    def _start(self, interpreter: str, more: dict[str, str]) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "NUCLEON_SOCKET": str(self.home / "processor.sock"), "NUCLEON_WORKER": "3"}
        environment.update({"NUCLEON_TOKEN": "c0ffee", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1", **more})
        self.stderr = tempfile.TemporaryFile()
        self.stdout = tempfile.TemporaryFile()
        return subprocess.Popen(
            [self.dotnet, self.wrapper, COMPILE, self.dotnet],
            env=environment,
            cwd=self.home,
            stdin=subprocess.DEVNULL,
            stdout=self.stdout,
            stderr=self.stderr,
        )


def compile_sh(*arguments: str, script: str = COMPILE, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", script, *arguments], capture_output=True, text=True, timeout=120, env={**os.environ, **environment}
    )


class Case(unittest.TestCase):
    def gate(self, processor: Processor) -> str:
        path = str(processor.home / "gate")
        os.mkfifo(path)
        return path

    def await_file(self, processor: Processor, path: str) -> None:
        processor.until(lambda: os.path.exists(path), f"{path} to appear")
