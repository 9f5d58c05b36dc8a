using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Nuclio.Sdk;

/// <summary>Adds the items of an order up. A body is bytes, which System.Text.Json reads as they are; an answer is its JSON.</summary>
public class Orders
{
    private static readonly JsonSerializerOptions Options = new JsonSerializerOptions
    {
        PropertyNameCaseInsensitive = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    public class Order
    {
        public List<Item> Items { get; set; }
    }

    public class Item
    {
        public decimal? Price { get; set; }

        public int Count { get; set; } = 1;
    }

    public object Handle(Context context, Event eventBase)
    {
        Order order;
        try
        {
            order = JsonSerializer.Deserialize<Order>(eventBase.Body, Options);
        }
        catch (JsonException failure)
        {
            context.Logger.WarnWith("no order", "why", failure.Message);
            return Json(400, new { Error = "send a JSON object with a list 'items'" });
        }
        if (order?.Items == null || order.Items.Any(item => item?.Price == null))
        {
            return Json(400, new { Error = order?.Items == null ? "send a JSON object with a list 'items'" : "each item needs a number 'price'" });
        }
        decimal total = order.Items.Sum(item => item.Price.Value * item.Count);
        return Json(200, new { Items = order.Items.Count, Total = Math.Round(total, 2) });
    }

    private static Response Json(int status, object value) => new Response
    {
        Body = JsonSerializer.Serialize(value, Options),
        ContentType = "application/json",
        StatusCode = status,
    };
}
