# frozen_string_literal: true

require_relative 'support'

# Frames that no processor sends: refused with a Violation, never a crash, a hang or a read outside the frame.
class HostileTest < Minitest::Test
  ROUNDS = 20_000
  SEED = Integer(ENV['NUCLEON_SEED'] || Random.new_seed % (1 << 32))
  EDGES = [0, 1, 2, 63, 64, 65, 127, 4095, 65_535, 1 << 31, (1 << 32) - 1, (1 << 63) - 1, (1 << 64) - 1].freeze
  PLACES = [[0, 4], [4, 1], [5, 1], [24, 4], [32, 4], [36, 4], [40, 2], [42, 2], [44, 2], [46, 2], [48, 8]].freeze

  # The seed is in the failure's message and is set with NUCLEON_SEED.
  def test_mutations
    chance = Random.new(SEED)
    tables = Nucleon::Tables.new(Ends.hello)
    connection, there = Ends.connection
    there.close
    events = 0
    ROUNDS.times { events += 1 if read(connection, tables, mutated(chance)) }

    assert_operator events, :>, ROUNDS / 100, "seed #{SEED}"
  end

  def test_a_frame_that_came_in_parts
    connection, there = Ends.connection
    bytes = Nucleon::Wire.frame(Nucleon::Layout::EVENT, epoch: 7, correlation: 1, body: 'x' * 5000)
    small = Nucleon::Wire.frame(Nucleon::Layout::EVENT, epoch: 7, correlation: 2, body: 'y')
    [bytes[0, 40], bytes[40, 60], bytes[100..]].each do |part|
      assert_nil connection.poll
      there.write(part)
      connection.wait
    end

    assert_equal 'x' * 5000, connection.poll.body
    there.write(small * 2)
    connection.wait
    assert_equal [2, 2, nil], Array.new(3) { connection.poll&.correlation }
  end

  def test_frames_of_another_epoch_are_dropped
    old = Nucleon::Wire.frame(Nucleon::Layout::EVENT, epoch: 6, correlation: 1)
    connection = Ends.received(old + Nucleon::Wire.frame(Nucleon::Layout::EVENT, epoch: 7, correlation: 2))

    assert_equal 2, connection.poll.correlation
    assert_equal 1, connection.dropped
  end

  def test_the_end_in_the_middle_of_a_frame
    connection, there = Ends.connection
    there.write(Nucleon::Wire.frame(Nucleon::Layout::EVENT, epoch: 7, body: 'x' * 100)[0, 90])
    there.close
    connection.wait

    assert_nil connection.poll
    assert_raises(Nucleon::EndOfConnection) { connection.wait }
  end

  def test_a_hello_of_something_else
    [{ protocol: [2, 0] }, { protocol: [] }, { transport: 'shm' }, { segment: 5 }, { segment: { size: '1' } }, { triggers: [1] },
     { maxFrame: nil }, { methods: 'GET' }, { function: [] }].each do |changes|
      assert_raises(Nucleon::Violation, changes.to_s) { Ends.hello(**changes) }
    end
    ['', '[]', '{', "\xFF"].each { |body| assert_raises(Nucleon::Violation, body) { Nucleon::Hello.new(body, 7) } }
    assert_equal 'NUC-2002', assert_raises(Nucleon::Violation) { Ends.hello(protocol: [2, 0]) }.members[:code]
  end

  def test_a_segment_of_something_else
    [{ magic: 'NUCLEON!' }, { major: 2 }, { epoch: 8 }].each do |changes|
      assert_raises(Nucleon::Violation, changes.to_s) { Nucleon::Segment.new(Ends.segment_file(**changes), 4096, 7) }
    end
    assert_raises(Nucleon::Violation) { Nucleon::Segment.new(Ends.segment_file(100), 4096, 7) }
    assert_raises(Nucleon::Violation) { Nucleon::Segment.new(Ends.segment_file, 64, 7) }
  end

  private

  def sample(chance)
    headers = Nucleon::Wire.pairs([['Host', 'h'], ['X', 'y' * chance.rand(40)]])
    path = "/p#{"\0a=%20" * chance.rand(2)}"
    Nucleon::Wire.frame(
      Nucleon::Layout::EVENT, epoch: 7, code: chance.rand(3), correlation: 9, path: path, headers: headers,
                              body: chance.bytes(chance.rand(90))
    )
  end

  def mutated(chance)
    return chance.bytes(64 + chance.rand(136)) if chance.rand < 0.1

    frame = sample(chance)
    (1 + chance.rand(3)).times do
      if chance.rand < 0.5
        frame.setbyte(chance.rand(frame.bytesize), chance.rand(256))
      else
        at, size = PLACES.sample(random: chance)
        frame[at, size] = [EDGES.sample(random: chance)].pack('Q<')[0, size]
      end
    end
    frame
  end

  # Polls a frame and, if it is an event, reads all of it. True if it was one.
  def read(connection, tables, bytes)
    connection.instance_variable_set(:@buffer, bytes)
    connection.instance_variable_set(:@place, 0)
    connection.instance_variable_set(:@needs, 64)
    frame = connection.poll
    return false unless frame&.type == Nucleon::Layout::EVENT

    event = Nuclio::Event.new(Nucleon::EventDecoder.new(frame, tables))
    Nuclio::Event::MEMBERS.each { |member| read_member(event, member, frame) }
    true
  rescue Nucleon::Violation
    false
  end

  # An event that says its body is JSON has one that need not be.
  def read_member(event, member, frame)
    event[member]
  rescue JSON::ParserError
    flunk "seed #{SEED}" if (frame.flags & Nucleon::Layout::OBJECT).zero? || member != :body
  end
end
