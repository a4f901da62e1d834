package org.emat.tb;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emat.network.TensorShape;
import org.emat.rtl.TrainerGenerator;
import org.emat.rtl.TrainerImages;
import org.emat.rtl.TrainerReport;
import org.emat.train.gan.GanPlan;
import org.emat.train.gan.GanStep;
import org.emat.train.gan.NetworkState;
import org.emat.train.gan.Optimiser;
import org.emat.train.gan.TrainingBatch;
import org.emat.train.gan.TrainingCounts;
import org.emat.train.gan.TrainingFormat;
import org.emat.train.machine.MachineClock;
import org.emat.train.machine.MachineLayer;
import org.emat.train.machine.MachinePlan;

/** The Verilog of a machine that trains, in a process of its own that does one step after another. */
public final class MachineSimulation implements AutoCloseable {
    private static final byte LOAD_MAXIMUM = 1;
    private static final byte LOAD_PARAMETERS = 2;
    private static final byte LOAD_ROUNDING = 3;
    private static final byte STEP = 4;
    private static final byte STATE = 5;
    private static final int STEP_HEAD = 41;
    private static final long MARGIN = 100_000;

    private final MachinePlan plan;
    private final TrainerReport report;
    private final long cycleLimit;
    private final Scratch scratch;
    private final OutputStream out;
    private final DataInputStream in;
    private TrainingCounts counted = TrainingCounts.none();

    /** Builds the simulator of a machine, and starts it. */
    public MachineSimulation(MachinePlan plan, SimulatorBuild build) {
        this(plan, files(plan), build, SimulatorBuild.Options.fast());
    }

    /** As above, of given files. */
    MachineSimulation(
            MachinePlan plan, Map<String, String> files, SimulatorBuild build, SimulatorBuild.Options options) {
        this.plan = plan;
        report = TrainerReport.of(plan);
        cycleLimit = 2 * MachineClock.count(plan).cycles() + MARGIN;
        Path binary = build.build(files, options).binary();
        try {
            scratch = Scratch.ofSystem("emat-machine-");
            TrainerImages.write(plan, scratch.folder());
            Process process = scratch.start(new ProcessBuilder(binary.toString(), "+images=" + scratch.folder())
                    .redirectError(ProcessBuilder.Redirect.INHERIT));
            out = process.getOutputStream();
            in = new DataInputStream(process.getInputStream());
        } catch (IOException e) {
            throw new ToolException("the simulator of the machine cannot be run: " + e.getMessage(), e);
        }
    }

    /** The Verilog and the driver of a simulator, by file name. */
    public static Map<String, String> files(MachinePlan plan) {
        TrainerGenerator generator = new TrainerGenerator();
        Map<String, String> files = new LinkedHashMap<>(generator.generate(plan));
        files.putAll(generator.harness(plan));
        return files;
    }

    /**
     * What a step gave.
     *
     * @param step losses and counts
     * @param report names of the words of its report
     * @param words their values
     */
    public record Result(GanStep step, TrainerReport report, long[] words) {
        /** The word of a name. */
        public long word(String name) {
            return words[report.index(name)];
        }
    }

    /** Sets parameters, momenta, maxima and registers of both networks. */
    public void load(NetworkState generator, NetworkState discriminator) {
        for (int i = 0; i < plan.layers().size(); i++) {
            NetworkState state = plan.judges(i) ? discriminator : generator;
            int layer = plan.judges(i) ? i - plan.generator().size() : i;
            int[] parameters = state.parameters()[layer];
            ByteBuffer request = request(LOAD_PARAMETERS, i, parameters.length);
            for (int j = 0; j < parameters.length; j++) {
                request.putLong((long) state.momenta()[layer][j] << 16 | (parameters[j] & 0xFFFFL));
            }
            exchange(request);
            exchange(request(LOAD_ROUNDING, i, 1).putLong(state.rounding()[layer]));
            exchange(request(LOAD_MAXIMUM, 2 * i, 1).putLong(state.activationMaxima()[layer]));
            exchange(request(LOAD_MAXIMUM, 2 * i + 1, 1).putLong(state.errorMaxima()[layer]));
        }
    }

    private static ByteBuffer request(byte what, int place, int words) {
        return ByteBuffer.allocate(2 + Long.BYTES * words)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(what)
                .put((byte) place);
    }

    /**
     * Does a step.
     *
     * @param step its number, which tells how often the rate has been halved
     * @throws ToolException if it takes more than twice the cycles predicted, or the process fails
     */
    public Result step(TrainingBatch batch, long step) {
        GanPlan gan = plan.gan();
        byte[] latents = pixels(batch.latents(), gan.latent());
        byte[] real = pixels(batch.real(), gan.image());
        ByteBuffer request = ByteBuffer.allocate(STEP_HEAD + latents.length + real.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(STEP);
        factors(request, gan, step);
        request.putLong(cycleLimit);
        count(request, gan.batch(), gan.latent());
        count(request, gan.batch(), gan.image());
        ByteBuffer answer = exchange(request.put(latents).put(real));
        if (answer.get() != 1) {
            throw new ToolException(
                    "the machine hangs: step " + step + " has not ended after " + cycleLimit + " cycles");
        }
        long[] words = new long[report.words().size()];
        answer.asLongBuffer().get(words);
        return new Result(result(words, step), report, words);
    }

    /** The update units count on from step to step. */
    private GanStep result(long[] words, long step) {
        TrainingCounts all = new TrainingCounts(
                sum(words, ".saturated"),
                sum(words, ".errorSaturated") + words[report.index("lossSaturated")],
                sum(words, ".update.saturatedMomenta"),
                sum(words, ".update.saturatedWeights"),
                sum(words, ".update.cellWrites"),
                sum(words, ".update.skippedCells"));
        TrainingCounts now = new TrainingCounts(
                all.saturatedActivations(),
                all.saturatedErrors(),
                all.saturatedMomenta() - counted.saturatedMomenta(),
                all.saturatedWeights() - counted.saturatedWeights(),
                all.cellWrites() - counted.cellWrites(),
                all.skippedCells() - counted.skippedCells());
        counted = all;
        return new GanStep(
                step,
                words[report.index("realLoss")],
                words[report.index("fakeLoss")],
                words[report.index("generatorLoss")],
                now);
    }

    private long sum(long[] words, String suffix) {
        return plan.layers().stream()
                .mapToLong(layer -> words[report.index(layer.id() + suffix)])
                .sum();
    }

    private static void factors(ByteBuffer request, GanPlan gan, long step) {
        Optimiser optimiser = gan.optimiser();
        int fraction = gan.format().weightFraction();
        request.putShort((short) optimiser.momentum());
        request.putShort((short) optimiser.weightDecay().mantissa());
        request.put((byte) (optimiser.weightDecay().shift() + fraction - TrainingFormat.MOMENTUM_FRACTION));
        request.putShort((short) optimiser.rate().mantissa());
        request.put((byte)
                (TrainingFormat.MOMENTUM_FRACTION + optimiser.rate().shift() + optimiser.halved(step) - fraction));
    }

    private void count(ByteBuffer request, int frames, TensorShape shape) {
        request.putLong((long) frames * shape.pixels());
        request.putInt(pixelBytes(shape));
    }

    private int pixelBytes(TensorShape shape) {
        return (shape.channels() * plan.gan().format().activationBits() + 7) / 8;
    }

    private byte[] pixels(int[][] frames, TensorShape shape) {
        int bits = plan.gan().format().activationBits();
        int bytes = pixelBytes(shape);
        byte[] pixels = new byte[frames.length * shape.pixels() * bytes];
        for (int frame = 0; frame < frames.length; frame++) {
            for (int i = 0; i < frames[frame].length; i++) {
                long pixel = (long) frame * shape.pixels() + i / shape.channels();
                PackedWords.put(pixels, 8 * pixel * bytes + (long) i % shape.channels() * bits, bits, frames[frame][i]);
            }
        }
        return pixels;
    }

    /** What the generator has learnt, after a step. */
    public NetworkState generator(Result after) {
        return network(plan.generator(), 0, after);
    }

    /** What the discriminator has learnt, after a step. */
    public NetworkState discriminator(Result after) {
        return network(plan.discriminator(), plan.generator().size(), after);
    }

    private NetworkState network(List<MachineLayer> layers, int first, Result after) {
        int count = layers.size();
        int[][] parameters = new int[count][];
        int[][] momenta = new int[count][];
        for (int i = 0; i < count; i++) {
            int size = layers.get(i).layer().parameterCount();
            ByteBuffer request = ByteBuffer.allocate(6).order(ByteOrder.LITTLE_ENDIAN);
            ByteBuffer answer =
                    exchange(request.put(STATE).put((byte) (first + i)).putInt(size));
            parameters[i] = new int[size];
            momenta[i] = new int[size];
            for (int j = 0; j < size; j++) {
                long word = answer.getLong();
                parameters[i][j] = (short) word;
                momenta[i][j] = (int) (word >> 16);
            }
        }
        return new NetworkState(
                parameters,
                momenta,
                words(layers, ".maximum", after),
                words(layers, ".errorMaximum", after),
                words(layers, ".rounding", after));
    }

    private static long[] words(List<MachineLayer> layers, String suffix, Result after) {
        List<Long> words = new ArrayList<>();
        layers.forEach(layer -> words.add(after.word(layer.id() + suffix)));
        return words.stream().mapToLong(Long::longValue).toArray();
    }

    private ByteBuffer exchange(ByteBuffer request) {
        try {
            ByteBuffer length = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            out.write(length.putInt(request.position()).array());
            out.write(request.array(), 0, request.position());
            out.flush();
            byte[] head = in.readNBytes(Integer.BYTES);
            if (head.length < Integer.BYTES) {
                throw new ToolException("the simulator of the machine ended without an answer");
            }
            int size = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt();
            return ByteBuffer.wrap(in.readNBytes(size)).order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw new ToolException("the simulator of the machine does not answer: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        scratch.close();
    }
}
