package io.nucleon.triggers.shards;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BalanceTest {

    private static Lease lease(String shard, String owner, String next) {
        return new Lease(shard, owner, next, 1, Position.START);
    }

    private static Balance of(String me, Lease... leases) {
        return Balance.of(me, List.of(leases), lease -> lease.owner().isEmpty());
    }

    @Test
    void takesAllThatIsFreeIfItIsAlone() {
        assertThat(of("me", lease("a", "", ""), lease("b", "", "")).free()).hasSize(2);
    }

    @Test
    void leavesOthersTheirShareOfWhatIsFree() {
        Balance balance = of("me", lease("a", "other", ""), lease("b", "", ""), lease("c", "", ""), lease("d", "", ""));

        assertThat(balance.free()).hasSize(2);
        assertThat(balance.claim()).isNull();
    }

    @Test
    void asksForOneOfWhoHasMost() {
        Balance balance =
                of("me", lease("a", "few", ""), lease("b", "many", ""), lease("c", "many", ""), lease("d", "many", ""));

        assertThat(balance.free()).isEmpty();
        assertThat(balance.claim().owner()).isEqualTo("many");
    }

    @Test
    void asksForNoSecondOneBeforeItHasTheFirst() {
        assertThat(of("me", lease("a", "many", "me"), lease("b", "many", ""), lease("c", "many", ""))
                        .claim())
                .isNull();
    }

    @Test
    void asksForNoneThatSomebodyElseHasAskedFor() {
        assertThat(of("me", lease("a", "many", "third"), lease("b", "many", ""), lease("c", "many", ""))
                        .claim()
                        .shard())
                .isNotEqualTo("a");
    }

    @Test
    void isContentWithOneLess() {
        assertThat(of("me", lease("a", "other", ""), lease("b", "other", ""), lease("c", "me", ""))
                        .claim())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,2", "5,2", "7,3", "3,5", "64,7"})
    void comesToAnEndWithSharesThatDifferByOneAtMost(int shards, int members) {
        Map<String, Lease> leases = new TreeMap<>();
        for (int i = 0; i < shards; i++) {
            leases.put("s" + i, lease("s" + i, "m0", ""));
        }

        int rounds = 0;
        for (boolean changed = true; changed; rounds++) {
            changed = false;
            for (int i = 0; i < members; i++) {
                String me = "m" + i;
                leases.replaceAll((shard, lease) -> lease.next().isEmpty() ? lease : lease.ownedBy(lease.next()));
                Lease claim = Balance.of(me, new ArrayList<>(leases.values()), lease -> false)
                        .claim();
                if (claim != null) {
                    leases.put(claim.shard(), claim.claimedBy(me));
                    changed = true;
                }
            }
            assertThat(rounds).as("rounds").isLessThan(shards * members + 2);
        }

        Map<String, Integer> loads = new TreeMap<>();
        for (int i = 0; i < members; i++) {
            loads.put("m" + i, 0);
        }
        leases.values().forEach(lease -> loads.merge(lease.owner(), 1, Integer::sum));
        int most = loads.values().stream().max(Integer::compare).orElseThrow();
        int least = loads.values().stream().min(Integer::compare).orElseThrow();
        assertThat(most - least).isLessThanOrEqualTo(1);
    }
}
