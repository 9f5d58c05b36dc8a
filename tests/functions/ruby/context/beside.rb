# frozen_string_literal: true

# A file beside the function's.
module Beside
  NAME = 'beside'
end
