package io.nucleon.command;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NearestName;
import io.nucleon.error.NucleonException;
import java.util.Collection;

/** The ways in which a command line can be wrong. Stateless; all are NUC-8001, exit 2. */
public final class UsageError {
    private UsageError() {}

    /** No such verb. */
    public static NucleonException noVerb(String word) {
        return error("no verb '" + word + "'", "", NearestName.advice(word, Verb.words(), "verbs: "));
    }

    /** A flag that the verb doesn't have. */
    static NucleonException noFlag(Verb verb, String flag, Collection<String> flags) {
        // One letter is near to every other; only its other case is a likely slip.
        String advice = (flag.length() == 2
                        ? flags.stream().filter(flag::equalsIgnoreCase).findFirst()
                        : NearestName.to(flag, flags))
                .map(near -> "did you mean '" + near + "'?")
                .orElse("see them: nucleon help " + verb.word());
        return error(verb.word() + " has no flag '" + flag + "'", "", advice);
    }

    /** A word too many. */
    static NucleonException tooMuch(Verb verb, String word) {
        return error(
                verb.word() + " has no place for '" + word + "'", "", "see what it takes: nucleon help " + verb.word());
    }

    /** Something that must be there. */
    static NucleonException missing(Verb verb, String what) {
        return missing(verb, what, "");
    }

    /** The same, with what it may be. */
    static NucleonException missing(Verb verb, String what, String why) {
        return error(verb.word() + " needs " + what, why, verb.examples().getFirst());
    }

    /** A value that a flag can't have. */
    public static NucleonException badValue(String flag, String value, String why, String fix) {
        return error(flag + " can't be '" + value + "'", why, fix);
    }

    /** Refuses the value of a flag that does not apply, if it was given. */
    public static void refuse(String value, String flag, String why) {
        unless(value.isEmpty(), flag, value, why);
    }

    /** Throws {@link #badValue} unless the condition holds. */
    static void unless(boolean holds, String flag, String value, String why) {
        if (!holds) {
            throw badValue(flag, value, why, "");
        }
    }

    /** Anything else. */
    public static NucleonException error(String what, String why, String fix) {
        return ErrorMessage.of(ErrorCode.USAGE, what, why, fix).toException();
    }
}
