using System.Linq;
using System.Numerics;
using System.Text.Json;
using System.Threading.Tasks;
using Nuclio.Sdk;

/// <summary>
/// Asks the function <c>fibonacci</c> for several numbers at once and adds them up: POST [2, 10, 17]. On a platform the other function is
/// found by its name. On one machine, say where it is:
/// <code>
/// ./nucleon run examples/dotnet/fibonacci --port 8085
/// NUCLEON_FUNCTION_URLS=http://127.0.0.1:8085 ./nucleon run examples/dotnet/call
/// </code>
/// </summary>
public class Sum
{
    public async Task<object> Handle(Context context, Event eventBase)
    {
        int[] numbers = JsonSerializer.Deserialize<int[]>(eventBase.Body);
        Response[] answers = await Task.WhenAll(numbers.Select(number => Ask(context, number)));
        Response refusal = answers.FirstOrDefault(answer => answer.StatusCode != 200);
        if (refusal != null)
        {
            return new Response { Body = refusal.Body, StatusCode = 502 };
        }
        BigInteger sum = answers.Aggregate(BigInteger.Zero, (total, answer) => total + BigInteger.Parse(answer.Body));
        return new Response { Body = $"{{\"sum\": {sum}}}", ContentType = "application/json" };
    }

    private static Task<Response> Ask(Context context, int number)
    {
        var request = new Event { Method = "POST" };
        request.SetBody(number.ToString());
        return context.Platform.CallFunctionAsync("fibonacci", request);
    }
}
