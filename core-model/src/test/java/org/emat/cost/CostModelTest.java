package org.emat.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.assertj.core.data.Percentage;
import org.emat.arch.Architecture;
import org.emat.arch.Architecture.Adc;
import org.emat.network.Axis;
import org.emat.network.LayerGeometry;
import org.emat.network.Operator;
import org.emat.network.TensorShape;
import org.emat.reference.DrawnDesign;
import org.junit.jupiter.api.Test;

class CostModelTest {
    private static final Constants ISAAC = Constants.standard();
    private static final Percentage ROUNDING = Percentage.withPercentage(1e-6);

    /** 128 × 128 cells in use, 8-bit data, converters of 8 bits. */
    private static CostedDesign oneCrossbar(int columnsPerAdc) {
        return CostedDesign.of(
                LayerGeometry.dense(new TensorShape(128, 1, 1), new TensorShape(32, 1, 1)),
                architecture(8, columnsPerAdc));
    }

    /** 4 phases of 160 rows, so two row blocks each, 40 outputs, so two column blocks. */
    private static CostedDesign transposed() {
        Axis axis = new Axis(4, 2, 1, 1, 1, 0);
        return CostedDesign.of(
                LayerGeometry.of(Operator.TRANSPOSED_CONVOLUTION, new TensorShape(40, 5, 5), 40, axis, axis, 1),
                architecture(9, 8));
    }

    private static Architecture architecture(int adcBits, int columnsPerAdc) {
        ObjectMapper json = new ObjectMapper();
        ObjectNode architecture = json.valueToTree(Architecture.standard());
        architecture.set("adc", json.valueToTree(new Adc(adcBits, 0, columnsPerAdc, 0)));
        return json.convertValue(architecture, Architecture.class);
    }

    /**
     * The closure of ISAAC's table: 30 + 53 + 213 + 2.7 pJ for each of the 8 reads, and 71 % of it in the
     * converters.
     */
    @Test
    void aReadOfIsaacsCrossbarTakes299Picojoules() {
        CostedDesign design = oneCrossbar(128);
        assertThat(design.counts().get(0).arrayReads()).isEqualTo(8);
        DesignCost cost = design.cost(ISAAC);
        double crossbar = picojoules(cost, Component.CROSSBAR) / 8;
        double drivers = picojoules(cost, Component.WORDLINE_DRIVER) / 8;
        double converters = picojoules(cost, Component.ADC) / 8;
        double shiftAdd = picojoules(cost, Component.SHIFT_ADD) / 8;
        assertThat(crossbar).isCloseTo(30.0, within(0.01));
        assertThat(drivers).isCloseTo(53.3, within(0.1));
        assertThat(converters).isCloseTo(213.4, within(0.1));
        assertThat(shiftAdd).isCloseTo(2.69, within(0.01));
        double total = crossbar + drivers + converters + shiftAdd;
        assertThat(total).isCloseTo(299, within(0.5));
        assertThat(converters / total).isCloseTo(0.71, within(0.005));
    }

    /** One converter, 128 drivers and one array: an eighth of ISAAC's unit of eight. */
    @Test
    void areasAreIsaacs() {
        DesignCost cost = oneCrossbar(128).cost(ISAAC);
        assertThat(cost.area(Component.ADC)).isCloseTo(9600e-6 / 8, ROUNDING);
        assertThat(cost.area(Component.WORDLINE_DRIVER)).isCloseTo(170e-6 / 8, Percentage.withPercentage(0.1));
        assertThat(cost.area(Component.CROSSBAR)).isCloseTo(2.5e-5, ROUNDING);
        assertThat(oneCrossbar(1).cost(ISAAC).area(Component.ADC)).isCloseTo(128 * 1200e-6, ROUNDING);
    }

    /** 128 and 32 bit lines in use, up to 24 of them to a converter: 6 converters with the last not full, and 2. */
    @Test
    void theLastConverterMayHaveFewerBitLines() {
        CostedDesign design = CostedDesign.of(
                LayerGeometry.dense(new TensorShape(128, 1, 1), new TensorShape(40, 1, 1)), architecture(8, 24));
        assertThat(design.cost(ISAAC).area(Component.ADC)).isCloseTo((6 + 2) * 1200e-6, ROUNDING);
    }

    private static double picojoules(DesignCost cost, Component component) {
        return cost.energy(component) * 1e12;
    }

    /** Every component of a layer whose counts and sizes were worked out by hand. */
    @Test
    void energiesFollowTheFormulas() {
        CostedDesign design = transposed();
        int bits = design.plan().engines().get(0).array().accumulatorBits();
        EventCounts counts = new EventCounts(1000, 64 * 25, 3200, 70, 9000, 25, 100, 100, 100, 6, 5, 0);
        DesignCost cost = new CostModel(ISAAC).cost(design.plan(), List.of(counts), 1000);
        double cells = 4.0 * 160 * 160;
        assertThat(picojoules(cost, Component.CROSSBAR)).isCloseTo(3200 * cells / 16 * 30 / 16384, ROUNDING);
        assertThat(picojoules(cost, Component.ADC)).isCloseTo(9000 * 1.969, ROUNDING);
        assertThat(picojoules(cost, Component.WORDLINE_DRIVER)).isCloseTo(70 * 0.41667, ROUNDING);
        assertThat(picojoules(cost, Component.SHIFT_ADD)).isCloseTo(9000 * 0.021, ROUNDING);
        assertThat(picojoules(cost, Component.ROW_ADDER)).isCloseTo(25 * 4 * 40 * bits * 0.21 / 32, ROUNDING);
        assertThat(picojoules(cost, Component.LINE_BUFFER)).isCloseTo(125 * 320 * 20.45 / 256, ROUNDING);
        assertThat(picojoules(cost, Component.WINDOW_REGISTER)).isCloseTo(2 * 25 * 9 * 320 * 0.009, ROUNDING);
        double word = bits * (0.009 + 0.21 / 32) + 70 * 20.45 / 256 + bits * 16 * 12.68 / 1024;
        assertThat(picojoules(cost, Component.REQUANTIZER)).isCloseTo(25 * 4 * 40 * word, ROUNDING);
        assertThat(picojoules(cost, Component.BLOCK_TO_RASTER)).isCloseTo(200 * 320 * 20.45 / 256, ROUNDING);
        assertThat(picojoules(cost, Component.OVERLAP_ADD))
                .isCloseTo(11 * 40 * bits * 20.45 / 256 + 5 * 40 * bits * 0.21 / 32, ROUNDING);
        assertThat(picojoules(cost, Component.CSR)).isCloseTo(1000 * 64 * (0.009 + 0.21 / 32), ROUNDING);
    }

    @Test
    void areasFollowTheFormulas() {
        CostedDesign design = transposed();
        int bits = design.plan().engines().get(0).array().accumulatorBits();
        DesignCost cost = design.cost(ISAAC);
        double buffer = 83000.0 / 524288;
        assertThat(micrometres(cost, Component.CROSSBAR)).isCloseTo(16 * 25, ROUNDING);
        // Two column blocks of 128 and 32 bit lines, 8 of them to a converter, in 8 row blocks.
        assertThat(micrometres(cost, Component.ADC)).isCloseTo(8 * (16 + 4) * 1827.91, ROUNDING);
        assertThat(micrometres(cost, Component.WORDLINE_DRIVER)).isCloseTo(16 * 128 * 0.166, ROUNDING);
        assertThat(micrometres(cost, Component.SHIFT_ADD)).isCloseTo(160 * 60 + 8 * 40 * bits * 5.98, ROUNDING);
        assertThat(micrometres(cost, Component.ROW_ADDER)).isCloseTo(160 * bits * 278.0 / 32, ROUNDING);
        int rows = design.plan().engines().get(0).lineBufferRows();
        assertThat(micrometres(cost, Component.LINE_BUFFER)).isCloseTo(rows * 5 * 320 * buffer, ROUNDING);
        assertThat(micrometres(cost, Component.WINDOW_REGISTER)).isCloseTo(2 * 9 * 320 * 5.98, ROUNDING);
        double lane = bits * 278.0 / 32 + bits * 16 * 6350.0 / 1024;
        assertThat(micrometres(cost, Component.REQUANTIZER))
                .isCloseTo(4 * 40 * bits * 5.98 + 40 * 70 * buffer + 40 * lane, ROUNDING);
        assertThat(micrometres(cost, Component.BLOCK_TO_RASTER)).isCloseTo(10 * 4 * 320 * buffer, ROUNDING);
        assertThat(micrometres(cost, Component.OVERLAP_ADD)).isZero();
        assertThat(micrometres(cost, Component.CSR)).isCloseTo(1024 * (5.98 + 278.0 / 32), ROUNDING);
    }

    private static double micrometres(DesignCost cost, Component component) {
        return cost.area(component) * 1e6;
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void energyIsProportionalToTheEvents(@ForAll long seed) {
        DrawnDesign drawn = DrawnDesign.draw(new SplittableRandom(seed));
        CostedDesign design = CostedDesign.of(drawn.network(), drawn.architecture(), drawn.frames());
        List<EventCounts> none =
                design.counts().stream().map(count -> EventCounts.none()).toList();
        List<EventCounts> thrice = design.counts().stream()
                .map(count -> count.plus(count).plus(count))
                .toList();
        DesignCost once = design.cost(ISAAC);
        DesignCost nothing = new CostModel(ISAAC).cost(design.plan(), none, 0);
        DesignCost three = new CostModel(ISAAC).cost(design.plan(), thrice, 3 * design.cycles());
        assertThat(once.energy()).isPositive();
        assertThat(nothing.latency()).isZero();
        assertThat(three.latency()).isCloseTo(3 * once.latency(), ROUNDING);
        for (Component component : Component.values()) {
            assertThat(nothing.energy(component)).as("%s", component).isZero();
            assertThat(three.energy(component)).as("%s", component).isCloseTo(3 * once.energy(component), ROUNDING);
            assertThat(nothing.area(component)).as("%s", component).isEqualTo(once.area(component));
            for (int i = 0; i < once.engines().size(); i++) {
                assertThat(three.engines().get(i).of(component).latency())
                        .isCloseTo(3 * once.engines().get(i).of(component).latency(), ROUNDING);
            }
        }
    }

    @Test
    void aConstantChangesItsComponentsOnly() {
        assertChanges("crossbar.read.energy=1pJ", Component.CROSSBAR);
        assertChanges("crossbar.area=1mm2", Component.CROSSBAR);
        assertChanges("driver.energy=1nJ", Component.WORDLINE_DRIVER);
        assertChanges("driver.area=1mm2", Component.WORDLINE_DRIVER);
        assertChanges("adc.energy.9=1nJ", Component.ADC);
        assertChanges("adc.area.9=1mm2", Component.ADC);
        assertChanges("adc.energy.8=1nJ");
        assertChanges("shiftAdd.energy=1nJ", Component.SHIFT_ADD);
        assertChanges("shiftAdd.area=1mm2", Component.SHIFT_ADD);
        assertChanges("multiplier.energy=1nJ", Component.REQUANTIZER);
        assertChanges("multiplier.area=1mm2", Component.REQUANTIZER);
        assertChanges("adder.energy=1nJ", Component.ROW_ADDER, Component.REQUANTIZER, Component.CSR);
        assertChanges("adder.area=1mm2", Component.ROW_ADDER, Component.REQUANTIZER, Component.CSR);
        assertChanges("register.energy=1nJ", Component.WINDOW_REGISTER, Component.REQUANTIZER, Component.CSR);
        assertChanges(
                "register.area=1mm2",
                Component.SHIFT_ADD,
                Component.WINDOW_REGISTER,
                Component.REQUANTIZER,
                Component.CSR);
        assertChanges("buffer.energy=1nJ", Component.LINE_BUFFER, Component.REQUANTIZER, Component.BLOCK_TO_RASTER);
        assertChanges("buffer.area=1mm2", Component.LINE_BUFFER, Component.REQUANTIZER, Component.BLOCK_TO_RASTER);
        assertChanges("cell.write.energy.mine=1nJ");
    }

    private static void assertChanges(String override, Component... components) {
        CostedDesign design = transposed();
        DesignCost before = design.cost(ISAAC);
        DesignCost after = design.cost(ISAAC.with(ConstantOverride.parse(override)));
        Set<Component> changed = new TreeSet<>();
        for (Component component : Component.values()) {
            if (!before.engines()
                    .get(0)
                    .of(component)
                    .equals(after.engines().get(0).of(component))) {
                changed.add(component);
            }
        }
        EnumSet<Component> wanted = EnumSet.noneOf(Component.class);
        wanted.addAll(List.of(components));
        assertThat(changed).as(override).isEqualTo(wanted);
    }

    @Test
    void theSlowestPartSetsTheClock() {
        LatencyModel isaac = new LatencyModel(ISAAC);
        ClockPeriod alone = isaac.period(oneCrossbar(1).plan());
        assertThat(alone.bound()).isEqualTo(ClockPeriod.Bound.CROSSBAR);
        assertThat(alone.seconds()).isCloseTo(100e-9, ROUNDING);
        ClockPeriod shared = isaac.period(oneCrossbar(128).plan());
        assertThat(shared.bound()).isEqualTo(ClockPeriod.Bound.CLOCK);
        assertThat(shared.seconds()).isCloseTo(1 / 1.2e9, ROUNDING);
        ClockPeriod slow = new LatencyModel(ConstantsReader.shipped("mnsim"))
                .period(oneCrossbar(8).plan());
        assertThat(slow.bound()).isEqualTo(ClockPeriod.Bound.ADC);
        assertThat(slow.seconds()).isCloseTo(10 / 1.28e9, ROUNDING);
    }

    @Test
    void aRunLastsItsCycles() {
        CostedDesign design = oneCrossbar(128);
        DesignCost cost = design.cost(ISAAC);
        assertThat(cost.latency()).isCloseTo(design.cycles() / 1.2e9, ROUNDING);
        assertThat(cost.engines().get(0).of(Component.ADC).latency()).isCloseTo(8 * 128 / 1.2e9, ROUNDING);
    }

    @Test
    void programmingIsABand() {
        Programming once = new WriteModel(ISAAC).once(transposed().plan());
        assertThat(once.cells()).isEqualTo(4 * 160 * 160);
        assertThat(once.energy().low()).isCloseTo(102400 * 0.6e-12, ROUNDING);
        assertThat(once.energy().high()).isCloseTo(102400 * 3.91e-9, ROUNDING);
        assertThat(once.energy().high() / once.energy().low()).isCloseTo(6500, Percentage.withPercentage(1));
        assertThat(once.energy().points())
                .extracting(WriteEnergy.Point::name)
                .containsExactly("nvsim", "panther", "nvmain", "graphr");
        // All crossbars at once: 128 word lines. One after another: 160 word lines, 4 phases, 2 column blocks.
        assertThat(once.shortest()).isCloseTo(128 * 40e-9, ROUNDING);
        assertThat(once.longest()).isCloseTo(160 * 4 * 2 * 40e-9, ROUNDING);
    }

    @Test
    void cellsWrittenDuringTheRunAreABandToo() {
        CostedDesign design = oneCrossbar(1);
        EventCounts writes = new EventCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1000);
        DesignCost cost = new CostModel(ISAAC).cost(design.plan(), List.of(writes), 0);
        assertThat(cost.energy()).isZero();
        assertThat(cost.rewriting().low()).isCloseTo(0.6e-9, ROUNDING);
        assertThat(cost.rewriting().high()).isCloseTo(3.91e-6, ROUNDING);
    }
}
