# frozen_string_literal: true

# Starts a worker: `ruby wrapper.rb`, environment as in README.md.

require_relative 'nucleon_wrapper/wrapper'

Nucleon::Wrapper.main if $PROGRAM_NAME == __FILE__
