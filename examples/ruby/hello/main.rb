# frozen_string_literal: true

# Says hello. A String is an answer with status 200 and content type text/plain.

def handler(_context, _event)
  'Hello, world'
end
