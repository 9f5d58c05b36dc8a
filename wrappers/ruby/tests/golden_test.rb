# frozen_string_literal: true

require 'digest'

require_relative 'support'

# The golden frames, read and written by the wrapper's own code.
class GoldenTest < Minitest::Test
  def test_the_values_encode_to_the_bytes
    count = sound.sum do |document|
      written = document.frames.map { |frame| Nucleon::Wire.frame(Golden.type(frame), **Golden.keywords(frame)) }.join
      assert_equal document.values['sha256'], Digest::SHA256.hexdigest(written) if document.bytes.nil?
      assert document.bytes.nil? || document.bytes == written, document.name
      1
    end

    assert_operator count, :>, 12
  end

  def test_a_response_is_written_in_one_header_too
    document = sound.find { |one| one.name == 'response' }
    response = Golden.keywords(document.frames.first)
    parts = response.values_at(:correlation, :code, :flags, :time, :epoch, :content_type, :extra, :headers, :body)
    written = Nucleon::Wire.response(*parts) + response.values_at(:content_type, :extra, :headers, :body).join

    assert_equal document.bytes, written
  end

  def test_the_bytes_decode_to_the_values
    sound.each do |document|
      bytes = document.bytes || document.frames.map { |f| Nucleon::Wire.frame(Golden.type(f), **Golden.keywords(f)) }.join
      at = 0
      document.frames.each do |wanted|
        frame = Nucleon::Frame.new(bytes.byteslice(at, 64))
        frame.take(bytes.byteslice(at, frame.length))
        check(document.name, wanted, frame)
        at += frame.length
      end
      assert_equal bytes.bytesize, at
    end
  end

  def test_hostile_frames_are_violations
    hostile = Golden.all.select { |one| one.values['receiver'] == 'worker' && %w[unix both].include?(one.values['kind']) }

    hostile.each do |document|
      assert_raises(Nucleon::Violation, document.name) { Ends.received(document.bytes).poll }
    end
    assert_operator hostile.size, :>, 5
  end

  private

  # Those whose frames a socket carries: no ring, no body in an arena, nothing to be refused.
  def sound
    Golden.all.reject do |one|
      one.values.key?('violation') || one.values.key?('ring') || one.frames.any? { |frame| frame.key?('arenaOffset') }
    end
  end

  def check(name, wanted, frame)
    values = Golden.keywords(wanted)
    assert_equal Golden.type(wanted), frame.type, name
    %i[flags code correlation time epoch shard stream_offset path content_type id extra headers body].each do |member|
      assert_equal values[member], frame.public_send(member), "#{member} of #{name}"
    end
  end
end
