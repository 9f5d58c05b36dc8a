using System;
using System.Collections.Generic;
using System.Reflection;
using Nuclio.Sdk;

namespace Nucleon.Wrapper.Tests
{
    /// <summary>Frames that no processor sends: refused, never a crash, a hang or a read outside of the frame.</summary>
    internal sealed unsafe class HostileTests : IDisposable
    {
        private const int Rounds = 50_000;

        private static readonly ulong[] Edges =
            { 0, 1, 2, 63, 64, 65, 127, 128, 4095, 4096, 65535, 1UL << 31, uint.MaxValue, long.MaxValue, ulong.MaxValue };

        private static readonly (int At, int Size)[] Fields =
            { (0, 4), (4, 1), (5, 1), (24, 4), (32, 4), (36, 4), (40, 2), (42, 2), (44, 2), (46, 2), (48, 8) };

        private readonly Pair pair = new Pair();
        private readonly int seed = int.TryParse(Environment.GetEnvironmentVariable("NUCLEON_SEED"), out int given)
            ? given
            : new Random().Next();

        public void Dispose() => pair.Dispose();

        public void MutatedFramesInARing()
        {
            var chance = new Random(seed);
            var tables = new Tables(Memory.Hello("shm"));
            int events = 0;
            for (int round = 0; round < Rounds; round++)
            {
                byte[] image = Mutated(chance);
                fixed (byte* at = image)
                {
                    events += Read(at, image.Length, tables) ? 1 : 0;
                }
            }
            Expect.True(events > Rounds / 100, $"more than {events} mutations that are frames (seed {seed})");
        }

        public void HelloThatIsNone()
        {
            foreach (string json in new[]
            {
                "", "[]", "5", "{}", "{\"protocol\":[2,0]}", "{\"protocol\":5}", "{\"protocol\":[1,0],\"transport\":\"pigeon\"}",
                "{\"protocol\":[1,0],\"transport\":\"shm\",\"segment\":5}",
                "{\"protocol\":[1,0],\"transport\":\"shm\",\"segment\":{\"size\":\"x\"},\"function\":{}}",
            })
            {
                FaultException failure = Expect.Throws<FaultException>(
                    () => Hello.Parse(System.Text.Encoding.UTF8.GetBytes(json), 1), json);
                Expect.True(failure.Code == "NUC-2010" || failure.Code == "NUC-2002", $"{failure.Code} for {json}");
            }
        }

        public void SegmentsThatAreNone()
        {
            Refused("NUC-2010", bytes => bytes[0] ^= 1);
            Refused("NUC-2002", bytes => bytes[Layout.SegmentMajor] = 2);
            Refused("NUC-2010", bytes => bytes[Layout.SegmentEpoch] = 8);
            Refused("NUC-2010", bytes => bytes[Layout.SegmentSize] ^= 64);
            Refused("NUC-2010", bytes => bytes[Layout.RequestRing] = 1); // not aligned
            Refused("NUC-2010", bytes => bytes[Layout.RequestRing + 8] = 1); // no power of two
            Refused("NUC-2010", bytes => bytes[Layout.ResponseArena + 15] = 0x7F); // beyond the end
            Refused("NUC-2010", bytes => bytes[Layout.ResponseArena + 7] = 0x80); // a negative offset
            Refused("NUC-2010", bytes => bytes[Layout.ArenaChunkSize] = 1);
        }

        public void AFrameOfAnotherEpochIsPassedOver()
        {
            byte[] old = Frame(new Random(1), epoch: 6);
            byte[] own = Frame(new Random(1), epoch: Memory.Epoch);
            var both = new byte[old.Length + own.Length];
            old.CopyTo(both, 0);
            own.CopyTo(both, old.Length);
            UnixConnection connection = Memory.Socket(both, pair);

            Expect.Equal(connection.Next().Epoch, Memory.Epoch);
            Expect.Equal(connection.Dropped, 1L);
        }

        private static void Refused(string code, Action<byte[]> change) =>
            Expect.Equal(Expect.Throws<FaultException>(() => Memory.Segment(4096, change)).Code, code);

        /// <summary>Reads a frame and, if it is an event, all of it. True if it was one.</summary>
        private bool Read(byte* at, int length, Tables tables)
        {
            try
            {
                if (length < Layout.Header)
                {
                    return false;
                }
                var frame = new Frame(at, at);
                frame.Check(length, new Area(0, length));
                frame.CheckType();
                if (frame.Type != Layout.Event)
                {
                    return false;
                }
                var one = new FrameEvent(frame, tables, mayLend: false);
                foreach (PropertyInfo property in typeof(Event).GetProperties())
                {
                    property.GetValue(one);
                }
                Expect.Equal(one.Size, one.Body.Length, $"seed {seed}");
                return true;
            }
            catch (FaultException)
            {
                return false;
            }
        }

        private static byte[] Mutated(Random chance)
        {
            byte[] frame = Frame(chance, Memory.Epoch);
            for (int i = chance.Next(1, 4); i > 0; i--)
            {
                (int at, int size) = Fields[chance.Next(Fields.Length)];
                if (chance.Next(2) == 0)
                {
                    (at, size) = (chance.Next(frame.Length), 1);
                }
                BitConverter.GetBytes(Edges[chance.Next(Edges.Length)]).AsSpan(0, size).CopyTo(frame.AsSpan(at));
            }
            return frame;
        }

        private static byte[] Frame(Random chance, int epoch)
        {
            var frame = new Outgoing(Layout.Event, 9)
            {
                Code = (ushort)chance.Next(3),
                Path = System.Text.Encoding.ASCII.GetBytes(chance.Next(2) == 0 ? "/p" : "/p\0a=%20"),
                Headers = Pairs.Write(("Host", "h"), ("X", new string('y', chance.Next(40)))),
            };
            frame.SetBody(new byte[chance.Next(90)]);
            var bytes = new byte[frame.Length];
            fixed (byte* at = bytes)
            {
                frame.WriteHead(at, epoch, 0);
                frame.WriteBody(at + frame.HeadLength);
            }
            return bytes;
        }
    }
}
