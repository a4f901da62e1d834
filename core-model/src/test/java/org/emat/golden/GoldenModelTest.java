package org.emat.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.emat.arch.Architecture;
import org.emat.arch.Architecture.Encoding;
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
import org.emat.plan.Mapper;
import org.emat.plan.Plan;
import org.emat.reference.DrawnDesign;
import org.junit.jupiter.api.Test;

class GoldenModelTest {
    private static final int[] THREADS = {1, 2, 3, 7};

    /** Whatever the number of threads, frames give what each of them gives alone, engine after engine. */
    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void threadsChangeNothing(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        DrawnDesign design = random.nextBoolean() ? DrawnDesign.draw(random) : DrawnDesign.drawLossless(random);
        Plan plan = design.plan();
        boolean deviceExact = random.nextBoolean();
        GoldenRun wanted = oneByOne(plan, design, deviceExact);
        for (int threads : THREADS) {
            GoldenModel model = new GoldenModel(
                    plan, design.network(), design.architecture(), new GoldenModel.Options(threads, deviceExact));
            assertThat(model.run(design.frames(), done -> {}))
                    .as("%d threads, %s", threads, plan)
                    .isEqualTo(wanted);
        }
    }

    private static GoldenRun oneByOne(Plan plan, DrawnDesign design, boolean deviceExact) {
        List<List<Frame>> outputs = new ArrayList<>();
        List<Events> events = new ArrayList<>();
        List<Frame> current = design.frames();
        for (int i = 0; i < plan.engines().size(); i++) {
            EngineModel engine = new EngineModel(
                    plan.engines().get(i), i, design.network().layers().get(i), design.architecture(), deviceExact);
            List<EngineModel.Result> results = current.stream().map(engine::run).toList();
            current = results.stream().map(EngineModel.Result::output).toList();
            outputs.add(current);
            events.add(results.stream().map(EngineModel.Result::events).reduce(new Events(0, 0), Events::plus));
        }
        return new GoldenRun(outputs, events);
    }

    /** Batches of several frames, a last batch that is not full, and the two kernels. */
    @Test
    void manyStepsAndFramesAreSharedByThreads() {
        IntegerNetwork network = network(3, 40, 31);
        List<Frame> frames = frames(network, 5);
        Architecture architecture = Architecture.standard();
        Plan plan = new Mapper(architecture).map("shared", network);
        GoldenRun wanted =
                new GoldenModel(plan, network, architecture, new GoldenModel.Options(1, true)).run(frames, done -> {});
        assertThat(wanted.outputs())
                .hasSize(2)
                .allSatisfy(outputs -> assertThat(outputs).hasSize(5));
        assertThat(wanted.events())
                .allSatisfy(events -> assertThat(events.activations()).isPositive());
        for (int threads : THREADS) {
            for (boolean deviceExact : new boolean[] {false, true}) {
                GoldenModel model =
                        new GoldenModel(plan, network, architecture, new GoldenModel.Options(threads, deviceExact));
                assertThat(model.run(frames, done -> {})).isEqualTo(wanted);
            }
        }
        assertThat(new GoldenModel(plan, network, architecture).run(frames, done -> {}))
                .isEqualTo(wanted);
    }

    /** The widest words on as many rows as the mapper takes: accumulators of 62 bits. */
    @Test
    void bothKernelsHoldTheWidestSums() {
        assertWidestSums(Encoding.OFFSET, 5461);
        assertWidestSums(Encoding.DIFFERENTIAL, 4096);
    }

    private static void assertWidestSums(Encoding encoding, int rows) {
        NumberFormat format = new NumberFormat(32, true);
        LayerGeometry geometry = LayerGeometry.dense(new TensorShape(rows, 1, 1), new TensorShape(2, 1, 1));
        int[] weights = new int[geometry.weightCount()];
        Arrays.fill(weights, 0, rows, -32768);
        Arrays.fill(weights, rows, weights.length, 32767);
        Requantiser requantiser =
                new Requantiser(new long[2], new int[] {1, 1}, new int[] {30, 30}, format.min(), format.max());
        IntegerLayer layer = new IntegerLayer(
                "wide", geometry, format, 16, weights, requantiser, new IntegerActivation.Bounded(), format);
        IntegerNetwork network = new IntegerNetwork("wide", List.of(layer));
        Architecture architecture = lossless(encoding);
        Plan plan = new Mapper(architecture).map("wide", network);
        assertThat(plan.engines().get(0).array().accumulatorBits()).isEqualTo(62);
        int[] inputs = new int[rows];
        Arrays.fill(inputs, Integer.MIN_VALUE);
        for (boolean deviceExact : new boolean[] {false, true}) {
            GoldenRun run = new GoldenModel(plan, network, architecture, new GoldenModel.Options(1, deviceExact))
                    .run(List.of(new Frame(network.input(), inputs)), done -> {});
            assertThat(run.results().get(0).words()).containsExactly(rows << 16, -rows * 65534);
            assertThat(run.events().get(0).clipped()).isZero();
        }
    }

    private static Architecture lossless(Encoding encoding) {
        Architecture standard = Architecture.standard();
        return Mapper.lossless(new Architecture(
                standard.crossbar(),
                4,
                encoding,
                16,
                16,
                16,
                standard.adc(),
                standard.device(),
                standard.mapping(),
                standard.fold(),
                standard.onePixel(),
                standard.groups(),
                standard.pixelsPerCycle(),
                standard.streamBits()));
    }

    @Test
    void reportsFinishedWorkToItsCaller() {
        IntegerNetwork network = network(1, 40, 40);
        Architecture architecture = Architecture.standard();
        GoldenModel model = new GoldenModel(
                new Mapper(architecture).map("progress", network),
                network,
                architecture,
                new GoldenModel.Options(3, false));
        List<Integer> reported = new ArrayList<>();
        Thread caller = Thread.currentThread();
        model.run(frames(network, 9), done -> {
            assertThat(Thread.currentThread()).isSameAs(caller);
            reported.add(done);
        });
        assertThat(reported)
                .isSorted()
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(3)
                .endsWith(9);
        assertThat(model.run(List.of(), done -> {}).results()).isEmpty();
    }

    /** An interrupted run ends at once, also in the middle of its only frame, and its threads end too. */
    @Test
    void anInterruptEndsARun() throws Exception {
        IntegerNetwork network = network(64, 300, 300);
        Architecture architecture = Architecture.standard();
        Plan plan = new Mapper(architecture).map("long", network);
        GoldenModel model = new GoldenModel(plan, network, architecture, new GoldenModel.Options(2, true));
        List<Frame> frames = frames(network, 8);
        CountDownLatch begun = new CountDownLatch(1);
        FutureTask<GoldenRun> task = new FutureTask<>(() -> {
            try {
                return model.run(frames, done -> begun.countDown());
            } finally {
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
            }
        });
        Thread thread = new Thread(task);
        thread.start();
        assertThat(begun.await(2, TimeUnit.MINUTES)).isTrue();
        thread.interrupt();
        thread.join(Duration.ofSeconds(20).toMillis());
        assertThat(thread.isAlive()).isFalse();
        assertThatThrownBy(task::get)
                .isInstanceOf(ExecutionException.class)
                .hasCause(new CancellationException("the golden model was interrupted"));
        for (Thread worker : workers()) {
            worker.join(Duration.ofSeconds(20).toMillis());
        }
        assertThat(workers()).isEmpty();
    }

    private static List<Thread> workers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("golden model"))
                .toList();
    }

    @Test
    void anInterruptedThreadRunsNothing() {
        IntegerNetwork network = network(1, 4, 4);
        Architecture architecture = Architecture.standard();
        Plan plan = new Mapper(architecture).map("none", network);
        List<Frame> frames = frames(network, 1);
        GoldenModel model = new GoldenModel(plan, network, architecture);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> model.run(frames, done -> {})).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        for (boolean deviceExact : new boolean[] {false, true}) {
            EngineModel engine =
                    new EngineModel(plan.engines().get(0), 0, network.layers().get(0), architecture, deviceExact);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> engine.run(frames.get(0))).isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void refusesWhatIsInvalid() {
        IntegerNetwork network = network(1, 4, 4);
        Architecture architecture = Architecture.standard();
        GoldenModel model = new GoldenModel(new Mapper(architecture).map("none", network), network, architecture);
        int[] words = new int[network.input().words()];
        Frame good = new Frame(network.input(), words.clone());
        words[3] = 256;
        Frame bad = new Frame(network.input(), words);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.run(List.of(good, bad), done -> {}))
                .withMessage("input frame 1 holds 256, which does not fit 8 unsigned bits");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.run(List.of(new Frame(new TensorShape(1, 4, 5), new int[20])), done -> {}))
                .withMessage("engine 'first' takes frames of 1x4x4, not 1x4x5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GoldenModel.Options(0, false))
                .withMessage("the golden model needs at least 1 thread, not 0");
    }

    /** A convolution and a transposed convolution of stride 2 with drawn weights, lossless on standard hardware. */
    private static IntegerNetwork network(int channels, int height, int width) {
        NumberFormat format = new NumberFormat(8, false);
        Axis convolved = new Axis(3, 1, 1, 1, 1, 0);
        LayerGeometry first = LayerGeometry.of(
                Operator.CONVOLUTION, new TensorShape(channels, height, width), 5, convolved, convolved, 1);
        Axis transposed = new Axis(4, 2, 1, 1, 1, 0);
        LayerGeometry second =
                LayerGeometry.of(Operator.TRANSPOSED_CONVOLUTION, first.output(), 2, transposed, transposed, 1);
        return new IntegerNetwork("two", List.of(layer("first", first, format), layer("second", second, format)));
    }

    private static IntegerLayer layer(String name, LayerGeometry geometry, NumberFormat format) {
        int[] weights =
                new SplittableRandom(4).ints(geometry.weightCount(), -128, 128).toArray();
        int[] ones = new int[geometry.scaleCount()];
        Arrays.fill(ones, 1);
        int[] shifts = IntStream.of(ones).map(one -> 6).toArray();
        Requantiser requantiser = new Requantiser(new long[ones.length], ones, shifts, format.min(), format.max());
        return new IntegerLayer(
                name, geometry, format, 8, weights, requantiser, new IntegerActivation.Bounded(), format);
    }

    private static List<Frame> frames(IntegerNetwork network, int count) {
        SplittableRandom random = new SplittableRandom(5);
        return IntStream.range(0, count)
                .mapToObj(i -> new Frame(
                        network.input(),
                        random.ints(network.input().words(), 0, 256).toArray()))
                .toList();
    }
}
