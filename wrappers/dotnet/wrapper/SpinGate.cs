using System;
using System.Diagnostics;

namespace Nucleon.Wrapper
{
    /// <summary>Looks for a while before sleeping, if that has paid lately (PROTOCOL.md §6). Confined to one thread.</summary>
    internal sealed class SpinGate
    {
        private const int LooksPerClock = 32;
        private static readonly long Budget = Stopwatch.Frequency * Layout.SpinMicros / 1_000_000;

        private readonly bool allowed;
        private int skip;
        private int back = 1;

        internal SpinGate(bool allowed)
        {
            this.allowed = allowed;
        }

        /// <summary>Whether what is waited for came while it looked; false at once when the gate is shut.</summary>
        internal bool Spin(Func<bool> came)
        {
            if (!allowed)
            {
                return false;
            }
            if (skip > 0)
            {
                skip--;
                return false;
            }
            long begun = Stopwatch.GetTimestamp();
            do
            {
                for (int look = 0; look < LooksPerClock; look++)
                {
                    if (came())
                    {
                        back = 1;
                        return true;
                    }
                }
            }
            while (Stopwatch.GetTimestamp() - begun < Budget);
            skip = back;
            back = Math.Min(2 * back, Layout.MaxBack);
            return false;
        }
    }
}
