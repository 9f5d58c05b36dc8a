using System.Threading;

namespace Nucleon.Wrapper
{
    /// <summary>The socket beside the rings: a byte wakes the other side, its end says that the processor is gone. Safe for many threads.</summary>
    internal sealed unsafe class Bell
    {
        private const int LookAgainMillis = 1;
        private const int AtOnce = 4096;

        private readonly int socket;
        private readonly Thread reader = Thread.CurrentThread;

        /// <summary>The calling thread is the one that reads bells.</summary>
        internal Bell(int socket)
        {
            this.socket = socket;
        }

        internal void Ring() => Posix.SendBell(socket);

        /// <summary>Waits for a bell, perhaps in vain: the caller looks again at what it waits for.</summary>
        internal void Wait()
        {
            if (Thread.CurrentThread != reader)
            {
                Thread.Sleep(LookAgainMillis); // the bells are the main thread's
                return;
            }
            byte* bells = stackalloc byte[AtOnce];
            Posix.Receive(socket, bells, AtOnce);
        }

        /// <summary>The end of the connection if the processor is gone.</summary>
        internal void Check()
        {
            if (!Posix.IsConnected(socket))
            {
                throw new EndOfConnectionException();
            }
        }
    }
}
