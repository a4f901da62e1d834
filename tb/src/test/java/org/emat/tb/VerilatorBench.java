package org.emat.tb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A bench in Verilog for Verilator, with its own clock.
 *
 * @param name its file and top module
 * @param text its text
 * @param sources Verilog files of {@code verilog-out/}, from there
 * @param options more of Verilator
 */
record VerilatorBench(String name, String text, List<String> sources, List<String> options) {
    private static final Path FOLDER = Path.of("..", "verilog-out").toAbsolutePath();

    /** Compiles and runs it; what it prints. */
    String run(Path folder, String... arguments) throws IOException, InterruptedException {
        Files.writeString(folder.resolve(name + ".v"), text);
        List<String> compile = new ArrayList<>(List.of("verilator", "--binary", "-j", "1", "--top-module", name));
        // The bench is no design: its widths are the test's affair.
        compile.addAll(List.of("-Wno-WIDTH", "-Wno-lint", "-CFLAGS", "-O0", "--Mdir", "build", "-o", "bench"));
        compile.add("-I" + FOLDER.resolve("lib"));
        compile.addAll(options);
        sources.forEach(source -> compile.add(FOLDER.resolve(source).toString()));
        compile.add(name + ".v");
        ToolRun built = ToolRun.of(folder, compile);
        assertThat(built.code()).as(built.output()).isZero();
        List<String> simulate =
                new ArrayList<>(List.of(folder.resolve("build/bench").toString()));
        simulate.addAll(List.of(arguments));
        ToolRun run = ToolRun.of(folder, simulate);
        assertThat(run.code()).as(run.output()).isZero();
        return run.output();
    }
}
