package org.emat.measure;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.emat.arch.Architecture.Mapping;
import org.emat.arch.Architecture.OnePixel;
import org.emat.network.InputException;
import org.emat.network.Operator;
import org.emat.suite.LayerShape;
import org.emat.window.WindowPlanner;

/**
 * One of the mappings that are compared.
 *
 * @param mapping how transposed convolutions become arrays
 * @param fold taps that are read in turns, 1 but for pixel-wise
 */
public record Variant(Mapping mapping, int fold) {
    public static final Variant PHASE = new Variant(Mapping.PHASE, 1);
    public static final Variant PIXEL_WISE = new Variant(Mapping.PIXEL_WISE, 1);
    public static final Variant FOLDED = new Variant(Mapping.PIXEL_WISE, 2);
    public static final Variant PADDING_FREE = new Variant(Mapping.PADDING_FREE, 1);
    public static final Variant ZERO_INSERTION = new Variant(Mapping.ZERO_INSERTION, 1);

    /** What is measured unless told otherwise. */
    public static final List<Variant> ALL = List.of(PHASE, PIXEL_WISE, FOLDED, PADDING_FREE, ZERO_INSERTION);

    private static final Pattern FORM = Pattern.compile("([a-z-]+?)(?::([1-9][0-9]?))?");
    private static final int MOST_FOLD = 64;

    public Variant {
        if (fold < 1 || fold > MOST_FOLD || (fold > 1 && mapping != Mapping.PIXEL_WISE)) {
            throw new IllegalArgumentException("only pixel-wise has a fold, of 1 to " + MOST_FOLD);
        }
    }

    /**
     * The variant of a name such as {@code phase} or {@code pixel-wise:2}.
     *
     * @throws InputException if there is none of that name
     */
    public static Variant named(String name) {
        Matcher parts = FORM.matcher(name);
        if (parts.matches()) {
            int fold = parts.group(2) == null ? 1 : Integer.parseInt(parts.group(2));
            for (Mapping mapping : Mapping.values()) {
                if (spelled(mapping).equals(parts.group(1))
                        && fold <= MOST_FOLD
                        && (fold == 1 || mapping == Mapping.PIXEL_WISE)) {
                    return new Variant(mapping, fold);
                }
            }
        }
        throw new InputException("There is no mapping '" + name + "'; "
                + ALL.stream().map(Variant::toString).collect(Collectors.joining(", "))
                + " are there, and other folds.");
    }

    private static String spelled(Mapping mapping) {
        return mapping.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the fold divides the taps of every phase of every layer; a dense layer is not folded. */
    public boolean fits(List<LayerShape> layers) {
        if (fold == 1) {
            return true;
        }
        WindowPlanner planner = new WindowPlanner(mapping, OnePixel.DENSE);
        return layers.stream()
                .filter(layer -> layer.operator() != Operator.DENSE)
                .flatMap(layer -> planner.plan(layer.geometry()).phases().stream())
                .allMatch(taps -> taps.size() % fold == 0);
    }

    /** Its name in commands and results. */
    @Override
    public String toString() {
        return fold == 1 ? spelled(mapping) : spelled(mapping) + ":" + fold;
    }
}
