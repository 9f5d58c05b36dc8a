package io.nucleon.kit;

import io.nucleon.loop.EventLoops;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Checks one wrapper. Confined to one thread, which it blocks; {@link #close()} ends its event loop. */
public final class Kit implements AutoCloseable {

    private final KitSetting setting;
    private final EventLoops loops = new EventLoops(1);

    /** A kit for a wrapper that was not started yet. */
    public Kit(KitSetting setting) {
        this.setting = setting;
    }

    /**
     * What a wrapper says of itself.
     *
     * @param whyNoShm empty if it takes shared memory
     */
    public record Introduction(String language, String version, String whyNoShm) {}

    /** What became of the first start. Without an introduction nothing else is worth checking. */
    public sealed interface Opening {
        /** It greeted. */
        record Greeted(Introduction introduction) implements Opening {}

        /** It did not. */
        record Refused(Verdict verdict) implements Opening {}
    }

    /** Starts the wrapper once to see who it is. */
    public Opening open() {
        Bench bench = new Bench(setting, loops, setting.ways().getFirst());
        try (Worker worker = Worker.begin(bench, new Start())) {
            Map<String, Object> said = worker.said();
            boolean shm = Boolean.TRUE.equals(said.get("shm"));
            String why = String.valueOf(said.getOrDefault("why", ""));
            return new Opening.Greeted(new Introduction(
                    String.valueOf(said.getOrDefault("language", "?")),
                    String.valueOf(said.getOrDefault("version", "")),
                    shm ? "" : why.isEmpty() ? "its HELLO says shm: false" : why));
        } catch (Failed e) {
            return new Opening.Refused(Verdict.failed(Rules.all().getFirst(), "", e));
        }
    }

    /** Checks every rule that was asked for and hands over each verdict as soon as it is there. */
    public void check(Introduction introduction, Consumer<Verdict> verdicts) {
        for (Rule rule : Rules.all()) {
            if (setting.only().isEmpty() || setting.only().contains(rule.name())) {
                check(rule, introduction, verdicts);
            }
        }
    }

    private void check(Rule rule, Introduction introduction, Consumer<Verdict> verdicts) {
        boolean shm = setting.ways().contains("shm");
        String why = introduction.whyNoShm();
        switch (rule.ways()) {
            case RINGS -> {
                if (shm) {
                    verdicts.accept(why.isEmpty() ? verdict(rule, "shm") : Verdict.notOffered(rule, "shm", why));
                }
            }
            case ONE -> verdicts.accept(verdict(rule, usable(why).getFirst(), ""));
            case BOTH -> usable(why).forEach(way -> verdicts.accept(verdict(rule, way)));
        }
    }

    private List<String> usable(String whyNoShm) {
        List<String> usable = setting.ways().stream()
                .filter(way -> way.equals("unix") || whyNoShm.isEmpty())
                .toList();
        return usable.isEmpty() ? List.of("unix") : usable;
    }

    private Verdict verdict(Rule rule, String way) {
        return verdict(rule, way, way);
    }

    private Verdict verdict(Rule rule, String way, String shown) {
        try {
            rule.check().run(new Bench(setting, loops, way));
            return Verdict.ok(rule, shown);
        } catch (Failed e) {
            return Verdict.failed(rule, shown, e);
        } catch (NotOffered e) {
            return Verdict.notOffered(rule, shown, e.getMessage());
        }
    }

    @Override
    public void close() {
        loops.close();
    }
}
