package io.nucleon.cli;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Bytes that may be text. Stateless. */
final class Utf8 {
    private Utf8() {}

    /** The text that they are; empty if they are none. */
    static Optional<String> text(byte[] bytes) {
        return text(ByteBuffer.wrap(bytes));
    }

    /** The same; the buffer's position stays. */
    static Optional<String> text(ByteBuffer bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(bytes.duplicate())
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
