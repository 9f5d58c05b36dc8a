# frozen_string_literal: true

require_relative 'frame'
require_relative 'layout'
require_relative 'traces'

module Nucleon
  # Drain, termination, continuation. While `discarding?`, events are answered with DISCARDED and go to others.
  class Control
    def initialize(connection, context)
      @connection = connection
      @context = context
      @discarding = false
    end

    def discarding?
      @discarding
    end

    # A control frame. CANCEL needs nothing: a handler runs to its end.
    def obey(frame)
      case frame.type
      when Layout::DRAIN, Layout::TERMINATE then run(frame)
      when Layout::CONTINUE then @discarding = false
      when Layout::STOP then raise Stopped
      end
    end

    # Runs the user's callback, then answers DONE. One that raises is the user's mistake; the drain goes on.
    def run(frame)
      callback = callback_of(frame.type)
      @connection.flush
      begin
        callback&.call
      rescue Exception => e
        @context.logger.error(
          'Exception raised while running the drain or termination callback', err: Traces.message(e), traceback: Traces.text(e)
        )
      end
      @connection.post(Wire.frame(Layout::DONE, correlation: frame.correlation, epoch: @connection.epoch))
    end

    private

    # A second DRAIN finds nothing more to run.
    def callback_of(type)
      was_discarding = @discarding
      @discarding = true
      return @context.platform.termination_callback if type == Layout::TERMINATE

      was_discarding ? nil : @context.platform.drain_callback
    end
  end

  # What ends a worker from outside.
  module Ends
    PR_SET_PDEATHSIG = 1
    LOOK_SECONDS = 0.5

    module_function

    # Ctrl-C of a terminal reaches the whole group and is the processor's to handle. SIGTERM stops after the event in hand.
    def install_signals(connection)
      trap('INT', 'IGNORE')
      trap('TERM') { connection.stop }
    end

    # Where the processor has nobody else do it: the kernel ends this process with the thread that started it, though a handler never
    # returns. Without the call a thread looks.
    def with_parent(parent)
      begin
        ask_the_kernel
      rescue StandardError, LoadError
        Thread.new { watch(parent) }
      end
      exit!(0) if Process.ppid != parent # it ended before the kernel was asked
    end

    def ask_the_kernel
      # Required here: it costs some ms of start, and mostly nobody needs it.
      require 'fiddle'

      long = Fiddle::TYPE_LONG
      prctl = Fiddle::Function.new(Fiddle.dlopen(nil)['prctl'], [Fiddle::TYPE_INT, long, long, long, long], Fiddle::TYPE_INT)
      raise 'prctl failed' unless prctl.call(PR_SET_PDEATHSIG, Signal.list.fetch('KILL'), 0, 0, 0).zero?
    end

    def watch(parent)
      sleep(LOOK_SECONDS) while Process.ppid == parent
      exit!(0)
    end
  end
end
