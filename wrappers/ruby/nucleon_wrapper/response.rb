# frozen_string_literal: true

require 'json'

require_relative 'frame'
require_relative 'layout'

module Nuclio
  NO_ACK = 'x-nuclio-stream-no-ack'

  # Bytes as an answer. A String is sent as it is too, whatever it holds; this is nuclio's way to say so.
  class ByteBuffer
    attr_reader :bytes

    def initialize(bytes)
      @bytes = bytes
    end

    # Base64 with line breaks, as in nuclio.
    def base64_encode
      [@bytes].pack('m')
    end
  end

  # An answer: `body` a String, a ByteBuffer, an Enumerator that is streamed, or anything that is sent as JSON. `event_id` names the
  # event of a batch that it answers.
  class Response < Struct.new(:body, :headers, :content_type, :status_code, :body_encoding)
    attr_accessor :event_id

    def initialize(body = nil, headers: {}, content_type: 'text/plain', status_code: 200, body_encoding: 'text', event_id: nil)
      super(body, headers, content_type, status_code, body_encoding)
      @event_id = event_id
    end

    # Asks the trigger not to ack the event that this answers.
    def ensure_no_ack
      self.headers = (headers || {}).merge(NO_ACK => true)
      self
    end
  end
end

module Nucleon
  # What a handler returned, as the parts of a RESPONSE. The table is nuclio's, its oddities included; see `of`.
  class Answer
    # What the handler returned is no response; the message is what nuclio's caller reads.
    class Unanswerable < StandardError; end

    TEXT = 'text/plain'.b.freeze
    JSON_TYPE = 'application/json'.b.freeze
    MAX_HEADERS = 64 * 1024
    EMPTY = ''.b.freeze

    attr_reader :code, :content_type, :headers, :body, :flags, :stream

    # `stream` is nil, or an Enumerator whose items are the body.
    def initialize(code, content_type, body, headers: EMPTY, flags: 0, stream: nil)
      @code = code
      @content_type = content_type
      @body = body
      @headers = headers
      @flags = flags
      @stream = stream
    end

    class << self
      # The answer that nuclio gives for this value; Unanswerable, or what the value's own `to_json` raises, if there is none.
      def of(value)
        case value
        when String then new(200, TEXT, bytes(value))
        when Nuclio::Response then of_response(value)
        when Array then pair?(value) ? of_plain(value[1], status(value[0])) : of_plain(value, 200)
        else of_plain(value, 200)
        end
      end

      # An item of a stream, or a text, as bytes. A String is sent as the bytes it holds, in UTF-8 where it is text in another encoding.
      def bytes(value)
        case value
        when String
          encoding = value.encoding
          kept = encoding == ::Encoding::UTF_8 || encoding == ::Encoding::BINARY || encoding == ::Encoding::US_ASCII
          kept ? value : Wire.utf8(value)
        when Nuclio::ByteBuffer then value.bytes.to_s
        else value.to_json
        end
      end

      private

      # nuclio takes any array of two as status and body. One whose first is no Integer is answered with an error there, and is data here.
      def pair?(value)
        value.size == 2 && value[0].is_a?(Integer)
      end

      def of_plain(value, code)
        case value
        when String, Nuclio::ByteBuffer then new(code, TEXT, bytes(value))
        when Enumerator then new(code, TEXT, EMPTY, stream: value)
        else new(code, JSON_TYPE, value.to_json)
        end
      end

      def of_response(response)
        headers, flags = header_block(response.headers)
        parts = { headers: headers, flags: flags }
        code = status(response.status_code)
        type = content_type(response.content_type)
        case (body = response.body)
        when nil then new(code, type, EMPTY, **parts)
        when String, Symbol then new(code, type, decoded(body.to_s, response.body_encoding), **parts)
        when Nuclio::ByteBuffer then new(code, type, bytes(body), **parts)
        when Enumerator then new(code, type, EMPTY, stream: body, **parts)
        else new(code, JSON_TYPE, body.to_json, **parts)
        end
      end

      def decoded(body, encoding)
        case encoding.to_s
        when 'text' then bytes(body)
        when 'base64' then body.unpack1('m')
        else raise Unanswerable, "Unknown body encoding - \"#{encoding}\""
        end
      end

      def status(value)
        return 200 if value.nil? || value.eql?(0)
        raise Unanswerable, mismatch(value, 'status_code', 'int') unless value.is_a?(Integer)
        raise Unanswerable, "status code #{value} is out of range" unless value.between?(1, Layout::MAX_SHORT)

        value
      end

      def content_type(value)
        return EMPTY if value.nil?
        raise Unanswerable, mismatch(value, 'content_type', 'string') unless value.is_a?(String) || value.is_a?(Symbol)

        text = Wire.utf8(value.to_s)
        if text.bytesize > Layout::MAX_SHORT || text.include?("\0")
          raise Unanswerable, "the response's content type is too long or holds a NUL character"
        end

        text.b
      end

      # The pairs block, and the flag that a header stands for. nuclio drops values that are no text.
      def header_block(headers)
        return [EMPTY, 0] if headers.nil?
        raise Unanswerable, mismatch(headers, 'headers', 'map[string]interface {}') unless headers.is_a?(Hash)

        flags = headers.any? { |name, value| value == true && name.to_s.casecmp?(Nuclio::NO_ACK) } ? Layout::NO_ACK : 0
        texts = headers.select { |_, value| value.is_a?(String) || value.is_a?(Symbol) }
        [checked_block(texts.map { |name, value| [name.to_s, value.to_s] }), flags]
      end

      def checked_block(items)
        block = Wire.pairs(items)
        return block if block.bytesize <= MAX_HEADERS

        raise Unanswerable, "the response's headers take #{block.bytesize} bytes, #{MAX_HEADERS} are possible"
      rescue ArgumentError => e
        raise Unanswerable, e.message
      end

      # The words of the JSON decoder that reads answers in nuclio.
      def mismatch(value, key, wanted)
        "json: cannot unmarshal #{go_word(value, wanted)} into Go struct field Result.#{key} of type #{wanted}"
      end

      def go_word(value, wanted)
        case value
        when true, false then 'bool'
        when Numeric then wanted == 'int' ? "number #{value}" : 'number'
        when Array then 'array'
        when Hash then 'object'
        else 'string'
        end
      end
    end
  end
end
