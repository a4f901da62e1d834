package org.emat.tb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One changed line of Verilog.
 *
 * @param file the file
 * @param line number of the line, from 1
 * @param before its text
 * @param after the text in its place
 * @param structural whether the line is compiled in the structural form only
 */
record Mutation(String file, int line, String before, String after, boolean structural) {
    private static final Set<String> STRUCTURAL =
            Set.of("crossbar.v", "adc.v", "shift_add.v", "crossbar_tile.v", "row_adder.v", "event_sum.v");

    /** What stands in a line, and what a fault makes of it. */
    private record Rule(Pattern pattern, String replacement) {
        static Rule of(String pattern, String replacement) {
            return new Rule(Pattern.compile(pattern), replacement);
        }
    }

    private static final List<Rule> RULES = List.of(
            Rule.of(" \\+ ", " - "),
            Rule.of(" - ", " + "),
            Rule.of(" - 1\\)", ")"),
            Rule.of(" && ", " || "),
            Rule.of(" \\|\\| ", " && "),
            Rule.of(" == ", " != "),
            Rule.of(" != ", " == "),
            Rule.of(" < ", " <= "),
            Rule.of(" > ", " >= "),
            Rule.of(" >= ", " > "),
            Rule.of(" << ", " >> "),
            Rule.of(" >>> ", " >> "),
            Rule.of("'b1\\b", "'b0"),
            Rule.of("'b0\\b", "'b1"),
            Rule.of("!(?=[a-z])", ""),
            Rule.of("\\? ([^?:,;]+) : ([^?:,;)]+)", "? $2 : $1"));

    /** Lines without logic, and loops, whose mutants do not end. */
    private static final Pattern SPARED =
            Pattern.compile("\\s*(//|`|parameter|input|output|genvar|module|for |reg |integer|function).*");

    /** All mutations of a file. */
    static List<Mutation> of(String file, String text) {
        List<Mutation> mutations = new ArrayList<>();
        List<String> lines = Arrays.asList(text.split("\n"));
        Region region = new Region();
        boolean resets = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            region.enter(line);
            resets = line.contains("if (reset) begin")
                    || (resets && !line.strip().startsWith("end"));
            if (region.compiled() && !SPARED.matcher(line).matches()) {
                boolean structural = region.structural() || STRUCTURAL.contains(file);
                for (String after : mutants(line, resets)) {
                    mutations.add(new Mutation(file, i + 1, line, after, structural));
                }
            }
        }
        return mutations;
    }

    private static List<String> mutants(String line, boolean reset) {
        int end = line.contains("//") ? line.indexOf("//") : line.length();
        String code = line.substring(0, end);
        List<String> mutants = new ArrayList<>();
        for (Rule rule : RULES) {
            Matcher matcher = rule.pattern.matcher(code);
            while (matcher.find()) {
                StringBuilder changed = new StringBuilder(code.substring(0, matcher.start()));
                changed.append(rule.pattern.matcher(matcher.group()).replaceFirst(rule.replacement));
                mutants.add(changed.append(code.substring(matcher.end()))
                        .append(line.substring(end))
                        .toString());
            }
        }
        // A lookahead of a rule may not see what follows its match, so that nothing was changed.
        mutants.removeIf(line::equals);
        if (reset && code.contains(" <= ")) {
            mutants.add("            // not reset");
        }
        return mutants;
    }

    /** The files with the changed line. */
    Map<String, String> plant(Map<String, String> files) {
        String[] lines = files.get(file).split("\n", -1);
        if (!lines[line - 1].equals(before)) {
            throw new AssertionError(file + " has no line " + line + " of: " + before);
        }
        lines[line - 1] = after;
        Map<String, String> changed = new TreeMap<>(files);
        changed.put(file, String.join("\n", lines));
        return changed;
    }

    @Override
    public String toString() {
        return file + ":" + line + ": " + before.strip() + "  ->  " + after.strip();
    }

    /** Which of the conditional parts of a file a line is in. */
    private static final class Region {
        private final List<String> conditions = new ArrayList<>();

        void enter(String line) {
            if (line.startsWith("`ifdef ") || line.startsWith("`ifndef ")) {
                conditions.add(line.strip());
            } else if (line.startsWith("`else")) {
                conditions.add("not " + conditions.remove(conditions.size() - 1));
            } else if (line.startsWith("`endif")) {
                conditions.remove(conditions.size() - 1);
            }
        }

        boolean compiled() {
            return !conditions.contains("`ifdef EMAT_CROSSBAR_MACRO") && !conditions.contains("not `ifdef VERILATOR");
        }

        boolean structural() {
            return conditions.contains("`ifdef EMAT_STRUCTURAL");
        }
    }
}
