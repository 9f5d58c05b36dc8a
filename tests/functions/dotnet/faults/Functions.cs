using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using Nuclio.Sdk;

/// <summary>Goes wrong as the path says; every other path is the answer. All waiting holds the worker's thread.</summary>
public class Functions
{
    private const int SegmentationFault = 11;
    private const int Minute = 60_000;
    private const int Much = 4 << 20;

    private static readonly Dictionary<string, Action> Faults = new Dictionary<string, Action>
    {
        ["/die"] = () =>
        {
            Hold();
            Console.Error.WriteLine("about to die");
            // The runtime takes the first one for a null reference of its own.
            while (true)
            {
                kill(Process.GetCurrentProcess().Id, SegmentationFault);
                Thread.Sleep(10);
            }
        },
        ["/exit"] = () => Environment.Exit(3),
        ["/overflow"] = () => Overflow(0),
        ["/slow"] = () => Thread.Sleep(Minute),
        ["/short"] = () => Thread.Sleep(2),
        ["/child"] = () =>
        {
            Process.Start("sleep", "1234.5");
            Thread.Sleep(Minute);
        },
        ["/long"] = () => BeginAnd(Minute),
        ["/second"] = () => BeginAnd(1000),
        ["/busy"] = () =>
        {
            Touch("began");
            while (true)
            {
            }
        },
        ["/held"] = Hold,
        ["/garbage"] = Garbage,
        ["/print"] = () =>
        {
            Console.Write(new string('x', 1_000_000));
            Console.OpenStandardOutput().Write(Enumerable.Range(0, 25_600).Select(i => (byte)i).ToArray());
        },
        ["/eat"] = () =>
        {
            var filler = new byte[Much];
            Array.Fill(filler, (byte)'x');
            while (true)
            {
                Marshal.Copy(filler, 0, Marshal.AllocHGlobal(Much), Much);
            }
        },
        ["/heap"] = () =>
        {
            for (var held = new List<byte[]>(); ; held.Add(new byte[Much]))
            {
            }
        },
    };

    public static string Handle(Context context, Event eventBase)
    {
        if (Faults.TryGetValue(eventBase.Path, out Action fault))
        {
            fault();
        }
        return eventBase.Path;
    }

    private static void Hold()
    {
        Touch("held");
        while (!File.Exists("go"))
        {
            Thread.Sleep(10);
        }
    }

    private static void BeginAnd(int millis)
    {
        Touch("began");
        Thread.Sleep(millis);
    }

    private static void Touch(string name) => File.WriteAllText(name, "");

    private static int Overflow(int depth) => Overflow(depth + 1) + 1;

    private static void Garbage()
    {
        var bytes = new byte[4096];
        new Random().NextBytes(bytes);
        for (int descriptor = 3; descriptor < 64; descriptor++)
        {
            write(descriptor, bytes, (IntPtr)bytes.Length);
        }
    }

    [DllImport("libc")]
    private static extern int kill(int process, int signal);

    [DllImport("libc")]
    private static extern IntPtr write(int descriptor, byte[] bytes, IntPtr count);
}
