# frozen_string_literal: true

# Asks the function `fibonacci` for several numbers and adds them up: POST [2, 10, 17].
#
# On a platform the other function is found by its name. On one machine, say where it is:
#
#     ./nucleon run examples/ruby/fibonacci --port 8085
#     NUCLEON_FUNCTION_URLS=http://127.0.0.1:8085 ./nucleon run examples/ruby/call

require 'json'

def handler(context, event)
  answers = JSON.parse(event.body).map { |number| context.platform.call_function('fibonacci', body: number.to_s) }
  refusal = answers.find { |answer| answer.status_code != 200 }
  return [502, refusal.body] if refusal

  { sum: answers.sum { |answer| answer.body.to_i } }
end
