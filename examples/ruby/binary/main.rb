# frozen_string_literal: true

# Packs and unpacks with gzip: a body is bytes, and bytes are an answer.

require 'zlib'

def handler(_context, event)
  return Response.new(Zlib.gzip(event.body), content_type: 'application/gzip') unless event.path == '/unpack'

  Response.new(Zlib.gunzip(event.body), content_type: 'application/octet-stream')
rescue Zlib::Error => e
  [400, "no gzip: #{e.message}"]
end
