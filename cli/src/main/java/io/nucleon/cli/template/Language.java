package io.nucleon.cli.template;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A runtime that functions can be written for. */
public enum Language {
    PYTHON("python", "python", "main.py", "main:handler", true),
    NODEJS("nodejs", "nodejs", "main.js", "main:handler", true),
    DOTNETCORE("dotnetcore", "dotnet", "Function.cs", "Function:Handle", true),
    JAVA("java", "java", "Handler.java", "Handler", false),
    SHELL("shell", "shell", "main.sh", "main.sh", false),
    RUBY("ruby", "ruby", "main.rb", "main:handler", false),
    GRAALJS("graaljs", "nodejs", "main.js", "main:handler", true),
    GRAALPY("graalpy", "python", "main.py", "main:handler", true);

    private final String runtime;
    private final String folder;
    private final String code;
    private final String handler;
    private final boolean async;

    Language(String runtime, String folder, String code, String handler, boolean async) {
        this.runtime = runtime;
        this.folder = folder;
        this.code = code;
        this.handler = handler;
        this.async = async;
    }

    /** As function.yaml names it. */
    public static Optional<Language> of(String runtime) {
        return Arrays.stream(values())
                .filter(one -> one.runtime.equals(runtime))
                .findFirst();
    }

    /** As function.yaml names them. */
    public static List<String> runtimes() {
        return Arrays.stream(values()).map(Language::runtime).toList();
    }

    /** As function.yaml names it. */
    public String runtime() {
        return runtime;
    }

    /** Where its files lie among the templates. */
    String folder() {
        return folder;
    }

    /** Name of the handler's file. */
    String code() {
        return code;
    }

    String handler() {
        return handler;
    }

    /** Whether a worker can have several events open. */
    public boolean hasAsync() {
        return async;
    }
}
