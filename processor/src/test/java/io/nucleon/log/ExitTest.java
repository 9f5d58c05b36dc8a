package io.nucleon.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What was logged just before the end of a process is written; seen in a process that ends. */
@Timeout(60)
class ExitTest {

    private static final int RECORDS = 5000;

    /** The process. */
    static final class Program {
        private Program() {}

        public static void main(String[] args) {
            Logger logger = LoggerFactory.getLogger(Program.class);
            logger.info("too early to be shown");
            Logs logs = Logs.start(LogConfig.console(Level.DEBUG, LogConfig.Output.STDOUT));
            System.getLogger("jdk.something").log(System.Logger.Level.WARNING, "from the {0}", "JDK");
            for (int i = 0; i < RECORDS; i++) {
                logger.info("record {}", i);
            }
            logs.err().line("to stderr");
            System.exit(3);
        }
    }

    @Test
    void everythingIsWrittenWhenTheProcessEnds() throws Exception {
        String java = System.getProperty("java.home") + "/bin/java";
        Process process = new ProcessBuilder(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName())
                .start();
        List<String> out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(3);
        assertThat(err).isEqualTo("to stderr\n");
        assertThat(out).hasSize(RECORDS + 1);
        assertThat(out.getFirst()).endsWith("jdk.something (W) from the JDK");
        assertThat(out.getLast()).endsWith(" processor.log (I) record " + (RECORDS - 1));
    }
}
