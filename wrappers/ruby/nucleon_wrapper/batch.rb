# frozen_string_literal: true

require_relative 'errors'
require_relative 'event'
require_relative 'layout'

module Nucleon
  # Events that are more than one frame: batches, and bodies that come in chunks.
  class Collector
    # The events, each with its correlation, and the control frames that came between theirs.
    Collected = Struct.new(:events, :correlations, :between)

    def initialize(connection, tables)
      @connection = connection
      @tables = tables
    end

    # All events of the batch, or the one event, that begins with this frame. Each is claimed as its first frame is seen.
    def collect(frame)
      found = Collected.new([], [], [])
      loop do
        @connection.claim
        body = (frame.flags & Layout::MORE).zero? ? nil : whole_body(frame, found.between)
        found.events << Nuclio::Event.new(EventDecoder.new(frame, @tables, body))
        found.correlations << frame.correlation
        return found if (frame.flags & Layout::BATCH).zero?

        frame = following(Layout::EVENT, nil, found.between)
      end
    end

    private

    def whole_body(frame, between)
      body = frame.body.dup
      loop do
        chunk = following(Layout::CHUNK, frame.correlation, between)
        body << chunk.body
        return body if (chunk.flags & Layout::MORE).zero?
      end
    end

    # The next frame of that type; control frames on the way are put aside.
    def following(type, correlation, between)
      loop do
        frame = @connection.poll
        if frame.nil?
          @connection.wait
        elsif frame.type == type && (correlation.nil? || frame.correlation == correlation)
          return frame
        elsif [Layout::EVENT, Layout::CHUNK].include?(frame.type)
          raise Violation, "a frame of type #{frame.type} came where the rest of a batch or body was due"
        else
          between << frame
        end
      end
    end
  end

  # A batch's answers, matched to its events by `event_id`.
  module Batch
    NOBODY = "the handler returned no response with this event's id"

    module_function

    # One RESPONSE an event. What names no event of the batch goes to nobody, as in nuclio; an event that no response names is answered
    # with 500.
    def answer(answering, collected, took, value)
      open = collected.events.map(&:id).zip(collected.correlations)
      (value.instance_of?(Array) ? value : [value]).each do |item|
        id = item.is_a?(Nuclio::Response) ? item.event_id : nil
        place = open.index { |event_id, _| event_id == id }
        answering.answer_member(open.delete_at(place).last, took, item) if place
      end
      open.each { |_, correlation| answering.refuse(correlation, took, NOBODY) }
    end
  end
end
