# frozen_string_literal: true

require_relative 'errors'
require_relative 'layout'

module Nucleon
  # The page that processor and worker share, through a descriptor: Ruby has no way to map it that it promises to keep, and one
  # `pwrite` an event is all that the socket needs (PROTOCOL.md §5). Open until the process ends.
  class Segment
    CLAIMED_AT = Layout::REQUEST_INDICES + Layout::CLAIMED

    # Takes the file over. Violation if it is no segment of ours.
    def initialize(file, size, epoch)
      @file = file
      there = file.size
      if size < Layout::SEGMENT_HEADER_LENGTH || there < size
        raise Violation, "the segment can't be used: #{size} bytes announced, #{there} there"
      end

      check(file.pread(Layout::SEGMENT_HEADER_LENGTH, 0), size, epoch)
    end

    # Says that everything before this position has begun. Needs no order: it is read after this process has ended.
    def claimed(position)
      @file.pwrite([position].pack('Q<'), CLAIMED_AT)
    end

    private

    def check(header, size, epoch)
      magic, major, _, header_size, said, theirs = header.unpack(Layout::PREAMBLE_FORMAT)
      if magic != Layout::MAGIC || header_size != Layout::SEGMENT_HEADER_LENGTH || said != size
        raise Violation, "the segment's header is not that of a segment"
      end
      if major != Layout::MAJOR
        raise Violation.new("the segment has layout #{major}, this wrapper speaks #{Layout::MAJOR}", PROTOCOL_VERSION)
      end
      raise Violation, "the segment is of epoch #{theirs}, this worker of epoch #{epoch}" if theirs != epoch
    end
  end
end
