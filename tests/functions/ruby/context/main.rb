# frozen_string_literal: true

# What surrounds an event: the init hook, the context, its logger.

require 'beside'

SEEN = { inits: 0 } # rubocop:disable Style/MutableConstant

def init_context(context)
  SEEN[:inits] += 1
  SEEN[:user_data] = context.user_data.dup
  context.logger.info('in the init hook', seen: SEEN)
  context.user_data[:count] = 0
end

class Loggable
  def to_json(*args)
    'my own JSON'.to_json(*args)
  end
end

def odd(logger)
  cycle = {}
  cycle[:self] = cycle
  logger.info('objects', own: Loggable.new, symbol: :word, big: 10**20, at: Time.at(0).utc)
  logger.info('nan', nan: Float::NAN)
  logger.info('a cycle', cycle: cycle)
  logger.info({ not: 'a text' })
  logger.info(nil)
  logger.info("bytes \xFF")
  logger.log(:warning, 'by level', a: 1)
  logger.log(:loud, 'an unknown level')
end

LOGS = {
  '/log-none' => ->(_) {},
  '/log-four' => lambda { |logger|
    logger.debug('one')
    logger.info('two')
    logger.warn('three')
    logger.error('four')
  },
  '/log-fields' => lambda { |logger|
    logger.debug('d', a: 1)
    logger.info('i', text: 'b', yes: true, none: nil, list: [1, 2], map: { k: 'v' })
    logger.warn('w', number: 2.5)
    logger.error('e', worker_id: 'mine')
  },
  '/log-odd' => ->(logger) { odd(logger) },
  '/log-unicode' => ->(logger) { logger.info("schön \"🎉\"\n\ttab \\") },
  '/log-control' => ->(logger) { logger.info("a\0b\x1bc\r\nX-Injected: d") },
  '/log-large' => ->(logger) { logger.info('x' * 5000) },
  '/log-many' => ->(logger) { 100.times { |i| logger.info("record #{i}") } },
  '/log-below' => ->(logger) { logger.info('x' * 3900) },
  '/log-thread' => ->(logger) { Thread.new { logger.info('from a thread') }.join }
}.freeze

OTHERS = {
  '/count' => ->(context, _) { (context.user_data[:count] += 1).to_s },
  '/print' => lambda { |_, _|
    puts 'printed, not logged'
    'printed'
  },
  '/replace' => lambda { |context, event|
    context.user_data = { replaced: event.body }
    'replaced'
  },
  '/replaced' => ->(context, _) { context.user_data },
  '/required' => ->(_, _) { "#{Beside::NAME} #{require 'beside'}" }
}.freeze

def handler(context, event)
  if LOGS.key?(event.path)
    LOGS[event.path].call(context.logger)
    return 'logged'
  end
  return OTHERS[event.path].call(context, event) if OTHERS.key?(event.path)

  {
    **SEEN,
    worker_id: context.worker_id,
    trigger: { kind: context.trigger.kind, name: context.trigger.name },
    platform: { kind: context.platform.kind, namespace: context.platform.namespace },
    cwd: Dir.pwd == __dir__,
    token: ENV.key?('NUCLEON_TOKEN'),
    environment: event.fields.fetch('environment', '').split(',').map { |name| [name, ENV[name]] }.to_h
  }
end
