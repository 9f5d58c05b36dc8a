package io.nucleon.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.Place;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SeenPathsTest {

    private static final Path ORDERS = Path.of("/srv/code/orders");

    private static final ErrorMessage SAID = ErrorMessage.of(
                    ErrorCode.IMPORT_FAILED,
                    "main.py:3 cannot import 'requests'",
                    "at /srv/code/orders/settings.py:1",
                    "fix /srv/code/orders/main.py")
            .at(Place.of("/srv/code/orders/main.py", 3, 0));

    @Test
    void pathsAreSeenFromWhereTheCommandRuns() {
        ErrorMessage seen = SeenPaths.of(SAID, ORDERS, Path.of("/srv/code"));

        assertThat(seen.what()).isEqualTo("orders/main.py:3 cannot import 'requests'");
        assertThat(seen.why()).isEqualTo("at orders/settings.py:1");
        assertThat(seen.fix()).containsExactly("fix orders/main.py");
        assertThat(seen.place().file()).isEqualTo("orders/main.py");
        assertThat(seen.place().line()).isEqualTo(3);
    }

    @Test
    void inTheFunctionsOwnFolderNamesAreBare() {
        ErrorMessage seen = SeenPaths.of(SAID, ORDERS, ORDERS);

        assertThat(seen.what()).isEqualTo("main.py:3 cannot import 'requests'");
        assertThat(seen.place().file()).isEqualTo("main.py");
    }

    @Test
    void fromElsewhereNothingIsShortened() {
        assertThat(SeenPaths.of(SAID, ORDERS, Path.of("/home/ada"))).isEqualTo(SAID);
        assertThat(SeenPaths.of(SAID, ORDERS, Path.of("/"))).isEqualTo(SAID);
    }

    @Test
    void aTitleThatIsAboutSomethingElseStays() {
        ErrorMessage other = ErrorMessage.of(ErrorCode.INIT_FAILED, "init_context raised KeyError", "", "");

        assertThat(SeenPaths.of(other, ORDERS, Path.of("/srv/code"))).isEqualTo(other);
    }
}
