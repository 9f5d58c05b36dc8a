package io.nuclio;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The public face of types as lines of text, {@code interface Event: byte[] getBody()}, to compare with a list. */
final class ApiListing {

    private ApiListing() {}

    /** Lines of a list in the test resources: a type per unindented line, its members indented below. */
    static Set<String> listed(String resource) {
        Set<String> lines = new TreeSet<>();
        String type = "";
        for (String line : read(resource).lines().toList()) {
            if (line.startsWith(" ")) {
                lines.add(type + ": " + line.strip());
            } else {
                type = line;
                lines.add(type);
            }
        }
        return lines;
    }

    static Set<String> of(Class<?>... types) {
        return Stream.of(types).flatMap(ApiListing::lines).collect(Collectors.toCollection(TreeSet::new));
    }

    static String member(Method method) {
        return name(method.getGenericReturnType()) + " " + method.getName() + parameters(method);
    }

    static String header(Class<?> type) {
        String kind = type.isAnnotation() ? "annotation" : type.isInterface() ? "interface" : "class";
        return kind + " " + type.getSimpleName();
    }

    private static Stream<String> lines(Class<?> type) {
        Stream<String> constructors = Stream.of(type.getConstructors()).map(ApiListing::constructor);
        Stream<String> methods = Stream.of(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .map(ApiListing::member);
        String header = header(type);
        return Stream.concat(
                Stream.of(header), Stream.concat(constructors, methods).map(member -> header + ": " + member));
    }

    private static String constructor(Constructor<?> constructor) {
        return constructor.getDeclaringClass().getSimpleName() + parameters(constructor);
    }

    private static String parameters(Executable member) {
        String joined = Arrays.stream(member.getGenericParameterTypes())
                .map(ApiListing::name)
                .collect(Collectors.joining(", ", "(", ")"));
        return member.isVarArgs() ? joined.replace("[])", "...)") : joined;
    }

    private static String name(Type type) {
        return type.getTypeName().replaceAll("\\b(java\\.(lang|util|nio)|io\\.nuclio)\\.", "");
    }

    private static String read(String resource) {
        try (InputStream in = ApiListing.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new AssertionError("can't read " + resource, e);
        }
    }
}
