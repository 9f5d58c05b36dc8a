# frozen_string_literal: true

require_relative 'frame'
require_relative 'layout'

# What nuclio's handlers are used to find without requiring it.
autoload :Base64, 'base64'
autoload :Date, 'date'
autoload :DateTime, 'date'
autoload :OptionParser, 'optparse'
autoload :SecureRandom, 'securerandom'

# What handlers see; `Response`, `ByteBuffer`, `Event` and `Trigger` have these names outside of the module too, as in nuclio.
module Nuclio
  Trigger = Struct.new(:class_name, :kind, :name, keyword_init: true)

  # An event. Members are decoded when they are read first and may be set; an event may outlive its answer. Made by hand from keywords,
  # as in nuclio. `event[:path]` and `to_h` work as nuclio's Struct does.
  class Event
    MEMBERS = %i[
      body content_type headers fields id method path url timestamp trigger version
      size shard_id num_shards type type_version topic offset last_in_batch
    ].freeze

    def initialize(decoder = nil, **members)
      @decoder = decoder
      @members = members
      unknown = members.keys - MEMBERS
      raise ArgumentError, "no members of an event: #{unknown.join(', ')}" unless unknown.empty?
    end

    MEMBERS.each do |name|
      class_eval <<~MEMBER, __FILE__, __LINE__ + 1
        def #{name}
          @members.fetch(:#{name}) { decode(:#{name}) }
        end

        def #{name}=(value)
          @members[:#{name}] = value
        end
      MEMBER
    end

    def [](name)
      key = known(name)
      @members.fetch(key) { decode(key) }
    end

    def []=(name, value)
      @members[known(name)] = value
    end

    # All members by name.
    def to_h
      MEMBERS.map { |name| [name, self[name]] }.to_h
    end

    def ==(other)
      other.is_a?(Event) && to_h == other.to_h
    end

    def inspect
      "#<Event #{to_h.map { |name, value| "#{name}=#{value.inspect}" }.join(', ')}>"
    end
    alias to_s inspect

    private

    def known(name)
      MEMBERS.include?(name.to_sym) ? name.to_sym : raise(NameError, "no member '#{name}' in an event")
    end

    def decode(name)
      @members[name] = @decoder&.public_send(name)
    end
  end
end

module Nucleon
  # What is the same for all events of a worker: the hand-shake's tables.
  class Tables
    attr_reader :methods, :triggers

    def initialize(hello)
      @methods = hello.methods
      @triggers = hello.triggers.map { |row| { class_name: row['class'], kind: row['kind'], name: row['name'] } }
    end
  end

  # The members of one event, out of its frame.
  class EventDecoder
    NANOS = 1_000_000_000

    # `body` is that of an event whose body came in chunks; else the frame has it.
    def initialize(frame, tables, body = nil)
      @frame = frame
      @tables = tables
      @body = body
    end

    # Bytes; a structured CloudEvent's object, which nuclio's wrapper can't read, as what its JSON holds.
    def body
      bytes = @body || @frame.body
      (@frame.flags & Layout::OBJECT).zero? ? bytes : JSON.parse(Wire.text(bytes))
    end

    def size
      @body ? @body.bytesize : @frame.body_length
    end

    def content_type
      Wire.text(@frame.content_type)
    end

    def headers
      Wire.unpairs(@frame.headers)
    end

    # Query parameters.
    def fields
      Query.parse(@frame.path.partition("\0".b).last)
    end

    def id
      id = @frame.id
      id.empty? ? SecureRandom.uuid : Wire.text(id)
    end

    def method
      index = @frame.code & 0xFF
      @tables.methods[index] || extra('method')
    end

    def path
      Wire.text(@frame.path.partition("\0".b).first)
    end

    def timestamp
      DateTime.strptime((@frame.time / NANOS).to_s, '%s')
    end

    def trigger
      kind = extra('trigger_kind')
      name = extra('trigger_name')
      row = @tables.triggers[@frame.code >> 8] || { class_name: nil, kind: '', name: '' }
      # An event that carries another source's name (CloudEvents) has it in `extra`.
      row = { class_name: row[:class_name], kind: kind, name: name } unless kind.empty? && name.empty?
      Nuclio::Trigger.new(**row)
    end

    def shard_id
      @frame.shard
    end

    def num_shards
      extra('num_shards').to_i
    end

    def offset
      @frame.stream_offset
    end

    def last_in_batch
      (@frame.flags & Layout::LAST_IN_BATCH) != 0
    end

    %w[url type type_version version topic].each { |name| define_method(name) { extra(name) } }

    private

    def extra(name)
      @extra ||= Wire.unpairs(@frame.extra)
      @extra[name] || ''
    end
  end

  # Query strings as fasthttp reads them: `+` is a space, a broken escape stays as it is, no `=` is an empty value.
  module Query
    module_function

    def parse(query)
      found = {}
      query.split('&').each do |part|
        name, _, value = part.partition('=')
        found[unquote(name)] = unquote(value) unless part.empty? || part == '='
      end
      found
    end

    def unquote(bytes)
      plain = bytes.tr('+', ' ').gsub(/%\h\h/n) { |escape| [escape[1, 2]].pack('H2') }
      Wire.text(plain)
    end
  end
end
