package io.nucleon.builder;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A library of Java as {@code build.dependencies} names it: {@code group: g, name: n, version: v}, or {@code g:n:v}. Immutable. */
record MavenCoordinate(String group, String name, String version) {
    private static final String PART = "[A-Za-z0-9._-]+";

    /** @throws io.nucleon.error.NucleonException NUC-6006 if it can't be read */
    static MavenCoordinate parse(String text) {
        String[] three = text.strip().split(":");
        if (three.length == 3 && !text.contains(",")) {
            return checked(text, three[0], three[1], three[2]);
        }
        Map<String, String> parts = new LinkedHashMap<>();
        for (String part : text.split(",")) {
            String[] words = part.split(":", 2);
            if (words.length == 2) {
                parts.put(words[0].strip(), words[1].strip().replaceAll("^['\"]|['\"]$", ""));
            }
        }
        return checked(
                text,
                parts.getOrDefault("group", ""),
                parts.getOrDefault("name", ""),
                parts.getOrDefault("version", ""));
    }

    private static MavenCoordinate checked(String text, String group, String name, String version) {
        if (!group.matches(PART) || !name.matches(PART) || !version.matches(PART)) {
            throw ErrorMessage.of(
                            ErrorCode.DEPENDENCIES_FAILED,
                            "spec.build.dependencies has '" + text + "', which is no library",
                            "",
                            "write it like 'group: com.google.code.gson, name: gson, version: 2.11.0'")
                    .toException();
        }
        return new MavenCoordinate(group, name, version);
    }

    /** A project that depends on them and has nothing else. */
    static String pom(List<MavenCoordinate> all) {
        StringBuilder pom = new StringBuilder("<project><modelVersion>4.0.0</modelVersion><groupId>function</groupId>"
                + "<artifactId>function</artifactId><version>1</version><packaging>pom</packaging><dependencies>");
        for (MavenCoordinate one : all) {
            pom.append("<dependency><groupId>")
                    .append(one.group)
                    .append("</groupId><artifactId>")
                    .append(one.name)
                    .append("</artifactId><version>")
                    .append(one.version)
                    .append("</version></dependency>");
        }
        return pom.append("</dependencies></project>\n").toString();
    }
}
