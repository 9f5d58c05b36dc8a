# frozen_string_literal: true

# The checker function of `nucleon conformance`: what each path does is in docs/how-to/add-a-language.md.

MEMBERS = %i[method path fields headers content_type id url num_shards type type_version version offset topic size].freeze
KEPT = [] # rubocop:disable Style/MutableConstant

def init_context(context)
  context.logger.info('init')
  context.platform.set_drain_callback { context.logger.info('draining') }
  context.platform.set_termination_callback { context.logger.info('terminating') }
end

def show(event)
  members = MEMBERS.map { |name| [name, event[name]] }.to_h
  trigger = { trigger_kind: event.trigger.kind, trigger_name: event.trigger.name }
  { **members, **trigger, shard: event.shard_id, body: Base64.strict_encode64(event.body) }
end

def log(logger)
  logger.debug('one', number: 1)
  logger.info('two', number: 2)
  logger.warn('three', number: 3)
  logger.error("four \u00fc\n", number: 4)
  'logged'
end

def wait(gate)
  File.write("#{gate}.in", '')
  sleep(0.005) until File.exist?("#{gate}.go")
  'waited'
end

def breaking
  Enumerator.new do |items|
    items << 'one,'
    raise ArgumentError, 'the checker raises'
  end
end

def keep(event)
  KEPT << event
  KEPT.size > 1 ? "#{KEPT[0].body} #{KEPT[0].headers['X-Kept']}" : 'kept'
end

def batch(events)
  answered = events.reject { |event| event.body == 'skip' }
  answered.map { |event| Response.new("#{events.size}:#{event.body}", event_id: event.id) }
end

def handler(context, event)
  return batch(event) if event.is_a?(Array)

  case event.path
  when '/echo' then event.body
  when '/answer' then Response.new('made', status_code: 201, content_type: 'text/x-checker', headers: { 'X-Checker' => "gr\u00fcn" })
  when '/raise' then raise ArgumentError, 'the checker raises'
  when '/log' then log(context.logger)
  when '/size' then 'x' * event.body.to_i
  when '/wait' then wait(event.body)
  when '/object' then event.body['k'].size.to_s
  when '/trigger' then { kind: context.trigger.kind, name: context.trigger.name }
  when '/stream' then ['one,', 'two,', 'three'].each
  when '/stream-breaks' then breaking
  when '/no-ack' then Response.new('not acked').ensure_no_ack
  when '/ack'
    context.platform.explicit_ack(event)
    'acked'
  when '/view' then [501, 'bodies are copied']
  when '/keep' then keep(event)
  else show(event)
  end
end
