package io.nucleon.platform.docker;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Sees that a function has the container which holds its port, where its configuration wants that. Confined to one call. */
final class PortPlace {
    /** A port that was free a moment ago may be taken. */
    private static final int TRIES = 5;

    private final Engine engine;
    private final Containers containers;
    private final Consumer<String> log;

    PortPlace(Engine engine, Containers containers, Consumer<String> log) {
        this.engine = engine;
        this.containers = containers;
        this.log = log;
    }

    /**
     * The container, made if need be. One that is to be elsewhere is made anew, which breaks connections: said in the log.
     *
     * @param image to make it of
     * @throws io.nucleon.error.NucleonException NUC-5001 if the port is taken; the one before holds on
     */
    Seen ensure(List<Seen> all, String image, boolean rotates) {
        Optional<Seen> before = all.stream().filter(Seen::isPort).findFirst();
        if (before.isEmpty()) {
            return make(0, image, rotates);
        }
        Seen old = before.get();
        int wanted = containers.wantedPort();
        if (old.label(Seen.PLACE).equals(containers.place()) && (wanted == 0 || wanted == old.publishedPort())) {
            if (!old.isRunning()) {
                engine.must("start", old.id());
            }
            return old;
        }
        log.accept("the function's address or network changes: connections to the old one break");
        String aside = old.name() + "-before";
        engine.must("rename", old.id(), aside);
        engine.must("stop", "--time", "1", old.id());
        try {
            Seen made = make(old.publishedPort(), image, rotates);
            engine.ask("rm", "--force", old.id());
            return made;
        } catch (RuntimeException e) {
            engine.ask("rename", old.id(), old.name());
            engine.ask("start", old.id());
            throw e;
        }
    }

    private Seen make(int like, String image, boolean rotates) {
        int wanted = containers.wantedPort();
        String complaint = "";
        for (int i = 0; i < TRIES; i++) {
            int port = wanted != 0 ? wanted : i == 0 && like != 0 ? like : free();
            Engine.Answer answer = engine.ask(containers.holdPort(image, port, rotates));
            if (answer.isOk()) {
                return Seen.all(engine, containers.name()).stream()
                        .filter(one -> one.id().equals(answer.line()))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("the container was removed meanwhile"));
            }
            complaint = answer.complaint();
            engine.ask("rm", "--force", containers.portName());
            boolean taken = complaint.contains("already allocated") || complaint.contains("already in use");
            if (!taken || wanted != 0) {
                throw failed(taken ? ErrorCode.PORT_TAKEN : ErrorCode.HOST_NOT_STARTED, port, complaint);
            }
        }
        throw failed(ErrorCode.PORT_TAKEN, 0, complaint);
    }

    private RuntimeException failed(ErrorCode code, int port, String why) {
        boolean taken = code == ErrorCode.PORT_TAKEN;
        return ErrorMessage.of(
                        code,
                        taken
                                ? "port " + port + " can't be listened on"
                                : "the container that holds the port of function '" + containers.name()
                                        + "' can't be started",
                        why,
                        taken
                                ? "choose another one in spec.triggers.NAME.attributes.port, or remove that"
                                : "change spec.platform.attributes")
                .toException();
    }

    /** Docker's own choice would be another one after each restart. */
    private static int free() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            return 0;
        }
    }
}
