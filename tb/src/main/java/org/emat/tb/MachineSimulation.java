package org.emat.tb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emat.network.TensorShape;
import org.emat.rtl.TrainerGenerator;
import org.emat.rtl.TrainerImages;
import org.emat.rtl.TrainerRegisters;
import org.emat.rtl.TrainerReport;
import org.emat.rtl.TrainerStreams;
import org.emat.tb.Simulator.RegisterWrite;
import org.emat.tb.SimulatorProcess.Message;
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

/**
 * The Verilog of a machine that trains, in a process of its own that does one step after another. It is driven through
 * its registers and streams alone.
 */
public final class MachineSimulation implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int STEP = 1;
    private static final int PROGRAM = 2;
    private static final int HANG = 5;
    private static final int STATE = 6;
    private static final int REFUSED = 7;
    private static final int STEP_HEAD = 64;
    private static final int STATE_HEAD = 28;
    private static final int WRITE_BYTES = 8;
    private static final long MARGIN = 100_000;

    private final MachinePlan plan;
    private final TrainerReport report;
    private final TrainerStreams streams;
    private final Pauses pauses;
    private final long cycleLimit;
    private final Scratch images;
    private final SimulatorProcess process;
    private TrainingCounts counted = TrainingCounts.none();

    /** Builds the simulator of a machine, and starts it. */
    public MachineSimulation(MachinePlan plan, SimulatorBuild build) {
        this(plan, build.build(files(plan), SimulatorBuild.Options.fast()).binary(), PATIENCE, Pauses.NONE);
    }

    /**
     * Starts a simulator of tests.
     *
     * @param binary the program
     * @param patience how long a request may go without a message
     * @param pauses cycles in which the streams rest
     */
    MachineSimulation(MachinePlan plan, Path binary, Duration patience, Pauses pauses) {
        this.plan = plan;
        this.pauses = pauses;
        report = TrainerReport.of(plan);
        streams = TrainerStreams.of(plan);
        cycleLimit = 2 * MachineClock.count(plan).cycles() + MARGIN;
        images = Scratch.ofSystem("emat-machine-");
        try {
            TrainerImages.write(plan, images.folder());
            process = new SimulatorProcess(binary, images.folder(), patience);
        } catch (IOException e) {
            images.close();
            throw new ToolException("the memory images cannot be written: " + ToolException.reason(e), e);
        } catch (ToolException e) {
            images.close();
            throw e;
        }
    }

    /**
     * Cycles in which a stream offers no beat, or takes none.
     *
     * @param seed of what draws them
     * @param rate how many of 256
     */
    record Pauses(long seed, int rate) {
        static final Pauses NONE = new Pauses(0, 0);
    }

    /** The Verilog and the driver of a simulator, by file name. */
    public static Map<String, String> files(MachinePlan plan) {
        TrainerGenerator generator = new TrainerGenerator();
        Map<String, String> files = new LinkedHashMap<>(generator.generate(plan));
        files.putAll(generator.harness(plan));
        return files;
    }

    /** Process number, for diagnosis. */
    long pid() {
        return process.pid();
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

    /**
     * What the machine has learnt.
     *
     * @param generator of the generator
     * @param discriminator of the discriminator
     */
    public record Learnt(NetworkState generator, NetworkState discriminator) {}

    /** Sets parameters, momenta, maxima and registers of both networks. */
    public void load(NetworkState generator, NetworkState discriminator) {
        for (int i = 0; i < plan.learners().size(); i++) {
            NetworkState state = plan.judges(i) ? discriminator : generator;
            int layer = plan.judges(i) ? i - plan.generator().size() : i;
            int[] parameters = state.parameters()[layer];
            long[] words = new long[parameters.length];
            for (int j = 0; j < parameters.length; j++) {
                words[j] = (long) state.momenta()[layer][j] << Short.SIZE | (parameters[j] & 0xFFFFL);
            }
            load(TrainerRegisters.KIND_PARAMETER, i, words);
            load(TrainerRegisters.KIND_ROUNDING, i, state.rounding()[layer]);
            load(TrainerRegisters.KIND_MAXIMUM, 2 * i, state.activationMaxima()[layer]);
            load(TrainerRegisters.KIND_MAXIMUM, 2 * i + 1, state.errorMaxima()[layer]);
        }
    }

    private void load(int kind, int place, long... words) {
        List<RegisterWrite> writes = new ArrayList<>();
        writes.add(new RegisterWrite(TrainerRegisters.KIND, kind));
        writes.add(new RegisterWrite(TrainerRegisters.PLACE, place));
        for (long word : words) {
            writes.add(new RegisterWrite(TrainerRegisters.DATA_LOW, (int) word));
            writes.add(new RegisterWrite(TrainerRegisters.DATA_HIGH, (int) (word >> Integer.SIZE)));
        }
        write(writes);
    }

    /**
     * Writes registers.
     *
     * @throws ToolException if the machine refuses one
     */
    void write(List<RegisterWrite> writes) {
        ByteBuffer request = SimulatorProcess.buffer(Long.BYTES + WRITE_BYTES * writes.size())
                .putLong(writes.size());
        writes.forEach(write -> request.putInt(write.address()).putInt(write.data()));
        exchange(PROGRAM, request);
    }

    /**
     * Does a step.
     *
     * @param step its number, which tells how often the rate has been halved
     * @throws ToolException if it takes more than twice the cycles predicted, or the process fails
     */
    public Result step(TrainingBatch batch, long step) {
        GanPlan gan = plan.gan();
        write(factors(gan, step));
        byte[] latents = beats(batch.latents(), gan.latent(), streams.latentBits());
        byte[] real = beats(batch.real(), gan.image(), streams.realBits());
        ByteBuffer request = SimulatorProcess.buffer(STEP_HEAD + latents.length + real.length)
                .putLong(cycleLimit)
                .putInt(report.words().size())
                .putLong(pauses.seed())
                .putInt(pauses.rate());
        stream(request, gan.latent(), streams.latentBits());
        stream(request, gan.image(), streams.realBits());
        Message answer = exchange(STEP, request.put(latents).put(real));
        ByteBuffer payload = answer.payload();
        if (answer.type() == HANG) {
            throw new ToolException("the machine hangs: step " + step + " has not ended after " + cycleLimit
                    + " cycles; " + payload.getLong() + " of " + payload.getLong() + " beats of latents and "
                    + payload.getLong() + " of " + payload.getLong() + " of real images have entered");
        }
        long[] words = new long[report.words().size()];
        payload.asLongBuffer().get(words);
        return new Result(result(words, step), report, words);
    }

    /** The update units count on from step to step. */
    private GanStep result(long[] words, long step) {
        TrainingCounts all = new TrainingCounts(
                sum(words, plan.layers(), ".saturated"),
                sum(words, plan.layers(), ".errorSaturated") + words[report.index("lossSaturated")],
                sum(words, plan.learners(), ".update.saturatedMomenta"),
                sum(words, plan.learners(), ".update.saturatedWeights"),
                sum(words, plan.learners(), ".update.cellWrites"),
                sum(words, plan.learners(), ".update.skippedCells"));
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

    private long sum(long[] words, List<MachineLayer> layers, String suffix) {
        return layers.stream()
                .mapToLong(layer -> words[report.index(layer.id() + suffix)])
                .sum();
    }

    private static List<RegisterWrite> factors(GanPlan gan, long step) {
        Optimiser optimiser = gan.optimiser();
        int fraction = gan.format().weightFraction();
        int decayShift = optimiser.weightDecay().shift() + fraction - TrainingFormat.MOMENTUM_FRACTION;
        int rateShift = TrainingFormat.MOMENTUM_FRACTION + optimiser.rate().shift() + optimiser.halved(step) - fraction;
        return List.of(
                new RegisterWrite(TrainerRegisters.MOMENTUM, optimiser.momentum()),
                new RegisterWrite(
                        TrainerRegisters.DECAY, optimiser.weightDecay().mantissa()),
                new RegisterWrite(TrainerRegisters.DECAY_SHIFT, decayShift),
                new RegisterWrite(TrainerRegisters.RATE, optimiser.rate().mantissa()),
                new RegisterWrite(TrainerRegisters.RATE_SHIFT, rateShift));
    }

    /** A beat is a pixel. */
    private void stream(ByteBuffer request, TensorShape shape, int beatBits) {
        request.putLong((long) plan.gan().batch() * shape.pixels());
        request.putLong(shape.pixels());
        request.putInt(beatBits / Byte.SIZE);
    }

    private byte[] beats(int[][] frames, TensorShape shape, int beatBits) {
        int bits = plan.gan().format().activationBits();
        byte[] beats = new byte[frames.length * shape.pixels() * beatBits / Byte.SIZE];
        for (int frame = 0; frame < frames.length; frame++) {
            for (int i = 0; i < frames[frame].length; i++) {
                long beat = (long) frame * shape.pixels() + i / shape.channels();
                PackedWords.put(beats, beatBits * beat + (long) i % shape.channels() * bits, bits, frames[frame][i]);
            }
        }
        return beats;
    }

    /** What the machine has learnt, between two steps. */
    public Learnt learnt() {
        ByteBuffer request = SimulatorProcess.buffer(STATE_HEAD)
                .putLong(streams.stateWords())
                .putLong(4L * streams.stateWords() + MARGIN)
                .putLong(pauses.seed())
                .putInt(pauses.rate());
        Message answer = exchange(STATE, request);
        ByteBuffer words = answer.payload();
        if (answer.type() == HANG) {
            throw new ToolException("the machine sends its state wrongly, or hangs: " + words.getLong() + " of "
                    + words.getLong() + " words have come");
        }
        return new Learnt(
                network(plan.generator(), words), network(plan.discriminators().get(0), words));
    }

    private static NetworkState network(List<MachineLayer> layers, ByteBuffer words) {
        int count = layers.size();
        int[][] parameters = new int[count][];
        int[][] momenta = new int[count][];
        long[] activationMaxima = new long[count];
        long[] errorMaxima = new long[count];
        long[] rounding = new long[count];
        for (int i = 0; i < count; i++) {
            int size = layers.get(i).layer().parameterCount();
            parameters[i] = new int[size];
            momenta[i] = new int[size];
            for (int j = 0; j < size; j++) {
                long word = words.getLong();
                parameters[i][j] = (short) word;
                momenta[i][j] = (int) (word >> Short.SIZE);
            }
            activationMaxima[i] = words.getLong();
            errorMaxima[i] = words.getLong();
            rounding[i] = words.getLong();
        }
        return new NetworkState(parameters, momenta, activationMaxima, errorMaxima, rounding);
    }

    private Message exchange(int type, ByteBuffer request) {
        Message answer = process.exchange(type, request, cycle -> {});
        if (answer.type() == REFUSED) {
            ByteBuffer payload = answer.payload();
            Optional<String> address =
                    payload.getInt() == 0 ? Optional.empty() : Optional.of(String.format("0x%02x", payload.getInt(4)));
            String errors = String.format("0x%x", payload.getInt(2 * Integer.BYTES));
            throw new ToolException(address.map(text -> "the machine refuses a write of its register " + text)
                            .orElse("the machine complains")
                    + "; its error bits are " + errors);
        }
        return answer;
    }

    @Override
    public void close() {
        process.close();
        images.close();
    }
}
