package org.emat.tb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.emat.arch.Architecture;
import org.emat.integer.IntegerActivation;
import org.emat.integer.IntegerNetwork;
import org.emat.network.Axis;
import org.emat.network.LayerGeometry;
import org.emat.network.Operator;
import org.emat.network.TensorShape;
import org.emat.plan.Mapper;
import org.emat.plan.Plan;
import org.emat.rtl.RtlGenerator;
import org.emat.tb.SimulatorBuild.Options;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The C++ that Verilator makes of a layer of few and of many crossbars, and the commands that make it. */
class GeneratedCodeTest {
    private static final Options STRUCTURAL = new Options(true, false, true);

    @TempDir
    Path folder;

    @Test
    void theCodeOfTheCrossbarsDoesNotGrowWithTheirNumber() throws IOException {
        Code few = code(layer(128, 32, 16), Options.fast());
        Code many = code(layer(1280, 800, 4000), Options.fast());
        System.out.printf(
                "C++ of 16 crossbars: %d bytes, %d of them of the bank; of 4000: %d, %d%n",
                few.all(), few.bank(), many.all(), many.bank());
        assertThat(few.bank()).isGreaterThan(10_000);
        assertThat((double) many.bank() / few.bank()).isBetween(0.95, 1.05);
        // The word lines of a row block are wires of their own; an instance per crossbar would be 46 kB each.
        assertThat((many.all() - few.all()) / (4000 - 16)).isLessThan(300);
    }

    /** The same measure on the form for synthesis, which has an instance per crossbar. */
    @Test
    void theCodeOfTheStructuralFormGrowsWithThem() throws IOException {
        Code few = code(layer(32, 8, 4), STRUCTURAL);
        Code more = code(layer(32, 64, 8), STRUCTURAL);
        assertThat((double) more.bank() / few.bank()).isGreaterThan(1.5);
    }

    @Test
    void commandsAreListsOfArgumentsForTheToolsThemselves() throws Exception {
        VerilatorToolchain tools = VerilatorToolchain.find();
        Compilation compilation = new Compilation(tools, TinyBuild.files(), TinyBuild.PLAIN);
        assertThat(compilation.verilateCommand()).startsWith(tools.verilator().toString());
        assertThat(compilation.makeCommand()).startsWith(tools.make().toString());
        List<String> arguments = new ArrayList<>(compilation.verilateCommand());
        arguments.addAll(compilation.makeCommand());
        assertThat(arguments).doesNotContain("-c", "sh", "bash", "/bin/sh", "/bin/bash");
        // A shell would run what this name says.
        Path cache = folder.resolve("a b;touch c&&$(touch d)`touch e`'\"");
        SimulatorBuild.Built built = new SimulatorBuild(tools, cache).build(TinyBuild.files(), TinyBuild.PLAIN);
        assertThat(built.binary()).startsWith(cache);
        assertThat(new ProcessBuilder(built.binary().toString()).start().waitFor())
                .isEqualTo(1);
        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all.map(path -> path.getFileName().toString())).doesNotContain("c", "d", "e");
        }
    }

    /**
     * Sizes of generated code in bytes.
     *
     * @param all of all C++
     * @param bank of the lines that compute crossbars
     */
    private record Code(long all, long bank) {}

    /** A transposed convolution 4×4 of stride 2, so that each of four phases has four taps. */
    private static Plan layer(int inputs, int outputs, int crossbars) {
        Axis axis = new Axis(4, 2, 1, 1, 1, 0);
        LayerGeometry geometry = LayerGeometry.of(
                Operator.TRANSPOSED_CONVOLUTION, new TensorShape(inputs, 4, 4), outputs, axis, axis, 1);
        IntegerNetwork network = new IntegerNetwork(
                "up", List.of(Trials.layer("up", geometry, new SplittableRandom(1), new IntegerActivation.Bounded())));
        Plan plan = new Mapper(Architecture.standard()).map("up", network);
        assertThat(plan.engines().get(0).crossbars()).isEqualTo(crossbars);
        return plan;
    }

    private Code code(Plan plan, Options options) throws IOException {
        Map<String, String> files = new TreeMap<>(new RtlGenerator().generate(plan));
        files.putAll(new RtlGenerator().harness(List.of(plan)));
        long all = 0;
        long bank = 0;
        try (Scratch scratch = new Scratch(folder, "code-")) {
            Path code = new Compilation(VerilatorToolchain.find(), files, options).verilate(scratch);
            try (Stream<Path> paths = Files.list(code)) {
                for (Path path :
                        paths.filter(path -> path.toString().endsWith(".cpp")).toList()) {
                    for (String line : Files.readAllLines(path)) {
                        all += line.length() + 1;
                        bank += line.contains("crossbar_bank") ? line.length() + 1 : 0;
                    }
                }
            }
        }
        return new Code(all, bank);
    }
}
