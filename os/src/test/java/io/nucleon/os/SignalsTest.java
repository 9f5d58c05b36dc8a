package io.nucleon.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SignalsTest {

    @Test
    void endsAWholeGroup() throws Exception {
        Process leader = new ProcessBuilder("setsid", "sh", "-c", "echo up; cat & cat").start();
        assertThat(leader.getInputStream().read()).isEqualTo('u');

        assertThat(Signals.toGroup(leader.pid(), Signals.KILL)).isTrue();

        assertThat(leader.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(Signals.describeExit(leader.exitValue())).isEqualTo("SIGKILL");
        // the pipe ends only when every member of the group is gone
        assertThat(leader.getInputStream().readAllBytes()).asString().isEqualTo("p\n");
    }

    @Test
    void saysWhenAGroupIsGone() throws Exception {
        // alone in its group: members that init has still to reap would keep the group alive
        Process leader = new ProcessBuilder("setsid", "true").start();
        assertThat(leader.waitFor(10, TimeUnit.SECONDS)).isTrue();

        assertThat(Signals.toGroup(leader.pid(), Signals.KILL)).isFalse();
    }

    @Test
    void refusesPidsThatMeanEverybody() {
        assertThatThrownBy(() -> Signals.toGroup(1, Signals.KILL)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Signals.toProcess(-1, Signals.KILL)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesExits() {
        assertThat(Signals.describeExit(139)).isEqualTo("SIGSEGV");
        assertThat(Signals.describeExit(3)).isEqualTo("exit 3");
    }
}
