package io.nucleon.tests.failure;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.io.TempDir;

/** A wrapper of another version of the protocol, with the right token. */
class ProtocolVersionTest {

    /** Is asked for its version as any interpreter, and in the wrapper's place greets as one of protocol 9.0. */
    private static final String INTERPRETER = """
            #!/bin/sh
            case "${NUCLEON_TOKEN:+wrapper}" in
              wrapper) exec python3 -c '
            import json, os, socket, struct
            body = json.dumps({"protocol": [9, 0], "token": os.environ["NUCLEON_TOKEN"], "shm": True}).encode()
            head = bytearray(64)
            struct.pack_into("<IB", head, 0, 64 + len(body), 2)
            struct.pack_into("<I", head, 32, len(body))
            peer = socket.socket(socket.AF_UNIX)
            peer.connect(os.environ["NUCLEON_SOCKET"])
            peer.sendall(head + body)
            peer.recv(1)
            ' ;;
              *) exec INTERPRETER "$@" ;;
            esac
            """;

    @EachVariant
    void isNamedAndNotTriedAgain(Variant variant, @TempDir Path folder, @TempDir Path place) throws Exception {
        String program = variant.language().interpreter();
        assumeTrue(!program.isEmpty(), variant.language() + " has no interpreter that could be another");
        Path interpreter = Files.writeString(
                place.resolve("interpreter-of-another-version"), INTERPRETER.replace("INTERPRETER", program));
        Files.setPosixFilePermissions(interpreter, PosixFilePermissions.fromString("rwx------"));
        Middle.Setup setup = Middle.Setup.of(variant, 1).withInterpreter(interpreter);

        assertThatThrownBy(() -> {
                    try (Middle middle = Middle.of(folder, setup)) {
                        middle.awaitReady();
                    }
                })
                .hasMessageContaining(
                        "NUC-2002 worker speaks protocol 9, this runtime speaks 1: the worker files were built by another version of nucleon");
    }
}
