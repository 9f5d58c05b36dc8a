package io.nucleon.wrapper.handler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NucleonException;
import io.nuclio.testing.TestContext;
import io.nuclio.testing.TestEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandlerLoaderTest {

    private static final String GREETER = """
            import io.nuclio.*;
            public class Greeter implements EventHandler {
                public Response handleEvent(Context context, Event event) {
                    return new Response().setBody("hello");
                }
            }
            """;

    private static final String PACKAGED = "package com.example;\n" + GREETER;

    @TempDir
    Path folder;

    private static String answerOf(Path code, String handler) {
        try (LoadedHandler loaded = HandlerLoader.load(code, handler)) {
            Answer answer = new Answer();
            answer.run(
                    loaded.newInstance(), new TestContext(), TestEvent.get("/").build());
            return new String(answer.body(), UTF_8);
        }
    }

    private static ErrorMessage failure(Path code, String handler) {
        NucleonException thrown = catchThrowableOfType(
                NucleonException.class, () -> HandlerLoader.load(code, handler).close());
        assertThat(thrown).as("loading should fail").isNotNull();
        return thrown.error();
    }

    private static ErrorMessage initFailure(Path code) {
        try (LoadedHandler loaded = HandlerLoader.load(code, "")) {
            NucleonException thrown = catchThrowableOfType(NucleonException.class, loaded::newInstance);
            assertThat(thrown).as("making it should fail").isNotNull();
            return thrown.error();
        }
    }

    private static String with(String member) {
        return GREETER.replace("{\n    public R", "{\n" + member + "\npublic R");
    }

    @Test
    void loadsOneSourceFile() {
        UserCode.source(folder, "Greeter.java", GREETER);

        assertThat(answerOf(folder.resolve("Greeter.java"), "")).isEqualTo("hello");
    }

    @Test
    void loadsAFolderOfSourcesInPackages() {
        UserCode.source(folder, "com/example/Greeter.java", PACKAGED.replace("\"hello\"", "Words.HELLO"));
        UserCode.source(
                folder, "com/example/Words.java", "package com.example; class Words { static String HELLO = \"hi\"; }");

        assertThat(answerOf(folder, "com.example.Greeter")).isEqualTo("hi");
    }

    /** As a socket, a lock or an editor's copy does. */
    @Test
    void filesMayComeAndGoBesideTheSources() throws Exception {
        UserCode.source(folder, "Greeter.java", GREETER);
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger gone = new AtomicInteger();
        Thread other = Thread.ofPlatform().start(() -> {
            try {
                while (!done.get()) {
                    Path run = Files.createDirectories(folder.resolve("run"));
                    for (int i = 0; i < 10; i++) {
                        Files.createFile(run.resolve(i + ".sock"));
                    }
                    for (int i = 0; i < 10; i++) {
                        Files.delete(run.resolve(i + ".sock"));
                    }
                    Files.delete(run);
                    gone.incrementAndGet();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        try {
            for (int i = 0; i < 2_000 || gone.get() < 100; i++) {
                assertThat(CodePath.files(folder, ".java")).containsExactly(folder.resolve("Greeter.java"));
            }
        } finally {
            done.set(true);
            other.join(Duration.ofSeconds(20));
        }
        assertThat(answerOf(folder, "")).isEqualTo("hello");
    }

    @Test
    void aLinkToAFolderAboveLeadsNowhereNew() throws Exception {
        UserCode.source(folder, "com/example/Greeter.java", PACKAGED);
        Files.createSymbolicLink(folder.resolve("com/up"), folder);

        assertThat(answerOf(folder, "")).isEqualTo("hello");
    }

    @Test
    void loadsAClassFolder() {
        Path classes = UserCode.compile(folder.resolve("src"), folder.resolve("classes"), "Greeter.java", PACKAGED);

        assertThat(answerOf(classes, "")).isEqualTo("hello");
    }

    @Test
    void loadsAJarAndAFolderWithJars() {
        Path classes = UserCode.compile(folder.resolve("src"), folder.resolve("classes"), "Greeter.java", PACKAGED);
        Path jar = UserCode.jar(folder.resolve("app/greeter.jar"), classes);

        assertThat(answerOf(jar, "com.example.Greeter")).isEqualTo("hello");
        assertThat(answerOf(jar.getParent(), "")).isEqualTo("hello");
    }

    @Test
    void findsLibrariesBesideTheHandlerAndInLib() {
        Path words = UserCode.compile(
                folder.resolve("words-src"),
                folder.resolve("words"),
                "Words.java",
                "package words; public class Words { public static String text() { return \"from a library\"; } }");
        Path app = folder.resolve("app");
        Path library = UserCode.jar(app.resolve("lib/words.jar"), words);
        String using = GREETER.replace("\"hello\"", "words.Words.text()");

        assertThat(answerOf(UserCode.source(app, "Greeter.java", using), "Greeter"))
                .isEqualTo("from a library");

        Path beside = folder.resolve("beside");
        UserCode.jar(beside.resolve("words.jar"), words);
        UserCode.compile(folder.resolve("src"), beside, "Greeter.java", using, library);
        assertThat(answerOf(beside, "Greeter")).isEqualTo("from a library");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "com.example.Greeter", "anything:com.example.Greeter"})
    void takesEachFormOfAHandlerString(String handler) {
        UserCode.source(folder, "Greeter.java", PACKAGED);

        assertThat(answerOf(folder, handler)).isEqualTo("hello");
    }

    @Test
    void takesTheClassNamedHandlerAmongMany() {
        UserCode.source(folder, "Greeter.java", GREETER);
        UserCode.source(
                folder, "Handler.java", GREETER.replace("Greeter", "Handler").replace("hello", "chosen"));

        assertThat(answerOf(folder, "")).isEqualTo("chosen");
    }

    @Test
    void findsAHandlerThatInheritsTheInterface() {
        UserCode.source(folder, "Parent.java", GREETER.replace("public class Greeter", "abstract class Parent"));
        UserCode.source(folder, "Child.java", "public class Child extends Parent {}");

        assertThat(answerOf(folder, "")).isEqualTo("hello");
    }

    @Test
    void usesItsOwnSdkWhenAJarBringsOneAlong() {
        Path classes = UserCode.compile(folder.resolve("src"), folder.resolve("classes"), "Greeter.java", GREETER);
        UserCode.compile(
                folder.resolve("sdk-src"),
                classes,
                "io/nuclio/EventHandler.java",
                "package io.nuclio; public interface EventHandler { void somethingElse(); }");
        Path jar = UserCode.jar(folder.resolve("app/fat.jar"), classes);

        assertThat(answerOf(jar, "Greeter")).isEqualTo("hello");
    }

    @Test
    void saysThatAFolderIsEmpty() {
        ErrorMessage error = failure(folder, "");

        assertThat(error.code()).isEqualTo(ErrorCode.HANDLER_NOT_FOUND);
        assertThat(error.why()).isEqualTo("no .java, .class or .jar file is there");
    }

    @Test
    void saysThatThereIsNoHandlerAmongTheClasses() {
        UserCode.source(folder, "Words.java", "class Words {}");

        ErrorMessage error = failure(folder, "");

        assertThat(error.code()).isEqualTo(ErrorCode.HANDLER_NOT_FOUND);
        assertThat(error.why()).isEqualTo("no class there implements io.nuclio.EventHandler");
    }

    @Test
    void saysThatTheFolderIsNotThere() {
        assertThat(failure(folder.resolve("nowhere"), "").code()).isEqualTo(ErrorCode.HANDLER_NOT_FOUND);
    }

    @Test
    void suggestsTheNearestHandler() {
        Path orders = folder.resolve("orders");
        UserCode.source(orders, "Greeter.java", PACKAGED);
        UserCode.source(orders, "Order.java", GREETER.replace("Greeter", "Order"));

        ErrorMessage error = failure(orders, "main:Greter");

        assertThat(error.line())
                .isEqualTo("NUC-4021 ./orders has no class 'Greter': spec.handler is 'main:Greter'; handlers there:"
                        + " Order, com.example.Greeter; fix: did you mean 'com.example.Greeter'? set spec.handler:"
                        + " com.example.Greeter");
    }

    @Test
    void asksWhichOfManyHandlersIsMeant() {
        UserCode.source(folder, "A.java", GREETER.replace("Greeter", "A"));
        UserCode.source(folder, "B.java", GREETER.replace("Greeter", "B"));

        ErrorMessage error = failure(folder, "");

        assertThat(error.code()).isEqualTo(ErrorCode.HANDLER_MISSING);
        assertThat(error.why()).isEqualTo("these classes implement io.nuclio.EventHandler: A, B");
        assertThat(error.fix()).containsExactly("set spec.handler: A");
    }

    @Test
    void refusesThreeParts() {
        UserCode.source(folder, "Greeter.java", GREETER);

        assertThat(failure(folder, "a:b:c").what()).isEqualTo("Invalid handler name a:b:c");
    }

    @Test
    void refusesAClassThatIsNoHandler() {
        UserCode.source(folder, "Words.java", "public class Words {}");

        assertThat(failure(folder, "Words").why()).isEqualTo("it does not implement io.nuclio.EventHandler");
    }

    @Test
    void refusesAClassWithoutASimpleConstructor() {
        UserCode.source(folder, "Greeter.java", with("Greeter(int a) {}"));

        ErrorMessage error = failure(folder, "Greeter");

        assertThat(error.code()).isEqualTo(ErrorCode.HANDLER_MISSING);
        assertThat(error.fix()).containsExactly("add: public Greeter() {}");
    }

    @Test
    void namesAMissingLibrary() {
        Path parent =
                UserCode.compile(folder.resolve("p-src"), folder.resolve("p"), "Parent.java", "public class Parent {}");
        Path jar = UserCode.jar(folder.resolve("p.jar"), parent);
        Path classes = UserCode.compile(
                folder.resolve("src"),
                folder.resolve("classes"),
                "Greeter.java",
                GREETER.replace("Greeter implements", "Greeter extends Parent implements"),
                jar);

        ErrorMessage error = failure(classes, "Greeter");

        assertThat(error.code()).isEqualTo(ErrorCode.IMPORT_FAILED);
        assertThat(error.what()).contains("Parent");
    }

    @Test
    void namesADamagedClassFileAndADamagedJar() {
        Path classes = UserCode.source(folder.resolve("classes"), "Broken.class", "no class at all");
        Path app = UserCode.source(folder.resolve("app"), "broken.jar", "no jar at all");

        assertThat(failure(classes, "").code()).isEqualTo(ErrorCode.IMPORT_FAILED);
        assertThat(failure(app, "").code()).isEqualTo(ErrorCode.IMPORT_FAILED);
    }

    @Test
    void namesWhatTheConstructorThrew() {
        UserCode.source(
                folder, "Greeter.java", with("public Greeter() { throw new IllegalStateException(\"no database\"); }"));

        ErrorMessage error = initFailure(folder);

        assertThat(error.code()).isEqualTo(ErrorCode.INIT_FAILED);
        assertThat(error.what())
                .isEqualTo("making the handler Greeter failed (Greeter.java:3):"
                        + " java.lang.IllegalStateException: no database");
    }

    @Test
    void namesWhatAStaticFieldThrew() {
        UserCode.source(folder, "Greeter.java", with("static int x = Integer.parseInt(\"x\");"));

        ErrorMessage error = initFailure(folder);

        assertThat(error.code()).isEqualTo(ErrorCode.INIT_FAILED);
        assertThat(error.what()).contains("(Greeter.java:3)").contains("NumberFormatException");
    }
}
