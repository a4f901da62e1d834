package org.emat.tb;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.emat.tb.SimulatorBuild.Built;
import org.emat.tb.SimulatorBuild.Options;

/** The least that builds, and a program that builds it, so that tests can start it in JVMs of their own. */
final class TinyBuild {
    static final Options PLAIN = new Options(false, false, false);

    private TinyBuild() {}

    static Map<String, String> files() {
        return Map.of(
                "emat_bench.v", "module emat_bench (input wire a, output wire b);\n    assign b = !a;\nendmodule\n",
                "harness.cpp",
                        "#include \"Vemat_bench.h\"\nint main() {\n    Vemat_bench top;\n    top.eval();\n    return top.b;\n}\n");
    }

    /** The tools, with another make. */
    static VerilatorToolchain toolsWithMake(Path make) {
        VerilatorToolchain tools = VerilatorToolchain.find();
        return new VerilatorToolchain(
                tools.verilator(), tools.version(), tools.compiler(), make, tools.ccache(), tools.avx2());
    }

    /** Starts a JVM that builds into a cache, with a make of its own if one is given. */
    static Process start(Path cache, Path... make) throws IOException {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder = new ProcessBuilder(
                java.toString(),
                "-Xmx256m",
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                "-cp",
                classes,
                TinyBuild.class.getName(),
                cache.toString(),
                make.length == 0 ? VerilatorToolchain.find().make().toString() : make[0].toString());
        return builder.redirectError(new File("/dev/null")).start();
    }

    /** Arguments: the cache folder and the make to use; prints whether it built. */
    public static void main(String[] arguments) {
        SimulatorBuild build = new SimulatorBuild(toolsWithMake(Path.of(arguments[1])), Path.of(arguments[0]));
        Built built = build.build(files(), PLAIN);
        System.out.println(List.of(built.built()));
    }
}
