# frozen_string_literal: true

require 'json'

require_relative 'connection'
require_relative 'context'
require_relative 'control'
require_relative 'errors'
require_relative 'frame'
require_relative 'layout'
require_relative 'loader'
require_relative 'response'
require_relative 'server'
require_relative 'sources'
require_relative 'traces'

# nuclio's names for what a function makes by itself.
Response = Nuclio::Response
ByteBuffer = Nuclio::ByteBuffer

module Nucleon
  # The worker process: hand-shake, load, init hook, READY, serve, leave.
  module Wrapper
    NO_ENVIRONMENT = 'wrapper.rb is started by the processor, with NUCLEON_SOCKET, NUCLEON_TOKEN and NUCLEON_WORKER set'

    module_function

    # Never returns. Exit status: 0 after STOP, SIGTERM or the processor's end, 1 after FAULT, 2 when started by hand.
    def main
      # Output to a pipe comes when it is written, as to a terminal.
      $stdout.sync = true
      address = ENV['NUCLEON_SOCKET'].to_s
      token = ENV.delete('NUCLEON_TOKEN').to_s
      worker = ENV['NUCLEON_WORKER'].to_s
      parent = ENV.delete('NUCLEON_PARENT').to_i
      by_hand if address.empty? || token.empty? || worker !~ /\A\d+\z/
      Ends.with_parent(parent) unless parent.zero?
      run(address, token, Integer(worker, 10))
    end

    def by_hand
      warn NO_ENVIRONMENT
      exit!(2)
    end

    def run(address, token, worker)
      connection = nil
      connection, hello = Connection.open(address, token, worker)
      Ends.install_signals(connection)
      serve(connection, hello)
    rescue Stopped
      leave(connection)
    rescue EndOfConnection
      leave_at_once(0)
    rescue Fault => e
      report(connection, e)
    rescue Exception => e
      report(connection, internal(e))
    end

    # From the hand-shake to the end, by exception.
    def serve(connection, hello)
      refuse_async if hello.mode == 'async'
      context = ContextMaker.make(connection, hello)
      loader = Loader.new(hello.handler, hello.directory)
      loaded = loader.load
      share_names
      begin
        loaded.init&.call(context)
      rescue Exception => e
        context.logger.error('Exception raised while running init_context', err: Traces.message(e), traceback: Traces.text(e))
        raise loader.init_failed(e)
      end
      connection.post(Wire.frame(Layout::READY, epoch: connection.epoch, body: ready(hello)))
      Server.new(connection, hello, context, loaded.handler).serve
    end

    def ready(hello)
      JSON.generate(handler: hello.handler, async: false, streaming: true, files: Sources.loaded)
    end

    # nuclio's other names, unless the function has classes of its own by them.
    def share_names
      %i[Event Trigger].each { |name| Object.const_set(name, Nuclio.const_get(name)) unless Object.const_defined?(name) }
    end

    def refuse_async
      raise Fault.new(
        HANDLER_MISSING, 'Ruby functions handle one event at a time',
        why: 'mode: async runs several events in one worker, which its handler would have to wait for without blocking the others',
        fix: 'take mode: async out of the trigger; numWorkers handles more at once'
      )
    end

    def internal(failure)
      Fault.new(
        INTERNAL, "the Ruby wrapper failed: #{failure.class}: #{Traces.message(failure)}",
        why: 'a mistake in the wrapper, not in the function', fix: 'report it with the backtrace',
        detail: [Traces.message(failure), *failure.backtrace].join("\n")
      )
    end

    # A FAULT frame if the connection can still carry one, else stderr.
    def report(connection, fault)
      if connection
        body = JSON.generate(fault.members.transform_values { |value| value.is_a?(String) ? Wire.utf8(value) : value })
        connection.post(Wire.frame(Layout::FAULT, epoch: connection.epoch, body: Wire.cut(body, connection.frame_limit / 2)))
      else
        warn fault.message
      end
      leave_at_once(1)
    rescue EndOfConnection
      warn fault.message
      leave_at_once(1)
    end

    # In order: what was answered is sent, exit hooks of the user run.
    def leave(connection)
      connection&.flush
    rescue EndOfConnection
      leave_at_once(0)
    else
      exit(0)
    end

    # Without exit hooks and threads of the user, who may never end.
    def leave_at_once(status)
      $stdout.flush
      $stderr.flush
      exit!(status)
    rescue SystemCallError, IOError
      exit!(status)
    end
  end
end
