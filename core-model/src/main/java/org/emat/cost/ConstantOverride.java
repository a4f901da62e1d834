package org.emat.cost;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emat.network.InputException;

/**
 * One constant that the user replaces: {@code adc.energy.9=1.8pJ}. Without a unit the number is in J, mm², s or Hz.
 *
 * @param name full name of the constant
 * @param constant its new value
 */
public record ConstantOverride(String name, Constant constant) {
    private static final Pattern FORM = Pattern.compile("([^=]+)=\\s*([-+.\\dEe]+)\\s*([A-Za-z]\\w*)?\\s*");

    /**
     * The override of a text.
     *
     * @throws InputException if the text is none, or its value is out of range
     */
    public static ConstantOverride parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new InputException("'" + text + "' is no constant; one like adc.energy.9=1.8pJ is needed.");
        }
        String name = parts.group(1).trim();
        Quantity quantity = Quantity.of(name)
                .orElseThrow(() -> new InputException("'" + text + "': " + ConstantsReader.unknown(name)));
        Unit unit = parts.group(3) == null
                ? quantity.dimension().base()
                : quantity.dimension()
                        .unit(parts.group(3))
                        .orElseThrow(() -> new InputException("'" + text + "': the unit is " + parts.group(3)
                                + "; one of " + quantity.dimension().symbols() + " is needed."));
        double value = number(parts.group(2));
        if (!quantity.allows(value)) {
            throw new InputException(
                    "'" + text + "': the value is " + parts.group(2) + "; " + quantity.allowed() + " is needed.");
        }
        return new ConstantOverride(name, new Constant(value, unit, Status.CHOICE, "given as " + text.trim()));
    }

    /** The text that it is written as. */
    public String text() {
        return name + "=" + constant.value() + constant.unit();
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
