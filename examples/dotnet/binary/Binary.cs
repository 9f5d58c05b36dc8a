using System.IO;
using System.IO.Compression;
using Nuclio.Sdk;

/// <summary>Packs and unpacks with gzip: a body is bytes, and bytes are an answer.</summary>
public class Binary
{
    public object Handle(Context context, Event eventBase)
    {
        if (eventBase.Path != "/unpack")
        {
            return new Response { BodyBytes = Pack(eventBase.Body), ContentType = "application/gzip" };
        }
        try
        {
            return new Response { BodyBytes = Unpack(eventBase.Body), ContentType = "application/octet-stream" };
        }
        catch (InvalidDataException failure)
        {
            return new Response { Body = $"no gzip: {failure.Message}", StatusCode = 400 };
        }
    }

    private static byte[] Pack(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(plain);
        }
        return packed.ToArray();
    }

    private static byte[] Unpack(byte[] packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        return plain.ToArray();
    }
}
