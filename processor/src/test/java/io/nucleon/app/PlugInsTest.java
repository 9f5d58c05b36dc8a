package io.nucleon.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.nucleon.trigger.Trigger;
import io.nucleon.trigger.TriggerFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlugInsTest {

    private static final String FACTORY = """
            package plug;
            public final class Factory implements io.nucleon.trigger.TriggerFactory {
                public boolean accepts(String kind) { return kind.equals("pigeon"); }
                public io.nucleon.trigger.Trigger create(io.nucleon.trigger.TriggerSetting setting,
                        io.nucleon.invoke.Invoker invoker, io.nucleon.invoke.Deliverer deliverer) { return null; }
            }""";

    @TempDir
    private Path home;

    @Test
    void aPlugInIsAFolderWithKinds() throws IOException {
        Files.createDirectories(home.resolve("triggers/post"));
        Files.writeString(home.resolve("triggers/post/kinds"), "pigeon\n\nbottle \n");
        Files.createDirectories(home.resolve("triggers/other"));

        assertThat(PlugIns.below(home.resolve("triggers")))
                .singleElement()
                .satisfies(one -> assertThat(one.kinds()).containsExactly("pigeon", "bottle"));
        assertThat(PlugIns.below(home.resolve("nowhere"))).isEmpty();
    }

    @Test
    void loadsWhatItsJarsBringAndNothingElse() throws IOException {
        Path folder = Files.createDirectories(home.resolve("triggers/post"));
        Files.writeString(folder.resolve("kinds"), "pigeon\n");
        jarOf(FACTORY, folder.resolve("post.jar"));

        List<TriggerFactory> factories =
                PlugIns.load(PlugIns.below(home.resolve("triggers")).getFirst(), TriggerFactory.class);

        assertThat(factories).singleElement().satisfies(factory -> {
            assertThat(factory.accepts("pigeon")).isTrue();
            assertThat(factory.getClass().getClassLoader().getName()).isEqualTo("post");
            assertThat(Trigger.class.getClassLoader())
                    .isNotEqualTo(factory.getClass().getClassLoader());
        });
    }

    private void jarOf(String source, Path jar) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Path classes = Files.createDirectories(home.resolve("classes"));
        List<String> options =
                List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none");
        SimpleJavaFileObject unit =
                new SimpleJavaFileObject(URI.create("string:///plug/Factory.java"), SimpleJavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        assertThat(compiler.getTask(null, null, null, options, null, List.of(unit))
                        .call())
                .isTrue();
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.putNextEntry(new JarEntry("plug/Factory.class"));
            out.write(Files.readAllBytes(classes.resolve("plug/Factory.class")));
            out.putNextEntry(new JarEntry("META-INF/services/" + TriggerFactory.class.getName()));
            out.write("plug.Factory\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }
}
