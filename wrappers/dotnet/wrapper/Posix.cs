using System;
using System.Runtime.InteropServices;

namespace Nucleon.Wrapper
{
    /// <summary>The few system calls that .NET lacks, or that cost less when called directly. Any thread.</summary>
    internal static unsafe class Posix
    {
        internal const int DontWait = 0x40;
        private const int Interrupted = 4, Again = 11;
        private const int UnixFamily = 1, StreamSocket = 1, SocketLevel = 1, CloseOnExec = 0x80000, ReadWrite = 2;
        private const int NoSignal = 0x4000, CloseReceived = 0x40000000, Rights = 1, SendBuffer = 7;
        private const int ProtectReadWrite = 3, Shared = 1;
        private const int ParentDeathSignal = 1, Kill = 9;
        private const int PathBytes = 108;
        private const short PeerClosed = 0x2000;

        /// <summary>Connects a blocking stream socket. <see cref="EndOfConnectionException"/> if nobody listens there.</summary>
        internal static int Connect(string path)
        {
            byte[] name = System.Text.Encoding.UTF8.GetBytes(path);
            if (name.Length >= PathBytes)
            {
                throw new ArgumentException($"the socket's path has {name.Length} bytes, {PathBytes - 1} are possible");
            }
            byte* address = stackalloc byte[2 + PathBytes];
            new Span<byte>(address, 2 + PathBytes).Clear();
            *(ushort*)address = UnixFamily;
            name.AsSpan().CopyTo(new Span<byte>(address + 2, PathBytes));
            int socket = socket_(UnixFamily, StreamSocket | CloseOnExec, 0);
            int size = 1 << 20; // doubled the rate of large bodies on the socket; beyond that it got worse
            setsockopt(socket, SocketLevel, SendBuffer, &size, sizeof(int));
            if (socket < 0 || connect(socket, address, 2 + name.Length + 1) != 0)
            {
                throw new EndOfConnectionException();
            }
            return socket;
        }

        /// <summary>Reads what is there, waiting for at least a byte. <see cref="EndOfConnectionException"/> at the end.</summary>
        internal static int Receive(int socket, byte* into, int size)
        {
            while (true)
            {
                long got = (long)recv(socket, into, (IntPtr)size, 0);
                if (got > 0)
                {
                    return (int)got;
                }
                if (got == 0 || Marshal.GetLastWin32Error() != Interrupted)
                {
                    throw new EndOfConnectionException();
                }
            }
        }

        /// <summary>Whether the other end is still there, a bell that it left behind or not; takes nothing from the socket.</summary>
        internal static bool IsConnected(int socket)
        {
            var asked = new Asked { File = socket, Events = PeerClosed };
            return poll(&asked, (UIntPtr)1, 0) <= 0;
        }

        /// <summary>Sends all of it, waiting for room.</summary>
        internal static void SendAll(int socket, byte* from, long size)
        {
            while (size > 0)
            {
                long sent = (long)send(socket, from, (IntPtr)size, NoSignal);
                if (sent < 0 && Marshal.GetLastWin32Error() != Interrupted)
                {
                    throw new EndOfConnectionException();
                }
                from += Math.Max(0, sent);
                size -= Math.Max(0, sent);
            }
        }

        /// <summary>Sends one byte. A full socket means that bells are pending already.</summary>
        internal static void SendBell(int socket)
        {
            byte bell = 1;
            if ((long)send(socket, &bell, (IntPtr)1, DontWait | NoSignal) < 0)
            {
                int error = Marshal.GetLastWin32Error();
                if (error != Again && error != Interrupted)
                {
                    throw new EndOfConnectionException();
                }
            }
        }

        /// <summary>Reads one byte and the descriptor that comes with it; -1 if none does.</summary>
        internal static int ReceiveDescriptor(int socket)
        {
            const int room = 64;
            byte one;
            byte* control = stackalloc byte[room];
            new Span<byte>(control, room).Clear();
            var part = new Part { Base = &one, Length = (IntPtr)1 };
            var message = new Message { Parts = &part, PartCount = (IntPtr)1, Control = control, ControlLength = (IntPtr)room };
            long got;
            do
            {
                got = (long)recvmsg(socket, &message, CloseReceived);
            }
            while (got < 0 && Marshal.GetLastWin32Error() == Interrupted);
            if (got <= 0)
            {
                throw new EndOfConnectionException();
            }
            // cmsghdr: length (8 bytes), level, type (4 each), then the descriptors
            bool carries = (long)message.ControlLength >= 20 && *(int*)(control + 8) == SocketLevel && *(int*)(control + 12) == Rights;
            return carries && *(long*)control == 20 ? *(int*)(control + 16) : -1;
        }

        /// <summary>Opens a file to read and write; -1 if it can't be had, <see cref="LastError"/> says why.</summary>
        internal static int Open(string path) => open(path, ReadWrite | CloseOnExec);

        /// <summary>The last call's reason for failing.</summary>
        internal static string LastError()
        {
            int error = Marshal.GetLastWin32Error();
            return new System.ComponentModel.Win32Exception(error).Message;
        }

        /// <summary>Length of the file behind a descriptor, which stays open; where it stood is lost.</summary>
        internal static long Size(int file) => (long)lseek(file, IntPtr.Zero, 2);

        /// <summary>Maps a file from its beginning, for as long as the process lives; null if that fails.</summary>
        internal static byte* Map(int file, long size)
        {
            IntPtr at = mmap(IntPtr.Zero, (IntPtr)size, ProtectReadWrite, Shared, file, IntPtr.Zero);
            return at == (IntPtr)(-1) ? null : (byte*)at;
        }

        internal static void Close(int file) => close(file);

        /// <summary>Ctrl-C of a terminal reaches the whole process group and is the processor's to handle.</summary>
        internal static void IgnoreInterrupts() => signal(2, (IntPtr)1);

        /// <summary>The kernel ends this process when its parent has ended, or this does if that has happened already.</summary>
        internal static void EndWithParent(int parent)
        {
            prctl(ParentDeathSignal, (IntPtr)Kill, IntPtr.Zero, IntPtr.Zero, IntPtr.Zero);
            if (getppid() != parent)
            {
                exit(0);
            }
        }

        /// <summary>Ends the process without waiting for threads or exit hooks of the user, who may never end.</summary>
        internal static void ExitAtOnce(int status)
        {
            Console.Out.Flush();
            Console.Error.Flush();
            exit(status);
        }

        [StructLayout(LayoutKind.Sequential)]
        private struct Part
        {
            internal byte* Base;
            internal IntPtr Length;
        }

        // glibc's layout; musl's differs in fields that it declares shorter and pads, which are 0 here.
        [StructLayout(LayoutKind.Sequential)]
        private struct Message
        {
            internal byte* Name;
            internal long NameLength;
            internal Part* Parts;
            internal IntPtr PartCount;
            internal byte* Control;
            internal IntPtr ControlLength;
            internal int Flags;
        }

        [DllImport("libc", EntryPoint = "socket", SetLastError = true)]
        private static extern int socket_(int family, int type, int protocol);

        [DllImport("libc", SetLastError = true)]
        private static extern int setsockopt(int socket, int level, int name, int* value, int length);

        [DllImport("libc", SetLastError = true)]
        private static extern int connect(int socket, byte* address, int length);

        [DllImport("libc", SetLastError = true)]
        private static extern IntPtr recv(int socket, byte* into, IntPtr size, int flags);

        [DllImport("libc", SetLastError = true)]
        private static extern IntPtr send(int socket, byte* from, IntPtr size, int flags);

        [DllImport("libc", SetLastError = true)]
        private static extern IntPtr recvmsg(int socket, Message* message, int flags);

        [DllImport("libc", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
        private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

        [DllImport("libc", SetLastError = true)]
        private static extern IntPtr lseek(int file, IntPtr offset, int whence);

        [DllImport("libc", SetLastError = true)]
        private static extern IntPtr mmap(IntPtr at, IntPtr size, int protection, int flags, int file, IntPtr offset);

        [DllImport("libc")]
        private static extern int close(int file);

        [DllImport("libc", SetLastError = true)]
        private static extern int poll(Asked* files, UIntPtr count, int milliseconds);

        [DllImport("libc")]
        private static extern IntPtr signal(int number, IntPtr handler);

        [DllImport("libc")]
        private static extern int prctl(int option, IntPtr second, IntPtr third, IntPtr fourth, IntPtr fifth);

        [DllImport("libc")]
        private static extern int getppid();

        [DllImport("libc", EntryPoint = "_exit")]
        private static extern void exit(int status);

        [StructLayout(LayoutKind.Sequential)]
        private struct Asked
        {
            internal int File;
            internal short Events;
            internal short Happened;
        }
    }
}
