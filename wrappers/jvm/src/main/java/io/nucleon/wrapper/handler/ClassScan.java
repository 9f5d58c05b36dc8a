package io.nucleon.wrapper.handler;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NucleonException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Finds the classes of a function that implement EventHandler by reading class files, without loading a class. Confined to one thread.
 *
 * <p>Looks into compiled sources, the class folder and the jars beside the handler; libraries hold no handlers.
 */
final class ClassScan {

    private static final String HANDLER = "io/nuclio/EventHandler";
    /** Larger than the class file format allows methods to make sense; a hostile jar is not unpacked into memory. */
    private static final int MAX_CLASS_BYTES = 4 << 20;

    private static final int MAX_CLASSES = 50_000;

    private record Type(boolean concrete, List<String> parents) {}

    private final Map<String, Type> types = new HashMap<>();

    private ClassScan() {}

    static ClassScan of(CodePath path, Map<String, byte[]> compiled) {
        ClassScan scan = new ClassScan();
        compiled.values().forEach(scan::add);
        if (path.folder() != null) {
            scan.addFolder(path.folder());
        }
        path.jars().forEach(scan::addJar);
        return scan;
    }

    /** Fully qualified names, sorted. */
    List<String> handlers() {
        return types.entrySet().stream()
                .filter(entry -> entry.getValue().concrete() && isHandler(entry.getKey(), new HashSet<>()))
                .map(entry -> entry.getKey().replace('/', '.'))
                .sorted()
                .toList();
    }

    private boolean isHandler(String name, Set<String> seen) {
        if (name.equals(HANDLER)) {
            return true;
        }
        Type type = types.get(name);
        return type != null && seen.add(name) && type.parents().stream().anyMatch(parent -> isHandler(parent, seen));
    }

    private void addFolder(Path folder) {
        try {
            for (Path file : CodePath.files(folder, ".class")) {
                try (InputStream in = Files.newInputStream(file)) {
                    add(in, file.toString());
                }
            }
        } catch (IOException e) {
            throw unreadable(folder.toString(), e);
        }
    }

    private void addJar(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            Enumeration<JarEntry> entries = file.entries();
            while (entries.hasMoreElements() && types.size() < MAX_CLASSES) {
                JarEntry entry = entries.nextElement();
                if (entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/")) {
                    try (InputStream in = file.getInputStream(entry)) {
                        add(in, jar + "!" + entry.getName());
                    }
                }
            }
        } catch (IOException e) {
            throw unreadable(jar.toString(), e);
        }
    }

    private void add(InputStream in, String where) throws IOException {
        byte[] code = in.readNBytes(MAX_CLASS_BYTES);
        try {
            add(code);
        } catch (IllegalArgumentException e) {
            throw unreadable(where, e);
        }
    }

    private void add(byte[] code) {
        ClassModel model = ClassFile.of().parse(code);
        int flags = model.flags().flagsMask();
        boolean concrete = (flags & (ClassFile.ACC_ABSTRACT | ClassFile.ACC_INTERFACE | ClassFile.ACC_MODULE)) == 0;
        types.put(model.thisClass().asInternalName(), new Type(concrete, parents(model)));
    }

    private static NucleonException unreadable(String where, Exception cause) {
        return ErrorMessage.of(
                        ErrorCode.IMPORT_FAILED,
                        "reading " + where + " failed: " + cause.getMessage(),
                        "it is damaged, or made for a Java newer than "
                                + Runtime.version().feature(),
                        "build it again, with --release " + Runtime.version().feature() + " or older")
                .toException(cause);
    }

    private static List<String> parents(ClassModel model) {
        List<String> parents = new ArrayList<>();
        model.superclass().ifPresent(parent -> parents.add(parent.asInternalName()));
        model.interfaces().forEach(parent -> parents.add(parent.asInternalName()));
        return List.copyOf(parents);
    }
}
