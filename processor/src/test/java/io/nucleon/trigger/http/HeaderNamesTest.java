package io.nucleon.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderNamesTest {

    @ParameterizedTest
    @CsvSource({
        "x-nuclio-log-level, X-Nuclio-Log-Level",
        "CONTENT-TYPE, Content-Type",
        "X_Under_score, X_under_score",
        "etag, Etag",
        "CE-CloudEventsVersion, Ce-Cloudeventsversion",
        "-a--b-, -A--B-",
        "1a-2b, 1a-2b",
        "x!#$%&'*+-.^_`|~9, X!#$%&'*+-.^_`|~9",
    })
    void spellsNamesAsNuclioDoes(String received, String canonical) {
        assertThat(HeaderNames.canonical(received).toString()).isEqualTo(canonical);
    }

    @Test
    void sharesKnownNamesHoweverTheyAreWritten() {
        Object lower = HeaderNames.canonical("content-length");

        assertThat(lower).isSameAs(HeaderNames.CONTENT_LENGTH);
        assertThat((Object) HeaderNames.canonical("CONTENT-LENGTH")).isSameAs(lower);
        assertThat((Object) HeaderNames.canonical("content_length"))
                .isNotSameAs(lower)
                .hasToString("Content_length");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "a b", "a:", "a\r", "a\n", "a\u0000", "\u00e9", "a\u007f", "(a)", "a/b", "a\"", "[a]"})
    void refusesWhatIsNoName(String name) {
        assertThatThrownBy(() -> HeaderNames.canonical(name)).isInstanceOf(IllegalArgumentException.class);
    }
}
