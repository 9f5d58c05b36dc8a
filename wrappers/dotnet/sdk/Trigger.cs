namespace Nuclio.Sdk
{
    /// <summary>Where an event comes from.</summary>
    public class Trigger
    {
        /// <summary><c>sync</c> or <c>async</c>.</summary>
        public string Class { get; set; }

        /// <summary>Such as <c>http</c> or <c>kafka-cluster</c>.</summary>
        public string Kind { get; set; }

        /// <summary>Its name in the function's configuration. An addition of Nucleon.</summary>
        public string Name { get; set; }
    }
}
