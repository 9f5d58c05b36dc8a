package io.nucleon.cli;

import io.nucleon.command.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Locale;

/** What a command asks before it does what can't be undone; on a terminal alone, so that scripts never meet one. Stateless. */
final class Question {
    private Question() {}

    /** Whether somebody is there to answer. */
    static boolean canBeAsked(Terminal terminal) {
        return terminal.inIsTerminal() && terminal.errIsTerminal();
    }

    /** Whether the answer is yes; anything else, and the end of what is typed, is no. */
    static boolean isYes(Terminal terminal, String question) {
        terminal.err().print(question + "? [y/N] ");
        terminal.err().flush();
        try {
            String answer = new BufferedReader(new InputStreamReader(terminal.in(), terminal.charset())).readLine();
            return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
        } catch (IOException e) {
            return false;
        }
    }
}
