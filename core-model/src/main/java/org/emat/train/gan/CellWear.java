package org.emat.train.gan;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.emat.arch.Architecture.Encoding;
import org.emat.network.InputException;

/**
 * How often each cell of weights has been written by updates. Forward and transposed arrays hold the same codes, so that a
 * cell and its twin wear alike. Biases are in no cell.
 */
public final class CellWear {
    private final GanPlan plan;
    private final List<TrainedLayer> layers;
    private final int[][] writes; // [layer][weight · cells + cell], generator first

    private CellWear(GanPlan plan, int[][] writes) {
        this.plan = plan;
        this.writes = writes;
        layers = Stream.of(plan.generator(), plan.discriminator())
                .flatMap(List::stream)
                .toList();
    }

    /** Cells that no update has written. */
    public static CellWear none(GanPlan plan) {
        int cells = plan.cells().ofWeight(TrainingFormat.WEIGHT_BITS);
        int[][] writes = Stream.of(plan.generator(), plan.discriminator())
                .flatMap(List::stream)
                .map(layer -> new int[Math.multiplyExact(layer.geometry().weightCount(), cells)])
                .toArray(int[][]::new);
        return new CellWear(plan, writes);
    }

    /**
     * Cells of a training that goes on.
     *
     * @param writes what {@link #writes} gave
     * @throws InputException if they are of other networks
     */
    public static CellWear of(GanPlan plan, int[][] writes) {
        CellWear fresh = none(plan);
        if (!Arrays.equals(lengths(writes), lengths(fresh.writes))) {
            throw new InputException("the cells are of other networks");
        }
        return new CellWear(plan, copy(writes));
    }

    private static int[] lengths(int[][] arrays) {
        return Arrays.stream(arrays).mapToInt(array -> array.length).toArray();
    }

    private static int[][] copy(int[][] arrays) {
        return Arrays.stream(arrays).map(int[]::clone).toArray(int[][]::new);
    }

    /** Writes of each cell: [layer][weight · cells of a weight + cell, the least significant first], generator first. */
    public int[][] writes() {
        return copy(writes);
    }

    /** The most that a cell has been written. */
    public int most() {
        return Arrays.stream(writes).flatMapToInt(Arrays::stream).max().orElse(0);
    }

    /**
     * Name of the layer whose cell has been written most often, if that is more often than it bears.
     *
     * @param endurance writes that a cell bears
     */
    public Optional<String> worn(long endurance) {
        int most = most();
        return IntStream.range(0, writes.length)
                .filter(layer ->
                        most > endurance && Arrays.stream(writes[layer]).anyMatch(count -> count == most))
                .mapToObj(layer -> layers.get(layer).name())
                .findFirst();
    }

    /** Adds an update: parameters of all layers before and after it, generator first. */
    void note(int[][] before, int[][] after) {
        for (int layer = 0; layer < writes.length; layer++) {
            int weights = layers.get(layer).geometry().weightCount();
            int cells = writes[layer].length / weights;
            for (int weight = 0; weight < weights; weight++) {
                int from = before[layer][weight];
                int to = after[layer][weight];
                if (from != to) {
                    note(writes[layer], weight * cells, from, to);
                }
            }
        }
    }

    private void note(int[] layer, int first, int from, int to) {
        if (plan.cells().encoding() == Encoding.OFFSET) {
            int offset = 1 << (TrainingFormat.WEIGHT_BITS - 1);
            noteCode(layer, first, (from + offset) ^ (to + offset));
        } else {
            int half = plan.cells().ofWeight(TrainingFormat.WEIGHT_BITS) / 2;
            noteCode(layer, first, Math.max(0, from) ^ Math.max(0, to));
            noteCode(layer, first + half, Math.max(0, -from) ^ Math.max(0, -to));
        }
    }

    private void noteCode(int[] layer, int first, int differing) {
        int bits = plan.cells().bits();
        int mask = (1 << bits) - 1;
        int cell = first;
        for (int rest = differing; rest != 0; rest >>>= bits) {
            layer[cell] += (rest & mask) == 0 ? 0 : 1;
            cell++;
        }
    }

    /** Parameters of both networks, generator first. */
    static int[][] parameters(TrainedNetwork generator, TrainedNetwork discriminator) {
        return Stream.of(generator, discriminator)
                .flatMap(network -> IntStream.range(0, network.layers().size()).mapToObj(network::parameters))
                .map(int[]::clone)
                .toArray(int[][]::new);
    }
}
