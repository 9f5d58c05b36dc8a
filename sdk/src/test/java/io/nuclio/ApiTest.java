package io.nuclio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pins each member of the package: nuclio's own (its Java SDK 1.1.0) and, apart from them, what Nucleon adds. */
class ApiTest {

    private static final Class<?>[] TYPES = {
        Context.class,
        Event.class,
        EventHandler.class,
        FunctionCall.class,
        Logger.class,
        NonBlocking.class,
        Platform.class,
        Response.class,
        TriggerInfo.class
    };

    @Test
    void hasNucliosMembersAndTheListedAdditionsOnly() {
        Set<String> expected = new TreeSet<>(ApiListing.listed("nuclio-1.1.0.txt"));
        expected.addAll(ApiListing.listed("additions.txt"));

        assertThat(ApiListing.of(TYPES)).containsExactlyElementsOf(expected);
    }

    @Test
    void hasNoPublicTypeThatIsNotPinned() throws Exception {
        try (Stream<Path> files = Files.list(classes().resolve("io/nuclio"))) {
            Set<String> publicTypes = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
                    .map(name -> load("io.nuclio." + name.substring(0, name.length() - ".class".length())))
                    .filter(type -> Modifier.isPublic(type.getModifiers()))
                    .map(Class::getSimpleName)
                    .collect(Collectors.toSet());

            assertThat(publicTypes)
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.of(TYPES).map(Class::getSimpleName).toList());
        }
    }

    @Test
    void addsOnlyDefaultMethodsToNucliosInterfaces() {
        Set<String> additions = ApiListing.listed("additions.txt");

        Set<String> nuclios = ApiListing.listed("nuclio-1.1.0.txt");
        Set<String> abstractAdditions = Stream.of(TYPES)
                .filter(type -> nuclios.contains(ApiListing.header(type)))
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .map(ApiTest::line)
                .filter(additions::contains)
                .collect(Collectors.toSet());

        assertThat(abstractAdditions).isEmpty();
    }

    @Test
    void declaresNoCheckedExceptions() {
        assertThat(TYPES)
                .allSatisfy(type -> assertThat(type.getDeclaredMethods())
                        .allSatisfy(
                                method -> assertThat(method.getExceptionTypes()).isEmpty()));
    }

    @Test
    void leavesResponseOpenForSubclasses() {
        assertThat(Modifier.isFinal(Response.class.getModifiers())).isFalse();
    }

    @Test
    void needsNothingButTheBaseOfTheJdk() throws Exception {
        StringWriter out = new StringWriter();
        ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();

        int exit = jdeps.run(
                new PrintWriter(out), new PrintWriter(out), "-s", classes().toString());

        assertThat(out.toString().strip().lines()).containsExactly("classes -> java.base");
        assertThat(exit).isZero();
    }

    private static String line(Method method) {
        return ApiListing.header(method.getDeclaringClass()) + ": " + ApiListing.member(method);
    }

    private static Path classes() throws Exception {
        return Path.of(EventHandler.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
