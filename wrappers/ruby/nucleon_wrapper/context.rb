# frozen_string_literal: true

require_relative 'event'
require_relative 'frame'
require_relative 'layout'
require_relative 'logger'
require_relative 'platform'

module Nuclio
  # What a handler gets beside the event: one for the worker's life. `user_data` is the function's own, at first an empty Hash.
  class Context
    attr_reader :logger, :platform, :worker_id, :trigger
    attr_accessor :user_data

    def initialize(logger, platform, worker_id, trigger)
      @logger = logger
      @platform = platform
      @worker_id = worker_id
      @trigger = trigger
      @user_data = {}
    end
  end
end

module Nucleon
  # The context, wired to the connection.
  module ContextMaker
    module_function

    def make(connection, hello)
      own = hello.trigger
      row = hello.triggers.find { |trigger| trigger['kind'] == own['kind'] && trigger['name'] == own['name'] }
      trigger = Nuclio::Trigger.new(class_name: row && row['class'], kind: own['kind'].to_s, name: own['name'].to_s)
      logger = Nuclio::Logger.new(LogSink.new(connection, hello.worker))
      Nuclio::Context.new(logger, platform(connection, hello), hello.worker.to_s, trigger)
    end

    def platform(connection, hello)
      given = hello.platform['urls'].to_s
      urls = given.empty? ? ENV.fetch('NUCLEON_FUNCTION_URLS', '') : given
      namespace = hello.function['namespace'].to_s
      ack = lambda do |topic, partition, offset|
        parts = { correlation: connection.correlation, epoch: connection.epoch, path: Wire.cut(topic) }
        connection.post(Wire.frame(Layout::ACK, **parts, shard: partition, stream_offset: offset))
      end
      Nuclio::Platform.new(hello.platform['kind'] || 'local', namespace.empty? ? 'default' : namespace, urls, ack)
    end
  end
end
