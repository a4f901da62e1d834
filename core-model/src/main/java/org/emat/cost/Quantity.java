package org.emat.cost;

import java.util.Arrays;
import java.util.Optional;
import org.emat.cost.Unit.Dimension;

/**
 * What the cost model needs to know, one constant each, or a table of them. Dots in a name are levels of the JSON file:
 * {@code adc.energy.9} stands at {@code /constants/adc/energy/9}.
 */
public enum Quantity {
    CLOCK_FREQUENCY("clock.frequency", Dimension.FREQUENCY, Keys.NONE, "fastest clock of the digital parts"),
    CROSSBAR_READ_ENERGY("crossbar.read.energy", Dimension.ENERGY, Keys.NONE, "a cell of an array read"),
    CROSSBAR_READ_LATENCY("crossbar.read.latency", Dimension.TIME, Keys.NONE, "an array read"),
    CROSSBAR_AREA("crossbar.area", Dimension.AREA, Keys.NONE, "a cell"),
    DRIVER_ENERGY("driver.energy", Dimension.ENERGY, Keys.NONE, "a word line driven with 1 for one read"),
    DRIVER_AREA("driver.area", Dimension.AREA, Keys.NONE, "the driver of a word line"),
    ADC_ENERGY("adc.energy", Dimension.ENERGY, Keys.BITS, "a conversion"),
    ADC_AREA("adc.area", Dimension.AREA, Keys.BITS, "a converter"),
    ADC_LATENCY("adc.latency", Dimension.TIME, Keys.BITS, "a conversion"),
    SHIFT_ADD_ENERGY("shiftAdd.energy", Dimension.ENERGY, Keys.NONE, "a code shifted and added to its accumulator"),
    SHIFT_ADD_AREA("shiftAdd.area", Dimension.AREA, Keys.NONE, "the shifter and adder of a converter"),
    ADDER_ENERGY("adder.energy", Dimension.ENERGY, Keys.NONE, "a bit of an addition"),
    ADDER_AREA("adder.area", Dimension.AREA, Keys.NONE, "a bit of an adder"),
    MULTIPLIER_ENERGY("multiplier.energy", Dimension.ENERGY, Keys.NONE, "a bit × bit of a multiplication"),
    MULTIPLIER_AREA("multiplier.area", Dimension.AREA, Keys.NONE, "a bit × bit of a multiplier"),
    REGISTER_ENERGY("register.energy", Dimension.ENERGY, Keys.NONE, "a bit read from a register"),
    REGISTER_AREA("register.area", Dimension.AREA, Keys.NONE, "a bit of a register"),
    BUFFER_ENERGY("buffer.energy", Dimension.ENERGY, Keys.NONE, "a bit written to or read from a buffer"),
    BUFFER_AREA("buffer.area", Dimension.AREA, Keys.NONE, "a bit of a buffer"),
    ACTIVATION_ENERGY("activation.energy", Dimension.ENERGY, Keys.NONE, "a word looked up in an activation table"),
    ACTIVATION_AREA("activation.area", Dimension.AREA, Keys.NONE, "the activation table of a channel"),
    CELL_WRITE_ENERGY("cell.write.energy", Dimension.ENERGY, Keys.NAMES, "a cell written, as one source has it"),
    CELL_WRITE_LATENCY("cell.write.latency", Dimension.TIME, Keys.NONE, "a word line of cells written");

    /** How the entries of a table are named. */
    public enum Keys {
        /** No table, but one constant. */
        NONE,
        /** By resolution in bits, 1 to 16. */
        BITS,
        /** By the name of a source. */
        NAMES;

        /** Whether an entry may have a name. */
        public boolean allows(String key) {
            return switch (this) {
                case NONE -> false;
                case BITS -> key.matches("[1-9]|1[0-6]");
                case NAMES -> key.matches("[a-z][A-Za-z0-9-]*");
            };
        }
    }

    private final String path;
    private final Dimension dimension;
    private final Keys keys;
    private final String meaning;

    Quantity(String path, Dimension dimension, Keys keys, String meaning) {
        this.path = path;
        this.dimension = dimension;
        this.keys = keys;
        this.meaning = meaning;
    }

    /** Its name in files and overrides. */
    public String path() {
        return path;
    }

    /** What its unit measures. */
    public Dimension dimension() {
        return dimension;
    }

    /** How the entries of its table are named. */
    public Keys keys() {
        return keys;
    }

    /** What one unit of it is paid for. */
    public String meaning() {
        return meaning;
    }

    /** The range of its values, in words. */
    public String allowed() {
        return dimension == Dimension.FREQUENCY ? "a number above 0" : "a number of at least 0";
    }

    /** Whether a value is in its range. */
    public boolean allows(double value) {
        return Double.isFinite(value) && (dimension == Dimension.FREQUENCY ? value > 0 : value >= 0);
    }

    /** The quantity that a constant's full name belongs to: its own name, or an entry of its table. */
    public static Optional<Quantity> of(String name) {
        return Arrays.stream(values()).filter(quantity -> quantity.names(name)).findFirst();
    }

    private boolean names(String name) {
        return keys == Keys.NONE
                ? name.equals(path)
                : name.startsWith(path + ".") && keys.allows(name.substring(path.length() + 1));
    }
}
