namespace Conformance.Beside
{
    /// <summary>Sources in folders below belong to the function too.</summary>
    public static class Neighbour
    {
        public const string Words = "from a folder below";
    }
}
