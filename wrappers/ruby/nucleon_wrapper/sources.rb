# frozen_string_literal: true

require 'rbconfig'

module Nucleon
  # Which files the handler was made of: whoever serves it anew when one of them is saved has to know them.
  module Sources
    MOST = 500
    OURS = "#{File.dirname(__dir__)}/"
    INSTALLED = [
      *RbConfig::CONFIG.values_at('rubylibprefix', 'rubyarchdir', 'vendordir', 'sitedir'), *(defined?(Gem) ? Gem.path : [])
    ].compact.map { |folder| "#{folder}/" }.freeze

    module_function

    # Absolute paths of the files loaded so far, without Ruby's own, what was installed, and the wrapper's.
    def loaded
      $LOADED_FEATURES.select { |file| file.start_with?('/') && file.end_with?('.rb') && users?(file) }.first(MOST)
    end

    def users?(file)
      !file.start_with?(OURS, *INSTALLED)
    end
  end
end
