using System.Threading;

namespace Nucleon.Wrapper
{
    /// <summary>
    /// Which events this worker has begun, and which the processor takes back before that (PROTOCOL.md §5.2): the same on both kinds of
    /// connection. Confined to the main thread. The fence stands between the store of <c>claimed</c> and the load of <c>revoke</c>.
    /// </summary>
    internal sealed class Claims
    {
        private const int Claimed = Layout.RequestIndices + Layout.Claimed;
        private const int Revoke = Layout.RequestIndices + Layout.Revoke;
        private const int RevokedFrom = Layout.RequestIndices + Layout.RevokedFrom;
        private const int RevokedTo = Layout.RequestIndices + Layout.RevokedTo;
        private const int RevokeDone = Layout.RequestIndices + Layout.RevokeDone;
        private const int LooksBeforeCheck = 10_000;

        private readonly Segment segment;
        private readonly int socket;
        private long revokeDone;

        internal Claims(Segment segment, int socket)
        {
            this.segment = segment;
            this.socket = socket;
            revokeDone = segment.LoadAcquire(RevokeDone);
        }

        /// <summary>
        /// The event at that position begins. False: it was taken back. <see cref="EndOfConnectionException"/> if nobody decides, a violation
        /// if what is there is no decision.
        /// </summary>
        internal bool Claim(long position, long next)
        {
            segment.StoreRelease(Claimed, next);
            Segment.Fence();
            return segment.LoadAcquire(Revoke) == revokeDone || !IsRevoked(position, next);
        }

        /// <summary>Behind the fence: waits for the decision, which takes the processor a few instructions.</summary>
        private bool IsRevoked(long position, long next)
        {
            long revoke = segment.LoadAcquire(Revoke);
            for (int looks = 1; revoke != revokeDone + 2; looks++)
            {
                if (revoke != revokeDone + 1)
                {
                    throw Errors.Violation($"the segment's revoke is {revoke} where {revokeDone} was the last that was acted on");
                }
                if (looks % LooksBeforeCheck == 0 && !Posix.IsConnected(socket))
                {
                    throw new EndOfConnectionException();
                }
                Thread.SpinWait(1);
                revoke = segment.LoadAcquire(Revoke);
            }
            long from = segment.LoadAcquire(RevokedFrom);
            long to = segment.LoadAcquire(RevokedTo);
            bool revoked = from <= position && position < to;
            if ((revoked ? next : position) >= to)
            {
                revokeDone = revoke;
                segment.StoreRelease(RevokeDone, revoke);
            }
            return revoked;
        }
    }
}
