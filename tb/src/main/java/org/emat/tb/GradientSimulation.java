package org.emat.tb;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.emat.integer.Frame;
import org.emat.network.NumberFormat;
import org.emat.rtl.GradientGenerator;
import org.emat.schedule.StallScript;
import org.emat.train.ErrorLayer;
import org.emat.train.Gradient;
import org.emat.train.GradientCycles;
import org.emat.train.GradientPlan;
import org.emat.train.Operand;

/** Runs the Verilog of gradient plans: one process per run. */
public final class GradientSimulation {
    private static final int COUNTERS = 14; // in use, of those of gradient_engine.v

    private final List<GradientPlan> plans;
    private final Path binary;
    private final Duration patience;

    /**
     * Builds the simulator of several designs.
     *
     * @param patience how long a run may take
     */
    public GradientSimulation(
            List<GradientPlan> plans, SimulatorBuild build, SimulatorBuild.Options options, Duration patience) {
        this(plans, files(plans), build, options, patience);
    }

    /** As above, of given files. */
    GradientSimulation(
            List<GradientPlan> plans,
            Map<String, String> files,
            SimulatorBuild build,
            SimulatorBuild.Options options,
            Duration patience) {
        this.plans = List.copyOf(plans);
        this.patience = patience;
        this.binary = build.build(files, options).binary();
    }

    /** The Verilog and the driver of a simulator of several designs, by file name. */
    public static Map<String, String> files(List<GradientPlan> plans) {
        GradientGenerator generator = new GradientGenerator();
        Map<String, String> files = new LinkedHashMap<>();
        plans.forEach(plan -> files.putAll(generator.generate(plan)));
        files.putAll(generator.harness(plans));
        return files;
    }

    /**
     * What a run gave.
     *
     * @param gradients one per batch
     * @param cycles cycles and counters of the Verilog
     */
    public record Result(List<Gradient> gradients, GradientCycles cycles) {}

    /**
     * Runs a request.
     *
     * @throws ToolException if the process fails, or the design hangs or marks a wrong beat as the last one
     */
    public Result run(GradientRequest request) {
        GradientPlan plan = plans.get(request.design());
        List<Frame> windows = plan.errorInWindow() ? request.errors() : request.inputs();
        List<Frame> blocks = plan.errorInWindow() ? request.inputs() : request.errors();
        ByteBuffer head = head(request, plan);
        ByteBuffer reply = exchange(List.of(
                Arrays.copyOf(head.array(), head.position()),
                pixels(windows, plan.window()),
                pixels(blocks, plan.block())));
        try {
            return decode(reply, plan, request.batches());
        } catch (BufferUnderflowException e) {
            throw new ToolException("the simulator's answer ends early", e);
        }
    }

    private static ByteBuffer head(GradientRequest request, GradientPlan plan) {
        ByteBuffer head = ByteBuffer.allocate(88).order(ByteOrder.LITTLE_ENDIAN);
        head.putInt(request.design()).putInt(request.frames());
        head.putLong(request.cutOff()).putLong(request.cycleLimit());
        StallScript script = request.script();
        head.putLong(script.seed()).putInt(script.inputRate()).putInt(script.outputRate());
        for (Operand operand : List.of(plan.window(), plan.block())) {
            long pixels = (long) request.inputs().size() * operand.shape().pixels();
            head.putLong(pixels).putInt(bytes(operand.pixelBits()));
        }
        long beats = (long) request.batches() * plan.beats();
        return head.putLong(beats).putLong(plan.beats()).putInt(bytes(beatBits(plan)));
    }

    private static Result decode(ByteBuffer in, GradientPlan plan, int batches) {
        long cycles = in.getLong();
        long windows = in.getLong();
        long blocks = in.getLong();
        long beats = in.getLong();
        long wrongLasts = in.getLong();
        if (beats < (long) batches * plan.beats()) {
            throw new ToolException("the gradient design hangs: after " + cycles + " cycles " + windows
                    + " pixels of windows, " + blocks + " pixels of blocks and " + beats + " of "
                    + (long) batches * plan.beats() + " output beats have passed");
        }
        if (wrongLasts > 0) {
            throw new ToolException("the gradient design marks " + wrongLasts + " output beats wrongly as last or not");
        }
        long[] counters = new long[COUNTERS];
        for (int i = 0; i < counters.length; i++) {
            counters[i] = in.getLong();
        }
        List<Gradient> gradients = new ArrayList<>();
        for (int batch = 0; batch < batches; batch++) {
            gradients.add(gradient(in, plan));
        }
        return new Result(gradients, named(cycles, counters));
    }

    /** The counters by name; the register order is that of the list at the end of {@code gradient_engine.v}. */
    private static GradientCycles named(long cycles, long[] counters) {
        return new GradientCycles(
                cycles,
                counters[0],
                counters[1],
                counters[2],
                counters[3],
                counters[4],
                counters[5],
                counters[6],
                counters[7],
                counters[8],
                counters[9],
                counters[10],
                counters[11],
                counters[12],
                counters[13]);
    }

    private static Gradient gradient(ByteBuffer in, GradientPlan plan) {
        byte[] beat = new byte[bytes(beatBits(plan))];
        long[] weights = new long[plan.weightWords()];
        for (int row = 0; row < plan.rows(); row++) {
            in.get(beat);
            for (int word = row * plan.lanes(); word < Math.min(weights.length, (row + 1) * plan.lanes()); word++) {
                weights[word] = word(beat, word % plan.lanes() * plan.accumulatorBits(), plan.accumulatorBits());
            }
        }
        long[] bias = new long[plan.biasWords()];
        for (int i = 0; i < bias.length; i++) {
            in.get(beat);
            bias[i] = word(beat, 0, plan.accumulatorBits());
        }
        return plan.errorInWindow()
                ? new Gradient(new ErrorLayer(plan.forward()).forwardOrder(weights), bias)
                : new Gradient(weights, bias);
    }

    /** A signed word of up to 64 bits at a bit position. */
    private static long word(byte[] bytes, int bit, int bits) {
        long word = 0;
        for (int i = 0; i < bits; ) {
            int shift = (bit + i) % 8;
            word |= (bytes[(bit + i) / 8] & 0xFFL) >> shift << i;
            i += 8 - shift;
        }
        return word << (64 - bits) >> (64 - bits);
    }

    private static byte[] pixels(List<Frame> frames, Operand operand) {
        NumberFormat format = operand.format();
        int channels = operand.shape().channels();
        int pixelBytes = bytes(operand.pixelBits());
        byte[] bytes =
                new byte[Math.multiplyExact(frames.size() * operand.shape().pixels(), pixelBytes)];
        int pixel = 0;
        for (Frame frame : frames) {
            for (int i = 0; i < frame.words().length; i++) {
                long bit = 8L * pixelBytes * (pixel + i / channels) + (long) (i % channels) * format.bits();
                PackedWords.put(bytes, bit, format.bits(), frame.words()[i]);
            }
            pixel += operand.shape().pixels();
        }
        return bytes;
    }

    private ByteBuffer exchange(List<byte[]> request) {
        try {
            Process process = new ProcessBuilder(binary.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            CompletableFuture<Void> watchdog = CompletableFuture.runAsync(
                    process::destroyForcibly,
                    CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS));
            try (OutputStream out = process.getOutputStream()) {
                for (byte[] part : request) {
                    out.write(part);
                }
            }
            byte[] reply = process.getInputStream().readAllBytes();
            int code = process.waitFor();
            if (!watchdog.cancel(false)) {
                throw new ToolException("the gradient simulator was ended after " + patience.toSeconds()
                        + " seconds without an answer");
            }
            if (code != 0) {
                throw new ToolException("the gradient simulator ended with exit code " + code);
            }
            return ByteBuffer.wrap(reply).order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw new ToolException("the gradient simulator cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ToolException("the gradient simulator was interrupted", e);
        }
    }

    private static int beatBits(GradientPlan plan) {
        return plan.lanes() * plan.accumulatorBits();
    }

    private static int bytes(int bits) {
        return (bits + 7) / 8;
    }
}
