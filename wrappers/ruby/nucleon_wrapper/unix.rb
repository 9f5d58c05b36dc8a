# frozen_string_literal: true

require_relative 'errors'
require_relative 'frame'
require_relative 'layout'

module Nucleon
  # Frames in and out over the socket. Of the main thread, but for `write` and `post`, which any thread may call. Positions count the bytes
  # of frames received after the hand-shake.
  class UnixConnection
    # One read takes many small frames, or a body of 64 KiB with its header.
    READ = 120 * 1024
    # Answers are collected and sent with one call while handlers are quick, so that an answer is held back for a few hundred µs at
    # most: a send costs more than an empty event.
    QUICK_NANOS = 50_000
    MOST_PENDING = 32
    DIRECT = 64 * 1024
    # A chunk of a body that is too large for one frame: large enough that the frame's own cost vanishes.
    CHUNK = 128 * 1024

    attr_reader :epoch, :frame_limit, :dropped
    # The event in hand, for its log records; 0 for none.
    attr_accessor :correlation

    def initialize(socket, hello, segment)
      @socket = socket
      @segment = segment
      @epoch = hello.epoch
      @frame_limit = hello.max_frame
      @correlation = 0
      @dropped = 0
      @buffer = ''.b
      @place = 0
      @needs = Layout::HEADER_LENGTH
      @received = 0
      @pending = []
      @pending_frames = 0
      @recent = 0
      @lock = Mutex.new
      @idle = false
      @stopping = false
    end

    # Reading

    # The next frame, or nil; never waits. Violation if it is none that a processor may send.
    def poll
      while @buffer.bytesize - @place >= @needs
        frame = Frame.new(@buffer.byteslice(@place, Layout::HEADER_LENGTH))
        frame.check(@frame_limit)
        @needs = frame.length
        break if @buffer.bytesize - @place < @needs

        frame.take(@buffer.byteslice(@place, @needs))
        @place += @needs
        @received += @needs
        @needs = Layout::HEADER_LENGTH
        return frame if frame.epoch == @epoch

        @dropped += 1
      end
      nil
    end

    # Says that the handler of the polled frame begins, and sends what must not wait for it.
    def claim
      @segment.claimed(@received)
      flush if @recent > QUICK_NANOS || @pending_frames >= MOST_PENDING
    end

    # Sends what is to be sent and sleeps until there is more. Stopped after SIGTERM, EndOfConnection at the processor's end.
    def wait
      flush
      # From here on SIGTERM raises Stopped; before, it set the flag. Both are in the main thread, so no order of the two misses it.
      @idle = true
      raise Stopped if @stopping

      data = @socket.readpartial(READ)
    rescue EOFError, SystemCallError
      raise EndOfConnection
    else
      append(data)
    ensure
      @idle = false
    end

    # From a signal's trap: the worker leaves after the event in hand, or now.
    def stop
      @stopping = true
      raise Stopped if @idle
    end

    def stopping?
      @stopping
    end

    # Writing

    # Sends a RESPONSE, in chunks if it is too large for a frame. Strings are taken as they are now; `took` in ns.
    def respond(correlation, code, flags, took, content_type, headers, body, extra = '')
      if Layout::HEADER_LENGTH + content_type.bytesize + extra.bytesize + headers.bytesize + body.bytesize > @frame_limit
        respond(correlation, code, flags | Layout::MORE, took, content_type, headers, '', extra)
        chunks(correlation, flags & Layout::FAILED, body)
        return
      end
      @recent = took > @recent ? took : (took + @recent) / 2
      header = Wire.response(correlation, code, flags, took, @epoch, content_type, extra, headers, body)
      put([header, content_type, extra, headers, body.dup].reject(&:empty?), body.bytesize)
    end

    # The body as CHUNK frames; the last one has MORE cleared and these flags.
    def chunks(correlation, last_flags, body, extra = '')
      size = [CHUNK, @frame_limit - Layout::HEADER_LENGTH].min
      start = 0
      loop do
        is_last = start + size >= body.bytesize
        part = body.byteslice(start, size)
        flags = is_last ? last_flags : Layout::MORE
        write(Wire.frame(Layout::CHUNK, flags: flags, correlation: correlation, epoch: @epoch, extra: is_last ? extra : '', body: part))
        break if is_last

        start += size
      end
    end

    # Writes a whole frame, which goes out with the next `flush` or before.
    def write(frame)
      put([frame], frame.bytesize)
    end

    # Sends a frame at once, from any thread, a signal's trap included.
    def post(frame)
      write(frame)
      flush
    rescue ThreadError
      # In a trap no lock can be had, and the main thread may be in ours.
      Thread.new do
        write(frame)
        flush
      end
    end

    # What was written is on its way when this returns.
    def flush
      undisturbed { send_pending }
    end

    private

    # Under the lock, and not broken off by a `Timeout` of the user, which would leave half a frame on the socket.
    def undisturbed(&block)
      Thread.handle_interrupt(Exception => :never) { @lock.synchronize(&block) }
    end

    def put(parts, size)
      undisturbed do
        @pending.concat(parts)
        @pending_frames += 1
        send_pending if size >= DIRECT || @pending_frames >= 2 * MOST_PENDING
      end
    end

    def send_pending
      return if @pending.empty?

      pending = @pending
      @pending = []
      @pending_frames = 0
      @socket.write(*pending)
    rescue SystemCallError
      raise EndOfConnection
    end

    def append(data)
      if @place == @buffer.bytesize
        @buffer = data
      else
        @buffer = @buffer.byteslice(@place, @buffer.bytesize - @place) if @place.positive?
        @buffer << data
      end
      @place = 0
    end
  end
end
