using System.Globalization;
using System.Numerics;
using Nuclio.Sdk;

/// <summary>The Nth Fibonacci number: POST the N.</summary>
public class Fibonacci
{
    private const int Largest = 1000;

    public object Handle(Context context, Event eventBase)
    {
        if (!int.TryParse(eventBase.GetBody().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int place) || place > Largest)
        {
            return new Response { Body = $"send a number from 0 to {Largest}", StatusCode = 400 };
        }
        (BigInteger first, BigInteger second) = (0, 1);
        for (int i = 0; i < place; i++)
        {
            (first, second) = (second, first + second);
        }
        return first.ToString();
    }
}
