package io.nucleon.cli;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.host.RunState;
import io.nucleon.host.UserFolders;
import io.nucleon.journal.Entry;
import io.nucleon.journal.EntryKind;
import io.nucleon.journal.InvocationId;
import io.nucleon.journal.Journal;
import io.nucleon.journal.JournalReader;
import io.nucleon.journal.JournalSetting;
import io.nucleon.journal.Stored;
import io.nucleon.spec.platform.JournalConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The journal of one function, as a command of the same user sees it. Confined to one command. */
final class FunctionEvents {

    private final String function;
    private final Path folder;
    private final Clock clock;

    private FunctionEvents(String function, Path folder, Clock clock) {
        this.function = function;
        this.folder = folder;
        this.clock = clock;
    }

    static FunctionEvents of(String function, UserFolders folders, Clock clock) {
        if (!RunState.isName(function)) {
            throw ErrorMessage.of(
                            ErrorCode.USAGE,
                            "'" + function + "' can't be the name of a function",
                            "names have letters, digits and - _ . only",
                            "nucleon events dead list NAME")
                    .toException();
        }
        return new FunctionEvents(function, folders.journal(function), clock);
    }

    String function() {
        return function;
    }

    /** Oldest first. */
    List<Entry> dead() {
        return JournalReader.of(folder).living().stream()
                .map(Stored::entry)
                .filter(entry -> entry.kind() == EntryKind.DEAD_LETTER)
                .toList();
    }

    /** The dead letter of that id, which may be shortened. */
    Entry dead(String id) {
        List<Entry> found =
                dead().stream().filter(entry -> entry.id().startsWith(id)).toList();
        return found.size() == 1 && InvocationId.isBeginning(id) ? found.getFirst() : only(id, found.size());
    }

    /** The last that is recorded of an event, with the event itself. */
    Entry recorded(String id) {
        List<Entry> found = JournalReader.of(folder).find(id).stream()
                .map(Stored::entry)
                .filter(entry -> entry.event().isPresent())
                .toList();
        long events = found.stream().map(Entry::id).distinct().count();
        return events == 1 ? found.getLast() : only(id, (int) events);
    }

    private Entry only(String id, int found) {
        if (found > 1) {
            throw ErrorMessage.of(
                            ErrorCode.USAGE,
                            "'" + id + "' is the beginning of " + found + " events",
                            "an event is named by all that tells it from others",
                            "give more of its id: nucleon events dead list " + function + " --output wide")
                    .toException();
        }
        throw ErrorMessage.of(
                        ErrorCode.EVENT_NOT_RECORDED,
                        "no recorded event " + id,
                        "function '" + function + "' keeps its journal in " + folder,
                        "nucleon events dead list " + function)
                .toException();
    }

    /** Whether the process that writes the journal can be asked. */
    boolean isRunning() {
        try (SocketChannel channel = connect()) {
            return channel.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private SocketChannel connect() throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(folder.resolve("control")));
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Asks the process that writes the journal; its one line, empty if there is none that could be asked. */
    Optional<String> ask(String what, String id) {
        if (!Files.exists(folder.resolve("control"))) {
            return Optional.empty();
        }
        try (SocketChannel channel = connect()) {
            Channels.newOutputStream(channel).write((what + " " + id + "\n").getBytes(StandardCharsets.US_ASCII));
            String line = new BufferedReader(
                            new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8))
                    .readLine();
            return Optional.of(line == null ? "error its process has ended" : line);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Discards a dead letter, by the process that writes the journal or, if none does, here. */
    void discard(String id) {
        Optional<String> told = ask("discard", id);
        if (told.isPresent()) {
            if (!told.get().equals("discarded")) {
                throw refused(id, told.get());
            }
            return;
        }
        JournalSetting setting = JournalSetting.of(JournalConfig.DEFAULT, folder);
        try (Journal journal = Journal.open(setting, this::nanos)) {
            CompletableFuture<RuntimeException> kept = new CompletableFuture<>();
            journal.append(Entry.resolved(id, nanos(), function, "discarded"), kept::complete);
            RuntimeException failure = kept.join();
            if (failure != null) {
                throw failure;
            }
        }
    }

    static RuntimeException refused(String id, String line) {
        return ErrorMessage.of(
                        ErrorCode.JOURNAL_UNUSABLE,
                        "event " + id + " stays a dead letter",
                        line.startsWith("error ") ? line.substring("error ".length()) : line,
                        "")
                .toException();
    }

    private long nanos() {
        return clock.millis() * 1_000_000L;
    }
}
