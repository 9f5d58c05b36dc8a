# frozen_string_literal: true

require_relative 'errors'
require_relative 'layout'

module Nucleon
  # A frame that was received: its header's fields as numbers, its bytes as one string of its own.
  class Frame
    # What a processor may send after the hand-shake.
    FROM_PROCESSOR = [
      Layout::EVENT, Layout::CHUNK, Layout::CANCEL, Layout::DRAIN, Layout::TERMINATE, Layout::CONTINUE, Layout::STOP
    ].freeze

    attr_reader :length, :type, :flags, :code, :correlation, :time, :epoch, :shard, :body_length, :arena, :stream_offset

    # Reads the header, 64 bytes; `take` adds the rest.
    def initialize(header)
      @length, @type, @flags, @code, @correlation, @time, @epoch, @shard, @body_length, @headers_length,
        @path_length, @content_type_length, @id_length, @extra_length, @arena, @stream_offset = header.unpack(Layout::HEADER_FORMAT)
      @bytes = header
    end

    # Violation, naming what is wrong, unless a processor may send a frame with this header and `limit` bytes at most over a socket.
    def check(limit)
      if @length < Layout::HEADER_LENGTH || @length > limit
        raise Violation, "a frame says that it is #{@length} bytes long where #{limit} are possible"
      end
      raise Violation, "frames of type #{@type} don't go from processor to worker" unless FROM_PROCESSOR.include?(@type)
      raise Violation, "a body at #{@arena} has no arena to be in" unless @arena.zero?

      sum = body_start + @body_length
      raise Violation, "a frame's sections add up to #{sum} bytes, its length says #{@length}" if sum != @length
    end

    # All bytes of the frame, header included.
    def take(bytes)
      @bytes = bytes
      self
    end

    # Sections, as bytes.

    def path
      @bytes.byteslice(Layout::HEADER_LENGTH, @path_length)
    end

    def content_type
      @bytes.byteslice(Layout::HEADER_LENGTH + @path_length, @content_type_length)
    end

    def id
      @bytes.byteslice(Layout::HEADER_LENGTH + @path_length + @content_type_length, @id_length)
    end

    def extra
      @bytes.byteslice(Layout::HEADER_LENGTH + @path_length + @content_type_length + @id_length, @extra_length)
    end

    def headers
      @bytes.byteslice(body_start - @headers_length, @headers_length)
    end

    def body
      @bytes.byteslice(body_start, @body_length)
    end

    private

    def body_start
      Layout::HEADER_LENGTH + @path_length + @content_type_length + @id_length + @extra_length + @headers_length
    end
  end

  # Frames to be sent, and what they are made of. No state, any thread.
  module Wire
    module_function

    # The frame's bytes, body inline. Sections are strings of any encoding, taken as bytes.
    def frame(type, flags: 0, code: 0, correlation: 0, time: 0, epoch: 0, shard: Layout::NO_SHARD, path: '', content_type: '', id: '',
              extra: '', headers: '', body: '', stream_offset: 0)
      sections = [path, content_type, id, extra, headers, body].map(&:b)
      lengths = [body, headers, path, content_type, id, extra].map(&:bytesize)
      head = [Layout::HEADER_LENGTH + lengths.sum, type, flags, code, correlation, time, epoch, shard, *lengths, 0, stream_offset]
      head.pack(Layout::HEADER_FORMAT) + sections.join
    end

    # The header of a RESPONSE.
    def response(correlation, code, flags, time, epoch, content_type, extra, headers, body)
      size = body.bytesize
      length = Layout::HEADER_LENGTH + content_type.bytesize + extra.bytesize + headers.bytesize + size
      [
        length, Layout::RESPONSE, flags, code, correlation, time, epoch, Layout::NO_SHARD,
        size, headers.bytesize, 0, content_type.bytesize, 0, extra.bytesize, 0, 0
      ].pack(Layout::HEADER_FORMAT)
    end

    # A pairs block. ArgumentError when a name or value holds a NUL, which the block could not carry.
    def pairs(items)
      parts = items.flatten.map { |part| utf8(part) }
      raise ArgumentError, "a header's name or value holds a NUL character" if parts.any? { |part| part.include?("\0") }

      parts.join("\0").b
    end

    # A pairs block as a Hash of UTF-8 strings.
    def unpairs(block)
      return {} if block.empty?

      words = text(block).split("\0", -1)
      words << '' if words.length.odd?
      words.each_slice(2).to_h
    end

    # Received bytes as UTF-8; what is none becomes U+FFFD, as on the way through JSON that nuclio's events take.
    def text(bytes)
      bytes.force_encoding(::Encoding::UTF_8)
      bytes.valid_encoding? ? bytes : bytes.scrub("\uFFFD")
    end

    # A string of the user as valid UTF-8, for what must be text; bytes are taken as UTF-8.
    def utf8(string)
      encoding = string.encoding
      if encoding == ::Encoding::UTF_8 || encoding == ::Encoding::US_ASCII
        return string.valid_encoding? ? string : string.scrub("\uFFFD")
      end
      return text(string.dup) if encoding == ::Encoding::BINARY

      string.encode(::Encoding::UTF_8, invalid: :replace, undef: :replace, replace: "\uFFFD")
    end

    # UTF-8 of at most so many bytes, cut between characters.
    def cut(string, limit = Layout::MAX_SHORT)
      text = utf8(string)
      text.bytesize <= limit ? text : text.byteslice(0, limit).scrub('')
    end
  end
end
