package org.emat.tb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.emat.arch.Architecture;
import org.emat.integer.IntegerActivation;
import org.emat.integer.IntegerLayer;
import org.emat.integer.IntegerNetwork;
import org.emat.network.Axis;
import org.emat.network.LayerGeometry;
import org.emat.network.Operator;
import org.emat.network.TensorShape;
import org.emat.plan.Mapper;
import org.emat.plan.Plan;
import org.emat.reference.DrawnDesign;
import org.emat.reference.DrawnGradient;
import org.emat.rtl.GradientGenerator;
import org.emat.rtl.RtlGenerator;
import org.emat.rtl.UpdateGenerator;
import org.emat.train.GradientPlan;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verilator's lint, Icarus and Yosys on every design of {@code verilog-out/}, and lint on drawn ones. */
class GeneratedVerilogTest {
    private static final Path FOLDER = Path.of("..", "verilog-out");
    private static final String LIBRARY = "lib";
    private static final double YOSYS_CPU_SECONDS = 60;
    private static final Pattern YOSYS_CPU = Pattern.compile("CPU: user ([0-9.]+)s system ([0-9.]+)s");

    /** What a design is compiled for: simulation at size, simulation crossbar by crossbar, a real array macro. */
    private static final List<List<String>> FORMS =
            List.of(List.of(), List.of("-DEMAT_STRUCTURAL"), List.of("-DEMAT_STRUCTURAL", "-DEMAT_CROSSBAR_MACRO"));

    /** A check of one design, whose folder holds {@code files.f}. */
    private interface Check {
        void of(String name, Path folder) throws IOException, InterruptedException;
    }

    @TempDir
    Path scratch;

    @Test
    void verilatorFindsNothingToSayAboutAnyDesign() throws Exception {
        checkEveryDesign((name, folder) -> {
            for (List<String> form : FORMS) {
                lint(name + "_top", folder, form);
            }
        });
    }

    /** The width of the streams is a parameter of the top, so that one design fits several buses; gradients pass whole. */
    @Test
    void verilatorFindsNothingToSayAboutOtherStreamWidths() throws Exception {
        checkEveryDesign((name, folder) -> {
            List<String> streams = name.endsWith("_gradient")
                    ? List.of()
                    : name.endsWith("_trainer") ? List.of("LATENT_", "REAL_", "STATE_") : List.of("");
            for (int bits : streams.isEmpty() ? List.<Integer>of() : List.of(8, 24, 1024)) {
                lint(
                        name + "_top",
                        folder,
                        streams.stream()
                                .map(stream -> "-G" + stream + "STREAM_BITS=" + bits)
                                .toList());
            }
        });
    }

    @Test
    void icarusCompilesEveryDesignWithoutAWarning() throws Exception {
        checkEveryDesign((name, folder) -> {
            for (List<String> form : FORMS.subList(0, 2)) {
                List<String> command = new ArrayList<>(List.of("iverilog", "-g2012", "-Wall", "-c", "files.f"));
                command.addAll(List.of(
                        "-s", name + "_top", "-o", scratch.resolve("compiled").toString()));
                command.addAll(form);
                ToolRun.of(folder, command).assertSilent(name + " " + form);
            }
        });
    }

    @Test
    void yosysFindsNoProblemInAnyDesign() throws Exception {
        checkEveryDesign((name, folder) -> {
            List<String> sources = Files.readAllLines(folder.resolve("files.f")).stream()
                    .filter(line -> !line.startsWith("+"))
                    .toList();
            double seconds = synthesise(
                    folder,
                    "read_verilog -sv -defer -DSYNTHESIS -DEMAT_STRUCTURAL -DEMAT_CROSSBAR_MACRO -I../lib "
                            + String.join(" ", sources),
                    "hierarchy -check -top " + name + "_top");
            System.out.printf("yosys, %s: %.1f s%n", name, seconds);
            assertThat(seconds).as("CPU seconds of Yosys for %s", name).isLessThan(YOSYS_CPU_SECONDS);
        });
    }

    /** The array model that the designs take as a black box, small. */
    @Test
    void yosysFindsNoProblemInASmallCrossbar() throws Exception {
        double seconds = synthesise(
                FOLDER.resolve(LIBRARY),
                "read_verilog -sv -defer -DSYNTHESIS -I. crossbar.v",
                "chparam -set BIT_LINES 3 -set VALUE_BITS 2 -set LINE_WORDS 1 -set SUM_BITS 8 crossbar",
                "hierarchy -check -top crossbar");
        assertThat(seconds).isLessThan(YOSYS_CPU_SECONDS);
    }

    @Test
    void verilatorAndYosysFindNothingToSayAboutUpdates() throws Exception {
        Path folder = FOLDER.resolve(LIBRARY);
        List<String> sources = UpdateGenerator.LIBRARY;
        for (List<String> sizes : List.of(
                List.<String>of(),
                List.of(
                        "-GWEIGHTS=300",
                        "-GCHANNELS=3",
                        "-GBIAS_SETS=4",
                        "-GLANES=7",
                        "-GDIFFERENTIAL=1",
                        "-GLINES=16"),
                List.of("-GWEIGHTS=64", "-GCHANNELS=16", "-GLANES=8", "-GACC_BITS=62", "-GCELL_BITS=3", "-GLINES=6"))) {
            List<String> command =
                    new ArrayList<>(List.of("verilator", "--lint-only", "-Wall", "--top-module", "update_unit"));
            command.addAll(sources.subList(0, 3));
            command.addAll(sizes);
            ToolRun.of(folder, command).assertSilent("update_unit " + sizes);
        }
        for (String top : List.of("update_unit", "weight_placer")) {
            double seconds = synthesise(
                    folder,
                    "read_verilog -sv -defer -DSYNTHESIS " + String.join(" ", sources),
                    "hierarchy -check -top " + top);
            assertThat(seconds).isLessThan(YOSYS_CPU_SECONDS);
        }
    }

    @Test
    void verilatorFindsNothingToSayAboutDrawnDesigns() throws Exception {
        lintDrawnDesigns(12, seed());
    }

    @Test
    @Tag("nightly")
    void verilatorFindsNothingToSayAboutManyDrawnDesigns() throws Exception {
        lintDrawnDesigns(100, seed() + 1);
    }

    @Test
    void hostileLayerNamesBecomeInstancesOfTheirOwn() throws Exception {
        List<String> names = List.of(
                "x\nendmodule", "a\"b'c`d$e\\", "module", "*/ end /*", "//", "", "\ud83e\udd8a", "7", "layer", "Layer");
        Axis axis = new Axis(3, 1, 1, 1, 1, 0);
        LayerGeometry geometry = LayerGeometry.of(Operator.CONVOLUTION, new TensorShape(2, 4, 4), 2, axis, axis, 1);
        SplittableRandom random = new SplittableRandom(1);
        List<IntegerLayer> layers = names.stream()
                .map(name -> Trials.layer(name, geometry, random, new IntegerActivation.Bounded()))
                .toList();
        Plan plan = new Mapper(Architecture.standard()).map("hostile", new IntegerNetwork("hostile", layers));
        Path folder = write(plan);
        lint("hostile_top", folder, List.of());
        List<String> instances = Pattern.compile("^    \\) (engine_[a-z0-9_]+) \\($", Pattern.MULTILINE)
                .matcher(Files.readString(folder.resolve("hostile_top.v")))
                .results()
                .map(result -> result.group(1))
                .toList();
        assertThat(instances).hasSize(names.size()).doesNotHaveDuplicates();
    }

    private void checkEveryDesign(Check check) throws IOException, InterruptedException {
        List<String> checked = new ArrayList<>();
        for (Path folder : folders()) {
            String name = folder.getFileName().toString();
            if (!name.equals(LIBRARY)) {
                check.of(name, folder);
                checked.add(name);
            }
        }
        assertThat(checked).as("designs checked").hasSize(folders().size() - 1).contains("dcgan_mnist");
    }

    private static List<Path> folders() throws IOException {
        try (Stream<Path> all = Files.list(FOLDER)) {
            return all.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static void lint(String top, Path folder, List<String> form) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("verilator", "--lint-only", "-Wall", "--top-module", top, "-f", "files.f"));
        command.addAll(form);
        ToolRun.of(folder, command).assertSilent(top + " " + form);
    }

    /** Brings a design to cells and checks them; CPU seconds. */
    private static double synthesise(Path folder, String... read) throws IOException, InterruptedException {
        String script = String.join("; ", read)
                + "; proc; memory -nomap; check -assert"
                + "; select -assert-none t:$dlatch t:$_DLATCH*"
                + "; select -assert-none t:$div t:$mod t:$divfloor t:$modfloor t:$pow";
        ToolRun run = ToolRun.of(folder, List.of("yosys", "-Q", "-p", script));
        assertThat(run.code()).as("end of the output of yosys: %s", tail(run)).isZero();
        assertThat(run.output()).as("warnings of yosys").doesNotContain("Warning:");
        Matcher cpu = YOSYS_CPU.matcher(run.output());
        assertThat(cpu.find()).as("CPU time of yosys: %s", tail(run)).isTrue();
        return Double.parseDouble(cpu.group(1)) + Double.parseDouble(cpu.group(2));
    }

    private static String tail(ToolRun run) {
        return run.output().substring(Math.max(0, run.output().length() - 1000));
    }

    private static long seed() {
        return Long.getLong("emat.seed", 20261124L);
    }

    private void lintDrawnDesigns(int count, long seed) throws Exception {
        String repeat = "repeat with: mvn -pl tb -am test -Dtest=GeneratedVerilogTest -DargLine=-Demat.seed=" + seed;
        System.out.println("seed " + seed + "; " + repeat);
        SplittableRandom random = new SplittableRandom(seed);
        int linted = 0;
        for (int i = 0; i < count; i++) {
            DrawnDesign design = DrawnDesign.draw(random.split());
            Plan plan = design.plan("drawn" + i);
            Path folder = write(plan);
            for (List<String> form : FORMS) {
                lint(plan.name() + "_top", folder, form);
                linted++;
            }
        }
        assertThat(linted).isEqualTo(FORMS.size() * count);
    }

    @Test
    void verilatorFindsNothingToSayAboutDrawnGradients() throws Exception {
        lintDrawnGradients(12, seed());
    }

    @Test
    @Tag("nightly")
    void verilatorFindsNothingToSayAboutManyDrawnGradients() throws Exception {
        lintDrawnGradients(200, seed() + 1);
    }

    private void lintDrawnGradients(int count, long seed) throws Exception {
        String repeat = "repeat with: mvn -pl tb -am test -Dtest=GeneratedVerilogTest -DargLine=-Demat.seed=" + seed;
        System.out.println("seed " + seed + "; " + repeat);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < count; i++) {
            GradientPlan plan = DrawnGradient.draw("drawn" + i, random.split()).plan();
            Path folder = Files.createDirectories(scratch.resolve(plan.name() + "_gradient"));
            Map<String, String> files = new GradientGenerator().generate(plan);
            for (Map.Entry<String, String> file : files.entrySet()) {
                Files.writeString(folder.resolve(file.getKey()), file.getValue());
            }
            Files.writeString(folder.resolve("files.f"), String.join("\n", files.keySet()));
            lint(plan.name() + "_gradient_top", folder, List.of());
        }
    }

    /** Writes a design as {@code emat gen} does. */
    private Path write(Plan plan) throws IOException {
        Path folder = Files.createDirectories(scratch.resolve(plan.name()));
        RtlGenerator generator = new RtlGenerator();
        Map<String, String> files = generator.generate(plan);
        files.putAll(generator.project(plan, "."));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        return folder;
    }
}
