# frozen_string_literal: true

# Logs at all levels. Fields are part of the record; a caller sees an event's records with the header X-Nuclio-Log-Level.

def handler(context, event)
  context.logger.debug('nobody needs to know')
  context.logger.info('order came', number: 17, customer: event.fields.fetch('customer', 'unknown'))
  context.logger.warn('stock is low', left: 3)
  context.logger.error('printing of a label failed')
  'logged'
end
