package io.nucleon.runtime.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {

    private final List<String> seen = new ArrayList<>();
    private final Lines lines = new Lines(seen::add);

    @Test
    void cutsWherePartsDoNot() {
        add("one\ntw");
        add("o\n\nthree");
        lines.end();

        assertThat(seen).containsExactly("one", "two", "", "three");
        assertThat(lines.newest()).isEqualTo(seen);
    }

    @Test
    void aLineWithoutAnEndComesInPieces() {
        add("x".repeat(40_000));
        lines.end();

        assertThat(seen).extracting(String::length).containsExactly(16_384, 16_384, 7_232);
    }

    @Test
    void keepsTheNewest() {
        add("line\n".repeat(30) + "last\n");

        assertThat(lines.newest()).hasSize(20).last().isEqualTo("last");
    }

    private void add(String text) {
        lines.add(ByteBuffer.wrap(text.getBytes(UTF_8)));
    }
}
