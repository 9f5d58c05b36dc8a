# frozen_string_literal: true

module Nucleon
  PROTOCOL_VERSION = 'NUC-2002'
  PROTOCOL_VIOLATION = 'NUC-2010'
  HANDLER_MISSING = 'NUC-4021'
  SOURCE_INVALID = 'NUC-4022'
  IMPORT_FAILED = 'NUC-4023'
  INIT_FAILED = 'NUC-4024'
  INTERNAL = 'NUC-9001'

  # The worker can't go on. Becomes a FAULT frame and exit status 1. `members` are code, title (what was tried and failed), why, fix
  # and, where there is one, the place: file, line, column, source, detail.
  class Fault < StandardError
    PLACE = { file: '', line: 0, column: 0, detail: '', source: '' }.freeze

    attr_reader :members

    def initialize(code, title, why: '', fix: '', **place)
      @members = { code: code, title: title, why: why, fix: fix, **PLACE, **place }
      super("#{code} #{title}: #{why}; fix: #{fix}")
    end
  end

  # The other side broke PROTOCOL.md; nothing that it sends is believed any more.
  class Violation < Fault
    def initialize(why, code = PROTOCOL_VIOLATION)
      super(
        code, 'the processor broke the protocol',
        why: why, fix: 'use processor and wrapper of one Nucleon version; if they are, report it with this text'
      )
    end
  end

  # The processor is gone: leave at once, there is nobody to tell.
  class EndOfConnection < StandardError; end

  # STOP, or SIGTERM while the worker is idle: leave with status 0. No StandardError, so that nothing swallows it.
  class Stopped < Exception; end # rubocop:disable Lint/InheritException

  # Names that were meant otherwise.
  module Nearest
    module_function

    # The candidate that `name` was probably meant to be, at most max(2, length / 3) edits away; nil for none.
    def to(name, candidates)
      limit = [2, name.length / 3].max
      best = candidates.min_by { |other| distance(name, other) }
      best unless best.nil? || distance(name, best) > limit
    end

    # Damerau–Levenshtein (optimal string alignment): edits and swaps of neighbours between two names.
    def distance(left, right)
      older = before = []
      row = (0..right.length).to_a
      left.each_char.with_index(1) do |char, i|
        older, before, row = before, row, [i]
        right.each_char.with_index(1) do |other, j|
          cost = [before[j] + 1, row[j - 1] + 1, before[j - 1] + (char == other ? 0 : 1)].min
          swapped = i > 1 && j > 1 && char == right[j - 2] && left[i - 2] == other
          row << (swapped ? [cost, older[j - 2] + 1].min : cost)
        end
      end
      row.last
    end
  end
end
