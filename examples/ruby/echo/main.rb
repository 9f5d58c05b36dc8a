# frozen_string_literal: true

# Sends back what it got: body, content type, and what the request was.

def handler(_context, event)
  type = event.content_type.empty? ? 'application/octet-stream' : event.content_type
  headers = { 'X-Method' => event.method, 'X-Path' => event.path, 'X-Who' => event.fields.fetch('who', 'nobody') }
  Response.new(event.body, content_type: type, headers: headers)
end
