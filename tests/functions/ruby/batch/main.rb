# frozen_string_literal: true

# Takes batches; the first event's path says how the answers are given.

def answer(events, event, index)
  Response.new({ size: events.size, index: index, body: event.body }, event_id: event.id, status_code: 201)
end

def handler(_context, events)
  return 'no batch' unless events.is_a?(Array)

  path = events.first.path
  raise TypeError, 'the whole batch' if path == '/raise'

  answers = events.each_with_index.map { |event, index| answer(events, event, index) }
  answers.reverse! if path == '/reverse'
  answers.shift if path == '/short'
  answers.first.event_id = nil if path == '/unnamed'
  answers << Response.new('whose?', event_id: 'nobody') if path == '/strange'
  answers
end
