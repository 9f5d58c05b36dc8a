# frozen_string_literal: true

# Waits for something slow without holding others up.
#
# A worker is a process and handles one event at a time, so `numWorkers` in function.yaml says how many are in flight. Here two callers wait
# for each other, which shows that both are. Workers share nothing but what the machine has: here a named pipe, on which the second one
# sends the name that the first one waits for.

def handler(_context, event)
  table = File.expand_path("table-#{Integer(event.fields.fetch('table'))}")
  begin
    File.mkfifo(table, 0o600)
  rescue Errno::EEXIST
    File.open(table, File::WRONLY) { |pipe| pipe.write(event.fields.fetch('name')) }
    return 'you made the pair'
  end
  begin
    "#{File.read(table)} came"
  ensure
    File.delete(table)
  end
end
