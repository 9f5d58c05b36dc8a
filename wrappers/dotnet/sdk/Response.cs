using System;
using System.Collections.Generic;

namespace Nuclio.Sdk
{
    /// <summary>An answer with status, content type and headers.</summary>
    public class Response
    {
        /// <summary>Text, or bytes in base64; see <see cref="BodyEncoding"/>.</summary>
        public string Body { get; set; }

        /// <summary>Empty: <c>text/plain</c>.</summary>
        public string ContentType { get; set; }

        /// <summary>0: 200.</summary>
        public int StatusCode { get; set; }

        /// <summary>Texts by name; numbers, booleans and null are not sent, as in nuclio.</summary>
        public Dictionary<string, object> Headers { get; set; }

        /// <summary><c>text</c> or <c>base64</c>; empty: text.</summary>
        public string BodyEncoding { get; set; }

        /// <summary>The body as bytes, sent instead of <see cref="Body"/> if set. An addition of Nucleon, as all members from here on.</summary>
        public ReadOnlyMemory<byte>? BodyBytes { get; set; }

        /// <summary>
        /// A body that is sent as it comes: a <see cref="System.IO.Stream"/>, or an enumerable, asynchronous or not, of strings, byte
        /// arrays or memory. Sent after <see cref="Body"/> or <see cref="BodyBytes"/>.
        /// </summary>
        public object BodyStream { get; set; }

        /// <summary>Of a batch: the id of the event that this answers.</summary>
        public string EventId { get; set; }

        internal bool NoAck { get; private set; }

        /// <summary>The source's event is not to be acked with this answer.</summary>
        public void EnsureNoAck()
        {
            NoAck = true;
        }
    }
}
