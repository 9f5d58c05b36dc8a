# frozen_string_literal: true

module Nucleon
  # What went wrong in the user's code, and where. Only slow paths.
  module Traces
    OURS = [File.join(__dir__, ''), File.expand_path('../wrapper.rb', __dir__)].freeze
    LINE = /\A(.+?):(\d+)(?::in .*)?\z/.freeze
    MOST_FRAMES = 200
    # Members of a failed answer's `extra`.
    MOST_CHARS = 1000

    module_function

    # nuclio's text of an exception: the first line, the message with the class, the other lines.
    def text(failure)
      first, *rest = lines(failure)
      ["#{"#{first}: " if first}#{message(failure)} (#{failure.class})", *rest].join("\n")
    end

    # What it says, which the user's class may break.
    def message(failure)
      Wire.utf8(failure.message.to_s)
    rescue StandardError
      "<#{failure.class} whose message raises>"
    end

    # File and line of the innermost frame in the function's folder, else the innermost that is not ours; nil for none.
    def place(failure, directory)
      home = File.join(File.expand_path(directory), '')
      places = backtrace(failure).reject { |line| ours?(line) || line.start_with?('<internal:') }.map { |line| LINE.match(line) }.compact
      found = places.find { |place| File.expand_path(place[1]).start_with?(home) } || places.first
      found && [found[1], found[2].to_i]
    end

    # `file:line`, or nothing.
    def where(failure, directory)
      place(failure, directory).to_a.join(':')
    end

    # `extra` of a failed answer.
    def described(failure, directory)
      members = { error: failure.class.to_s, at: where(failure, directory), message: message(failure) }
      Wire.pairs(members.map { |name, value| [name.to_s, value.tr("\0", "\uFFFD")[0, MOST_CHARS]] })
    end

    def backtrace(failure)
      failure.backtrace.to_a.map { |line| Wire.utf8(line) }
    rescue StandardError
      []
    end

    # The backtrace without the wrapper's own end of it; endless recursion is shortened.
    def lines(failure)
      lines = backtrace(failure).reverse.drop_while { |line| ours?(line) || line.start_with?('<internal:') }.reverse
      return lines if lines.size <= MOST_FRAMES

      half = MOST_FRAMES / 2
      [*lines.first(half), " ... #{lines.size - MOST_FRAMES} levels...", *lines.last(half)]
    end

    def ours?(line)
      line.start_with?(*OURS)
    end
  end
end
