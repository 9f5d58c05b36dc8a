# frozen_string_literal: true

# The Nth Fibonacci number: POST the N.

def handler(_context, event)
  number = event.body.strip
  return [400, 'send a number from 0 to 1000'] unless number.match?(/\A\d{1,4}\z/) && number.to_i <= 1000

  first = 0
  second = 1
  number.to_i.times { first, second = second, first + second }
  first.to_s
end
