# frozen_string_literal: true

# Holds events back and acks them later: `NAME:hold` waits for an event `NAME:flush`, or for the worker's drain. What it does with each is
# a line in the ledger: `WHAT NAME SHARD OFFSET PID`.

Place = Struct.new(:name, :topic, :path, :shard_id, :offset)

HELD = [] # rubocop:disable Style/MutableConstant

def note(what, place)
  File.write(ENV.fetch('LEDGER'), "#{what} #{place.name} #{place.shard_id} #{place.offset} #{Process.pid}\n", mode: 'a')
end

def flush(context)
  until HELD.empty?
    place = HELD.shift
    context.platform.explicit_ack(place)
    note('acked', place)
  end
end

def init_context(context)
  context.platform.set_drain_callback { flush(context) }
end

def handler(context, event)
  name, how = event.body.to_s.split(':')
  place = Place.new(name, event.topic, event.path, event.shard_id, event.offset)
  if how == 'hold'
    HELD << place
    note('held', place)
    return Nuclio::Response.new('').tap(&:ensure_no_ack)
  end
  flush(context)
  note('did', place)
  ''
end
