# frozen_string_literal: true

# Runs the wrapper's own tests: `ruby tests/run.rb [-n NAME]`. The last line but one is minitest's count.

require 'minitest/autorun'

Dir[File.join(__dir__, '*_test.rb')].sort.each { |file| require file }
