using System;
using System.Globalization;
using System.IO;
#if NET6_0_OR_GREATER
using System.Runtime.InteropServices;
#endif
using System.Text.Json;
using Nuclio.Sdk;

namespace Nucleon.Wrapper
{
    /// <summary>The worker process: hand-shake, load, init hook, READY, serve, leave.</summary>
    internal static class Program
    {
        private const int ExitBySigterm = 128 + 15;
        private static readonly object Leaving = new object();

        /// <summary>
        /// Started by the processor, with its socket, token and number in the environment. Exit status: 0 after STOP, SIGTERM or the
        /// processor's end, 1 after FAULT, 2 when started by hand.
        /// </summary>
        /// <param name="arguments">compile.sh and the command whose SDK it takes.</param>
        internal static int Main(string[] arguments)
        {
            string? socket = Environment.GetEnvironmentVariable("NUCLEON_SOCKET");
            string? token = Environment.GetEnvironmentVariable("NUCLEON_TOKEN");
            string? index = Environment.GetEnvironmentVariable("NUCLEON_WORKER");
            bool named = int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out int worker);
            if (arguments.Length != 2 || socket == null || token == null || !named || !BitConverter.IsLittleEndian || IntPtr.Size != 8)
            {
                Console.Error.WriteLine(
                    "nucleon-wrapper is started by the processor, with NUCLEON_SOCKET, NUCLEON_TOKEN and NUCLEON_WORKER set, "
                    + "on a little-endian 64-bit machine");
                return 2;
            }
            string? parent = Environment.GetEnvironmentVariable("NUCLEON_PARENT");
            Environment.SetEnvironmentVariable("NUCLEON_TOKEN", null);
            Environment.SetEnvironmentVariable("NUCLEON_PARENT", null);
            if (int.TryParse(parent, NumberStyles.None, CultureInfo.InvariantCulture, out int processor))
            {
                Posix.EndWithParent(processor);
            }
            Posix.IgnoreInterrupts();
            Connection? connection = null;
            try
            {
                Hello hello;
                (connection, hello) = Connection.Connect(socket, token, worker);
                Serve(connection, hello, worker, new Compiler(arguments[0], arguments[1]));
                Environment.Exit(0); // in order: the user's exit hooks run, his threads are not waited for
            }
            catch (Exception failure)
            {
                Leave(connection, failure);
            }
            return 1;
        }

        private static void Serve(Connection connection, Hello hello, int worker, Compiler compiler)
        {
            var log = new LogSink(connection, worker);
            Context context = Contexts.Make(connection, hello, log, worker);
            Loader loaded = Loader.Load(hello.Handler, hello.Directory, compiler);
            if (hello.Async && !loaded.Handler.MayBeAsync)
            {
                throw new FaultException(
                    Errors.HandlerMissing,
                    $"handler '{hello.Handler}' is not asynchronous",
                    "mode: async runs several events at once, which a method that returns no Task would block",
                    "return a Task, or take mode: async out of the trigger");
            }
            Server server = hello.Async
                ? new Several(connection, hello, context, log, loaded.Handler, failure => Leave(connection, failure))
                : new Server(connection, hello, context, log, loaded.Handler);
            // SIGTERM ends a .NET process when this has returned. Registered first, so that the user's exit hooks run behind it.
            AppDomain.CurrentDomain.ProcessExit += (sender, e) =>
            {
                server.Finish(hello.TerminationTimeoutMillis);
                if (Environment.ExitCode == ExitBySigterm)
                {
                    Environment.ExitCode = 0;
                }
            };
#if NET6_0_OR_GREATER
            // Which .NET 10 and newer no longer do of themselves.
            using PosixSignalRegistration terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
            {
                signal.Cancel = true;
                Environment.Exit(0);
            });
#endif
            loaded.Init(context);
            SendReady(connection, hello, loaded.Handler);
            server.Serve();
        }

        private static void SendReady(Connection connection, Hello hello, Handler handler)
        {
            using var stream = new MemoryStream();
            using (var json = new Utf8JsonWriter(stream))
            {
                json.WriteStartObject();
                json.WriteString("handler", hello.Handler);
                json.WriteBoolean("async", handler.IsAsync);
                json.WriteBoolean("streaming", true);
                json.WriteEndObject();
            }
            var frame = new Outgoing(Layout.Ready, 0);
            frame.SetBody(stream.ToArray());
            connection.Send(frame);
            connection.Flush();
        }

        /// <summary>Any thread, the first one wins: tells why, if there is somebody to tell, and ends the process.</summary>
        private static void Leave(Connection? connection, Exception failure)
        {
            lock (Leaving)
            {
                if (failure is EndOfConnectionException)
                {
                    Posix.ExitAtOnce(0);
                }
                Report(connection, failure as FaultException ?? Errors.OfWrapper(failure));
                Posix.ExitAtOnce(1);
            }
        }

        /// <summary>A FAULT frame if the connection can still carry one, else stderr.</summary>
        private static void Report(Connection? connection, FaultException fault)
        {
            try
            {
                if (connection != null)
                {
                    byte[] body = fault.ToJson();
                    if (body.Length > connection.MaxFrame - Layout.Header)
                    {
                        fault.Detail = "";
                        body = fault.ToJson();
                    }
                    var frame = new Outgoing(Layout.Fault, 0);
                    frame.SetBody(body);
                    connection.Send(frame);
                    connection.Flush();
                    return;
                }
            }
            catch (Exception)
            {
                // the connection is broken too
            }
            Console.Error.WriteLine(fault.Message);
        }
    }
}
