package org.emat.tb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A bench in Verilog, from the test resources, for Icarus.
 *
 * @param name its file and top module
 * @param text its text
 * @param sources Verilog files of {@code verilog-out/}, from there
 * @param options more of Icarus
 */
record IcarusBench(String name, String text, List<String> sources, List<String> options) {
    private static final Path FOLDER = Path.of("..", "verilog-out").toAbsolutePath();

    /** The bench of a name, with the files that it needs besides the include files. */
    static IcarusBench of(String name, String... sources) {
        String file = "/benches/" + name + ".v";
        try (InputStream in = IcarusBench.class.getResourceAsStream(file)) {
            return new IcarusBench(
                    name, new String(in.readAllBytes(), StandardCharsets.UTF_8), List.of(sources), List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compiles and runs it; what it prints. */
    String run(Path folder, String... arguments) throws IOException, InterruptedException {
        Files.writeString(folder.resolve(name + ".v"), text);
        List<String> compile = new ArrayList<>(List.of("iverilog", "-g2012", "-Wall", "-o", name + ".out"));
        compile.addAll(List.of("-s", name, "-I", FOLDER.resolve("lib").toString()));
        compile.addAll(options);
        sources.forEach(source -> compile.add(FOLDER.resolve(source).toString()));
        compile.add(name + ".v");
        ToolRun.of(folder, compile).assertSilent(name);
        List<String> simulate = new ArrayList<>(List.of("vvp", "-n", name + ".out"));
        simulate.addAll(List.of(arguments));
        ToolRun run = ToolRun.of(folder, simulate);
        assertThat(run.code()).as(run.output()).isZero();
        return run.output();
    }
}
