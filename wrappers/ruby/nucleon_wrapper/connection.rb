# frozen_string_literal: true

require 'json'
require 'socket'

require_relative 'errors'
require_relative 'frame'
require_relative 'hello'
require_relative 'layout'
require_relative 'segment'
require_relative 'unix'

module Nucleon
  # How a connection is made: the hand-shake of PROTOCOL.md §4 up to point 3.
  module Connection
    # Large enough for any hand-shake, small enough that a broken length costs nothing.
    MAX_HELLO = 1 << 20
    # 1 MiB doubles the rate of large bodies on the socket; beyond that it gets worse.
    SEND_BUFFER = 1 << 20

    module_function

    # The connection, and what the processor said.
    def open(address, token, worker)
      socket = UNIXSocket.new(address)
      socket.setsockopt(:SOCKET, :SNDBUF, SEND_BUFFER)
      socket.write(Wire.frame(Layout::HELLO, body: greeting(token, worker)))
      hello = read_hello(socket)
      segment = Segment.new(segment_file(socket, hello), hello.segment_size, hello.epoch)
      [UnixConnection.new(socket, hello, segment), hello]
    rescue SystemCallError, EOFError
      raise EndOfConnection
    end

    def greeting(token, worker)
      JSON.generate(
        protocol: [Layout::MAJOR, Layout::MINOR],
        token: token,
        worker: worker,
        pid: Process.pid,
        language: 'ruby',
        version: RUBY_VERSION,
        shm: false,
        why: "Ruby's memory accesses have no order that rings could rely on"
      )
    end

    # Exact reads: the byte behind this frame carries the segment's descriptor, which a longer read would lose.
    def read_hello(socket)
      header = Frame.new(exactly(socket, Layout::HEADER_LENGTH))
      unless header.type == Layout::HELLO && header.length.between?(Layout::HEADER_LENGTH, MAX_HELLO)
        raise Violation, "its first frame is of type #{header.type} and #{header.length} bytes long, not a HELLO"
      end

      Hello.new(exactly(socket, header.length - Layout::HEADER_LENGTH), header.epoch)
    end

    def exactly(socket, size)
      data = ''.b
      while data.bytesize < size
        part = socket.recv(size - data.bytesize)
        raise EndOfConnection if part.nil? || part.empty?

        data << part
      end
      data
    end

    def segment_file(socket, hello)
      return File.open(hello.segment_path, 'r+b') unless hello.segment_fd

      File.for_fd(socket.recv_io(nil), 'r+b')
    rescue SocketError => e
      raise Violation, "no descriptor came with the segment's byte: #{e.message}"
    rescue SystemCallError => e
      raise Violation, "the segment can't be opened: #{e.message}"
    end
  end
end
