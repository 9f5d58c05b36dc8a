# frozen_string_literal: true

# Knows the capitals that it loaded once, before its first event, and counts the questions.
#
# init_context runs once in each worker, so each of several workers has its own state.

require 'json'

def init_context(context)
  capitals = JSON.parse(File.read(File.join(__dir__, 'capitals.json')))
  context.user_data = { capitals: capitals, asked: 0 }
end

def handler(context, event)
  asked = context.user_data[:asked] += 1
  country = event.fields.fetch('country', '')
  capital = context.user_data[:capitals][country]
  return [404, "no capital of '#{country}' is known"] if capital.nil?

  { capital: capital, asked: asked }
end
