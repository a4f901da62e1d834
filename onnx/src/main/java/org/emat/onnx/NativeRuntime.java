package org.emat.onnx;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.emat.network.InputException;

/**
 * Loads ONNX Runtime, once. Its own loader leaves an empty folder among the temporary files of the machine each time; this
 * one gives it the native libraries in a folder that goes as soon as they are loaded.
 */
final class NativeRuntime {
    private static final String FOLDER_PROPERTY = "onnxruntime.native.path";
    private static final List<String> LIBRARIES = List.of("onnxruntime", "onnxruntime4j_jni");

    private NativeRuntime() {}

    private static final class Loaded {
        static final OrtEnvironment ENVIRONMENT = load();
    }

    /** The environment of the process. */
    static OrtEnvironment environment() {
        try {
            return Loaded.ENVIRONMENT;
        } catch (LinkageError e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new InputException("ONNX Runtime cannot be loaded: " + cause.getMessage() + ".", e);
        }
    }

    private static OrtEnvironment load() {
        if (System.getProperty(FOLDER_PROPERTY) != null) {
            return OrtEnvironment.getEnvironment();
        }
        try {
            Path folder = Files.createTempDirectory("emat-onnxruntime-");
            try {
                extract(folder);
                System.setProperty(FOLDER_PROPERTY, folder.toString());
                return OrtEnvironment.getEnvironment();
            } finally {
                System.clearProperty(FOLDER_PROPERTY);
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private static void extract(Path folder) throws IOException {
        for (String library : LIBRARIES) {
            String name = System.mapLibraryName(library);
            try (InputStream in = OrtEnvironment.class.getResourceAsStream("native/" + platform() + "/" + name)) {
                if (in == null) {
                    throw new IOException("it has no library for " + platform());
                }
                Files.copy(in, folder.resolve(name));
            }
        }
    }

    /** The name of this machine among the folders of ONNX Runtime's archive. */
    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String os = system.contains("mac") ? "osx" : system.contains("win") ? "win" : "linux";
        return os + "-" + (machine.equals("amd64") || machine.equals("x86_64") ? "x64" : machine);
    }

    /** A loaded library needs its file no longer, but on Windows, where it stays until the next cleaning. */
    private static void delete(Path folder) {
        for (String library : LIBRARIES) {
            folder.resolve(System.mapLibraryName(library)).toFile().delete();
        }
        folder.toFile().delete();
    }
}
