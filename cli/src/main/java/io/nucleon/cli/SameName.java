package io.nucleon.cli;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Several functions have the name that was given: says which, and what to type for one of them. Stateless. */
final class SameName {
    private SameName() {}

    /** How a command is written that names one of them. */
    interface Command {
        /** @param deployed whether the word is a name that means the deployed function */
        String with(String word, boolean deployed);

        /** {@code nucleon VERB WORD}. */
        static Command of(String verb) {
            return (word, deployed) -> "nucleon " + verb + " " + word + (deployed ? " --platform local" : "");
        }
    }

    /**
     * One of them.
     *
     * @param where it comes from, as people are told
     * @param word that names it in a command
     * @param deployed whether that is a name which means the deployed function
     */
    record One(String where, String word, boolean deployed) {
        /** One that {@code nucleon run} serves from there. */
        static One ofRun(Path source) {
            return new One("run from " + source, source.toString(), false);
        }
    }

    /**
     * The refusal (NUC-8001), with a command for the first one of a folder, and for the deployed one.
     *
     * @param what several do: {@code have a journal}
     */
    static RuntimeException refused(String name, String what, List<One> all, Command command) {
        String why = all.stream().map(One::where).collect(Collectors.joining("\n"));
        List<String> fixes = new ArrayList<>();
        for (boolean deployed : new boolean[] {false, true}) {
            all.stream()
                    .filter(one -> one.deployed() == deployed)
                    .findFirst()
                    .ifPresent(one -> fixes.add(command.with(CurlLine.quoted(one.word()), deployed)));
        }
        return new ErrorMessage(ErrorCode.USAGE, all.size() + " functions '" + name + "' " + what, why, fixes)
                .toException();
    }
}
