package org.emat.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.emat.golden.GoldenModel;
import org.emat.network.InputException;

/**
 * Prints images per second of the example generator in the golden model, on either path: by the clock, and by the
 * processor's time, which counts the same on a shared machine. Arguments: ONNX file, threads, seconds a round.
 */
public final class GoldenRate {
    private static final int FRAMES = 256;
    private static final int ROUNDS = 3;

    private GoldenRate() {}

    /** Runs three rounds of each path; the first ones also warm up, the last is printed. */
    public static void main(String[] arguments) {
        if (arguments.length != 3
                || !arguments[1].matches("[1-9][0-9]{0,2}")
                || !arguments[2].matches("[0-9]{1,4}(\\.[0-9]+)?")) {
            System.err.println("usage: GoldenRate ONNX_FILE THREADS SECONDS");
            System.exit(2);
        }
        try {
            time(
                    TimedDesign.generator(Path.of(arguments[0]), FRAMES),
                    Integer.parseInt(arguments[1]),
                    Double.parseDouble(arguments[2]));
        } catch (InputException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static void time(TimedDesign design, int threads, double seconds) {
        for (boolean deviceExact : new boolean[] {false, true}) {
            GoldenModel model = new GoldenModel(
                    design.plan(),
                    design.network(),
                    design.architecture(),
                    new GoldenModel.Options(threads, deviceExact));
            Rate rate = new Rate(0, 0);
            for (int round = 0; round < ROUNDS; round++) {
                rate = round(model, design, seconds);
            }
            System.out.printf(
                    "golden, %s, %d threads: %.0f images a second, %.0f a second of CPU time%n",
                    deviceExact ? "device-exact" : "exact", threads, rate.perSecond, rate.perCpuSecond);
        }
    }

    private record Rate(double perSecond, double perCpuSecond) {}

    private static Rate round(GoldenModel model, TimedDesign design, double seconds) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = system.getProcessCpuTime();
        long start = System.nanoTime();
        double images = 0;
        double passed;
        do {
            model.run(design.frames(), done -> {});
            images += design.frames().size();
            passed = (System.nanoTime() - start) * 1e-9;
        } while (passed < seconds);
        return new Rate(images / passed, images / ((system.getProcessCpuTime() - cpu) * 1e-9));
    }
}
