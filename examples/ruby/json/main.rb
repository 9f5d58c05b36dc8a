# frozen_string_literal: true

# Adds the items of an order up. A Hash is sent as JSON; an array of a status and a value is an answer with that status.

require 'json'

def handler(_context, event)
  items = parse(event.body)
  return [400, { error: "send a JSON object with a list 'items'" }] unless items.is_a?(Array)
  return [400, { error: "each item needs a number 'price'" }] unless items.all? { |item| priced?(item) }

  { items: items.size, total: items.sum { |item| item['price'] * item.fetch('count', 1) }.round(2) }
end

def parse(body)
  order = JSON.parse(body)
  order['items'] if order.is_a?(Hash)
rescue JSON::ParserError
  nil
end

def priced?(item)
  item.is_a?(Hash) && item['price'].is_a?(Numeric) && item.fetch('count', 1).is_a?(Numeric)
end
