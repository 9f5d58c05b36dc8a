# frozen_string_literal: true

# Every form in which a handler may answer; the path names the form.

class Unshowable < StandardError
  def message
    raise 'no message'
  end
end

def recursive
  recursive + 1
end

def breaking
  Enumerator.new do |items|
    items << 'first,'
    raise TypeError, 'in the middle'
  end
end

$counted = 0

# What every language can answer; the paths are the same in all of tests/functions/*/answers.
SHARED = {
  '/text' => -> { 'a text' },
  '/unicode' => -> { 'Grüße, 世界 🎉' },
  '/empty' => -> { '' },
  '/octets' => -> { Response.new("\x00\xFF\xFE".b, content_type: 'application/octet-stream') },
  '/type' => -> { Response.new('{}', content_type: 'application/json') },
  '/status' => -> { Response.new('made', status_code: 201) },
  '/status-zero' => -> { Response.new('zero', status_code: 0) },
  '/status-odd' => -> { Response.new('x', status_code: 799) },
  '/status-low' => -> { Response.new('x', status_code: 42) },
  '/status-huge' => -> { Response.new('x', status_code: 70_000) },
  '/no-content' => -> { Response.new('dropped', status_code: 204) },
  '/count' => -> { ($counted += 1).to_s },
  '/headers' => -> { Response.new('', headers: { 'x-lower' => '1', 'X_UNDER_SCORE' => '2', 'x-multi-word-name' => '3' }) },
  '/headers-type' => -> { Response.new('x', headers: { 'Content-Type' => 'text/html' }) },
  '/headers-hostile' => lambda {
    Response.new(
      'safe', headers: { 'X-Split' => "a\r\nX-Injected: b", 'Bad Name' => 'c', 'Content-Length' => '1', 'X-Fine' => 'd' }
    )
  },
  '/headers-unicode' => -> { Response.new('', headers: { 'X-Word' => 'Grüße' }) },
  '/headers-framing' => lambda {
    Response.new('kept', headers: { 'Transfer-Encoding' => 'chunked', 'Content-Length' => '99', 'Connection' => 'close' })
  },
  '/headers-server' => -> { Response.new('', headers: { 'Server' => 'mine' }) },
  '/headers-cookies' => -> { Response.new('', headers: { 'Set-Cookie' => 'a=1; Path=/' }) },
  '/headers-echo' => ->(event) { Response.new('echoed', headers: event.headers) },
  '/raise' => -> { raise TypeError, 'went wrong' },
  '/raise-unicode' => -> { raise TypeError, 'schön 🎉' },
  '/echo' => ->(event) { Response.new(event.body, content_type: 'application/octet-stream') },
  '/echo-part' => ->(event) { event.body[0, 4] },
  '/large' => ->(event) { 'x' * event.fields['size'].to_i },
  '/stream' => -> { ['one,', ByteBuffer.new('two,'), 'three'].each },
  '/stream-response' => -> { Response.new(%w[a b].each, headers: { 'X-Rows' => '2' }, content_type: 'text/csv', status_code: 206) },
  '/stream-empty' => -> { [].each },
  '/stream-empty-items' => -> { ['', 'x', ''.b, 'y'].each },
  '/stream-large' => -> { ('A'..'Z').lazy.map { |letter| letter * 100_000 } },
  '/stream-breaks' => -> { breaking },
  '/stream-fails' => -> { Enumerator.new { raise TypeError, 'before the first' } }
}.freeze

FORMS = {
  **SHARED,
  '/text-nul' => -> { "a\0b" },
  '/text-latin1' => -> { 'Grüße'.encode('ISO-8859-1') },
  '/bytes-in-a-string' => -> { "\xFF\xFE" },
  '/frozen' => -> { 'frozen'.freeze },
  '/buffer' => -> { ByteBuffer.new("\x00\xFF\xFE".b) },
  '/buffer-empty' => -> { ByteBuffer.new('') },
  '/hash' => -> { { a: 1, 'b' => [1, 2], c: nil, d: true } },
  '/hash-empty' => -> { {} },
  '/hash-unicode' => -> { { word: 'Grüße' } },
  '/array' => -> { ['a', 2, nil] },
  '/array-of-one' => -> { ['a'] },
  '/array-of-two-texts' => -> { %w[a b] },
  '/number' => -> { 20 },
  '/float' => -> { 2.5 },
  '/boolean' => -> { true },
  '/nil' => -> {},
  '/symbol' => -> { :a_symbol },
  '/object' => -> { Time.at(0).utc },
  '/nan' => -> { { a: Float::NAN } },
  '/pair-text' => -> { [201, 'made'] },
  '/pair-buffer' => -> { [201, ByteBuffer.new("\x00\xFF".b)] },
  '/pair-hash' => -> { [202, { a: 1 }] },
  '/pair-number' => -> { [200, 5] },
  '/pair-nil' => -> { [206, nil] },
  '/pair-zero' => -> { [0, 'zero'] },
  '/pair-of-pairs' => -> { [203, [1, 2]] },
  '/response' => -> { Response.new('made', headers: { 'X-A' => 'b' }, content_type: 'text/html', status_code: 201) },
  '/response-nil' => -> { Response.new(nil, content_type: 'text/html') },
  '/response-hash' => -> { Response.new({ a: 1 }, content_type: 'text/html') },
  '/response-symbols' => -> { Response.new(:word, headers: { 'X-Symbol': :yes }, content_type: :'text/x', body_encoding: :text) },
  '/response-base64' => -> { Response.new('AQI=', content_type: 'application/octet-stream', body_encoding: 'base64') },
  '/response-buffer' => -> { Response.new(ByteBuffer.new("\x01\x02".b), content_type: 'application/octet-stream') },
  '/response-later' => -> { Response.new('').tap { |response| response.body = 'later' } },
  '/response-encoding' => -> { Response.new('x', body_encoding: 'rot13') },
  '/response-type-number' => -> { Response.new('x', content_type: 123) },
  '/response-type-nil' => -> { Response.new('x', content_type: nil) },
  '/response-status-text' => -> { Response.new('x', status_code: 'abc') },
  '/response-status-nil' => -> { Response.new('x', status_code: nil) },
  '/response-headers-text' => -> { Response.new('x', headers: 'X-A: b') },
  '/response-headers-nil' => -> { Response.new('x', headers: nil) },
  '/response-members' => -> { Response.new('a').to_h },
  '/no-ack' => -> { Response.new('not acked', headers: { 'X-Kept' => 'yes' }).ensure_no_ack },
  '/headers-values' => lambda {
    Response.new('', headers: { 'X-Int' => 5, 'X-True' => true, 'X-List' => ['a'], 'X-None' => nil, 'X-Text' => 'here' })
  },
  '/raise-own' => -> { raise Class.new(StandardError) { def self.to_s; 'Own'; end }, 'mine' },
  '/raise-unshowable' => -> { raise Unshowable },
  '/raise-script' => -> { raise NotImplementedError, 'not yet' },
  '/raise-recursion' => -> { recursive },
  '/raise-exit' => -> { exit(3) },
  '/raise-throw' => -> { throw :nobody },
  '/raise-memory' => -> { raise NoMemoryError, 'none left' },
  '/raise-cause' => -> { Integer('x') rescue raise(KeyError, 'because of it') },
  '/pid' => -> { Process.pid.to_s },
  '/reused' => lambda {
    $reused ||= +''
    $reused.replace("#{$reused.length}#{'.' * 100}")
  }
}.freeze

def handler(_context, event)
  form = FORMS.fetch(event.path)
  form.arity.zero? ? form.call : form.call(event)
end
