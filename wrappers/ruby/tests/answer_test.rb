# frozen_string_literal: true

require_relative 'support'

# What handlers return, what they raise, what they log, as frames.
class AnswerTest < Minitest::Test
  def setup
    @connection, @there = Ends.connection
    @answering = Nucleon::Answering.new(@connection, __dir__)
  end

  def test_an_answer_too_large_for_a_frame_goes_in_chunks
    connection, @there = Ends.connection(maxFrame: 100_000)
    body = ('a'..'z').map { |letter| letter * 10_000 }.join
    writer = Thread.new do
      Nucleon::Answering.new(connection, __dir__).answer(5, 1, body)
      connection.flush
    end
    first, *chunks = frames(4)
    writer.join

    assert_equal [Nucleon::Layout::RESPONSE, Nucleon::Layout::MORE, 5], [first.type, first.flags, first.correlation]
    assert_equal [Nucleon::Layout::MORE, Nucleon::Layout::MORE, 0], chunks.map(&:flags)
    assert_equal body, chunks.map(&:body).join
  end

  def test_answers_are_what_they_were_when_they_were_given
    body = +'first'
    @answering.answer(1, 1, body)
    body.replace('other')
    @answering.answer(2, 1, body)
    @connection.flush

    assert_equal %w[first other], frames(2).map(&:body)
  end

  def test_a_failed_answer_tells_where
    @answering.fail(3, 1, raised)
    @connection.flush
    answer = frames(1).first
    extra = Nucleon::Wire.unpairs(answer.extra)

    assert_equal [500, Nucleon::Layout::FAILED], [answer.code, answer.flags]
    assert_equal ['KeyError', "a\uFFFDb"], extra.values_at('error', 'message')
    assert_match(/answer_test\.rb:\d+\z/, extra['at'])
    assert_match(/\A.*answer_test\.rb:\d+:in .*: a\0b \(KeyError\)\n/, Nucleon::Wire.text(answer.body))
  end

  def test_an_exception_without_a_backtrace
    @answering.fail(3, 1, RuntimeError.new('never raised'))
    @connection.flush

    assert_equal 'never raised (RuntimeError)', frames(1).first.body
  end

  def test_a_no_ack_header_is_a_flag
    answer = Nucleon::Answer.of(Response.new('x').ensure_no_ack)

    assert_equal [Nucleon::Layout::NO_ACK, ''], [answer.flags, answer.headers]
  end

  def test_what_is_no_response
    [Response.new('x', status_code: 65_536), Response.new('x', status_code: -1), Response.new('x', content_type: "a\0b"),
     Response.new('x', headers: { 'A' => "b\0" }), Response.new('x', headers: { 'A' => 'b' * 70_000 })].each do |response|
      assert_raises(Nucleon::Answer::Unanswerable, response.inspect) { Nucleon::Answer.of(response) }
    end
  end

  def test_a_batch_is_matched_by_id
    events = %w[a b c].map { |id| Nuclio::Event.new(id: id) }
    collected = Nucleon::Collector::Collected.new(events, [1, 2, 3], [])
    answers = [Response.new('for c', event_id: 'c'), Response.new('for nobody', event_id: 'x'), 'none', Response.new('for a', event_id: 'a')]
    Nucleon::Batch.answer(@answering, collected, 1, answers)
    @connection.flush

    seen = frames(3).map { |frame| [frame.correlation, frame.code, frame.body] }
    assert_equal [[3, 200, 'for c'], [1, 200, 'for a'], [2, 500, Nucleon::Batch::NOBODY]], seen
  end

  def test_a_record_is_a_frame_at_once
    @connection.correlation = 9
    logger = Nuclio::Logger.new(Nucleon::LogSink.new(@connection, 3))
    logger.warn("gr\u00fcn", left: 3)
    logger.info('x' * 70_000)
    trap('USR1') { logger.error('in a trap') }
    Process.kill('USR1', Process.pid)
    frame, long, trapped = frames(3)

    assert_equal [Nucleon::Layout::LOG, Nucleon::Layout::LOG_WARNING, 9], [frame.type, frame.code, frame.correlation]
    assert_equal "gr\u00fcn", Nucleon::Wire.text(frame.path)
    assert_equal({ 'left' => 3, 'worker_id' => '3' }, JSON.parse(frame.body))
    assert_equal 65_535, long.path.bytesize
    assert_equal 'in a trap', trapped.path
  ensure
    trap('USR1', 'DEFAULT')
  end

  def test_events_may_be_kept_and_compared
    bytes = Nucleon::Wire.frame(
      Nucleon::Layout::EVENT, epoch: 7, code: 1, id: 'one', path: "/p\0a=%C3%BC&b", body: 'body', time: 1_700_000_000_999_999_999
    )
    event = Ends.event(bytes)

    assert_equal ['POST', '/p', { 'a' => "\u00fc", 'b' => '' }], [event.method, event.path, event.fields]
    assert_equal '2023-11-14T22:13:20+00:00', event.timestamp.to_s
    assert_equal event, Ends.event(bytes)
    assert_raises(ArgumentError) { Nuclio::Event.new(nothing: 1) }
  end

  private

  # So many frames that the connection has sent.
  def frames(count)
    Array.new(count) do
      frame = Nucleon::Frame.new(@there.read(64))
      frame.take([nil].pack('a64') + @there.read(frame.length - 64))
    end
  end

  def raised
    raise KeyError, "a\0b"
  rescue KeyError => e
    e
  end
end
