using System;
using System.Linq;

namespace Nucleon.Wrapper.Tests
{
    internal sealed unsafe class FrameTests : IDisposable
    {
        private readonly Pair pair = new Pair();

        public void Dispose() => pair.Dispose();

        public void ValuesEncodeToTheGoldenBytes()
        {
            int count = 0;
            foreach (Golden golden in Golden.All().Where(one => !one.IsHostile && !one.IsRing && one.Stored != null))
            {
                int at = 0;
                for (int frame = 1; frame <= golden.FrameCount; frame++)
                {
                    byte[] encoded = Encode(golden, frame);
                    Expect.Bytes(encoded, golden.Stored.AsSpan(at, encoded.Length), $"{golden.Name} {frame}:");
                    at += encoded.Length;
                    count++;
                }
                Expect.Equal(at, golden.Stored!.Length, golden.Name);
            }
            Expect.True(count > 15, $"more than {count} golden frames");
        }

        public void GoldenBytesDecodeToTheValues()
        {
            int count = 0;
            foreach (Golden golden in Golden.All().Where(one => !one.IsHostile && !one.IsRing && one.Stored != null))
            {
                fixed (byte* bytes = golden.Stored)
                {
                    byte* at = bytes;
                    for (int number = 1; number <= golden.FrameCount; number++)
                    {
                        var frame = new Frame(at, bytes);
                        frame.Check(golden.Stored!.Length - (at - bytes), new Area(0, int.MaxValue));
                        CompareHeader(golden, number, frame);
                        CompareSections(golden, number, frame);
                        at += frame.Length;
                        count++;
                    }
                }
            }
            Expect.True(count > 15, $"more than {count} golden frames");
        }

        public void EventsDecodeToTheValues()
        {
            var tables = new Tables(Memory.Hello("shm"));
            Golden golden = Golden.Of("event-every-field");
            fixed (byte* bytes = golden.Stored)
            {
                var one = new FrameEvent(new Frame(bytes, bytes), tables, mayLend: false);

                Expect.Equal(one.Path, "/é");
                Expect.Equal(one.Fields["q"], "ü");
                Expect.Equal(one.ContentType, "text/plain; charset=utf-8");
                Expect.Equal(one.Id, "0d1e2f30-4151-4262-8374-859607a8b9ca");
                Expect.Equal(one.Method, "BREW");
                Expect.Equal(one.Url, "http://x/");
                Expect.Equal(one.Type, "order");
                Expect.Equal(one.TypeVersion, "1");
                Expect.Equal(one.Version, "1.0");
                Expect.Equal(one.Topic, "orders");
                Expect.Equal(one.NumShards, 12);
                Expect.Equal(one.ShardId, int.MaxValue);
                Expect.Equal(one.Offset, long.MinValue);
                Expect.Equal(one.LastInBatch, true);
                Expect.Equal(one.Timestamp, new DateTime(1969, 12, 31, 23, 59, 59));
                Expect.Equal(one.Headers["x-TWICE"], "2");
                Expect.Equal(one.Headers["X-Latin"], "caf\uFFFD");
                Expect.Equal(one.Headers["X-Empty"], "");
                Expect.Bytes(one.Body, new byte[] { 0, 0xFF, 0x80, 0xFE });
                Expect.Equal(one.Size, 4L);
                Expect.Equal(one.Trigger.Kind, "");
            }
        }

        public void ARingThatWrapsAround()
        {
            Golden golden = Golden.Of("ring-wrap-around");
            ShmConnection connection = Ring(golden);

            Frame first = connection.Next();
            Expect.Equal((first.Correlation, first.BodyLength), (10UL, 100));
            connection.Release();
            Frame second = connection.Next();
            Expect.Equal((second.Correlation, second.BodyLength), (11UL, 136));
        }

        public void HostileFramesAreViolations()
        {
            int count = 0;
            foreach (Golden golden in Golden.All().Where(one => one.IsHostile && one.Text("receiver") == "worker"))
            {
                string kind = golden.Text("kind");
                if (kind != "unix")
                {
                    Refused(golden, "shm", Ring(golden));
                    count++;
                }
                if (kind != "shm")
                {
                    using var own = new Pair();
                    Refused(golden, "unix", Memory.Socket(golden.Stored!, own));
                    count++;
                }
            }
            Expect.True(count > 20, $"more than {count} hostile frames");
        }

        public void LargestSections()
        {
            Golden golden = Golden.Of("event-maximum");
            byte[] encoded = Encode(golden, 1);
            fixed (byte* bytes = encoded)
            {
                var frame = new Frame(bytes, null);
                frame.Check(encoded.Length, default);
                var one = new FrameEvent(frame, new Tables(Memory.Hello("unix")), mayLend: false);

                Expect.Equal(one.Path.Length, 65535);
                Expect.Equal(one.Id.Length, 65535);
                Expect.Equal(one.Size, 1L << 20);
                Expect.Equal(one.Headers["h"], "v");
            }
        }

        private static void Refused(Golden golden, string kind, Connection connection)
        {
            FaultException failure = Expect.Throws<FaultException>(() => connection.Next(), $"{golden.Name} over {kind}:");
            Expect.Equal(failure.Code, "NUC-2010", golden.Name);
        }

        private ShmConnection Ring(Golden golden)
        {
            int size = (int)golden.Number("ring", 4096);
            byte[] image = golden.Stored!;
            return Memory.Ring(
                image, size, golden.Number("tail", 0), golden.Number("head", Layout.Align(image.Length)), pair.Here);
        }

        private static byte[] Encode(Golden golden, int number)
        {
            string key = $"{number}.";
            var frame = new Outgoing(Golden.Constant(golden.Text(key + "type")), (ulong)golden.Number(key + "correlation", 0))
            {
                Flags = golden.Flags(number),
                Code = (ushort)golden.Number(key + "code", 0),
                Time = golden.Number(key + "time", 0),
                Shard = (int)golden.Number(key + "shard", -1),
                StreamOffset = golden.Number(key + "streamOffset", 0),
                Path = golden.Section(number, "path"),
                ContentType = golden.Section(number, "contentType"),
                Id = golden.Section(number, "id"),
                Extra = golden.Section(number, "extra"),
                Headers = golden.Section(number, "headers"),
            };
            frame.SetBody(golden.Section(number, "body"));
            long arena = golden.Number(key + "arenaOffset", 0);
            var bytes = new byte[arena == 0 ? frame.Length : frame.HeadLength];
            fixed (byte* at = bytes)
            {
                frame.WriteHead(at, (int)golden.Number(key + "epoch", 0), arena);
                if (arena == 0)
                {
                    frame.WriteBody(at + frame.HeadLength);
                }
            }
            return bytes;
        }

        private static void CompareHeader(Golden golden, int number, Frame frame)
        {
            string key = $"{number}.";
            string what = $"{golden.Name} {number}";
            Expect.Equal(frame.Type, Golden.Constant(golden.Text(key + "type")), what);
            Expect.Equal(frame.Flags, golden.Flags(number), what);
            Expect.Equal(frame.Code, (ushort)golden.Number(key + "code", 0), what);
            Expect.Equal(frame.Correlation, (ulong)golden.Number(key + "correlation", 0), what);
            Expect.Equal(frame.Time, golden.Number(key + "time", 0), what);
            Expect.Equal(frame.Epoch, (int)golden.Number(key + "epoch", 0), what);
            Expect.Equal(frame.Shard, (int)golden.Number(key + "shard", -1), what);
            Expect.Equal(frame.StreamOffset, golden.Number(key + "streamOffset", 0), what);
            Expect.Equal(frame.ArenaOffset, (ulong)golden.Number(key + "arenaOffset", 0), what);
        }

        private static void CompareSections(Golden golden, int number, Frame frame)
        {
            byte[] sections = new[] { "path", "contentType", "id", "extra", "headers" }
                .SelectMany(name => golden.Section(number, name)).ToArray();
            Expect.Bytes(frame.Head.Slice(Layout.Header), sections, golden.Name);
            byte[] body = golden.Section(number, "body");
            Expect.Equal(frame.BodyLength, body.Length, golden.Name);
            if (frame.ArenaOffset == 0)
            {
                Expect.Bytes(frame.Body, body, golden.Name);
            }
        }
    }
}
