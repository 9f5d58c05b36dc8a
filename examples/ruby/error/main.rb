# frozen_string_literal: true

# Fails in the two ways there are: by an answer with a status of its own, and by an exception, which is a 500.
#
# The difference matters for streams: an answer counts as done whatever its status, an exception does not.

def handler(_context, event)
  return [404, "nothing at #{event.path}"] unless event.path == '/divide'

  divisor = event.fields.fetch('by', '')
  return [400, "'by' must be a whole number"] unless divisor.match?(/\A-?\d+\z/)

  { result: Rational(100, divisor.to_i).to_f }
end
