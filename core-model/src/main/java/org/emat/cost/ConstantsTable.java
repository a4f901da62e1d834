package org.emat.cost;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Constants as a table in Markdown: what is paid for, value, status, source. */
public final class ConstantsTable {
    private static final String HEAD =
            "| constant | for | value | status | source |\n| --- | --- | --- | --- | --- |\n";
    private static final MathContext DIGITS = new MathContext(6);

    private ConstantsTable() {}

    /**
     * The table, ended by a line break.
     *
     * @param constants by full name, of a whole set or a part of it
     */
    public static String of(SortedMap<String, Constant> constants) {
        StringBuilder text = new StringBuilder(HEAD);
        for (Quantity quantity : Quantity.values()) {
            for (Map.Entry<String, Constant> entry : sorted(constants, quantity)) {
                Constant constant = entry.getValue();
                text.append("| `")
                        .append(entry.getKey())
                        .append("` | ")
                        .append(quantity.meaning())
                        .append(" | ")
                        .append(number(constant.value()))
                        .append(' ')
                        .append(constant.unit())
                        .append(" | ")
                        .append(constant.status())
                        .append(" | ")
                        .append(constant.source().replace("|", "\\|"))
                        .append(" |\n");
            }
        }
        return text.toString();
    }

    /** By resolution, or by energy. */
    private static List<Map.Entry<String, Constant>> sorted(SortedMap<String, Constant> constants, Quantity quantity) {
        Comparator<Map.Entry<String, Constant>> byLength =
                Comparator.comparing(entry -> entry.getKey().length());
        Comparator<Map.Entry<String, Constant>> byValue =
                Comparator.comparing(entry -> entry.getValue().base());
        return constants.entrySet().stream()
                .filter(entry ->
                        Quantity.of(entry.getKey()).filter(quantity::equals).isPresent())
                .sorted((quantity.keys() == Quantity.Keys.NAMES ? byValue : byLength)
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
    }

    private static String number(double value) {
        return new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
    }
}
