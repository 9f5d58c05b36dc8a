# frozen_string_literal: true

# Turns a table in CSV into JSON, and back: a list of objects becomes a table whose columns are their keys.
#
# Numbers in a table become numbers, empty fields null; `?separator=;` is for tables of spreadsheets that use it.

require 'csv'
require 'json'

def handler(_context, event)
  separator = event.fields.fetch('separator', ',')
  text = event.body.dup.force_encoding('UTF-8')
  return [400, 'send UTF-8'] unless text.valid_encoding?
  return Response.new(table(JSON.parse(text), separator), content_type: 'text/csv') if event.content_type.start_with?('application/json')

  CSV.parse(text, headers: true, col_sep: separator, converters: :numeric).map(&:to_h)
rescue CSV::MalformedCSVError, JSON::ParserError, ArgumentError => e
  [400, e.message]
end

def table(rows, separator)
  unless rows.is_a?(Array) && rows.all? { |row| row.is_a?(Hash) }
    raise ArgumentError, 'send a list of objects'
  end

  columns = rows.flat_map(&:keys).uniq
  CSV.generate(col_sep: separator) do |csv|
    csv << columns
    rows.each { |row| csv << row.values_at(*columns) }
  end
end
