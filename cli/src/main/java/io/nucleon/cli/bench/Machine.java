package io.nucleon.cli.bench;

import io.nucleon.error.JsonWriter;
import io.nucleon.host.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The class of machine that a bench ran on; nothing that names the machine itself. Immutable. */
public record Machine(String cpu, long cores, long memoryGib, String kernel, boolean isVirtual) {
    private static final long KIB_PER_GIB = 1024L * 1024;

    /** This one. */
    public static Machine here() {
        String info = read("/proc/cpuinfo");
        String memory = read("/proc/meminfo");
        String model = field(info, "model name");
        return new Machine(
                model.isEmpty() ? System.getProperty("os.arch", "") : model,
                Runtime.getRuntime().availableProcessors(),
                Math.round(number(field(memory, "MemTotal")) / (double) KIB_PER_GIB),
                System.getProperty("os.version", "").replaceFirst("-.*", ""),
                (" " + field(info, "flags") + " ").contains(" hypervisor "));
    }

    /** {@code 2 cores of Xeon …(virtual), 8 GiB, Linux 6.1.0}. */
    public String text() {
        return cores + (cores == 1 ? " core of " : " cores of ") + cpu + (isVirtual ? " (virtual)" : "") + ", "
                + memoryGib + " GiB, Linux " + kernel;
    }

    /** Whether figures of both can be compared. */
    boolean isLike(Machine other) {
        return cpu.equals(other.cpu) && cores == other.cores;
    }

    void write(JsonWriter json) {
        json.object()
                .name("cpu")
                .value(cpu)
                .name("cores")
                .value(cores)
                .name("memoryGiB")
                .value(memoryGib);
        json.name("kernel").value(kernel).name("virtual").value(isVirtual).endObject();
    }

    static Machine read(Object value) {
        Map<String, Object> members = JsonReader.asObject(value).orElse(Map.of());
        return new Machine(
                JsonReader.text(members, "cpu"),
                JsonReader.number(members, "cores"),
                JsonReader.number(members, "memoryGiB"),
                JsonReader.text(members, "kernel"),
                Boolean.TRUE.equals(members.get("virtual")));
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            return "";
        }
    }

    private static String field(String text, String name) {
        return text.lines()
                .filter(line -> line.startsWith(name) && line.indexOf(':') > 0)
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("");
    }

    private static long number(String text) {
        String digits = text.replaceAll("\\D.*", "");
        return digits.isEmpty() || digits.length() > 15 ? 0 : Long.parseLong(digits);
    }
}
