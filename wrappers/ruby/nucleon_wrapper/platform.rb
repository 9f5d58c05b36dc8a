# frozen_string_literal: true

require 'json'

module Nuclio
  # What a function may ask of the platform it runs on. nuclio's Ruby functions have none; members are named as in Python.
  class Platform
    PLAIN = 'text/plain'
    JSON_TYPE = 'application/json'
    OWN = %w[content-length content-type transfer-encoding].freeze

    attr_reader :kind, :namespace, :drain_callback, :termination_callback

    # `urls` is the base below which other functions answer, empty for nuclio's service names; `ack` takes topic, partition, offset.
    def initialize(kind, namespace, urls, ack)
      @kind = kind
      @namespace = namespace
      @urls = urls
      @ack = ack
    end

    # Another function's answer: a Response with `headers` in lower case, `body` bytes or, if it is exactly application/json, parsed. A
    # Hash or Array as body is sent as JSON. Waits for it, `timeout` seconds at most; errors of the connection are raised as they are.
    def call_function(name, body: nil, method: nil, path: '/', headers: {}, content_type: nil, timeout: nil)
      require 'net/http'

      base = address(name)
      data, type = content(body, content_type)
      method ||= data.empty? ? 'GET' : 'POST'
      request = Net::HTTPGenericRequest.new(method, !data.empty?, true, base.path.chomp('/') + path, headers_of(name, headers, type))
      request.body = data unless data.empty?
      options = { use_ssl: base.scheme == 'https', read_timeout: timeout, open_timeout: timeout }
      answer(Net::HTTP.start(base.host, base.port, nil, **options) { |http| http.request(request) })
    end

    # Marks a stream's event as done: the event, or what has its `topic`, `shard_id` and `offset`.
    def explicit_ack(event)
      topic = event.topic.to_s
      topic = event.path.to_s if topic.empty?
      @ack.call(topic, event.shard_id, event.offset)
    end

    # Runs when the worker is drained (rebalance, pause).
    def set_drain_callback(callback = nil, &block)
      @drain_callback = callback || block
    end

    # Runs when the processor stops the worker.
    def set_termination_callback(callback = nil, &block)
      @termination_callback = callback || block
    end

    private

    def address(name)
      return URI("#{'http://' unless @urls.include?('://')}#{@urls.chomp('/')}/#{name}") unless @urls.empty?

      URI("http://#{@kind == 'local' ? "nuclio-#{@namespace}-#{name}" : "nuclio-#{name}"}:8080")
    end

    def content(body, content_type)
      return [body.to_json, JSON_TYPE] if body.is_a?(Hash) || body.is_a?(Array)

      [body.is_a?(ByteBuffer) ? body.bytes : body.to_s, content_type.to_s.empty? ? PLAIN : content_type]
    end

    def headers_of(name, headers, content_type)
      kept = headers.reject { |header, _| OWN.include?(header.to_s.downcase) }
      target = kept.keys.any? { |header| header.to_s.casecmp?('x-nuclio-target') } ? {} : { 'X-Nuclio-Target' => name }
      { **kept.transform_keys(&:to_s), 'Content-Type' => content_type, **target }
    end

    def answer(http)
      headers = http.each_header.to_h
      type = headers.fetch('content-type', PLAIN)
      body = http.body.to_s.b
      body = JSON.parse(body.force_encoding(::Encoding::UTF_8)) if type == JSON_TYPE
      Response.new(body, headers: headers, content_type: type, status_code: http.code.to_i)
    end
  end
end
