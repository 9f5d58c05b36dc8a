package io.nucleon.tests.failure;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nucleon.error.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A wrapper of another version of the protocol, with the right token. */
class ProtocolVersionTest {

    /** Answers the version's probe as Python does, and in the wrapper's place greets as one of protocol 9.0. */
    private static final String INTERPRETER = """
            #!/bin/sh
            case "$*" in
              *wrapper.py) exec python3 -c '
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
              *) exec python3 "$@" ;;
            esac
            """;

    @ParameterizedTest
    @ValueSource(strings = {"shm", "unix"})
    void isNamedAndNotTriedAgain(String transport, @TempDir Path folder) throws Exception {
        Path interpreter = Files.writeString(folder.resolve("python-of-another-version"), INTERPRETER);
        Files.setPosixFilePermissions(interpreter, PosixFilePermissions.fromString("rwx------"));
        Middle.Setup setup = Middle.Setup.of(transport, 1).withInterpreter(interpreter);

        assertThatThrownBy(() -> {
                    try (Middle middle = new Middle(folder, "def handler(context, event):\n    return 1\n", setup)) {
                        middle.awaitReady();
                    }
                })
                .hasMessageContaining(ErrorCode.PROTOCOL_VERSION.code())
                .hasMessageContaining("protocol 9");
    }
}
