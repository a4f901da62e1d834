package org.emat.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.emat.arch.Architecture;
import org.emat.arch.Architecture.Budget;
import org.emat.integer.IntegerNetwork;
import org.emat.plan.LayerChoices.Choice;

/**
 * Spends a budget of crossbars and converters on the layers of a network so that the slowest one is as fast as can be:
 * layers with many steps get copies of their arrays, layers with few share their converters more (ZARA, DAC 2019, calls
 * the unit that decides this a dataflow mapper).
 *
 * <p>The search is exact. A pace in cycles a frame is feasible if one choice a layer, each within that pace, fits the
 * budget; layers are joined one by one, keeping only the sums of crossbars and converters that no other sum beats in
 * both. The least feasible pace is found by halving the sorted paces of all choices.
 */
public final class DataflowMapper {
    private final Architecture architecture;
    private final Mapper mapper;
    private final Budget budget;

    /** A mapper within the budget of an architecture. */
    public DataflowMapper(Architecture architecture) {
        this.architecture = architecture;
        this.mapper = new Mapper(architecture);
        this.budget = architecture.budget();
    }

    /** Some layers placed: what they need, and the placement of each. */
    private record Sum(long crossbars, long converters, List<Placement> placements) {
        Sum and(Choice choice) {
            List<Placement> more = new ArrayList<>(placements);
            more.add(choice.placement());
            return new Sum(crossbars + choice.crossbars(), converters + choice.converters(), more);
        }
    }

    /**
     * The fastest dataflow of a network that fits; without a limit, one copy of every layer.
     *
     * @param name identifier of the design in Verilog
     * @throws IllegalArgumentException if it does not fit; the message says what is missing
     */
    public Dataflow map(String name, IntegerNetwork network) {
        if (!budget.isLimited()) {
            return new Dataflow(mapper.map(name, network), budget, Optional.empty());
        }
        List<LayerChoices> layers = new ArrayList<>();
        for (int i = 0; i < network.layers().size(); i++) {
            boolean last = i == network.layers().size() - 1;
            layers.add(new LayerChoices(mapper, architecture, network.layers().get(i), i == 0, last));
        }
        Needs.of(layers).check(budget);
        return new Dataflow(
                mapper.map(name, network, fastest(layers).placements()),
                budget,
                Optional.of(PaceBound.of(layers, budget)));
    }

    private Sum fastest(List<LayerChoices> layers) {
        long[] paces = layers.stream()
                .flatMap(layer -> layer.all().stream())
                .mapToLong(Choice::cycles)
                .distinct()
                .sorted()
                .toArray();
        int low = 0;
        int high = paces.length - 1;
        List<Sum> best = placed(layers, paces[high]);
        while (low < high) {
            int middle = (low + high) / 2;
            List<Sum> sums = placed(layers, paces[middle]);
            if (sums.isEmpty()) {
                low = middle + 1;
            } else {
                high = middle;
                best = sums;
            }
        }
        return best.stream().min(Comparator.comparingDouble(this::share)).orElseThrow();
    }

    /** What a sum takes of the budget; equally fast plans differ in it. */
    private double share(Sum sum) {
        return (double) sum.crossbars / budget.crossbars() + (double) sum.converters / budget.converters();
    }

    /** The unbeaten ways to place all layers at a pace within the budget. */
    private List<Sum> placed(List<LayerChoices> layers, long pace) {
        List<Sum> sums = List.of(new Sum(0, 0, List.of()));
        for (LayerChoices layer : layers) {
            List<Choice> choices = layer.within(pace);
            List<Sum> joined = sums.stream()
                    .flatMap(sum -> choices.stream().map(sum::and))
                    .filter(sum -> sum.crossbars <= budget.crossbars() && sum.converters <= budget.converters())
                    .toList();
            sums = Frontier.of(joined, Sum::crossbars, Sum::converters);
        }
        return sums;
    }

    /** The least that a network needs. */
    private record Needs(long crossbars, long converters) {
        static Needs of(List<LayerChoices> layers) {
            long crossbars = 0;
            long converters = 0;
            for (LayerChoices layer : layers) {
                crossbars += layer.once().crossbars();
                converters +=
                        layer.all().stream().mapToLong(Choice::converters).min().orElseThrow();
            }
            return new Needs(crossbars, converters);
        }

        void check(Budget budget) {
            if (crossbars > budget.crossbars()) {
                throw new BudgetException("budget/crossbars is " + budget.crossbars() + ", but the layers need "
                        + crossbars + " crossbars at once");
            }
            if (converters > budget.converters()) {
                throw new BudgetException("budget/converters is " + budget.converters() + ", but the layers need "
                        + converters + " even where all share one per crossbar");
            }
        }
    }
}
