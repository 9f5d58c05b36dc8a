using System;
using System.Buffers;

namespace Nucleon.Wrapper
{
    /// <summary>
    /// Memory of the processor as handlers see it with <c>body: view</c>. After <see cref="Revoke"/> nothing new can be had of it; a
    /// span that was taken before shows undefined bytes, never memory that is not mapped.
    /// </summary>
    internal sealed unsafe class LentMemory : MemoryManager<byte>
    {
        private readonly int length;
        private byte* at;

        internal LentMemory(byte* at, int length)
        {
            this.at = at;
            this.length = length;
        }

        public override Span<byte> GetSpan() => new Span<byte>(Lent(), length);

        public override MemoryHandle Pin(int elementIndex = 0) => new MemoryHandle(Lent() + elementIndex);

        public override void Unpin()
        {
        }

        internal void Revoke() => at = null;

        protected override void Dispose(bool disposing) => Revoke();

        private byte* Lent()
        {
            byte* now = at;
            if (now == null)
            {
                throw new ObjectDisposedException(
                    "the event's body", "it was read after its handler had returned; with 'body: view' copy what you keep");
            }
            return now;
        }
    }
}
