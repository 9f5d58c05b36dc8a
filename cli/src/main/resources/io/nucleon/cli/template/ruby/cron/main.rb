# frozen_string_literal: true

# Runs by the schedule in function.yaml.
def handler(context, event)
  context.logger.info('running', scheduled: event.timestamp.to_s)
  'done'
end
