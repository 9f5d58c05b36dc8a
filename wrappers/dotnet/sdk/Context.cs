using System.Collections.Generic;

namespace Nuclio.Sdk
{
    /// <summary>What surrounds an event: one object for the whole life of a worker.</summary>
    public class Context
    {
        /// <summary>A context with a logger and without user data.</summary>
        public Context()
        {
            Logger = new Logger();
            UserData = new Dictionary<string, object>();
            Platform = new Platform();
            Trigger = new Trigger();
        }

        /// <summary>For the function's own use.</summary>
        public string Name { get; set; }

        /// <summary>Its records belong to the event in hand.</summary>
        public Logger Logger { get; set; }

        /// <summary>For the function's own use.</summary>
        public bool IsInitialized { get; set; }

        /// <summary>What <c>InitContext</c> leaves for the events; empty at first.</summary>
        public Dictionary<string, object> UserData { get; set; }

        /// <summary>The worker's number, from 0. An addition of Nucleon.</summary>
        public int WorkerId { get; internal set; }

        /// <summary>What the worker works for; of a pool that triggers share the kind is empty and the name the pool's. An addition of Nucleon.</summary>
        public Trigger Trigger { get; internal set; }

        /// <summary>Other functions, acks of stream events, callbacks for drain and termination. An addition of Nucleon.</summary>
        public Platform Platform { get; internal set; }
    }
}
