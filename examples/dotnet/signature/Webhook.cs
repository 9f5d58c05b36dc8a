using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text;
using Nuclio.Sdk;

/// <summary>Takes a webhook only if it is signed: X-Signature must be <c>sha256=</c> and the HMAC of the body with the key that both sides know.</summary>
public class Webhook
{
    private byte[] key;

    public void InitContext(Context context)
    {
        key = Encoding.UTF8.GetBytes(Environment.GetEnvironmentVariable("WEBHOOK_KEY"));
    }

    public object Handle(Context context, Event eventBase)
    {
        using var hmac = new HMACSHA256(key);
        string expected = "sha256=" + BitConverter.ToString(hmac.ComputeHash(eventBase.Body)).Replace("-", "").ToLowerInvariant();
        var signature = (string)eventBase.Headers.GetValueOrDefault("X-Signature", "");
        // Takes the same time wherever the two differ, so that nobody finds the signature out by trying.
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), Encoding.UTF8.GetBytes(expected)))
        {
            context.Logger.WarnWith("a webhook with a wrong signature", "size", eventBase.Size);
            return new Response { Body = "wrong signature", StatusCode = 401 };
        }
        return new Response { Body = "accepted", StatusCode = 202 };
    }
}
