package io.nucleon.tests.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.error.ErrorCode;
import io.nucleon.kit.CheckedWrapper;
import io.nucleon.kit.Rules;
import io.nucleon.kit.Verdict;
import io.nucleon.kit.Verdict.State;
import io.nuclio.EventHandler;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Our wrappers keep every rule, and leave out what their pages say they do. Each test starts a hundred of them, hence the limit. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class OurWrappersTest {

    /** Long enough for a machine that does much else. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final List<String> BOTH = List.of("unix", "shm");

    @Test
    void python() {
        assertThat(notOffered(Checks.folder("python"), BOTH)).isEmpty();
    }

    @Test
    void nodejs() {
        // Without the package that maps memory it has no rings, nor can it look for what was taken back.
        assertThat(notOffered(Checks.folder("nodejs"), List.of("unix"))).containsExactly("hostile-revoke", "revoke");
    }

    @Test
    void dotnet() {
        assertThat(notOffered(Checks.folder("dotnet"), BOTH)).isEmpty();
    }

    @Test
    void ruby() {
        assertThat(notOffered(Checks.folder("ruby"), BOTH))
                .containsExactly(
                        "arena",
                        "async",
                        "cancel",
                        "hostile-head-far",
                        "hostile-head-unaligned",
                        "hostile-pad-long",
                        "hostile-pad-short",
                        "hostile-revoke",
                        "revoke",
                        "ring-full",
                        "ring-sleep",
                        "ring-wrap",
                        "shm",
                        "view");
    }

    @Test
    void java() throws ReflectiveOperationException, URISyntaxException {
        String classes = place(Class.forName("io.nucleon.wrapper.Wrapper")) + ":" + place(EventHandler.class) + ":"
                + place(ErrorCode.class);
        String command = Path.of(System.getProperty("java.home"), "bin", "java") + " -XX:TieredStopAtLevel=1"
                + " --enable-native-access=ALL-UNNAMED -cp " + classes + " io.nucleon.wrapper.Wrapper";

        assertThat(notOffered(Checks.command(command, "jvm"), BOTH))
                .contains("batch", "stream", "async")
                .doesNotContain("shm", "arena", "drain");
    }

    private static Path place(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** Names of the rules that are not offered, after making sure that all others are kept. */
    private static Set<String> notOffered(CheckedWrapper wrapper, List<String> ways) {
        List<Verdict> verdicts = Checks.run(wrapper, ways, Set.of(), PATIENCE);

        assertThat(verdicts).noneMatch(verdict -> verdict.state() == State.FAILED);
        assertThat(verdicts).hasSizeGreaterThan(Rules.all().size() / 2);
        return verdicts.stream()
                .filter(verdict -> verdict.state() == State.NOT_OFFERED)
                .map(verdict -> verdict.rule().name())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
