# frozen_string_literal: true

require_relative 'errors'
require_relative 'traces'

module Nucleon
  # The user's file: found, loaded, its handler and init hook taken. Every way this fails has its own words.
  class Loader
    FORM = %r{\A([\w./-]+):([A-Za-z_]\w*[?!]?)\z}.freeze
    HOOK = :init_context
    MOST_NAMES = 8

    # What the file gave: callables with (context, event) and (context); `init` is nil without a hook.
    Loaded = Struct.new(:handler, :init)

    def initialize(name, directory)
      @name = name
      @directory = directory.empty? ? Dir.pwd : File.expand_path(directory)
      @top = TOPLEVEL_BINDING.receiver
    end

    # Loads `file:method` from the function's folder, which `require` looks in first. Fault if it can't be had.
    def load
      form = FORM.match(@name) || raise(malformed)
      file = find(form[1])
      $LOAD_PATH.unshift(@directory)
      before = names
      require_file(file)
      defined = names - before
      method = form[2].to_sym
      raise missing(file, form[1], method, defined) unless defined.include?(method) || own?(method)

      Loaded.new(@top.method(method), own?(HOOK) ? @top.method(HOOK) : nil)
    end

    # The Fault of a hook that raised.
    def init_failed(failure)
      Fault.new(
        INIT_FAILED, "init_context raised #{failure.class}: #{Traces.message(failure)}",
        why: "at #{Traces.where(failure, @directory)}; a worker serves only after its init hook has returned",
        fix: 'fix init_context, or what it needs (environment, network, files)',
        **place(failure), detail: Traces.text(failure)
      )
    end

    private

    def interpreter
      "ruby #{RUBY_VERSION} (#{RbConfig.ruby})"
    end

    def names
      @top.methods + @top.private_methods
    end

    # Whether the file defined it, though everything may have a method of that name (`test`, `open`).
    def own?(method)
      Object.method_defined?(method, false) || Object.private_method_defined?(method, false) ||
        @top.singleton_methods(false).include?(method)
    end

    # Finding

    def find(name)
      path = File.expand_path(name.end_with?('.rb') ? name : "#{name}.rb", @directory)
      File.file?(path) ? path : raise(no_file(name))
    end

    def files
      Dir.children(@directory).select { |file| file.end_with?('.rb') }.map { |file| file.delete_suffix('.rb') }.sort
    rescue SystemCallError
      []
    end

    def malformed
      known = files
      file = @name.split(':').first.to_s.delete_suffix('.rb')
      file = Nearest.to(file, known) || (known.size == 1 ? known.first : 'main') unless known.include?(file)
      Fault.new(
        HANDLER_MISSING, "handler '#{@name}' is not of the form file:method",
        why: 'spec.handler names a file and a method that it defines', fix: "set spec.handler: #{file}:handler"
      )
    end

    def no_file(name)
      likely = Nearest.to(name, files)
      listed = files.first(MOST_NAMES).join(', ')
      Fault.new(
        HANDLER_MISSING, "no file '#{name}.rb' in #{@directory}",
        why: "spec.handler names file '#{name}'; the folder has: #{listed.empty? ? 'none' : listed}",
        fix: likely ? "did you mean '#{likely}'?" : 'name one of these in spec.handler as file:method', detail: interpreter
      )
    end

    def missing(file, name, method, defined)
      defined = (defined - [HOOK]).sort
      likely = Nearest.to(method.to_s, defined.map(&:to_s))
      listed = defined.first(MOST_NAMES).join(', ')
      Fault.new(
        HANDLER_MISSING, "#{File.basename(file)} has no method '#{method}'",
        why: "spec.handler is #{name}:#{method}; #{name} defines: #{listed.empty? ? 'no method' : listed}",
        fix: likely ? "did you mean '#{likely}'? set spec.handler: #{name}:#{likely}" : lacks(method), file: file
      )
    end

    def lacks(method)
      "define 'def #{method}(context, event)', or name another one in spec.handler"
    end

    # Loading

    def require_file(file)
      require file
    rescue SyntaxError => e
      raise syntax(e, file)
    rescue LoadError => e
      raise unloadable(e, file)
    rescue Exception => e
      raise raised(e, file)
    end

    # Ruby says `file:line: message`, then the line and, most of the time, a caret below it.
    def syntax(failure, file)
      text = Traces.message(failure)
      head = /^(.+?):(\d+): (.+)$/.match(text)
      at = head ? head[1] : file
      line = head ? head[2].to_i : 0
      source = source_line(at, line)
      column = column_in(text, source)
      said = head ? head[3].delete_prefix('syntax error, ') : text.lines.first.to_s.chomp
      Fault.new(
        SOURCE_INVALID, "#{File.basename(at)}:#{line}#{":#{column}" if column.positive?} #{said}",
        why: "#{interpreter} can't read it", fix: 'fix the line and save',
        file: at, line: line, column: column, detail: text, source: source
      )
    end

    def source_line(file, line)
      line.positive? && File.file?(file) ? Wire.text(File.binread(file)).lines[line - 1].to_s.chomp : ''
    end

    # The caret's column, where the line above it shows the source.
    def column_in(text, source)
      text.lines.each_cons(2) do |shown, carets|
        at = carets.index('^')
        offset = source.strip.empty? ? nil : shown.index(source.strip)
        next unless at && offset

        return [at - offset + source[/\A\s*/].length + 1, 1].max
      end
      0
    end

    def unloadable(failure, file)
      wanted = failure.path.to_s
      name, line = Traces.place(failure, @directory) || [file, 0]
      own = wanted.start_with?('/', '.')
      Fault.new(
        IMPORT_FAILED, "#{File.basename(name)}:#{line} cannot require '#{wanted.empty? ? Traces.message(failure) : wanted}'",
        why: "#{interpreter} finds no such file",
        fix: own || wanted.empty? ? 'see the backtrace' : "gem install #{wanted.split('/').first}, and add it to the Gemfile",
        file: name, line: line, detail: Traces.text(failure)
      )
    end

    def raised(failure, file)
      Fault.new(
        IMPORT_FAILED, "loading '#{File.basename(file)}' raised #{failure.class}: #{Traces.message(failure)}",
        why: "at #{Traces.where(failure, @directory)}, while #{interpreter} loaded it",
        fix: 'fix what runs when the file is loaded, or move it into init_context',
        **place(failure), detail: Traces.text(failure)
      )
    end

    def place(failure)
      file, line = Traces.place(failure, @directory)
      { file: file.to_s, line: line.to_i }
    end
  end
end
