# frozen_string_literal: true

require 'json'

require_relative 'frame'
require_relative 'layout'

module Nuclio
  # `context.logger`: a message and fields. Safe for any thread. The level is debug; filtering is the processor's.
  class Logger
    # The sink gets level, message and fields of each record.
    def initialize(sink)
      @sink = sink
    end

    def debug(message, **with)
      log(:debug, message, **with)
    end

    def info(message, **with)
      log(:info, message, **with)
    end

    def warn(message, **with)
      log(:warning, message, **with)
    end

    def error(message, **with)
      log(:error, message, **with)
    end

    # `level` is :debug, :info, :warning or :error; any other is debug, as in nuclio.
    def log(level, message, **with)
      @sink.call(level.to_sym, message, with)
      nil
    end
  end
end

module Nucleon
  # Sends records as LOG frames, each with the event that is in hand.
  class LogSink
    CODES = { info: Layout::LOG_INFO, warning: Layout::LOG_WARNING, error: Layout::LOG_ERROR }.freeze
    TOO_LARGE = '{"nucleon": "the record\'s fields were too large"}'
    CUT = 4096

    # Every record carries the worker's index, as in other languages.
    def initialize(connection, worker)
      @connection = connection
      @bound = { worker_id: worker.to_s }.freeze
    end

    # A record that is too large for a frame keeps its message.
    def call(level, message, fields)
      path = Wire.cut(message.is_a?(String) ? message : message.to_s)
      body = json(fields)
      if path.bytesize + body.bytesize > @connection.frame_limit - Layout::HEADER_LENGTH
        path = Wire.cut(path, CUT)
        body = TOO_LARGE
      end
      code = CODES.fetch(level, Layout::LOG_DEBUG)
      @connection.post(
        Wire.frame(
          Layout::LOG, code: code, correlation: @connection.correlation, epoch: @connection.epoch, path: path, body: body
        )
      )
    end

    private

    def json(fields)
      fields.merge(@bound).to_json
    rescue StandardError, SystemStackError => e
      { nucleon: "the record's fields can't be written as JSON: #{Traces.message(e)}", **@bound }.to_json
    end
  end
end
