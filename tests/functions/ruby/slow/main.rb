# frozen_string_literal: true

# Handlers that are over their time.

def handler(_context, event)
  sleep if event.path == '/hang'
  loop {} if event.path == '/spin'
  event.path == '/pid' ? Process.pid.to_s : event.path
end
