# frozen_string_literal: true

require 'json'

# Stores what an event tells, {"id": 7}. An event that raises is tried again, then dead-lettered.
def handler(context, event)
  order = event.body.is_a?(String) ? JSON.parse(event.body) : event.body
  context.logger.info('stored', id: order.fetch('id'))
  JSON.generate(stored: order.fetch('id'))
end
