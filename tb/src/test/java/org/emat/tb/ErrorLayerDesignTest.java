package org.emat.tb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.assertj.core.api.SoftAssertions;
import org.emat.arch.Architecture;
import org.emat.arch.Architecture.Mapping;
import org.emat.golden.GoldenModel;
import org.emat.golden.GoldenRun;
import org.emat.integer.Frame;
import org.emat.integer.IntegerActivation;
import org.emat.integer.IntegerLayer;
import org.emat.integer.IntegerNetwork;
import org.emat.integer.Requantiser;
import org.emat.network.LayerGeometry;
import org.emat.network.NumberFormat;
import org.emat.network.Operator;
import org.emat.plan.Mapper;
import org.emat.plan.Plan;
import org.emat.reference.DrawnEngine;
import org.emat.reference.DrawnGeometry;
import org.emat.reference.DrawnGradient;
import org.emat.rtl.MemoryImages;
import org.emat.schedule.CycleCount;
import org.emat.schedule.Scheduler;
import org.emat.schedule.StallScript;
import org.emat.train.ErrorLayer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers that carry errors back, golden against Verilog: every word and every count. */
class ErrorLayerDesignTest {
    private static final long MOST_CYCLES = 6000;

    @TempDir
    Path folder;

    /** An error's layer on hardware of its own. */
    private record Design(Architecture architecture, IntegerNetwork network, Plan plan, List<Frame> errors) {}

    @Test
    void drawnErrorLayersEqualTheirGoldenModels() throws Exception {
        assertThat(compare(6, seed())).isEqualTo(20);
    }

    @Test
    @Tag("nightly")
    void manyDrawnErrorLayersEqualTheirGoldenModels() throws Exception {
        for (int round = 0; round < 10; round++) {
            compare(12, seed() + 1000 + round);
        }
    }

    private static long seed() {
        return Long.getLong("emat.seed", 20261124L);
    }

    /** Builds one simulator of all designs and compares each; how many. */
    private int compare(int layers, long seed) throws Exception {
        String repeat = "repeat with: mvn -pl tb -am test -Dtest=ErrorLayerDesignTest -DargLine=-Demat.seed=" + seed;
        System.out.println("seed " + seed + "; " + repeat);
        List<Design> designs = draw(layers, new SplittableRandom(seed));
        Path binary = new Cosimulation(new SimulatorBuild(VerilatorToolchain.find(), folder.resolve("cache")))
                .simulator(designs.stream().map(Design::plan).toList(), new SimulatorBuild.Options(false, false, false))
                .binary();
        SoftAssertions softly = new SoftAssertions();
        for (int i = 0; i < designs.size(); i++) {
            for (StallScript script : List.of(StallScript.none(), new StallScript(seed + i, 90, 110))) {
                softly.assertThat(differences(binary, i, designs.get(i), script))
                        .as("%s of %s; %s", script, designs.get(i).plan(), repeat)
                        .isEmpty();
            }
        }
        softly.assertAll();
        return designs.size();
    }

    /**
     * So many convolutions, whose errors go through transposed convolutions of both kinds, zero-free and zero-inserting; as
     * many transposed convolutions; and a third as many dense layers.
     */
    private static List<Design> draw(int layers, SplittableRandom random) {
        List<Design> designs = new ArrayList<>();
        for (int i = 0; i < layers; i++) {
            designs.addAll(draw("down" + i, Operator.CONVOLUTION, random, Mapping.PHASE, Mapping.ZERO_INSERTION));
            designs.addAll(draw("up" + i, Operator.TRANSPOSED_CONVOLUTION, random, Mapping.PHASE));
        }
        for (int i = 0; i < layers / 3; i++) {
            designs.addAll(draw("dense" + i, Operator.DENSE, random, Mapping.PHASE));
        }
        return designs;
    }

    /** The error of one forward layer on several mappings, all of them short to run. */
    private static List<Design> draw(String name, Operator forward, SplittableRandom random, Mapping... mappings) {
        while (true) {
            SplittableRandom own = random.split();
            LayerGeometry geometry = DrawnGradient.layer(own);
            if (geometry.operator() != forward) {
                continue;
            }
            List<Design> designs = new ArrayList<>();
            for (Mapping mapping : mappings) {
                designs.add(design(name + "_" + mapping.ordinal(), geometry, own.split(), mapping));
            }
            if (designs.stream().allMatch(design -> cycles(design) <= MOST_CYCLES)) {
                return designs;
            }
        }
    }

    private static long cycles(Design design) {
        return new Scheduler()
                .count(design.plan(), design.errors().size(), StallScript.none())
                .cycles();
    }

    private static Design design(String name, LayerGeometry forward, SplittableRandom random, Mapping mapping) {
        Architecture drawn =
                (random.nextBoolean() ? DrawnEngine.lossless(random) : DrawnEngine.faulty(random)).architecture();
        Architecture architecture = drawn.with(mapping, 1);
        NumberFormat error = new NumberFormat(2 + random.nextInt(8), true);
        NumberFormat output = new NumberFormat(2 + random.nextInt(10), true);
        IntegerLayer layer = new ErrorLayer(forward)
                .layer(layer(forward, architecture.weightBits(), random), error, random.nextInt(12), output);
        IntegerNetwork network = new IntegerNetwork("error", List.of(layer));
        List<Frame> errors = new ArrayList<>();
        for (int f = 0; f < 1 + random.nextInt(2); f++) {
            errors.add(new Frame(
                    forward.output(),
                    DrawnGeometry.words(random, forward.output().words(), (int) error.min(), (int) error.max())));
        }
        return new Design(architecture, network, new Mapper(architecture).map(name, network), errors);
    }

    private static IntegerLayer layer(LayerGeometry forward, int weightBits, SplittableRandom random) {
        NumberFormat word = new NumberFormat(8, true);
        NumberFormat weight = new NumberFormat(weightBits, true);
        return new IntegerLayer(
                "layer",
                forward,
                word,
                weightBits,
                DrawnGeometry.words(random, forward.weightCount(), (int) weight.min(), (int) weight.max()),
                Requantiser.exact(new long[forward.scaleCount()], word.min(), word.max()),
                new IntegerActivation.Bounded(),
                word);
    }

    private List<String> differences(Path binary, int select, Design design, StallScript script) throws Exception {
        try {
            return Differences.of(run(binary, select, design, script));
        } catch (ToolException e) {
            return List.of(e.getMessage());
        }
    }

    private Comparison run(Path binary, int select, Design design, StallScript script) throws Exception {
        GoldenRun golden = new GoldenModel(design.plan(), design.network(), design.architecture())
                .run(design.errors(), done -> {});
        CycleCount cycles = new Scheduler().count(design.plan(), design.errors().size(), script);
        Path images = Files.createTempDirectory(folder, "images");
        MemoryImages.write(design.plan(), design.network(), design.architecture(), images);
        try (Simulator simulator = new Simulator(binary, images, Duration.ofMinutes(2))) {
            SimulationResult result = simulator.run(
                    new SimulationRequest(
                            design.plan(),
                            select,
                            design.errors(),
                            script,
                            2 * cycles.cycles() + 1000,
                            Optional.empty()),
                    cycle -> {});
            return Comparison.of(design.plan(), golden, cycles, result);
        }
    }
}
