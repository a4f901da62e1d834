package org.emat.tb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.emat.arch.Architecture;
import org.emat.arch.Architecture.Adc;
import org.emat.arch.Architecture.Crossbar;
import org.emat.arch.Architecture.Device;
import org.emat.arch.Architecture.Encoding;
import org.emat.arch.Architecture.Groups;
import org.emat.arch.Architecture.Mapping;
import org.emat.arch.Architecture.OnePixel;
import org.emat.integer.Frame;
import org.emat.integer.IntegerActivation;
import org.emat.integer.IntegerLayer;
import org.emat.integer.IntegerNetwork;
import org.emat.network.Axis;
import org.emat.network.LayerGeometry;
import org.emat.network.NumberFormat;
import org.emat.network.Operator;
import org.emat.network.TensorShape;
import org.emat.plan.Plan;
import org.emat.reference.DrawnDesign;
import org.emat.rtl.MemoryImages;
import org.emat.schedule.StallScript;

/** Small designs of every kind, their golden runs, and the question whether a fault shows in any. */
final class MutantRig {
    /** Two layers in the phase mapping, faulty cells, a table. */
    static final String PHASE = "phase";

    /** Converters shared by three bit lines, differential cells, slopes; a pixel fills its beats to the last bit. */
    static final String SHARED = "shared";

    /** A kernel larger than two strides, whose outputs overlap in both directions. */
    static final String PADDING_FREE = "padding_free";

    /** Rows of outputs before the frame, and blocks that leave more slowly than a step of a few bits takes. */
    static final String CROPPED = "cropped";

    /** Taps of their own, read in two turns from one crossbar. */
    static final String FOLDED = "folded";

    /** Taps of two row blocks each, in two turns on crossbars of their own. */
    static final String TURNS = "turns";

    /** Inserted zeros. */
    static final String INSERTED = "inserted";

    /** One pixel to many, with scales of each pixel. */
    static final String DENSE = "dense";

    /** A stride larger than the kernel: columns between two windows are skipped. */
    static final String SKIPPING = "skipping";

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Device IDEAL = new Device(0, 0, 0, 0, 1);

    /** Seeds of drawn designs, for what nobody thought of. */
    private static final long[] SEEDS = {19, 5, 12, 28, 24};

    /** Per name of a design, its runs without and with stalls. */
    private final Map<String, List<Trial>> designs = new LinkedHashMap<>();

    private final Path folder;

    /** A rig that keeps its files in a folder. */
    MutantRig(Path folder) {
        this.folder = folder;
        Trial small = Trials.small(1, 1);
        add(PHASE, small.architecture(), small.network(), small.frames());
        Adc shared = new Adc(4, 0, 3, 0);
        Adc lossless = new Adc(9, 0, 1, 0);
        up(SHARED, architecture(64, Encoding.DIFFERENTIAL, shared, Mapping.PHASE, 1, 16), 4, 4);
        up(PADDING_FREE, architecture(64, Encoding.OFFSET, lossless, Mapping.PADDING_FREE, 1, 24), 5, 3);
        up(FOLDED, architecture(128, Encoding.OFFSET, lossless, Mapping.PIXEL_WISE, 2, 24), 4, 3);
        up(TURNS, architecture(4, Encoding.OFFSET, lossless, Mapping.PIXEL_WISE, 2, 24), 4, 6);
        up(INSERTED, architecture(64, Encoding.OFFSET, lossless, Mapping.ZERO_INSERTION, 1, 24), 3, 3);
        dense();
        cropped();
        skipping();
        for (long seed : SEEDS) {
            DrawnDesign drawn = DrawnDesign.draw(new SplittableRandom(seed));
            add("drawn" + seed, drawn.architecture(), drawn.network(), drawn.frames());
        }
    }

    private static Architecture architecture(
            int rows, Encoding encoding, Adc adc, Mapping mapping, int fold, int streamBits) {
        return new Architecture(
                new Crossbar(rows, 24),
                2,
                encoding,
                8,
                8,
                8,
                adc,
                IDEAL,
                mapping,
                fold,
                OnePixel.DENSE,
                Groups.SEPARATE,
                1,
                streamBits);
    }

    /** A transposed convolution of stride 2 over two frames of 3 × 4 pixels, with slopes. */
    private void up(String name, Architecture architecture, int kernel, int channels) {
        SplittableRandom random = new SplittableRandom(designs.size());
        Axis axis = new Axis(kernel, 2, 1, 1, 1, 0);
        LayerGeometry geometry = LayerGeometry.of(
                Operator.TRANSPOSED_CONVOLUTION, new TensorShape(channels, 3, 4), channels, axis, axis, 1);
        int[] slopes = random.ints(channels, -30, 30).toArray();
        one(name, architecture, geometry, new IntegerActivation.Sloped(slopes, 24, 4), random);
    }

    private void cropped() {
        SplittableRandom random = new SplittableRandom(9);
        Axis axis = new Axis(5, 2, 1, 2, 2, 0);
        LayerGeometry geometry =
                LayerGeometry.of(Operator.TRANSPOSED_CONVOLUTION, new TensorShape(2, 3, 4), 2, axis, axis, 1);
        Architecture architecture = architecture(64, Encoding.OFFSET, new Adc(9, 0, 1, 0), Mapping.PADDING_FREE, 1, 16);
        IntegerActivation bounded = new IntegerActivation.Bounded();
        NumberFormat input = new NumberFormat(6, true);
        add(CROPPED, architecture, Trials.layer("layer", geometry, input, random, bounded), random);
    }

    private void dense() {
        SplittableRandom random = new SplittableRandom(7);
        Axis axis = new Axis(3, 1, 1, 0, 0, 0);
        LayerGeometry geometry =
                LayerGeometry.of(Operator.TRANSPOSED_CONVOLUTION, new TensorShape(5, 1, 1), 2, axis, axis, 1);
        Architecture architecture = architecture(64, Encoding.OFFSET, new Adc(9, 0, 1, 0), Mapping.PHASE, 1, 8);
        one(DENSE, architecture, geometry, new IntegerActivation.Bounded(), random);
    }

    private void skipping() {
        SplittableRandom random = new SplittableRandom(8);
        Axis axis = new Axis(1, 2, 1, 0, 0, 0);
        LayerGeometry geometry = LayerGeometry.of(Operator.CONVOLUTION, new TensorShape(3, 4, 7), 2, axis, axis, 1);
        Architecture architecture = architecture(64, Encoding.OFFSET, new Adc(9, 0, 1, 0), Mapping.PHASE, 1, 8);
        one(SKIPPING, architecture, geometry, new IntegerActivation.Bounded(), random);
    }

    private void one(
            String name,
            Architecture architecture,
            LayerGeometry geometry,
            IntegerActivation activation,
            SplittableRandom random) {
        add(name, architecture, Trials.layer("layer", geometry, random, activation), random);
    }

    private void add(String name, Architecture architecture, IntegerLayer layer, SplittableRandom random) {
        IntegerNetwork network = new IntegerNetwork(name, List.of(layer));
        List<Frame> frames = IntStream.range(0, 2)
                .mapToObj(i -> Trials.frame(network.input(), layer.input(), random))
                .toList();
        add(name, architecture, network, frames);
    }

    private void add(String name, Architecture architecture, IntegerNetwork network, List<Frame> frames) {
        List<Trial> trials = Stream.of(StallScript.none(), new StallScript(designs.size(), 90, 110))
                .map(script -> Trials.of(name, architecture, network, frames, script))
                .toList();
        designs.put(name, trials);
    }

    /** Names of the designs. */
    List<String> designs() {
        return List.copyOf(designs.keySet());
    }

    /**
     * What shows a fault: the first difference, or the sentence with which a run ended; nothing if all runs are equal.
     *
     * @param fault changes the texts
     * @param structural which form of the crossbars
     * @param names designs to look at, in this order, until one shows it
     * @throws Unbuildable if the tools refuse the texts
     */
    Optional<String> symptom(UnaryOperator<Map<String, String>> fault, boolean structural, List<String> names) {
        try (Scratch scratch = new Scratch(folder, "mutant-")) {
            List<Plan> plans =
                    names.stream().map(name -> designs.get(name).get(0).plan()).toList();
            Path binary = build(fault, structural, plans, scratch.folder());
            List<String> symptoms = new ArrayList<>();
            for (int i = 0; i < names.size() && symptoms.isEmpty(); i++) {
                List<Trial> trials = designs.get(names.get(i));
                Trial first = trials.get(0);
                Path images = scratch.folder().resolve("images" + i);
                MemoryImages.write(first.plan(), first.network(), first.architecture(), images);
                String name = names.get(i);
                run(binary, i, images, trials).ifPresent(text -> symptoms.add(name + ": " + text));
            }
            return symptoms.stream().findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path build(
            UnaryOperator<Map<String, String>> fault, boolean structural, List<Plan> plans, Path cache) {
        SimulatorBuild build = new SimulatorBuild(VerilatorToolchain.find(), cache);
        try {
            return new Cosimulation(build, fault, false)
                    .simulator(plans, new SimulatorBuild.Options(structural, false, false))
                    .binary();
        } catch (ToolException e) {
            throw new Unbuildable(e);
        }
    }

    /** Runs all trials in one process, after a run that is cut off, so that what a reset forgets shows. */
    private static Optional<String> run(Path binary, int select, Path images, List<Trial> trials) {
        try (Simulator simulator = new Simulator(binary, images, PATIENCE)) {
            Trial first = trials.get(0);
            load(simulator, select, first);
            if (ends(simulator, request(first, select, first.predicted().cycles() / 2))) {
                return Optional.of("a run ends after half of its cycles");
            }
            for (Trial trial : trials) {
                load(simulator, select, trial);
                long limit = 2 * trial.predicted().cycles() + 1000;
                SimulationResult result = simulator.run(request(trial, select, limit), cycle -> {});
                Comparison comparison = Comparison.of(trial.plan(), trial.golden(), trial.predicted(), result);
                if (!comparison.equal()) {
                    return Optional.of(Differences.of(comparison).get(0));
                }
            }
            return Optional.empty();
        } catch (ToolException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static boolean ends(Simulator simulator, SimulationRequest request) {
        try {
            simulator.run(request, cycle -> {});
            return true;
        } catch (ToolException cutOff) {
            return false;
        }
    }

    /** Through the program port; where the images were read before, what goes to a wrong place shows. */
    private static void load(Simulator simulator, int select, Trial trial) {
        simulator.program(select, ProgramWrites.of(trial.plan(), trial.network(), trial.architecture()));
    }

    private static SimulationRequest request(Trial trial, int select, long cycles) {
        return new SimulationRequest(trial.plan(), select, trial.frames(), trial.script(), cycles, Optional.empty());
    }

    /** The tools refuse the texts of a fault, so that it says nothing about the tests. */
    static final class Unbuildable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unbuildable(ToolException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
