package org.emat.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.emat.network.TensorShape;

/** How numbers read in a report. */
final class Figures {
    private Figures() {}

    /** A whole number with its thousands apart, its plain form in the markup. */
    static Element number(long value) {
        return Element.of("data").with("value", value).text(count(value));
    }

    /** A whole number with its thousands apart. */
    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** A number and its noun, which takes an s unless there is one of it. */
    static String count(long value, String noun) {
        return count(value) + " " + noun + (value == 1 ? "" : "s");
    }

    /** A share in percent; only all reads as 100 %, only nothing as 0 %. */
    static String percent(double part, double whole) {
        double percent = whole == 0 ? 0 : 100 * part / whole;
        if (percent == 0 || percent == 100) {
            return (int) percent + "\u00a0%";
        }
        if (percent < 0.1) {
            return "<\u202f0.1\u00a0%";
        }
        return decimal(Math.min(99.9, percent)) + "\u00a0%";
    }

    /** A number with one decimal. */
    static String decimal(double value) {
        return String.format(Locale.ROOT, "%,.1f", value);
    }

    /** Sizes, kept on one line. */
    static String times(long... sizes) {
        return Arrays.stream(sizes).mapToObj(Figures::count).collect(Collectors.joining("\u202f×\u202f"));
    }

    /** A shape, channels first. */
    static String shape(TensorShape shape) {
        return times(shape.channels(), shape.height(), shape.width());
    }

    /** The name of an enum's value as configurations spell it. */
    static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
