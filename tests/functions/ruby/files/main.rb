# frozen_string_literal: true

# Answers with files.

require 'fileutils'

FOLDER = File.join(__dir__, 'data')

def init_context(_context)
  FileUtils.mkdir_p(FOLDER)
  { small: 'a small file', once: 'sent once', empty: '' }.each { |name, text| File.write(File.join(FOLDER, name.to_s), text) }
  File.write(File.join(FOLDER, 'large'), 'large 16 bytes..' * 65_536)
end

def handler(_context, event)
  name = event.path.delete_prefix('/').chomp('/')
  path = event.fields['at'] || (name == 'folder' ? FOLDER : File.join(FOLDER, name))
  return File.exist?(path) ? 'True' : 'False' if event.fields.key?('exists')

  headers = { (event.fields['spelling'] || 'X-nuclio-filestream-path') => path, 'X-Beside' => 'kept' }
  headers['X-nuclio-filestream-delete-after-send'] = 'true' if event.fields.key?('delete')
  return Response.new('echoed', headers: event.headers) if event.fields.key?('echo')

  if event.fields.key?('status')
    return Response.new('', headers: headers, status_code: event.fields['status'].to_i, content_type: 'text/csv')
  end

  Response.new('not this', headers: headers)
end
