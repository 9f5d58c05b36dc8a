# frozen_string_literal: true

# Takes CloudEvents in both forms, as headers (binary) and as one JSON document (structured), without a line of code for either.

def handler(_context, event)
  data = event.body.is_a?(String) ? event.body.dup.force_encoding('UTF-8') : event.body
  { type: event.type, source: event.trigger.kind, id: event.id, data: data }
end
