using System;
using System.Threading.Tasks;
using Nuclio.Sdk;

namespace Nucleon.Wrapper
{
    /// <summary>
    /// Drain, termination, continuation. What follows a drain is answered with DISCARDED and goes to other workers. Confined to the main
    /// thread.
    /// </summary>
    internal sealed class Control
    {
        private readonly Connection connection;
        private readonly Context context;

        internal Control(Connection connection, Context context)
        {
            this.connection = connection;
            this.context = context;
        }

        /// <summary>Whether events are not run.</summary>
        internal bool IsDiscarding { get; private set; }

        /// <summary>DRAIN or TERMINATE: runs the user's callback to its end, then says DONE. A second DRAIN finds nothing to run.</summary>
        internal void Run(byte type, ulong correlation)
        {
            bool seen = IsDiscarding;
            IsDiscarding = true;
            Func<Task>? callback = type == Layout.Terminate ? context.Platform.OnTermination
                : seen ? null
                : context.Platform.OnDrain;
            connection.Flush();
            try
            {
                callback?.Invoke()?.GetAwaiter().GetResult();
            }
            catch (Exception failure)
            {
                // The user's mistake; the drain goes on.
                context.Logger.ErrorWith(
                    "Exception raised while running the drain or termination callback",
                    "err", Traces.Message(failure), "traceback", failure.StackTrace ?? "");
            }
            connection.Send(new Outgoing(Layout.Done, correlation));
            connection.Flush();
        }

        /// <summary>CONTINUE.</summary>
        internal void Resume() => IsDiscarding = false;

        /// <summary>Hands an event back.</summary>
        internal void Discard(ulong correlation) =>
            connection.Send(new Outgoing(Layout.Response, correlation) { Flags = Layout.Discarded });
    }
}
