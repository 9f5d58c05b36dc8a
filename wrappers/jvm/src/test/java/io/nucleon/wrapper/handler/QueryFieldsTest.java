package io.nucleon.wrapper.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

class QueryFieldsTest {

    @Test
    void readsParametersAsNuclioDoes() {
        assertThat(QueryFields.of("a=1&b=x+y%20z&c&d=&a=2&e[]=%zz&f=1;2&%C3%A4=%E2%82%AC&=n&&g=a=b"))
                .containsOnly(
                        entry("a", "2"),
                        entry("b", "x y z"),
                        entry("c", ""),
                        entry("d", ""),
                        entry("e[]", "%zz"),
                        entry("f", "1;2"),
                        entry("ä", "€"),
                        entry("", "n"),
                        entry("g", "a=b"));
    }

    @Test
    void keepsACutEscape() {
        assertThat(QueryFields.of("a=%&b=%4")).containsOnly(entry("a", "%"), entry("b", "%4"));
    }

    @Test
    void readsAnEmptyQuery() {
        assertThat(QueryFields.of("")).isEmpty();
    }
}
