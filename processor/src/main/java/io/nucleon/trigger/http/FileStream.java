package io.nucleon.trigger.http;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.invoke.Invocation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends a file as the body of an answer, in parts, on a virtual thread of its own: a disk may be slow, and a loop must not wait for it.
 *
 * <p>As in nuclio a missing file is answered with 404 and any other failure to open it with 500, both without a body.
 */
final class FileStream implements Runnable {

    private static final int PART = 64 * 1024;
    /** Between two looks at a client that does not keep up; the exchange's time limit ends the wait. */
    private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final HttpExchange exchange;
    private final Invocation answered;
    private final String file;
    private final boolean delete;
    private final Object head;

    private FileStream(HttpExchange exchange, Invocation answered, String file, boolean delete, Object head) {
        this.exchange = exchange;
        this.answered = answered;
        this.file = file;
        this.delete = delete;
        this.head = head;
    }

    /** Begins to send. Any thread; returns at once. {@code head}: the answer's head, packed, which this takes over. */
    static void begin(HttpExchange exchange, Invocation answered, String file, boolean delete, Object head) {
        Threads.startWaiting("http-file", new FileStream(exchange, answered, file, delete, head));
    }

    @Override
    public void run() {
        try (SeekableByteChannel source = Files.newByteChannel(allowed(exchange.trigger.fileFolders()))) {
            send(source);
            delete();
        } catch (NoSuchFileException e) {
            refuse(404);
        } catch (IOException | RuntimeException e) {
            complain("sending", e);
            refuse(500);
        }
    }

    /** The file's real path, if it lies where files may be sent from. */
    private Path allowed(List<Path> folders) throws IOException {
        Path path = Path.of(file).toRealPath();
        for (Path folder : folders) {
            if (path.startsWith(folder.toRealPath())) {
                return path;
            }
        }
        if (!folders.isEmpty()) {
            throw new IOException("it is in none of the fileStreamDirectories");
        }
        return path;
    }

    private void send(SeekableByteChannel source) throws IOException {
        ByteBuffer part = ByteBuffer.allocate(PART);
        if (source.read(part) < 0) {
            part.clear();
        }
        exchange.loop.deliver(exchange, head, false);
        boolean failed = false;
        try {
            do {
                exchange.stream(exchange.packChunk(part.flip(), false, false), false);
                part.clear();
            } while (keepsUp() && source.read(part) >= 0);
        } catch (IOException e) {
            complain("reading", e);
            failed = true;
        }
        part.clear().flip();
        exchange.stream(exchange.packChunk(part, true, failed), true);
    }

    /** Waits until the client takes more; false if it has left. */
    private boolean keepsUp() {
        while (!exchange.isGone() && !exchange.isWritable()) {
            LockSupport.parkNanos(WAIT_NANOS);
        }
        return !exchange.isGone();
    }

    private void refuse(int status) {
        HttpExchange.discard(head);
        ResponseHead own = new ResponseHead(exchange.loop.clock());
        exchange.loop.deliver(exchange, exchange.plain(own, answered, status, "", null), true);
    }

    private void delete() {
        if (!delete) {
            return;
        }
        try {
            Files.deleteIfExists(Path.of(file));
        } catch (IOException | RuntimeException e) {
            complain("deleting", e);
        }
    }

    private void complain(String what, Exception cause) {
        exchange.trigger
                .complaints()
                .say(ErrorMessage.of(
                        ErrorCode.FILE_NOT_SENT,
                        what + " the file that a handler of trigger '"
                                + exchange.source().name() + "' named did not work",
                        cause.toString(),
                        "name a file that the processor may read"));
    }
}
