# frozen_string_literal: true

require_relative 'answering'
require_relative 'batch'
require_relative 'control'
require_relative 'event'
require_relative 'layout'

module Nucleon
  # The serving of events, one after the other, on the main thread.
  class Server
    NOT_PLAIN = Layout::MORE | Layout::BATCH | Layout::BATCHED
    BATCHED = Layout::BATCH | Layout::BATCHED

    def initialize(connection, hello, context, handler)
      @connection = connection
      @context = context
      @handler = handler
      @tables = Tables.new(hello)
      @answering = Answering.new(connection, hello.directory)
      @control = Control.new(connection, context)
      @collector = Collector.new(connection, @tables)
    end

    # Ends by Stopped, EndOfConnection or a Violation.
    def serve
      loop do
        raise Stopped if @connection.stopping?

        frame = @connection.poll
        frame.nil? ? @connection.wait : take(frame)
      end
    end

    private

    def take(frame)
      if frame.type == Layout::CHUNK
        raise Violation, 'a CHUNK came that belongs to no event' unless @control.discarding?
      elsif frame.type != Layout::EVENT
        @control.obey(frame)
      elsif @control.discarding?
        @answering.discard(frame.correlation)
      elsif (frame.flags & NOT_PLAIN).zero?
        handle(frame)
      else
        handle_collected(frame)
      end
    end

    def handle(frame)
      event = Nuclio::Event.new(EventDecoder.new(frame, @tables))
      @connection.claim
      call(frame.correlation, event) do |took, value, failure|
        failure ? @answering.fail(frame.correlation, took, failure) : @answering.answer(frame.correlation, took, value)
      end
    end

    def handle_collected(first)
      collected = @collector.collect(first)
      correlation = collected.correlations.first
      if (first.flags & BATCHED).zero?
        call(correlation, collected.events.first) do |took, value, failure|
          failure ? @answering.fail(correlation, took, failure) : @answering.answer(correlation, took, value)
        end
      else
        call_batch(collected)
      end
      collected.between.each { |frame| @control.obey(frame) }
    end

    def call_batch(collected)
      call(collected.correlations.first, collected.events.dup) do |took, value, failure|
        if failure
          collected.correlations.each { |correlation| @answering.fail(correlation, took, failure) }
        else
          Batch.answer(@answering, collected, took, value)
        end
      end
    end

    # Gives ns, what the handler returned and what it raised; whatever that is, the worker lives on.
    def call(correlation, argument)
      @connection.correlation = correlation
      started = Answering.now
      begin
        value = @handler.call(@context, argument)
      rescue Exception => e
        failure = e
      end
      yield Answering.now - started, value, failure
    ensure
      @connection.correlation = 0
    end
  end
end
