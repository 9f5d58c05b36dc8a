# frozen_string_literal: true

# Answers with everything that an event holds.

PLAIN = %i[content_type fields headers id method path size url shard_id num_shards type type_version version last_in_batch offset topic]
        .freeze

def shown(value)
  value.is_a?(String) && value.encoding == Encoding::BINARY ? { base64: Base64.strict_encode64(value) } : value
end

KINDS = { String => 'bytes', Hash => 'object' }.freeze

def whole(event)
  case event.fields['whole']
  when 'keys' then event.to_h.keys
  when 'struct' then [event[:path], event['method'], event.is_a?(Event), event.trigger.is_a?(Trigger)]
  when 'printed' then event.inspect
  when 'set'
    event.path = '/mine'
    event[:url] = 'http://mine'
    event.headers['X-Own'] = '1'
    [event.path, event.to_h[:url], event.headers['X-Own']]
  when 'unknown' then event[:nothing]
  when 'made' then Event.new(path: '/made', body: 'b').to_h.compact
  when 'constants' then [JSON, Base64, DateTime, Date, OptionParser].map(&:name)
  end
end

def handler(_context, event)
  return { whole: whole(event) } if event.fields.key?('whole')

  members = PLAIN.map { |name| [name, event.public_send(name)] }.to_h
  {
    **members,
    trigger: { kind: event.trigger.kind, class: event.trigger.class_name, name: event.trigger.name },
    body: { kind: KINDS[event.body.class], value: shown(event.body) },
    timestamp: {
      kind: event.timestamp.class, age: ((DateTime.now - event.timestamp) * 86_400).to_f.round, iso: event.timestamp.iso8601(3)
    },
    encodings: [event.path, event.method, *event.headers.to_a.flatten, *event.fields.to_a.flatten].map { |s| s.encoding.to_s }.uniq
  }
end
