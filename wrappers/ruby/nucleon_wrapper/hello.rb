# frozen_string_literal: true

require 'json'

require_relative 'errors'
require_relative 'layout'

module Nucleon
  # What the processor tells a worker at the hand-shake (PROTOCOL.md §4, point 2), checked. Sizes in bytes.
  class Hello
    BOOLEAN = [true, false].freeze

    attr_reader :epoch, :transport, :segment_size, :segment_fd, :segment_path, :max_frame, :mode, :methods, :triggers, :trigger, :function, :platform,
                :worker

    # Violation if the body is no JSON object, a member is missing, of another type, or says another major version.
    def initialize(body, epoch)
      @members = parse(body)
      check_version
      @epoch = epoch
      @transport = get('transport', String)
      raise Violation, "it offers transport '#{@transport}', which this wrapper did not ask for" unless @transport == 'unix'

      read_segment
      @max_frame = get('maxFrame', Integer)
      @mode = get('mode', String, 'sync')
      @methods = get('methods', Array).map(&:to_s).freeze
      @triggers = get('triggers', Array).each { |row| raise Violation, 'a trigger of its hand-shake is no object' unless row.is_a?(Hash) }
      @trigger = get('trigger', Hash, {})
      @function = get('function', Hash)
      @platform = get('platform', Hash, {})
      @worker = get('worker', Integer, 0)
    end

    def handler
      @function['handler'].to_s
    end

    def directory
      @function['directory'].to_s
    end

    private

    def parse(body)
      members = JSON.parse(body)
      raise Violation, "the hand-shake's JSON is no object" unless members.is_a?(Hash)

      members
    rescue JSON::ParserError => e
      raise Violation, "the hand-shake's JSON can't be read: #{e.message}"
    end

    def check_version
      version = get('protocol', Array)
      return if version.first == Layout::MAJOR

      raise Violation.new("it speaks protocol #{version}, this wrapper #{[Layout::MAJOR, Layout::MINOR]}", PROTOCOL_VERSION)
    end

    def read_segment
      segment = get('segment', Hash)
      @segment_size = get('size', Integer, from: segment)
      @segment_fd = get('fd', BOOLEAN, from: segment)
      @segment_path = get('path', String, '', from: segment)
    end

    def get(name, kind, default = nil, from: @members)
      value = from.fetch(name, default)
      return value if kind == BOOLEAN ? BOOLEAN.include?(value) : value.is_a?(kind)

      raise Violation, "its hand-shake's '#{name}' is #{value.inspect}"
    end
  end
end
