package io.nucleon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.host.LastError;
import io.nucleon.host.UserFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotTrainingTest {
    @TempDir
    Path home;

    @Test
    void goesThroughToItsLastCallAndLeavesNoFunctionBehind() throws IOException {
        AotTraining.main(new String[] {home.toString()});

        assertThat(new LastError(UserFolders.of(Map.of("HOME", home.toString())))
                        .recall()
                        .orElseThrow()
                        .what())
                .isEqualTo("no function 'nowhere' runs here");
        assertThat(home.resolve(".local/state/nucleon/run")).isEmptyDirectory();
    }
}
