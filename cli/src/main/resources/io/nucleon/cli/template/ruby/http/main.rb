# frozen_string_literal: true

# Greets: GET /?name=Ada, or POST Ada.
def handler(context, event)
  name = event.body.to_s.empty? ? event.fields.fetch('name', 'world') : event.body
  context.logger.info('greeting', name: name)
  "Hello, #{name}!"
end
