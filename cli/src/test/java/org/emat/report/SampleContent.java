package org.emat.report;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.emat.arch.Architecture;
import org.emat.golden.Events;
import org.emat.golden.GoldenRun;
import org.emat.integer.Frame;
import org.emat.integer.IntegerActivation;
import org.emat.integer.IntegerLayer;
import org.emat.integer.IntegerNetwork;
import org.emat.integer.Requantiser;
import org.emat.network.Axis;
import org.emat.network.LayerGeometry;
import org.emat.network.NumberFormat;
import org.emat.network.Operator;
import org.emat.network.TensorShape;
import org.emat.plan.EnginePlan;
import org.emat.plan.Mapper;
import org.emat.plan.Plan;
import org.emat.quant.SignalToNoise;
import org.emat.schedule.CycleCount;
import org.emat.schedule.EngineCycles;
import org.emat.schedule.Scheduler;
import org.emat.schedule.StallScript;
import org.emat.tb.Comparison;
import org.emat.tb.SimulationResult;
import org.emat.tb.SimulationResult.EngineCounters;

/**
 * Contents of reports: real plans and schedules, with words and data-dependent counts drawn from a seed
 * and taken as given by both the golden model and the Verilog.
 */
final class SampleContent {
    private static final NumberFormat WORD = new NumberFormat(8, true);

    private final Architecture architecture;
    private final Plan plan;
    private final int frames;
    private final SplittableRandom random = new SplittableRandom(20261124);

    private SampleContent(Architecture architecture, Plan plan, int frames) {
        this.architecture = architecture;
        this.plan = plan;
        this.frames = frames;
    }

    /** One layer on one crossbar. */
    static ReportContent small() {
        return of(Architecture.standard(), 1, convolution("only", new TensorShape(3, 6, 6), 4, 1));
    }

    /** Two layers, four frames. */
    static ReportContent chain(String first, String second) {
        IntegerLayer up = transposed(first, new TensorShape(16, 4, 4), 8, 4, 2, 1);
        return of(
                Architecture.standard(),
                4,
                up,
                convolution(second, up.geometry().output(), 3, 1));
    }

    /** The generator of the 64 × 64 pixel DCGAN: over 4,000 crossbars. */
    static ReportContent large() {
        IntegerLayer[] layers = new IntegerLayer[5];
        layers[0] = transposed("project", new TensorShape(100, 1, 1), 1024, 4, 1, 0);
        for (int i = 1; i < layers.length; i++) {
            TensorShape shape = layers[i - 1].geometry().output();
            layers[i] = transposed("up " + i, shape, i == 4 ? 3 : shape.channels() / 2, 5, 2, 2);
        }
        return of(Architecture.standard(), 2, layers);
    }

    /** Twenty-four layers with groups. */
    static ReportContent deep() {
        IntegerLayer[] layers = new IntegerLayer[24];
        TensorShape shape = new TensorShape(64, 6, 6);
        for (int i = 0; i < layers.length; i++) {
            layers[i] = convolution("block" + i / 2 + ".conv" + i % 2, shape, 64, i % 2 == 0 ? 64 : 1);
        }
        return of(Architecture.standard(), 3, layers);
    }

    /** The content of a chain of layers. */
    static ReportContent of(Architecture architecture, int frames, IntegerLayer... layers) {
        return of(
                architecture,
                new Mapper(architecture).map("sample", new IntegerNetwork("sample", List.of(layers))),
                frames);
    }

    /** The content of a plan. */
    static ReportContent of(Architecture architecture, Plan plan, int frames) {
        return new SampleContent(architecture, plan, frames).content();
    }

    static IntegerLayer convolution(String name, TensorShape input, int outputs, int groups) {
        Axis axis = new Axis(3, 1, 1, 1, 1, 0);
        return layer(name, LayerGeometry.of(Operator.CONVOLUTION, input, outputs, axis, axis, groups));
    }

    static IntegerLayer transposed(String name, TensorShape input, int outputs, int kernel, int stride, int pad) {
        Axis axis = new Axis(kernel, stride, 1, pad, pad, kernel % 2 == 1 ? stride - 1 : 0);
        return layer(name, LayerGeometry.of(Operator.TRANSPOSED_CONVOLUTION, input, outputs, axis, axis, 1));
    }

    static IntegerLayer layer(String name, LayerGeometry geometry) {
        int scales = geometry.scaleCount();
        Requantiser requantiser = Requantiser.exact(new long[scales], WORD.min(), WORD.max());
        return new IntegerLayer(
                name,
                geometry,
                WORD,
                8,
                new int[geometry.weightCount()],
                requantiser,
                new IntegerActivation.Bounded(),
                WORD);
    }

    private ReportContent content() {
        CycleCount predicted = new Scheduler().count(plan, frames, StallScript.none());
        List<List<Frame>> links = new ArrayList<>();
        links.add(frames(plan.engines().get(0).geometry().input()));
        List<Events> events = new ArrayList<>();
        List<EngineCounters> counters = new ArrayList<>();
        for (int i = 0; i < plan.engines().size(); i++) {
            EnginePlan engine = plan.engines().get(i);
            links.add(frames(engine.geometry().output()));
            events.add(new Events(random.nextLong(1, 1L << 30), random.nextLong(1000)));
            counters.add(counters(predicted.engines().get(i), events.get(i)));
        }
        List<Frame> outputs = links.get(links.size() - 1);
        SimulationResult simulation = new SimulationResult(
                outputs,
                links,
                predicted.cycles(),
                predicted.firstOutput(),
                predicted.lastOutput(),
                counters,
                starts(predicted),
                crossings(predicted));
        GoldenRun golden = new GoldenRun(links.subList(1, links.size()), events);
        return new ReportContent(
                "A sample design",
                "examples/sample.onnx",
                architecture,
                plan,
                Comparison.of(plan, golden, predicted, simulation),
                simulation,
                predicted,
                noise(),
                List.of(),
                List.of(new Fact("Mean PSNR", "45.3 dB", "against float")),
                List.of(),
                new Provenance(
                        List.of(new Fact("emat", "0.1.0", "")),
                        List.of(new Fact("Seed", "7", "")),
                        List.of(new Fact("Simulation", "1.2 s", ""))));
    }

    /** Steps as evenly as they fit between the first and the last read. */
    private List<long[]> starts(CycleCount predicted) {
        List<long[]> starts = new ArrayList<>();
        for (int i = 0; i < plan.engines().size(); i++) {
            EnginePlan engine = plan.engines().get(i);
            EngineCycles cycles = predicted.engines().get(i);
            long last = cycles.lastRead() - engine.interval();
            starts.add(spread(
                    cycles.firstRead() - 1, last, frames * engine.window().steps()));
        }
        return starts;
    }

    /** Pixels as evenly as they fit between the first and the last. */
    private List<long[]> crossings(CycleCount predicted) {
        List<long[]> crossings = new ArrayList<>();
        crossings.add(new long[0]);
        for (int i = 0; i < plan.engines().size(); i++) {
            EngineCycles cycles = predicted.engines().get(i);
            int pixels = frames * plan.engines().get(i).geometry().output().pixels();
            crossings.add(spread(cycles.firstOutput(), cycles.lastOutput(), pixels));
        }
        return crossings;
    }

    private static long[] spread(long first, long last, int count) {
        return LongStream.range(0, count)
                .map(i -> first + i * (last - first) / Math.max(1, count - 1))
                .toArray();
    }

    private List<SignalToNoise> noise() {
        return plan.engines().stream()
                .map(engine -> new SignalToNoise(engine.name(), 30 + random.nextDouble(15)))
                .toList();
    }

    private List<Frame> frames(TensorShape shape) {
        List<Frame> drawn = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            drawn.add(new Frame(
                    shape,
                    random.ints(shape.words(), (int) WORD.min(), (int) WORD.max() + 1)
                            .toArray()));
        }
        return drawn;
    }

    private EngineCounters counters(EngineCycles cycles, Events events) {
        return new EngineCounters(
                cycles.busy(),
                cycles.inputStarved(),
                cycles.outputStalled(),
                cycles.arrayReads(),
                events.activations(),
                cycles.conversions(),
                events.clipped(),
                0,
                cycles.lineWrites(),
                cycles.lineReads(),
                cycles.rasterWrites(),
                cycles.rasterReads(),
                cycles.firstOutput(),
                cycles.lastOutput(),
                cycles.firstRead(),
                cycles.lastRead());
    }
}
