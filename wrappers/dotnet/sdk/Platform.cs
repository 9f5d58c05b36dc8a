using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;

namespace Nuclio.Sdk
{
    /// <summary>
    /// What a function may ask of the platform that it runs on. An addition of Nucleon; nuclio has it for Python. Safe for many threads.
    /// </summary>
    public class Platform
    {
        private static readonly Lazy<HttpClient> Client = new Lazy<HttpClient>(() => new HttpClient());

        /// <summary><c>local</c> or <c>kube</c>.</summary>
        public string Kind { get; internal set; } = "local";

        /// <summary>The function's.</summary>
        public string Namespace { get; internal set; } = "default";

        internal string Urls { get; set; } = "";

        internal Action<QualifiedOffset> Ack { get; set; }

        internal Func<Task> OnDrain { get; private set; }

        internal Func<Task> OnTermination { get; private set; }

        /// <summary>Calls another function over HTTP and waits for its answer. Header names of the answer are in lower case.</summary>
        public Response CallFunction(string functionName, Event request) =>
            CallFunctionAsync(functionName, request).GetAwaiter().GetResult();

        /// <summary>Calls another function over HTTP. What goes wrong on the way is the task's exception.</summary>
        public async Task<Response> CallFunctionAsync(
            string functionName, Event request, CancellationToken cancellation = default)
        {
            using HttpRequestMessage message = Message(functionName, request);
            using HttpResponseMessage answer = await Client.Value.SendAsync(message, cancellation).ConfigureAwait(false);
            byte[] bytes = await answer.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
            var headers = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
            Collect(headers, answer.Headers);
            Collect(headers, answer.Content.Headers);
            return new Response
            {
                StatusCode = (int)answer.StatusCode,
                ContentType = answer.Content.Headers.ContentType?.ToString() ?? "text/plain",
                Headers = headers,
                Body = System.Text.Encoding.UTF8.GetString(bytes),
                BodyBytes = bytes,
            };
        }

        /// <summary>Marks the stream's event at that place as done (<c>explicitAckMode</c>).</summary>
        public void ExplicitAck(QualifiedOffset place) => Ack?.Invoke(place);

        /// <summary>Runs when the worker is drained (rebalance, pause), after the event in hand.</summary>
        public void SetDrainCallback(Action callback) => OnDrain = Awaitable(callback);

        /// <summary>Runs when the worker is drained, and is awaited.</summary>
        public void SetDrainCallback(Func<Task> callback) => OnDrain = callback;

        /// <summary>Runs when the processor stops the worker.</summary>
        public void SetTerminationCallback(Action callback) => OnTermination = Awaitable(callback);

        /// <summary>Runs when the processor stops the worker, and is awaited.</summary>
        public void SetTerminationCallback(Func<Task> callback) => OnTermination = callback;

        private static Func<Task> Awaitable(Action callback) => () =>
        {
            callback();
            return Task.CompletedTask;
        };

        private HttpRequestMessage Message(string functionName, Event request)
        {
            byte[] body = request.Body ?? Array.Empty<byte>();
            string method = request.Method ?? (body.Length > 0 ? "POST" : "GET");
            var message = new HttpRequestMessage(new HttpMethod(method), Address(functionName) + (request.Path ?? "/"));
            if (body.Length > 0 || method == "POST" || method == "PUT")
            {
                message.Content = new ByteArrayContent(body);
                message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType ?? "text/plain");
            }
            message.Headers.TryAddWithoutValidation("X-Nuclio-Target", functionName);
            foreach (KeyValuePair<string, object> header in request.Headers)
            {
                if (!IsOwn(header.Key) && header.Value != null)
                {
                    message.Headers.Remove(header.Key);
                    message.Headers.TryAddWithoutValidation(header.Key, header.Value.ToString());
                }
            }
            return message;
        }

        /// <summary>Headers that the client sets, or that belong to the connection on which the event came.</summary>
        private static bool IsOwn(string name)
        {
            switch (name.ToLowerInvariant())
            {
                case "content-length":
                case "content-type":
                case "host":
                case "connection":
                case "transfer-encoding":
                    return true;
                default:
                    return false;
            }
        }

        /// <summary>Below the processor's base URL if it gave one, else the name that nuclio's service has.</summary>
        private string Address(string functionName)
        {
            if (Urls.Length > 0)
            {
                return (Urls.Contains("://") ? Urls : "http://" + Urls).TrimEnd('/') + "/" + functionName;
            }
            return Kind == "local" ? $"http://nuclio-{Namespace}-{functionName}:8080" : $"http://nuclio-{functionName}:8080";
        }

        private static void Collect(Dictionary<string, object> into, HttpHeaders headers)
        {
            foreach (KeyValuePair<string, IEnumerable<string>> header in headers)
            {
                into[header.Key.ToLowerInvariant()] = string.Join(", ", header.Value);
            }
        }
    }
}
