package io.nucleon.platforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.NucleonException;
import io.nucleon.host.WorkerCount;
import io.nucleon.platform.Deployed;
import io.nucleon.platform.Deployment;
import io.nucleon.platform.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for every platform. Each test has one of its own. */
abstract class PlatformContract {
    static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path sources;

    private Platform platform;
    private Sources functions;

    /** A platform with nothing on it. */
    abstract Platform open() throws IOException;

    /** Ends the platform with whatever runs on it; what is left of it, one line each. */
    abstract List<String> close() throws IOException;

    /** Ends the process that executes the function, without a word to it. */
    abstract void killFunction(String name) throws IOException;

    /** Ends what watches over functions, without a word to it. */
    abstract void killPlatform() throws IOException;

    /** What functions' configuration has to say for the platform, as {@link Sources} takes it. */
    String spec() {
        return "";
    }

    @BeforeEach
    void start() throws IOException {
        platform = open();
        functions = new Sources(sources, spec());
    }

    @AfterEach
    void end() throws IOException {
        close();
    }

    @Test
    void deploysAFunctionThatAnswersAndIsListed() throws IOException {
        Deployed deployed = deploy("return 'one'");

        assertThat(Requests.get(deployed.url())).isEqualTo("one");
        assertThat(platform.list())
                .singleElement()
                .returns("greeter", Deployed::name)
                .returns("ready", Deployed::state)
                .returns(1, Deployed::version)
                .returns(new WorkerCount(1, 1), Deployed::workers)
                .returns(deployed.url(), Deployed::url);
        assertThat(platform.find("greeter"))
                .map(Deployed::config)
                .get()
                .asString()
                .contains("main:handler");
        assertThat(platform.find("nobody")).isEmpty();
    }

    @Test
    void keepsWhatTheFunctionPrints() throws IOException {
        Deployed deployed = deploy("print('said by the function')\n    return 'one'");

        Requests.get(deployed.url());

        await("its line in the log")
                .atMost(SOON)
                .until(() -> String.join("\n", logs()).contains("said by the function"));
    }

    @Test
    void letsANewVersionTakeOverWithoutAFailedRequest() throws IOException {
        Deployed first = deploy("return 'one'");

        try (Requests load = Requests.start(first.url(), 4)) {
            load.awaitAnswer("one");
            for (String text : List.of("two", "three")) {
                Deployed next = deploy("return '" + text + "'");
                assertThat(next.url()).isEqualTo(first.url());
                load.awaitAnswer(text);
            }
            assertThat(load.end()).as("failed requests").isEmpty();
        }
    }

    @Test
    void takesNoConnectionWithTheOldVersionAfterADeploy() throws IOException {
        deploy("return '0'");

        for (int i = 1; i <= 3; i++) {
            Deployed next = deploy("return '" + i + "'");
            for (int j = 0; j < 20; j++) {
                assertThat(Requests.get(next.url())).isEqualTo(String.valueOf(i));
            }
        }
    }

    @Test
    void leavesTheOldVersionServingWhenTheNewOneIsBad() throws IOException {
        Deployed first = deploy("return 'one'");

        assertRefused(ErrorCode.SOURCE_INVALID, () -> deploy("return ]"));
        assertThatThrownBy(() -> deploy("return 'two'\nimport os\nprint('last words', flush=True)\nos._exit(7)"))
                .hasMessageContaining("last words");

        assertThat(Requests.get(first.url())).isEqualTo("one");
        assertThat(platform.find("greeter").orElseThrow())
                .returns(1, Deployed::version)
                .returns(List.of(1), Deployed::versions);
    }

    @Test
    void leavesNothingOfAFirstVersionThatIsBad() {
        assertThatThrownBy(() -> deploy("return ]")).isInstanceOf(NucleonException.class);

        assertThat(platform.list()).isEmpty();
    }

    @Test
    void asksANewVersionBeforeOthersReachIt() throws IOException {
        Deployed first = deploy("return 'one'");

        assertRefused(
                ErrorCode.PROBE_FAILED,
                () -> platform.deploy(
                        functions.deployment("raise ValueError('no')", Optional.of(probe())), line -> {}));
        assertThat(Requests.get(first.url())).isEqualTo("one");

        platform.deploy(functions.deployment("return event.path", Optional.of(probe())), line -> {});
        assertThat(Requests.get(first.url() + "/there")).isEqualTo("/there");
    }

    private static Deployment.Probe probe() {
        return new Deployment.Probe("/probe", "", SOON);
    }

    @Test
    void rollsBack() throws IOException {
        Deployed first = deploy("return 'one'");
        deploy("return 'two'");
        deploy("return 'three'");

        platform.rollback("greeter", 0, line -> {});
        assertThat(Requests.get(first.url())).isEqualTo("two");
        platform.rollback("greeter", 1, line -> {});
        assertThat(Requests.get(first.url())).isEqualTo("one");

        assertRefused(ErrorCode.VERSION_MISSING, () -> platform.rollback("greeter", 77, line -> {}));
    }

    @Test
    void startsAFunctionAgainThatDied() throws IOException {
        Deployed deployed = deploy("return 'one'");

        killFunction("greeter");

        await("an answer")
                .atMost(SOON)
                .ignoreExceptions()
                .until(() -> Requests.get(deployed.url()).equals("one"));
        await("its state")
                .atMost(SOON)
                .until(() -> platform.find("greeter").orElseThrow().state().equals("ready"));
        assertThat(platform.find("greeter").orElseThrow().restarts()).isPositive();
    }

    @Test
    void tellsSinceWhenAndWhyAFunctionCantBeStartedAgain() throws IOException {
        Path broken = sources.resolve("broken");
        deploy("return 'one'\nimport os\nif os.path.exists('" + broken
                + "'):\n    print('last words', flush=True)\n    os._exit(7)");
        Deployed well = platform.find("greeter").orElseThrow();

        Files.writeString(broken, "");
        killFunction("greeter");

        await("why it can't be started")
                .atMost(SOON)
                .until(() -> platform.find("greeter").orElseThrow().message().contains("NUC-"));
        Deployed bad = platform.find("greeter").orElseThrow();
        assertThat(bad.state()).isIn("unhealthy", "error");
        assertThat(bad.sinceMillis()).isGreaterThanOrEqualTo(well.sinceMillis());
        Files.delete(broken);
        await("its state once it can")
                .atMost(SOON)
                .until(() -> platform.find("greeter").orElseThrow().state().equals("ready"));
        assertThat(platform.find("greeter").orElseThrow().message()).isEmpty();
    }

    @Test
    void comesBackAtTheSameAddressWhenWhatWatchedOverItDied() throws IOException {
        Deployed deployed = deploy("return 'one'");

        killPlatform();

        await("an answer")
                .atMost(SOON)
                .ignoreExceptions()
                .until(() -> Requests.get(deployed.url()).equals("one"));
        await("its state")
                .atMost(SOON)
                .until(() -> platform.find("greeter").orElseThrow().state().equals("ready"));
    }

    @Test
    void leavesNothingAfterDelete() throws IOException {
        Deployed deployed = deploy("return 'one'");

        platform.delete("greeter", false);

        assertThat(platform.list()).isEmpty();
        assertThatThrownBy(() -> Requests.get(deployed.url())).isInstanceOf(IOException.class);
        assertRefused(ErrorCode.FUNCTION_NOT_DEPLOYED, () -> platform.delete("greeter", false));
        assertThat(close()).isEmpty();
    }

    private static void assertRefused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        NucleonException.class,
                        e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
    }

    private Deployed deploy(String body) throws IOException {
        return platform.deploy(functions.deployment(body, Optional.empty()), line -> {});
    }

    private List<String> logs() {
        List<String> lines = new ArrayList<>();
        platform.logs("greeter", 50, lines::add);
        return lines;
    }
}
