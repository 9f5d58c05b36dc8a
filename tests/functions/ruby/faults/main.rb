# frozen_string_literal: true

# Goes wrong as the path says; every other path is the answer.

require 'fiddle'

def die
  held
  $stderr.write("about to die\n")
  # Ruby's own handler of SIGSEGV prints a report of many pages; what is wanted is the signal.
  signal = Fiddle::Function.new(Fiddle.dlopen(nil)['signal'], [Fiddle::TYPE_INT, Fiddle::TYPE_VOIDP], Fiddle::TYPE_VOIDP)
  signal.call(Signal.list.fetch('SEGV'), nil)
  Process.kill('SEGV', Process.pid)
  sleep
end

def with_child
  Process.spawn('sleep', '1234.5')
  sleep(60)
end

def begin_and(seconds)
  File.write('began', '')
  sleep(seconds)
end

def busy
  File.write('began', '')
  loop {}
end

def held
  File.write('held', '')
  sleep(0.01) until File.exist?('go')
end

def garbage
  (3..63).each do |descriptor|
    IO.for_fd(descriptor, 'wb', autoclose: false).syswrite(Random.bytes(4096))
  rescue SystemCallError, IOError, ArgumentError
    next
  end
end

def print_much
  $stdout.write('x' * 1_000_000)
  $stdout.write((0..255).to_a.pack('C*') * 100)
end

def eat
  held = []
  loop { held << 'x'.b * (4 << 20) }
end

FAULTS = {
  '/die' => -> { die },
  '/exit' => -> { exit!(3) },
  '/slow' => -> { sleep(60) },
  '/short' => -> { sleep(0.002) },
  '/child' => -> { with_child },
  '/long' => -> { begin_and(60) },
  '/second' => -> { begin_and(1) },
  '/busy' => -> { busy },
  '/held' => -> { held },
  '/garbage' => -> { garbage },
  '/print' => -> { print_much },
  '/eat' => -> { eat }
}.freeze

def handler(_context, event)
  FAULTS[event.path]&.call
  event.path
end
