using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using Nuclio.Sdk;

namespace Nucleon.Wrapper
{
    /// <summary>Runs the handler for one event after the other. Confined to the main thread, but for <see cref="Finish"/>.</summary>
    internal class Server
    {
        private const int LookAgainMillis = 1;
        private static readonly double NanosPerTick = 1e9 / Stopwatch.Frequency;

        private readonly LogSink log;
        private readonly Thread main = Thread.CurrentThread;
        private volatile bool busy;
        private volatile bool stopping;

        internal Server(Connection connection, Hello hello, Context context, LogSink log, Handler handler)
        {
            Connection = connection;
            Context = context;
            Handler = handler;
            this.log = log;
            Tables = new Tables(hello);
            Answering = new Answering(connection);
            Control = new Control(connection, context);
        }

        private protected Connection Connection { get; }

        private protected Context Context { get; }

        private protected Handler Handler { get; }

        private protected Tables Tables { get; }

        private protected Answering Answering { get; }

        private protected Control Control { get; }

        /// <summary>Until STOP or <see cref="Finish"/>; by exception when the processor is gone.</summary>
        internal void Serve()
        {
            while (!stopping)
            {
                Frame frame = Connection.Next();
                if (frame.Type == Layout.Event)
                {
                    busy = true;
                    if (!stopping) // pairs with the barrier of Finish: one of the two sees the other's store
                    {
                        ServeEvent(frame);
                    }
                    busy = false;
                    continue;
                }
                (byte type, ulong correlation) = (frame.Type, frame.Correlation);
                Connection.Release();
                Obey(type, correlation);
            }
            Connection.Flush();
        }

        /// <summary>
        /// Any thread: begins no other event and waits until what is open has been answered, for so long at most. Not if the calling code is
        /// that of an event: a handler that ends the process would wait for itself.
        /// </summary>
        internal void Finish(int millis)
        {
            stopping = true;
            Interlocked.MemoryBarrierProcessWide();
            long begun = Stopwatch.GetTimestamp();
            bool itself = busy && Thread.CurrentThread == main || log.IsInEvent;
            while (!itself && (busy || IsOpen) && Nanos(begun) < millis * 1_000_000L)
            {
                Thread.Sleep(LookAgainMillis);
            }
            try
            {
                Connection.Flush();
            }
            catch (EndOfConnectionException)
            {
                // nobody is left to answer to
            }
        }

        /// <summary>Whether events are open whose handlers have returned to wait for something.</summary>
        private protected virtual bool IsOpen => false;

        private protected static long Nanos(long begun) => (long)((Stopwatch.GetTimestamp() - begun) * NanosPerTick);

        /// <summary>Obeys a control frame, which is released already.</summary>
        private protected virtual void Obey(byte type, ulong correlation)
        {
            switch (type)
            {
                case Layout.Drain:
                case Layout.Terminate:
                    Control.Run(type, correlation);
                    break;
                case Layout.Continue:
                    Control.Resume();
                    break;
                case Layout.Stop:
                    stopping = true;
                    break;
                default:
                    break; // CANCEL is offered to asynchronous handlers; chunks of an event that was taken back are passed over
            }
        }

        /// <summary>Runs the one event of that frame, and releases it.</summary>
        private protected virtual void RunPlain(Frame frame)
        {
            if (!Connection.Claim())
            {
                Connection.Release();
                return;
            }
            var one = new FrameEvent(frame, Tables, mayLend: true);
            Run(one);
            Connection.Release();
        }

        /// <summary>Runs events that came in several frames, all of them released.</summary>
        private protected virtual void RunCollected(List<FrameEvent> events, bool batched)
        {
            if (batched && Handler.TakesBatch)
            {
                RunBatch(events).GetAwaiter().GetResult();
                return;
            }
            foreach (FrameEvent one in events)
            {
                Run(one);
            }
        }

        /// <summary>Calls the handler with all events of a batch, and answers each.</summary>
        private protected async Task RunBatch(List<FrameEvent> events)
        {
            log.SetCurrent(events[0].Correlation);
            long begun = Stopwatch.GetTimestamp();
            try
            {
                object? result = Handler.CallBatch(Context, events);
                Task? task = Awaiting.TaskOf(result);
                if (task != null)
                {
                    await task.ConfigureAwait(false);
                    result = Awaiting.ResultOf(task);
                }
                Answering.RespondBatch(events, Nanos(begun), result);
            }
            catch (Exception failure) when (!(failure is EndOfConnectionException || failure is FaultException))
            {
                foreach (FrameEvent one in events)
                {
                    Answering.Fail(one.Correlation, Nanos(begun), failure);
                }
            }
            events.ForEach(one => one.Revoke());
        }

        /// <summary>Calls the handler and answers, waiting for its task if it returns one.</summary>
        private void Run(FrameEvent one)
        {
            ulong correlation = one.Correlation;
            log.SetInHand(correlation);
            long begun = Stopwatch.GetTimestamp();
            object? result;
            try
            {
                result = Handler.Call(Context, one);
                Task? task = Awaiting.TaskOf(result);
                if (task != null)
                {
                    result = Wait(task);
                }
            }
            catch (Exception failure) when (!(failure is EndOfConnectionException))
            {
                Answering.Fail(correlation, Nanos(begun), failure);
                one.Revoke();
                return;
            }
            long took = Nanos(begun);
            Task? stream = Handler.TakesBatch ? RespondOne(one, took, result) : Answering.Respond(correlation, took, result);
            if (stream != null)
            {
                Connection.Flush();
                stream.GetAwaiter().GetResult();
            }
            one.Revoke();
        }

        /// <summary>A handler of batches that got one event may answer like any other, or with a list of one.</summary>
        private protected Task? RespondOne(FrameEvent one, long took, object? result)
        {
            if (result is IEnumerable<Response>)
            {
                Answering.RespondBatch(new[] { one }, took, result);
                return null;
            }
            return Answering.Respond(one.Correlation, took, result);
        }

        private object? Wait(Task task)
        {
            if (!task.IsCompleted)
            {
                Connection.Flush(); // answers before this one must not wait for it
            }
            return Awaiting.ResultOf(task);
        }

        private void ServeEvent(Frame frame)
        {
            if (Control.IsDiscarding)
            {
                Control.Discard(frame.Correlation);
                Connection.Release();
            }
            else if ((frame.Flags & (Layout.More | Layout.Batch | Layout.Batched)) == 0)
            {
                RunPlain(frame);
            }
            else
            {
                var collector = new Collector(Connection, Tables);
                bool batched = (frame.Flags & (Layout.Batch | Layout.Batched)) != 0;
                List<FrameEvent> events = collector.Collect(frame);
                if (events.Count > 0)
                {
                    RunCollected(events, batched);
                }
                collector.Between.ForEach(put => Obey(put.Type, put.Correlation));
            }
        }
    }
}
