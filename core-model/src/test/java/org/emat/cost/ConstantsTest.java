package org.emat.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.assertj.core.data.Percentage;
import org.emat.network.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConstantsTest {
    private static final Constants ISAAC = Constants.standard();

    /** What {@code systems.md} and the sources read again say of ISAAC, in base units. */
    @ParameterizedTest
    @CsvSource({
        "adc.energy.4, 0.79e-12, verified",
        "adc.energy.5, 0.99e-12, verified",
        "adc.energy.6, 1.20e-12, verified",
        "adc.energy.7, 1.42e-12, verified",
        "adc.energy.8, 1.667e-12, verified",
        "adc.energy.9, 1.969e-12, verified",
        "adc.energy.10, 2.379e-12, verified",
        "adc.area.4, 361.04e-6, verified",
        "adc.area.8, 1200e-6, verified",
        "adc.area.9, 1827.91e-6, verified",
        "adc.area.10, 3002.01e-6, verified",
        "driver.energy, 0.41667e-12, verified",
        "shiftAdd.energy, 0.021e-12, verified",
        "shiftAdd.area, 60e-6, verified",
        "crossbar.read.latency, 100e-9, verified",
        "register.energy, 0.009e-12, verified",
        "register.area, 5.98e-6, verified",
        "cell.write.energy.nvsim, 0.6e-12, verified",
        "cell.write.energy.graphr, 3.91e-9, memory",
        "cell.write.latency, 40e-9, verified",
        "clock.frequency, 1.2e9, choice"
    })
    void isaacHolds(String name, double base, String status) {
        Constant constant = ISAAC.entries().get(name);
        assertThat(constant.base()).isCloseTo(base, Percentage.withPercentage(1e-9));
        assertThat(constant.status()).hasToString(status);
    }

    @Test
    void derivedConstantsComeBackToTheirSources() {
        Percentage rounding = Percentage.withPercentage(1e-7);
        assertThat(128 * 128 * ISAAC.value(Quantity.CROSSBAR_READ_ENERGY)).isCloseTo(0.3e-3 * 100e-9, rounding);
        assertThat(128 * 128 * ISAAC.value(Quantity.CROSSBAR_AREA)).isCloseTo(2.5e-5, rounding);
        assertThat(32 * ISAAC.value(Quantity.ADDER_ENERGY)).isCloseTo(0.21e-12, rounding);
        assertThat(32 * ISAAC.value(Quantity.ADDER_AREA)).isCloseTo(278e-6, rounding);
        assertThat(1024 * ISAAC.value(Quantity.MULTIPLIER_ENERGY)).isCloseTo(12.68e-12, rounding);
        assertThat(1024 * ISAAC.value(Quantity.MULTIPLIER_AREA)).isCloseTo(6350e-6, rounding);
        assertThat(256 * ISAAC.value(Quantity.BUFFER_ENERGY)).isCloseTo(20.45e-12, rounding);
        assertThat(524288 * ISAAC.value(Quantity.BUFFER_AREA)).isCloseTo(0.083, rounding);
        assertThat(16384 * ISAAC.entries().get("cell.write.energy.panther").base())
                .isCloseTo(21.1e-9, Percentage.withPercentage(0.2));
        Constants neurosim = ConstantsReader.shipped("neurosim");
        assertThat(neurosim.value(Quantity.CROSSBAR_READ_ENERGY))
                .isCloseTo(0.5 * 0.5 / 240e3 * 10e-9, Percentage.withPercentage(0.001));
        Constants mnsim = ConstantsReader.shipped("mnsim");
        assertThat(mnsim.value(Quantity.CROSSBAR_READ_ENERGY))
                .isCloseTo(0.15 * 0.15 / 10e3 * 3.16e-9, Percentage.withPercentage(0.001));
        assertThat(mnsim.value(Quantity.ADC_ENERGY, 8)).isCloseTo(2e-3 * 10 / 1.28e9, rounding);
    }

    @ParameterizedTest
    @ValueSource(strings = {"isaac", "neurosim", "mnsim", "graphr"})
    void everyShippedConstantHasItsStatusAndSource(String name) throws Exception {
        JsonNode root = new ObjectMapper().readTree(ConstantsReader.shippedText(name));
        assertThat(root.path("name").asText()).isEqualTo(name);
        assertThat(root.path("description").asText()).isNotBlank();
        int entries = checkEntries(root.path("constants"));
        assertThat(entries).isGreaterThanOrEqualTo(4);
        Constants constants = ConstantsReader.shipped(name);
        assertThat(constants.entries()).hasSizeGreaterThanOrEqualTo(entries);
        assertThat(constants.of(Quantity.CELL_WRITE_ENERGY)).hasSizeGreaterThan(1);
    }

    private static int checkEntries(JsonNode node) {
        if (node.has("value")) {
            assertThat(node.path("status").asText()).as("%s", node).isNotBlank();
            assertThat(node.path("source").asText()).as("%s", node).isNotBlank();
            return 1;
        }
        int count = 0;
        for (JsonNode child : node) {
            count += checkEntries(child);
        }
        return count;
    }

    /** The form that is used outside the table gives, from three entries, the others of ISAAC's table. */
    @Test
    void convertersScaleAsIsaacsTableDoes() {
        for (Quantity quantity : new Quantity[] {Quantity.ADC_ENERGY, Quantity.ADC_AREA}) {
            SortedMap<Integer, Double> top = new TreeMap<>();
            for (int bits = 8; bits <= 10; bits++) {
                top.put(bits, ISAAC.value(quantity, bits));
            }
            for (int bits = 4; bits < 8; bits++) {
                assertThat(ResolutionScaling.at(top, bits).orElseThrow())
                        .as("%s of %d bits", quantity.path(), bits)
                        .isCloseTo(ISAAC.value(quantity, bits), Percentage.withPercentage(2.5));
            }
            for (int bits = 2; bits <= 16; bits++) {
                assertThat(ISAAC.value(quantity, bits)).isGreaterThan(ISAAC.value(quantity, bits - 1));
            }
        }
        assertThat(ISAAC.value(Quantity.ADC_AREA, 1)).isPositive();
        assertThat(ISAAC.value(Quantity.ADC_LATENCY, 16)).isEqualTo(0.8333e-9);
    }

    @Test
    void aTableThatDoesNotScaleIsRefused() {
        SortedMap<String, Constant> entries = new TreeMap<>(ISAAC.entries());
        entries.keySet().removeIf(name -> name.startsWith("adc.energy.") && !name.endsWith("8"));
        Constants few = new Constants("few", entries);
        assertThat(few.value(Quantity.ADC_ENERGY, 8)).isEqualTo(1.667e-12);
        assertThatThrownBy(() -> few.value(Quantity.ADC_ENERGY, 9))
                .isInstanceOf(InputException.class)
                .hasMessage("Constants 'few': adc.energy has [8] bits, which do not scale to 9; give adc.energy.9.");
    }

    @Test
    void aFileChangesWhatItHolds() {
        Constants mine = ConstantsReader.read("mine.json", """
                {"name": "mine", "base": "isaac", "description": "a better converter",
                 "constants": {"adc": {"energy": {"9": {"value": 0.5, "unit": "pJ"}}}}}
                """);
        assertThat(mine.name()).isEqualTo("mine");
        assertThat(mine.value(Quantity.ADC_ENERGY, 9)).isEqualTo(0.5e-12);
        assertThat(mine.entries().get("adc.energy.9").status()).isEqualTo(Status.CHOICE);
        assertThat(mine.entries().get("adc.energy.9").source()).isEqualTo("given in mine.json");
        SortedMap<String, Constant> others = new TreeMap<>(mine.entries());
        others.put("adc.energy.9", ISAAC.entries().get("adc.energy.9"));
        assertThat(others).isEqualTo(ISAAC.entries());
    }

    @Test
    void aCompleteFileNeedsNoBase() {
        Constants copy = ConstantsReader.read("copy.json", ConstantsReader.shippedText("isaac"));
        assertThat(copy.entries()).isEqualTo(ISAAC.entries());
    }

    static Map<String, String> badFiles() {
        Map<String, String> files = new TreeMap<>();
        files.put(
                with("{\"adc\": {\"energy\": {\"9\": {\"value\": -1, \"unit\": \"pJ\"}}}}"),
                "'bad.json': /constants/adc/energy/9/value is -1; a number of at least 0 is needed.");
        files.put(
                with("{\"adc\": {\"energy\": {\"9\": {\"value\": \"1\", \"unit\": \"pJ\"}}}}"),
                "'bad.json': /constants/adc/energy/9/value is \"1\"; a number of at least 0 is needed.");
        files.put(
                with("{\"adc\": {\"energy\": {\"9\": {\"value\": 1e999, \"unit\": \"pJ\"}}}}"),
                "'bad.json': /constants/adc/energy/9/value is \"Infinity\"; a number of at least 0 is needed.");
        files.put(
                with("{\"clock\": {\"frequency\": {\"value\": 0, \"unit\": \"GHz\"}}}"),
                "'bad.json': /constants/clock/frequency/value is 0; a number above 0 is needed.");
        files.put(
                with("{\"crossbar\": {\"area\": {\"unit\": \"um2\"}}}"),
                "'bad.json': /constants/crossbar/area/value is missing; a number of at least 0 is needed.");
        files.put(
                with("{\"crossbar\": {\"area\": {\"value\": 1}}}"),
                "'bad.json': /constants/crossbar/area/unit is missing; one of um2, mm2 is needed.");
        files.put(
                with("{\"crossbar\": {\"area\": {\"value\": 1, \"unit\": \"pJ\"}}}"),
                "'bad.json': /constants/crossbar/area/unit is \"pJ\"; one of um2, mm2 is needed.");
        files.put(
                with("{\"crossbar\": {\"area\": 1}}"),
                "'bad.json': /constants/crossbar/area is 1; an object with value and unit is needed.");
        files.put(
                with("{\"crossbar\": {\"area\": {\"value\": 1, \"unit\": \"um2\", \"status\": \"sure\"}}}"),
                "'bad.json': /constants/crossbar/area/status is \"sure\"; one of verified, memory, derived, choice is"
                        + " needed.");
        files.put(
                with("{\"crossbar\": {\"area\": {\"value\": 1, \"unit\": \"um2\", \"why\": 1}}}"),
                "'bad.json': /constants/crossbar/area/why is unknown; value, unit, status and source are known.");
        files.put(
                with("{\"adc\": {\"energy\": {\"17\": {\"value\": 1, \"unit\": \"pJ\"}}}}"),
                "'bad.json': /constants/adc/energy/17: there is no constant adc.energy.17; adc.energy.1 to .16 is"
                        + " known.");
        files.put(
                with("{\"adc\": {\"energie\": {}}}"),
                "'bad.json': /constants/adc/energie: there is no constant adc.energie; adc.energy.1 to .16,"
                        + " adc.area.1 to .16, adc.latency.1 to .16 are known.");
        files.put(
                with("{\"adc.energy.9\": {\"value\": 1, \"unit\": \"pJ\"}}"),
                "'bad.json': /constants/adc.energy.9 has a dot in its name; dots are levels of the file.");
        files.put(with("{\"adc\": 3}"), "'bad.json': /constants/adc is 3; an object is needed.");
        files.put(with("[]"), "'bad.json': /constants is []; an object is needed.");
        files.put("{\"base\": \"isaac\"}", "'bad.json': /constants is missing; an object is needed.");
        files.put(
                "{\"base\": \"nothing\", \"constants\": {}}",
                "'bad.json': /base is \"nothing\"; one of isaac, neurosim, mnsim, graphr is needed.");
        files.put(
                "{\"constants\": {}}",
                "'bad.json': /constants/clock/frequency is missing; a number above 0 in one of Hz, MHz, GHz is"
                        + " needed, or a base, one of isaac, neurosim, mnsim, graphr.");
        files.put(
                "{\"constant\": {}}",
                "'bad.json': /constant is unknown; name, description, base and constants are known.");
        files.put("[]", "'bad.json' holds no constants; an object in JSON is needed.");
        files.put("", "'bad.json' holds no constants; an object in JSON is needed.");
        files.put(
                "{\"constants\": {}, \"constants\": {}}",
                "'bad.json' is not JSON: line 1, column 30: Duplicate field 'constants'.");
        return files;
    }

    private static String with(String constants) {
        return "{\"base\": \"isaac\", \"constants\": " + constants + "}";
    }

    static Iterable<Object[]> badFileCases() {
        return badFiles().entrySet().stream()
                .map(entry -> new Object[] {entry.getKey(), entry.getValue()})
                .toList();
    }

    @ParameterizedTest
    @MethodSource("badFileCases")
    void badFilesAreRefusedWithTheirPlace(String text, String message) {
        assertThatThrownBy(() -> ConstantsReader.read("bad.json", text))
                .isInstanceOf(InputException.class)
                .hasMessage(message);
    }

    @Test
    void anUnknownSetIsRefused() {
        assertThatThrownBy(() -> ConstantsReader.shipped("../isaac"))
                .isInstanceOf(InputException.class)
                .hasMessage("There are no constants '../isaac'; isaac, neurosim, mnsim, graphr are there.");
    }

    @ParameterizedTest
    @CsvSource({
        "adc.energy.9=1.8pJ, adc.energy.9, 1.8e-12",
        "adc.energy.9=1.8 pJ, adc.energy.9, 1.8e-12",
        "adc.energy.11=3e-12, adc.energy.11, 3e-12",
        "crossbar.area=2um2, crossbar.area, 2e-6",
        "crossbar.read.latency=50ns, crossbar.read.latency, 5e-8",
        "clock.frequency=0.5GHz, clock.frequency, 5e8",
        "cell.write.energy.mine=1nJ, cell.write.energy.mine, 1e-9",
        "driver.energy=0, driver.energy, 0"
    })
    void anOverrideReplacesOneConstant(String text, String name, double base) {
        Constants changed = ISAAC.with(ConstantOverride.parse(text));
        assertThat(changed.entries().get(name).base()).isCloseTo(base, Percentage.withPercentage(1e-9));
        assertThat(changed.entries().get(name).status()).isEqualTo(Status.CHOICE);
        SortedMap<String, Constant> others = new TreeMap<>(changed.entries());
        SortedMap<String, Constant> before = new TreeMap<>(ISAAC.entries());
        others.remove(name);
        before.remove(name);
        assertThat(others).isEqualTo(before);
        assertThat(changed.name()).startsWith("isaac, " + name + "=");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "adc.energy.9 | 'adc.energy.9' is no constant; one like adc.energy.9=1.8pJ is needed.",
                "adc.energy.9=x | 'adc.energy.9=x' is no constant; one like adc.energy.9=1.8pJ is needed.",
                "adc.energy.9=-1pJ | 'adc.energy.9=-1pJ': the value is -1; a number of at least 0 is needed.",
                "adc.energy.9=1.2.3pJ | 'adc.energy.9=1.2.3pJ': the value is 1.2.3; a number of at least 0 is needed.",
                "adc.energy.9=1e999J | 'adc.energy.9=1e999J': the value is 1e999; a number of at least 0 is needed.",
                "clock.frequency=0 | 'clock.frequency=0': the value is 0; a number above 0 is needed.",
                "adc.energy.9=1um2 | 'adc.energy.9=1um2': the unit is um2; one of fJ, pJ, nJ, uJ, J is needed.",
                "adc.energy=1pJ | 'adc.energy=1pJ': there is no constant adc.energy; adc.energy.1 to .16,"
                        + " adc.area.1 to .16, adc.latency.1 to .16 are known."
            })
    void badOverridesAreRefused(String text, String message) {
        assertThatThrownBy(() -> ConstantOverride.parse(text))
                .isInstanceOf(InputException.class)
                .hasMessage(message);
    }

    @Test
    void unitsOfADimensionHaveOneBase() {
        for (Unit.Dimension dimension : Unit.Dimension.values()) {
            assertThat(dimension.base().toBase(2)).isEqualTo(2);
            assertThat(dimension.unit("m")).isEmpty();
        }
        assertThat(new Constant(2, Unit.GIGAHERTZ, Status.CHOICE, "").base()).isEqualTo(2e9);
        assertThat(new Constant(3, Unit.SQUARE_MICROMETRE, Status.CHOICE, "").base())
                .isEqualTo(3e-6);
        assertThat(new Constant(5, Unit.FEMTOJOULE, Status.CHOICE, "").base()).isEqualTo(5e-15);
        assertThat(new Constant(7, Unit.PICOSECOND, Status.CHOICE, "").base()).isEqualTo(7e-12);
    }
}
