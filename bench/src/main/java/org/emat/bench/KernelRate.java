package org.emat.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Prints products per second of CPU time of one thread, in the lines of bench/popcount_mvm.c, which counts CPU time
 * too: on a shared machine the two can be compared, where elapsed time cannot. Arguments: workload, seconds a round.
 */
public final class KernelRate {
    private static final int ROUNDS = 3;

    private KernelRate() {}

    /** Runs three rounds; the first ones also warm up. */
    public static void main(String[] arguments) {
        if (arguments.length != 2) {
            System.err.println("usage: KernelRate WORKLOAD SECONDS");
            System.exit(2);
        }
        Workload workload = Workload.of(arguments[0]);
        long nanoseconds = (long) (1e9 * Double.parseDouble(arguments[1]));
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (int round = 0; round < ROUNDS; round++) {
            long start = threads.getCurrentThreadCpuTime();
            long products = 0;
            long spent;
            do {
                products += workload.run();
                spent = threads.getCurrentThreadCpuTime() - start;
            } while (spent < nanoseconds);
            double rate = 1e9 * products / spent;
            System.out.printf("%-13s %10.0f MVM/s  %s%n", arguments[0], rate, workload.result());
        }
    }
}
