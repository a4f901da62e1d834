package org.emat.cost;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.emat.network.InputException;

/**
 * A complete set of constants.
 *
 * @param name name of the set, with what overrides it
 * @param entries by full name, such as {@code adc.energy.9}; every {@link Quantity} has at least one
 */
public record Constants(String name, SortedMap<String, Constant> entries) {
    public Constants {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
        for (Map.Entry<String, Constant> entry : entries.entrySet()) {
            Quantity quantity = Quantity.of(entry.getKey())
                    .orElseThrow(() -> new IllegalArgumentException("'" + entry.getKey() + "' is no constant"));
            Constant constant = entry.getValue();
            if (constant.unit().dimension() != quantity.dimension() || !quantity.allows(constant.value())) {
                throw new IllegalArgumentException(
                        entry.getKey() + " cannot be " + constant.value() + " " + constant.unit());
            }
        }
        for (Quantity quantity : Quantity.values()) {
            if (table(entries, quantity).isEmpty()) {
                throw new IllegalArgumentException("constant " + quantity.path() + " is missing");
            }
        }
    }

    /** The constants that emat takes unless told otherwise: ISAAC's. */
    public static Constants standard() {
        return ConstantsReader.shipped("isaac");
    }

    /** The constants of a quantity, by full name; one unless the quantity is a table. */
    public SortedMap<String, Constant> of(Quantity quantity) {
        return table(entries, quantity);
    }

    private static SortedMap<String, Constant> table(SortedMap<String, Constant> entries, Quantity quantity) {
        SortedMap<String, Constant> table = new TreeMap<>();
        for (Map.Entry<String, Constant> entry : entries.entrySet()) {
            if (Quantity.of(entry.getKey()).filter(quantity::equals).isPresent()) {
                table.put(entry.getKey(), entry.getValue());
            }
        }
        return table;
    }

    /** The value of a quantity that is no table, in J, mm², s or Hz. */
    public double value(Quantity quantity) {
        if (quantity.keys() != Quantity.Keys.NONE) {
            throw new IllegalArgumentException(quantity.path() + " is a table");
        }
        return entries.get(quantity.path()).base();
    }

    /**
     * The value of a quantity that is a table by resolution, in J, mm² or s.
     *
     * @throws InputException if the table neither holds the resolution nor can be scaled to it
     */
    public double value(Quantity quantity, int bits) {
        if (quantity.keys() != Quantity.Keys.BITS) {
            throw new IllegalArgumentException(quantity.path() + " is no table by resolution");
        }
        SortedMap<Integer, Double> table = new TreeMap<>();
        of(quantity)
                .forEach((key, constant) ->
                        table.put(Integer.parseInt(key.substring(quantity.path().length() + 1)), constant.base()));
        return ResolutionScaling.at(table, bits)
                .orElseThrow(() -> new InputException("Constants '" + name + "': " + quantity.path() + " has "
                        + table.keySet() + " bits, which do not scale to " + bits + "; give " + quantity.path() + "."
                        + bits + "."));
    }

    /** The same with one constant replaced or, in a table, added. */
    public Constants with(ConstantOverride override) {
        SortedMap<String, Constant> changed = new TreeMap<>(entries);
        changed.put(override.name(), override.constant());
        return new Constants(name + ", " + override.text(), changed);
    }
}
