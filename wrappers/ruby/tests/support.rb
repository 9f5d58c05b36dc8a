# frozen_string_literal: true

require 'json'
require 'minitest'
require 'socket'
require 'tempfile'

require_relative '../nucleon_wrapper/wrapper'

# The golden documents: lines of `key: value`, the value JSON, as protocol/golden/make.py has it.
module Golden
  FOLDER = File.expand_path('../../protocol/golden', __dir__)
  SECTIONS = { 'path' => :path, 'contentType' => :content_type, 'id' => :id, 'extra' => :extra, 'headers' => :headers, 'body' => :body }
             .freeze
  FLAGS = %w[MORE FAILED BATCH BATCHED NO_ACK LAST_IN_BATCH DISCARDED OBJECT].freeze

  Document = Struct.new(:name, :values, :frames, :bytes)

  module_function

  # All of them; `bytes` is nil where only a check sum is kept.
  def all
    Dir[File.join(FOLDER, '*.yaml')].sort.map do |file|
      values = read(file)
      stored = file.sub(/yaml\z/, 'bin')
      Document.new(File.basename(file, '.yaml'), values, frames(values), File.file?(stored) ? File.binread(stored) : nil)
    end
  end

  def read(file)
    lines = File.readlines(file, chomp: true, encoding: 'UTF-8').reject { |line| line.strip.empty? || line.start_with?('#') }
    lines.map { |line| line.split(': ', 2) }.map { |key, value| [key, JSON.parse(value)] }.to_h
  end

  def frames(values)
    numbered = values.select { |key, _| key.include?('.') }.group_by { |key, _| key.split('.').first.to_i }
    numbered.sort.map { |_, pairs| pairs.map { |key, value| [key.split('.', 2).last, value] }.to_h }
  end

  def section(frame, name)
    text = frame.key?("#{name}Hex") ? [frame["#{name}Hex"]].pack('H*') : frame.fetch(name, '')
    text.b * frame.fetch("#{name}Times", 1)
  end

  def type(frame)
    Nucleon::Layout.const_get(frame['type'])
  end

  def flags(frame)
    frame.fetch('flags', '').split('|').sum { |flag| 1 << FLAGS.index(flag) }
  end

  # The keywords of `Wire.frame` for a frame in words.
  def keywords(frame)
    numbers = %w[code correlation time epoch].map { |name| [name.to_sym, frame.fetch(name, 0)] }.to_h
    sections = SECTIONS.map { |name, keyword| [keyword, section(frame, name)] }.to_h
    { flags: flags(frame), shard: frame.fetch('shard', -1), stream_offset: frame.fetch('streamOffset', 0), **numbers, **sections }
  end
end

# Connections without a process.
module Ends
  HELLO = {
    'protocol' => [1, 0], 'transport' => 'unix', 'segment' => { 'size' => 4096, 'fd' => true }, 'inlineLimit' => 16_384,
    'maxFrame' => 2 << 20, 'methods' => %w[GET POST], 'triggers' => [{ 'kind' => 'http', 'name' => 'h', 'class' => 'sync' }],
    'function' => { 'handler' => 'main:handler', 'directory' => '' }
  }.freeze

  module_function

  def hello(**changes)
    Nucleon::Hello.new(JSON.generate(HELLO.merge(changes.transform_keys(&:to_s))), 7)
  end

  def segment_file(size = 4096, magic: Nucleon::Layout::MAGIC, major: 1, epoch: 7)
    file = Tempfile.new('segment')
    file.binmode
    file.write([magic, major, 0, 4096, 4096, epoch].pack(Nucleon::Layout::PREAMBLE_FORMAT).ljust(size, "\0"))
    file.flush
    file
  end

  # A connection, and the processor's end of its socket.
  def connection(**changes)
    here, there = UNIXSocket.pair
    [Nucleon::UnixConnection.new(here, hello(**changes), Nucleon::Segment.new(segment_file, 4096, 7)), there]
  end

  # A connection on which these bytes have come.
  def received(bytes)
    connection, there = connection()
    writer = Thread.new do
      there.write(bytes)
      there.close_write
    end
    connection.wait until drained?(connection, bytes)
    writer.join
    connection
  end

  def drained?(connection, bytes)
    connection.instance_variable_get(:@buffer).bytesize >= bytes.bytesize
  end

  def event(bytes)
    Nuclio::Event.new(Nucleon::EventDecoder.new(received(bytes).poll, Nucleon::Tables.new(hello)))
  end
end
