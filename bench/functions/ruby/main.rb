# frozen_string_literal: true

# Sends the body back.

def handler(_context, event)
  event.body
end
