using System;
using System.Collections;
using System.Collections.Generic;
using System.Threading.Tasks;
using Nuclio.Sdk;

namespace Nucleon.Wrapper
{
    /// <summary>What becomes of a handler's result: an answer, a stream, a failure. Safe for many threads.</summary>
    internal sealed class Answering
    {
        private const string NoResponse = "the handler returned no response with this event's id";

        private readonly Connection connection;

        internal Answering(Connection connection)
        {
            this.connection = connection;
        }

        /// <summary>Answers an event; a task for an answer that comes bit by bit, else null.</summary>
        internal Task? Respond(ulong correlation, long took, object? result)
        {
            Answer answer;
            try
            {
                answer = Answer.Of(result);
            }
            catch (UnanswerableException failure)
            {
                answer = Answer.OfText(failure.Message, 500, Layout.Failed);
            }
            catch (Exception failure)
            {
                Fail(correlation, took, failure); // the user's ToString
                return null;
            }
            if (answer.Stream != null)
            {
                return Stream(correlation, took, answer);
            }
            Send(correlation, took, answer);
            return null;
        }

        /// <summary>nuclio's answer to an exception: its message.</summary>
        internal void Fail(ulong correlation, long took, Exception failure)
        {
            Answer answer = Answer.OfText(Traces.Message(failure), 500, Layout.Failed);
            var frame = new Outgoing(Layout.Response, correlation) { Time = took };
            answer.Fill(ref frame);
            frame.Extra = Traces.Describe(failure);
            connection.Send(frame);
        }

        /// <summary>
        /// One RESPONSE an event, matched by <see cref="Response.EventId"/>. What names no event of the batch goes to nobody, as in
        /// nuclio; an event that no response names is answered with 500.
        /// </summary>
        internal void RespondBatch(IReadOnlyList<FrameEvent> events, long took, object? result)
        {
            var open = new Dictionary<string, Queue<ulong>>();
            foreach (FrameEvent one in events)
            {
                if (!open.TryGetValue(one.Id ?? "", out Queue<ulong>? waiting))
                {
                    open[one.Id ?? ""] = waiting = new Queue<ulong>();
                }
                waiting.Enqueue(one.Correlation);
            }
            IEnumerable items = result is IEnumerable many && !(result is string) ? many : new[] { result };
            foreach (object? item in items)
            {
                if (item is Response response
                    && open.TryGetValue(response.EventId ?? "", out Queue<ulong>? waiting)
                    && waiting.Count > 0)
                {
                    RespondMember(waiting.Dequeue(), took, response);
                }
            }
            foreach (Queue<ulong> waiting in open.Values)
            {
                foreach (ulong correlation in waiting)
                {
                    Send(correlation, took, Answer.OfText(NoResponse, 500, Layout.Failed));
                }
            }
        }

        private void RespondMember(ulong correlation, long took, Response response)
        {
            if (response.BodyStream != null)
            {
                const string why = "a member of a batch can't be answered with a stream";
                Send(correlation, took, Answer.OfText(why, 500, Layout.Failed));
                return;
            }
            Respond(correlation, took, response);
        }

        private void Send(ulong correlation, long took, in Answer answer, byte flags = 0)
        {
            var frame = new Outgoing(Layout.Response, correlation) { Time = took };
            answer.Fill(ref frame);
            frame.Flags |= flags;
            if (frame.HeadLength > connection.MaxFrame)
            {
                string why = $"headers of {frame.Headers.Length} bytes are too long";
                Answer.OfText(why, 500, Layout.Failed).Fill(ref frame);
            }
            connection.Send(frame);
        }

        /// <summary>The first part is awaited before the answer begins, so that a stream that fails at once is a plain 500.</summary>
        private async Task Stream(ulong correlation, long took, Answer answer)
        {
            bool begun = false;
            try
            {
                await foreach (ReadOnlyMemory<byte> part in Streams.Parts(answer.Stream!).ConfigureAwait(false))
                {
                    if (!begun)
                    {
                        Send(correlation, took, answer, Layout.More);
                        begun = true;
                    }
                    if (!part.IsEmpty)
                    {
                        SendPart(correlation, part);
                    }
                    connection.Flush();
                }
            }
            catch (Exception failure) when (!(failure is EndOfConnectionException || failure is FaultException))
            {
                if (begun)
                {
                    SendLast(correlation, Layout.Failed, Traces.Describe(failure));
                }
                else
                {
                    Fail(correlation, took, failure);
                }
                return;
            }
            if (begun)
            {
                SendLast(correlation, 0, default);
            }
            else
            {
                Send(correlation, took, answer);
            }
        }

        private void SendPart(ulong correlation, ReadOnlyMemory<byte> part)
        {
            int most = connection.MaxFrame - Layout.Header;
            for (int from = 0; from < part.Length; from += most)
            {
                var chunk = new Outgoing(Layout.Chunk, correlation) { Flags = Layout.More };
                chunk.SetBody(part.Span.Slice(from, Math.Min(most, part.Length - from)));
                connection.Send(chunk);
            }
        }

        private void SendLast(ulong correlation, byte flags, byte[]? extra) =>
            connection.Send(new Outgoing(Layout.Chunk, correlation) { Flags = flags, Extra = extra });
    }
}
