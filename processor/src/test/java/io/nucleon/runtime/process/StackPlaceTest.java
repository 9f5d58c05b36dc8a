package io.nucleon.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class StackPlaceTest {

    private static final Path ORDERS = Path.of("/srv/orders");

    private static String in(String lines) {
        return StackPlace.in(List.of(lines.split("\n")), ORDERS);
    }

    @Test
    void theInnermostLineOfTheFunctionItself() {
        assertThat(in("""
                Stack (most recent call first):
                  File "/srv/orders/prices.py", line 7 in look
                  File "/srv/orders/main.py", line 52 in handler
                  File "/opt/wrapper/server.py", line 9 in serve
                """)).isEqualTo("/srv/orders/prices.py:7");
    }

    @Test
    void whatALibraryDoesForIt() {
        assertThat(in("""
                Current thread 0x00007f0000000000 (most recent call first):
                  File "/usr/lib/python3.13/socket.py", line 719 in readinto
                  File "/usr/lib/python3.13/http/client.py", line 292 in begin
                  File "/srv/orders/main.py", line 52 in handler
                """)).isEqualTo("/srv/orders/main.py:52 (readinto in socket.py)");
    }

    @Test
    void whatWasPrintedBeforeTheLastStackIsNoPartOfIt() {
        assertThat(in("""
                Stack (most recent call first):
                  File "/srv/orders/main.py", line 3 in handler
                retrying
                Stack (most recent call first):
                  File "/srv/orders/main.py", line 9 in handler
                """)).isEqualTo("/srv/orders/main.py:9");
    }

    @Test
    void emptyWithoutAStackOrAUsersLine() {
        assertThat(in("  File \"/srv/orders/main.py\", line 3 in handler")).isEmpty();
        assertThat(in("Stack (most recent call first):\n  File \"/usr/lib/python3.13/selectors.py\", line 3 in select"))
                .isEmpty();
        assertThat(in("Stack (most recent call first):\n<no Python frame>")).isEmpty();
        assertThat(StackPlace.in(List.of(), ORDERS)).isEmpty();
    }
}
