package org.emat.tb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.emat.arch.Architecture;
import org.emat.arch.Architecture.Mapping;
import org.emat.cost.Component;
import org.emat.cost.Constants;
import org.emat.cost.EngineCost;
import org.emat.cost.MachineCostModel;
import org.emat.cost.StepCost;
import org.emat.golden.GoldenModel;
import org.emat.integer.Frame;
import org.emat.integer.IntegerLayer;
import org.emat.integer.IntegerNetwork;
import org.emat.plan.EnginePlan;
import org.emat.plan.Mapper;
import org.emat.train.gan.GanPlan;
import org.emat.train.machine.MachineClock;
import org.emat.train.machine.MachineLayer;
import org.emat.train.machine.MachineOptions;
import org.emat.train.machine.MachinePlan;
import org.emat.train.machine.MachinePlanner;
import org.emat.train.machine.StepCycles;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The energy of training steps of drawn machines, by hand from counts with the constants of ISAAC. */
class StepCostTest {
    private static final double PICOJOULE = 1e-12;
    private static final double BUFFER = 20.45 / 256 * PICOJOULE;
    private static final double DRIVER = 0.41667 * PICOJOULE;

    @ParameterizedTest
    @CsvSource({"false, false, PHASE", "false, false, ZERO_INSERTION", "true, false, PHASE", "true, true, PHASE"})
    void isEventsTimesConstants(boolean spatial, boolean sharing, Mapping mapping) {
        long seed = Long.getLong("emat.seed", 20261125L);
        System.out.println("seed " + seed
                + "; repeat with: mvn -pl tb -am test -Dtest=StepCostTest -DargLine=-Demat.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 10; i++) {
            MachineOptions options = new MachineOptions(true, spatial, 2, mapping);
            MachinePlan plan = new MachinePlanner(options).plan("drawn", TinyGan.draw(random, sharing));
            StepCycles cycles = MachineClock.count(plan);
            StepCost cost = new MachineCostModel(Constants.standard()).cost(plan, cycles, 1000);
            isWhatIsCounted(plan, cycles, cost);
            for (int layer = 0; layer < plan.layers().size(); layer++) {
                driversAreHalfOfWhatOnesDrive(
                        plan, plan.layers().get(layer), cost.forward().get(layer));
            }
        }
    }

    private static void isWhatIsCounted(MachinePlan plan, StepCycles cycles, StepCost cost) {
        int bits = plan.gan().format().activationBits();
        double words = (double) (cycles.images().written() + cycles.images().read())
                * plan.gan().image().channels();
        double update = 0;
        double products = 0;
        for (int i = 0; i < plan.layers().size(); i++) {
            MachineLayer layer = plan.layers().get(i);
            StepCycles.Layer counts = cycles.layers().get(i);
            double signs = counts.signs().stream()
                    .mapToDouble(kept -> kept.written() + kept.read())
                    .sum();
            words += (counts.inputs().written() + counts.inputs().read() + signs / bits)
                    * layer.layer().geometry().input().channels();
            // Both copies of the discriminator have the parameters of the first.
            update += (layer.id().startsWith("e") ? 0 : layer.layer().parameterCount())
                    * (2 * 48 * BUFFER + (15 * (2 * 32 + 16) * 12.68 / 1024 + 3 * 32 * 0.21 / 32) * PICOJOULE);
            products += counts.gradient().products();
        }
        double multiplied = products * bits * plan.gan().format().errorBits() * 12.68 / 1024 * PICOJOULE;
        assertThat(cost.buffers()).isCloseTo(words * bits * BUFFER, rounding(cost.buffers()));
        assertThat(cost.updates()).isCloseTo(update, rounding(update));
        assertThat(cost.energy(Component.GRADIENT_LANES)).isCloseTo(multiplied, rounding(multiplied));
        assertThat(cost.rewriting().low()).isCloseTo(1000 * 0.6 * PICOJOULE, rounding(6e-10));
        assertThat(cost.latency()).isCloseTo(cycles.cycles() * cost.period().seconds(), rounding(cost.latency()));
        double parts =
                Arrays.stream(Component.values()).mapToDouble(cost::energy).sum();
        assertThat(cost.energy()).isCloseTo(parts + cost.buffers() + cost.updates(), rounding(cost.energy()));
    }

    /** The golden model drives every word line of a real pixel where all bits of all inputs are 1. */
    private static void driversAreHalfOfWhatOnesDrive(MachinePlan machine, MachineLayer layer, EngineCost cost) {
        GanPlan gan = machine.gan();
        EnginePlan engine = layer.forward();
        IntegerLayer forward = MachinePlanner.forward(
                layer.layer(), engine.input(), new int[layer.layer().geometry().weightCount()]);
        IntegerNetwork network = new IntegerNetwork("layer", List.of(forward));
        Architecture architecture =
                MachinePlanner.architecture(gan, machine.options().mapping());
        int[] words = new int[layer.layer().geometry().input().words()];
        Arrays.fill(words, -1);
        long driven = new GoldenModel(new Mapper(architecture).map("layer", network), network, architecture)
                .run(List.of(new Frame(layer.layer().geometry().input(), words)), done -> {})
                .events()
                .get(0)
                .activations();
        int images = gan.batch() * batches(machine, layer.id().substring(0, 1));
        double half = 0.5 * driven * images * DRIVER;
        assertThat(cost.of(Component.WORDLINE_DRIVER).energy()).isCloseTo(half, rounding(half));
    }

    /** How many batches pass a network, or a copy of it, forward. */
    private static int batches(MachinePlan machine, String network) {
        int generated = machine.gan().computationSharing() ? 1 : 2;
        int judged = machine.options().spatialParallelism() ? 1 : 1 + generated;
        return network.equals("g") ? 1 : network.equals("e") ? generated : judged;
    }

    private static Offset<Double> rounding(double value) {
        return within(1e-9 * Math.abs(value));
    }
}
