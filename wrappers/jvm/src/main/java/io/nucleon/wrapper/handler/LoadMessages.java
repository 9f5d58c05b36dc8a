package io.nucleon.wrapper.handler;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NearestName;
import io.nucleon.error.NucleonException;
import java.util.List;

/** What a user reads when a handler's class can't be had. */
final class LoadMessages {

    private final CodePath path;
    private final String handler;

    LoadMessages(CodePath path, String handler) {
        this.path = path;
        this.handler = handler;
    }

    NucleonException malformed() {
        return ErrorMessage.of(
                        ErrorCode.HANDLER_MISSING,
                        "Invalid handler name " + handler,
                        "a Java handler is a class, or two parts with one colon",
                        "set spec.handler: package.Class")
                .toException();
    }

    NucleonException noHandler() {
        return ErrorMessage.of(
                        ErrorCode.HANDLER_NOT_FOUND,
                        "no handler found in " + path.display(),
                        path.isEmpty()
                                ? "no .java, .class or .jar file is there"
                                : "no class there implements io.nuclio.EventHandler",
                        "let a class implement io.nuclio.EventHandler, or name one: spec.handler: package.Class")
                .toException();
    }

    NucleonException ambiguous(List<String> handlers) {
        return ErrorMessage.of(
                        ErrorCode.HANDLER_MISSING,
                        path.display() + " has " + handlers.size() + " handlers and none is named",
                        "these classes implement io.nuclio.EventHandler: " + NearestName.list(handlers),
                        "set spec.handler: " + handlers.get(0))
                .toException();
    }

    NucleonException missing(String name, List<String> handlers) {
        if (handlers.isEmpty()) {
            return ErrorMessage.of(
                            ErrorCode.HANDLER_MISSING,
                            path.display() + " has no class '" + name + "'",
                            "spec.handler is '" + handler + "'; no class there implements io.nuclio.EventHandler",
                            "let " + name + " implement io.nuclio.EventHandler")
                    .toException();
        }
        String nearest = nearest(name, handlers);
        return ErrorMessage.of(
                        ErrorCode.HANDLER_MISSING,
                        path.display() + " has no class '" + name + "'",
                        "spec.handler is '" + handler + "'; handlers there: " + NearestName.list(handlers),
                        "did you mean '" + nearest + "'? set spec.handler: " + nearest)
                .toException();
    }

    NucleonException notAHandler(String name, List<String> handlers) {
        String fix = handlers.isEmpty()
                ? "declare it: class " + simple(name) + " implements EventHandler"
                : "set spec.handler: " + nearest(name, handlers);
        return ErrorMessage.of(
                        ErrorCode.HANDLER_MISSING,
                        "class '" + name + "' of " + path.display() + " is no handler",
                        "it does not implement io.nuclio.EventHandler",
                        fix)
                .toException();
    }

    NucleonException noConstructor(String name, Throwable cause) {
        return ErrorMessage.of(
                        ErrorCode.HANDLER_MISSING,
                        "class '" + name + "' of " + path.display() + " can't be made",
                        "it has no constructor without parameters (an inner class must be static)",
                        "add: public " + simple(name) + "() {}")
                .toException(cause);
    }

    NucleonException linkage(String name, LinkageError cause) {
        return ErrorMessage.of(
                        ErrorCode.IMPORT_FAILED,
                        "class '" + name + "' of " + path.display() + " can't be loaded: " + cause,
                        "a class or a version that it needs is not there (this is Java "
                                + Runtime.version().feature() + ")",
                        "put the jar that has it beside the handler, or into its lib/ folder")
                .toException(cause);
    }

    /** The nearest by simple name, since packages are what people leave out; the first if none is near. */
    private static String nearest(String name, List<String> handlers) {
        List<String> simple = handlers.stream().map(LoadMessages::simple).toList();
        return NearestName.to(simple(name), simple)
                .map(near -> handlers.get(simple.indexOf(near)))
                .orElse(handlers.get(0));
    }

    private static String simple(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
