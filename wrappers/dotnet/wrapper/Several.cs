using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using Nuclio.Sdk;

namespace Nucleon.Wrapper
{
    /// <summary>
    /// <c>mode: async</c>: several events at once. The main thread calls the handler; when that waits for something, the next event is
    /// begun, and what was waited for goes on in the thread pool and answers from there. How many are open is the processor's doing.
    /// </summary>
    internal sealed class Several : Server
    {
        private readonly ConcurrentDictionary<ulong, FrameEvent> open = new ConcurrentDictionary<ulong, FrameEvent>();
        private readonly object changed = new object();
        private readonly LogSink log;
        private readonly Action<Exception> broken;
        private readonly Thread main = Thread.CurrentThread;
        private int running;

        /// <param name="broken">Ends the worker for a failure of the connection that another thread meets.</param>
        internal Several(
            Connection connection, Hello hello, Context context, LogSink log, Handler handler, Action<Exception> broken)
            : base(connection, hello, context, log, handler)
        {
            this.log = log;
            this.broken = broken;
        }

        private protected override bool IsOpen => Volatile.Read(ref running) > 0;

        private protected override void Obey(byte type, ulong correlation)
        {
            if (type == Layout.Cancel)
            {
                if (open.TryGetValue(correlation, out FrameEvent? one))
                {
                    // Somewhere else: callbacks of a token are the user's code.
                    ThreadPool.UnsafeQueueUserWorkItem(_ => one.Cancel(), null);
                }
                return;
            }
            AwaitOpen(); // events before a control frame are finished before it is obeyed
            base.Obey(type, correlation);
        }

        private protected override void RunPlain(Frame frame)
        {
            var one = new FrameEvent(frame, Tables, mayLend: frame.ArenaOffset != 0);
            bool mine = Connection.Claim();
            Connection.Release();
            if (mine)
            {
                Begin(new[] { one }, () => Run(one));
            }
        }

        private protected override void RunCollected(List<FrameEvent> events, bool batched)
        {
            if (batched && Handler.TakesBatch)
            {
                Begin(events, () => RunBatch(events));
                return;
            }
            foreach (FrameEvent one in events)
            {
                Begin(new[] { one }, () => Run(one));
            }
        }

        private void Begin(IReadOnlyList<FrameEvent> events, Func<Task> run)
        {
            foreach (FrameEvent one in events)
            {
                open[one.Correlation] = one;
            }
            Interlocked.Increment(ref running);
            _ = Watch(events, run);
        }

        /// <summary>Runs on the main thread until something is waited for.</summary>
        private async Task Watch(IReadOnlyList<FrameEvent> events, Func<Task> run)
        {
            try
            {
                await run().ConfigureAwait(false);
                foreach (FrameEvent one in events)
                {
                    open.TryRemove(one.Correlation, out _);
                }
                if (Thread.CurrentThread != main)
                {
                    Connection.Flush();
                }
            }
            catch (Exception failure)
            {
                broken(failure); // not the user's, whose exceptions are answers
            }
            lock (changed)
            {
                running--;
                Monitor.PulseAll(changed);
            }
        }

        private async Task Run(FrameEvent one)
        {
            ulong correlation = one.Correlation;
            log.SetCurrent(correlation);
            long begun = Stopwatch.GetTimestamp();
            object? result;
            try
            {
                result = Handler.Call(Context, one);
                Task? task = Awaiting.TaskOf(result);
                if (task != null)
                {
                    await task.ConfigureAwait(false);
                    result = Awaiting.ResultOf(task);
                }
            }
            catch (Exception failure) when (!(failure is EndOfConnectionException))
            {
                Answering.Fail(correlation, Nanos(begun), failure);
                one.Revoke();
                return;
            }
            Task? stream = Handler.TakesBatch
                ? RespondOne(one, Nanos(begun), result)
                : Answering.Respond(correlation, Nanos(begun), result);
            if (stream != null)
            {
                await stream.ConfigureAwait(false);
            }
            one.Revoke();
        }

        private void AwaitOpen()
        {
            Connection.Flush();
            lock (changed)
            {
                while (running > 0)
                {
                    Monitor.Wait(changed);
                }
            }
        }
    }
}
