using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nuclio.Sdk;

namespace Shapes.Of
{
    /// <summary>Methods of every declaration that can be a handler; each is a function of its own.</summary>
    public class Handlers
    {
        private static int running;
        private static int most;

        public static string Text(Context context, Event eventBase) => "static, " + eventBase.Path;

        public int Number(Context context, Event eventBase) => 5;

        public void Nothing(Context context, Event eventBase)
        {
        }

        public async Task<string> Later(Context context, Event eventBase)
        {
            await Task.Delay(1);
            return "later, " + eventBase.Path;
        }

        /// <summary>One event at a time, whatever it awaits.</summary>
        public async Task<int> Alone(Context context, Event eventBase, CancellationToken cancellation)
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await Task.Delay(5, cancellation);
            Interlocked.Decrement(ref running);
            return most;
        }

        public async ValueTask<byte[]> Value(Context context, Event eventBase)
        {
            await Task.Yield();
            return new byte[] { 1, 2 };
        }

        public async IAsyncEnumerable<string> Stream(Context context, Event eventBase)
        {
            yield return "one,";
            await Task.Yield();
            yield return "two";
        }

        /// <summary>Of two methods of one name, the one that takes an event.</summary>
        public object Same(Context context, string text) => "the wrong one";

        public object Same(Context context, Event eventBase) => "the right one";
    }

    /// <summary>Has no constructor that a worker could use, which nuclio never calls.</summary>
    public class Unmade
    {
        private readonly string made;

        public Unmade(string made)
        {
            this.made = made;
        }

        public object Handle(Context context, Event eventBase) => this == null ? "called on null" : made;
    }
}
