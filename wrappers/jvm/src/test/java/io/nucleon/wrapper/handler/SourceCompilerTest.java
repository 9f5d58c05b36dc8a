package io.nucleon.wrapper.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.Look;
import io.nucleon.error.MessageText;
import io.nucleon.error.NucleonException;
import io.nucleon.error.Place;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceCompilerTest {

    @TempDir
    Path top;

    private Path orders;

    @BeforeEach
    void folder() {
        orders = top.resolve("orders");
    }

    private ErrorMessage failure() {
        NucleonException thrown =
                catchThrowableOfType(NucleonException.class, () -> new SourceCompiler(CodePath.of(orders)).compile());
        assertThat(thrown).as("compiling should fail").isNotNull();
        return thrown.error();
    }

    @Test
    void showsTheLineWithACaret() {
        UserCode.source(orders, "Main.java", "class Main {\n    int run() {\n        retrun 1;\n    }\n}\n");

        ErrorMessage error = failure();

        assertThat(error.code()).isEqualTo(ErrorCode.SOURCE_INVALID);
        assertThat(MessageText.terminal(error, Look.PLAIN)).startsWith("""
                        error[NUC-4022]: orders/Main.java:3:9 not a statement
                                   3 |         retrun 1;
                                     |         ^
                        """);
    }

    @Test
    void countsATabAsOneColumn() {
        UserCode.source(orders, "Main.java", "class Main {\n\tint x = y;\n}\n");

        assertThat(failure().place()).isEqualTo(new Place("orders/Main.java", 2, 10, "\tint x = y;", ""));
    }

    @Test
    void tellsWhatIsMissingAndHowManyMoreErrorsThereAre() {
        UserCode.source(orders, "Main.java", "class Main {\n    Strin a;\n    int b = c;\n}\n");

        ErrorMessage error = failure();

        assertThat(error.what()).isEqualTo("orders/Main.java:2:5 cannot find symbol");
        assertThat(error.why()).isEqualTo("symbol:   class Strin\nlocation: class Main\nand 1 more error");
    }

    @Test
    void doesNotSeeTheProcesssOwnClasses() {
        UserCode.source(orders, "Main.java", "class Main {\n    io.nucleon.error.ErrorCode code;\n}\n");

        assertThat(failure().what()).isEqualTo("orders/Main.java:2:21 package io.nucleon.error does not exist");
    }

    @Test
    void leavesBuildsAndTestsAlone() {
        UserCode.source(orders, "Main.java", "class Main {}");
        UserCode.source(orders, "target/Broken.java", "class");
        UserCode.source(orders, "test/MainTest.java", "class");
        UserCode.source(orders, ".cache/Old.java", "class");

        assertThat(new SourceCompiler(CodePath.of(orders)).compile()).containsOnlyKeys("Main");
    }
}
