# frozen_string_literal: true

# Calls itself by its name, through the platform: two workers, as each call takes both sides.

def seen(event)
  body = {
    method: event.method, path: event.path, fields: event.fields, content_type: event.content_type,
    target: event.headers['X-Nuclio-Target'], passed: event.headers['X-Passed'], body: event.body.dup.force_encoding('UTF-8')
  }
  Response.new(body, headers: { 'X-Seen' => 'Yes' })
end

def call(context, event)
  to, method, path = event.fields.values_at('to', 'method', 'path')
  given = { body: event.body, content_type: event.content_type, method: method, headers: { 'X-Passed' => 'on' } }
  given[:path] = path if path
  context.platform.call_function(to || 'calls', **given)
end

def handler(context, event)
  case event.path
  when '/seen' then return seen(event)
  when '/echo' then return Response.new(event.body, content_type: event.content_type)
  when '/fail' then raise ArgumentError, 'as told'
  end
  answer = call(context, event)
  return Response.new(answer.body, content_type: answer.content_type, status_code: answer.status_code) if event.path == '/forward'

  { status: answer.status_code, content_type: answer.content_type, seen: answer.headers['x-seen'] }
end
