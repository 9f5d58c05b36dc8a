using System;
using System.Collections.Generic;
using System.Text;

namespace Nucleon.Wrapper
{
    /// <summary>
    /// Reads a raw query as nuclio's HTTP server does: the last value of a name wins, <c>+</c> is a space, a bad <c>%zz</c> stays as it
    /// is, <c>;</c> separates nothing. Stateless.
    /// </summary>
    internal static class Query
    {
        internal static Dictionary<string, object> Read(ReadOnlySpan<byte> query)
        {
            var fields = new Dictionary<string, object>();
            while (!query.IsEmpty)
            {
                int end = query.IndexOf((byte)'&');
                ReadOnlySpan<byte> pair = end < 0 ? query : query.Slice(0, end);
                query = end < 0 ? default : query.Slice(end + 1);
                int equals = pair.IndexOf((byte)'=');
                if (pair.IsEmpty || pair.Length == 1 && equals == 0)
                {
                    continue;
                }
                string name = Decode(equals < 0 ? pair : pair.Slice(0, equals));
                fields[name] = equals < 0 ? "" : Decode(pair.Slice(equals + 1));
            }
            return fields;
        }

        private static string Decode(ReadOnlySpan<byte> raw)
        {
            if (raw.IndexOfAny((byte)'%', (byte)'+') < 0)
            {
                return Encoding.UTF8.GetString(raw);
            }
            var bytes = new byte[raw.Length];
            int length = 0;
            for (int i = 0; i < raw.Length; i++)
            {
                int value = raw[i] == '%' && i + 2 < raw.Length ? (Hex(raw[i + 1]) << 4) | Hex(raw[i + 2]) : -1;
                bytes[length++] = value >= 0 ? (byte)value : raw[i] == '+' ? (byte)' ' : raw[i];
                i += value >= 0 ? 2 : 0;
            }
            return Encoding.UTF8.GetString(bytes, 0, length);
        }

        /// <summary>The digit's value; negative for none, also when shifted and joined with another.</summary>
        private static int Hex(byte digit)
        {
            int lower = digit | 0x20;
            return digit >= '0' && digit <= '9' ? digit - '0' : lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
        }
    }
}
