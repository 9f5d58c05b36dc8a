# frozen_string_literal: true

# Takes up to three events in one call and answers each of them.
#
# With `batch` in function.yaml the handler gets an array; each response names its event by `event_id`.

def handler(context, events)
  numbers = events.map { |event| event.body.to_i }
  context.logger.info('a batch', size: events.size)
  events.zip(numbers).map do |event, number|
    Response.new({ number: number, of: events.size, sum: numbers.sum }, event_id: event.id)
  end
end
