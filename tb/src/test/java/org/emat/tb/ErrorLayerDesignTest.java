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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers that carry errors back, golden against Verilog through both mappings: every word and every count. */
class ErrorLayerDesignTest {
    private static final long MOST_CYCLES = 6000;

    @TempDir
    Path folder;

    /** An error's layer on hardware of its own. */
    private record Design(Architecture architecture, IntegerNetwork network, Plan plan, List<Frame> errors) {}

    @Test
    void drawnErrorLayersEqualTheirGoldenModels() throws Exception {
        long seed = Long.getLong("emat.seed", 20261124L);
        String repeat = "repeat with: mvn -pl tb -am test -Dtest=ErrorLayerDesignTest -DargLine=-Demat.seed=" + seed;
        System.out.println("seed " + seed + "; " + repeat);
        List<Design> designs = draw(10, new SplittableRandom(seed));
        assertThat(designs).hasSize(20);
        Path binary = new Cosimulation(new SimulatorBuild(VerilatorToolchain.find(), folder.resolve("cache")))
                .simulator(
                        designs.stream().map(Design::plan).toList(), new SimulatorBuild.Options(false, false, false))
                .binary();
        SoftAssertions softly = new SoftAssertions();
        for (int i = 0; i < designs.size(); i++) {
            for (StallScript script : List.of(StallScript.none(), new StallScript(seed + i, 90, 110))) {
                Comparison comparison = run(binary, i, designs.get(i), script);
                softly.assertThat(comparison.equal())
                        .as("%s of %s: %s; %s", script, designs.get(i).plan(), comparison, repeat)
                        .isTrue();
            }
        }
        softly.assertAll();
    }

    /** Forward layers whose errors go both ways, half of them through a transposed convolution. */
    private static List<Design> draw(int layers, SplittableRandom random) {
        List<Design> designs = new ArrayList<>();
        while (designs.size() < 2 * layers) {
            SplittableRandom own = random.split();
            Operator wanted = designs.size() % 4 == 0 ? Operator.CONVOLUTION : Operator.TRANSPOSED_CONVOLUTION;
            LayerGeometry forward = DrawnGradient.layer(own);
            Design phase = design("error" + designs.size(), forward, own.split(), Mapping.PHASE);
            Design inserting = design("error" + (designs.size() + 1), forward, own.split(), Mapping.ZERO_INSERTION);
            boolean small = cycles(phase) <= MOST_CYCLES && cycles(inserting) <= MOST_CYCLES;
            if (forward.operator() == wanted && small) {
                designs.add(phase);
                designs.add(inserting);
            }
        }
        return designs;
    }

    private static long cycles(Design design) {
        return new Scheduler()
                .count(design.plan(), design.errors().size(), StallScript.none())
                .cycles();
    }

    private static Design design(String name, LayerGeometry forward, SplittableRandom random, Mapping mapping) {
        Architecture drawn = (random.nextBoolean() ? DrawnEngine.lossless(random) : DrawnEngine.faulty(random))
                .architecture();
        Architecture architecture = with(drawn, mapping);
        NumberFormat error = new NumberFormat(2 + random.nextInt(8), true);
        NumberFormat output = new NumberFormat(2 + random.nextInt(10), true);
        IntegerLayer layer = new ErrorLayer(forward)
                .layer(layer(forward, architecture.weightBits(), random), error, random.nextInt(12), output);
        IntegerNetwork network = new IntegerNetwork("error", List.of(layer));
        List<Frame> errors = new ArrayList<>();
        for (int f = 0; f < 1 + random.nextInt(2); f++) {
            errors.add(new Frame(
                    forward.output(),
                    DrawnGeometry.words(
                            random, forward.output().words(), (int) error.min(), (int) error.max())));
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

    private static Architecture with(Architecture a, Mapping mapping) {
        return a.with(mapping, 1);
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
