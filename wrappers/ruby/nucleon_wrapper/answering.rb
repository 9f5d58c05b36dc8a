# frozen_string_literal: true

require_relative 'layout'
require_relative 'response'
require_relative 'traces'

module Nucleon
  # What becomes of a handler's result: an answer, a stream, a failure.
  class Answering
    EMPTY = ''.b.freeze

    def initialize(connection, directory)
      @connection = connection
      @directory = directory
    end

    # Nanoseconds of a clock that only goes forward.
    def self.now
      Process.clock_gettime(Process::CLOCK_MONOTONIC, :nanosecond)
    end

    # Answers the event with what its handler returned.
    def answer(correlation, took, value)
      answer = Answer.of(value)
    rescue Answer::Unanswerable => e
      refuse(correlation, took, e.message)
    rescue Exception => e # the user's to_json, or a value that JSON has no form for
      fail(correlation, took, e)
    else
      answer.stream ? stream(correlation, took, answer) : send_answer(correlation, took, answer)
    end

    # The same for a member of a batch, whose answer can't be a stream.
    def answer_member(correlation, took, value)
      answer = Answer.of(value)
      raise Answer::Unanswerable, "a member of a batch can't be answered with a stream" if answer.stream
    rescue Answer::Unanswerable => e
      refuse(correlation, took, e.message)
    rescue Exception => e
      fail(correlation, took, e)
    else
      send_answer(correlation, took, answer)
    end

    # nuclio's answer to an exception.
    def fail(correlation, took, failure)
      extra = Traces.described(failure, @directory)
      @connection.respond(correlation, 500, Layout::FAILED, took, Answer::TEXT, EMPTY, Traces.text(failure), extra)
    end

    # A 500 in words of ours.
    def refuse(correlation, took, why)
      @connection.respond(correlation, 500, Layout::FAILED, took, Answer::TEXT, EMPTY, why)
    end

    # The event was not run.
    def discard(correlation)
      @connection.respond(correlation, 0, Layout::DISCARDED, 0, EMPTY, EMPTY, EMPTY)
    end

    private

    def send_answer(correlation, took, answer, more = 0)
      @connection.respond(correlation, answer.code, answer.flags | more, took, answer.content_type, answer.headers, answer.body)
    end

    # The first item is awaited before the answer begins, so a stream that fails at once is a plain 500.
    def stream(correlation, took, answer)
      begun = false
      answer.stream.each do |item|
        bytes = Answer.bytes(item)
        send_answer(correlation, took, answer, Layout::MORE) unless begun
        begun = true
        @connection.chunks(correlation, Layout::MORE, bytes) unless bytes.empty?
        @connection.flush
      end
    rescue EndOfConnection
      raise
    rescue Exception => e
      break_off(correlation, took, e, begun)
    else
      begun ? @connection.chunks(correlation, 0, EMPTY) : send_answer(correlation, took, answer)
    end

    def break_off(correlation, took, failure, begun)
      return fail(correlation, took, failure) unless begun

      @connection.chunks(correlation, Layout::FAILED, EMPTY, Traces.described(failure, @directory))
    end
  end
end
