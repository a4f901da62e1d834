package org.emat.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.emat.arch.Architecture;
import org.emat.integer.IntegerNetwork;

/**
 * Decides what the arrays do when: all layers at once as a pipeline where they fit the budget, otherwise one part of the
 * network after another on the same crossbars, which are programmed anew between two passes (ZARA, DAC 2019, calls the
 * unit an operation scheduler).
 *
 * <p>All frames of a batch go through a pass before the next one begins. Of all ways to cut the network between layers,
 * the one with the fewest cycles a batch is taken.
 */
public final class OperationScheduler {
    private final Architecture architecture;

    /** A scheduler within the budget of an architecture. */
    public OperationScheduler(Architecture architecture) {
        this.architecture = architecture;
    }

    /**
     * A part of the network that is on the crossbars at once.
     *
     * @param first index of its first layer
     * @param dataflow its layers placed
     */
    public record Pass(int first, Dataflow dataflow) {
        /** Words of 64 cells' bits that program the pass, one a cycle through the program port. */
        public long programmedWords() {
            return dataflow.plan().engines().stream()
                    .mapToLong(EnginePlan::imageWords)
                    .sum();
        }

        /** Cells that are written before the pass. */
        public long cellWrites() {
            return dataflow.plan().engines().stream()
                    .mapToLong(EnginePlan::cells)
                    .sum();
        }

        private long cycles(int frames) {
            return programmedWords() + frames * dataflow.pace();
        }
    }

    /** The passes up to a layer, and what a batch takes in them. */
    private record Cut(long cycles, List<Pass> passes) {}

    /**
     * The passes of a network; one where all of it fits, which is then programmed once and for all.
     *
     * @param name identifier of the design in Verilog
     * @param frames frames of a batch
     * @throws IllegalArgumentException if a layer alone does not fit; the message says what is missing
     */
    public List<Pass> schedule(String name, IntegerNetwork network, int frames) {
        try {
            return List.of(pass(name, network, 0, network.layers().size()));
        } catch (BudgetException whole) {
            return cut(name, network, frames);
        }
    }

    private List<Pass> cut(String name, IntegerNetwork network, int frames) {
        int layers = network.layers().size();
        List<Cut> best = new ArrayList<>(Collections.nCopies(layers + 1, new Cut(Long.MAX_VALUE, List.of())));
        best.set(0, new Cut(0, List.of()));
        for (int last = 0; last < layers; last++) {
            for (int first = last; first >= 0; first--) {
                try {
                    Cut candidate = join(best.get(first), pass(name, network, first, last + 1), frames);
                    if (candidate.cycles < best.get(last + 1).cycles) {
                        best.set(last + 1, candidate);
                    }
                } catch (BudgetException beyond) {
                    if (first == last) {
                        throw new BudgetException("layer '"
                                + network.layers().get(last).name() + "' alone does not fit: " + beyond.getMessage());
                    }
                    break;
                }
            }
        }
        return best.get(layers).passes;
    }

    private static Cut join(Cut before, Pass pass, int frames) {
        List<Pass> passes = new ArrayList<>(before.passes);
        passes.add(pass);
        return new Cut(before.cycles + pass.cycles(frames), passes);
    }

    private Pass pass(String name, IntegerNetwork network, int from, int to) {
        boolean whole = from == 0 && to == network.layers().size();
        IntegerNetwork part = whole
                ? network
                : new IntegerNetwork(network.name(), network.layers().subList(from, to));
        String design = whole ? name : name + "_" + from;
        return new Pass(from, new DataflowMapper(architecture).map(design, part));
    }
}
