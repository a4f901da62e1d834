package org.emat.rtl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.emat.plan.Plan;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The house style of every generated file: the designs of {@code verilog-out/}, their projects, bench and driver. */
class RenderedFilesTest {
    private static final int LONGEST_LINE = 120;

    /** Library modules that gradients do not share with the other designs. */
    private static final int GRADIENT_MODULES = 4;

    private static final String LICENSE = "// SPDX-License-Identifier: Apache-2.0\n";

    /** Library modules of updates. */
    private static final int UPDATE_MODULES = UpdateGenerator.LIBRARY.size();

    private static final int TRAINER_MODULES = 14; // one of them an include file

    /** The system functions that the Verilog calls. */
    private static final Set<String> SYSTEM =
            Set.of("$clog2", "$signed", "$unsigned", "$value$plusargs", "$fopen", "$fclose", "$readmemh");

    private static final Pattern DOLLAR = Pattern.compile("\\$[{!]?[\\w$]*");
    private static final Pattern DIRECTIVE =
            Pattern.compile("#\\{?(if|else|elseif|foreach|set|end|parse|include|define|macro)\\b|#\\[\\[|\\]\\]#");
    private static final Pattern PORT =
            Pattern.compile("    (?:input|output) +(?:wire|reg) +(?:signed )?(?:\\[.*?:0\\] +)?(\\w+),?( +// \\S.*)?");

    /** Ports whose name says it all. */
    private static final Pattern PLAIN = Pattern.compile("a?clk|a?reset|aresetn|\\w*(valid|ready|data)");

    private static final Map<String, String> FILES = new TreeMap<>();

    @BeforeAll
    static void render() throws IOException {
        Path folder = Path.of("..", "verilog-out");
        FILES.putAll(ReferenceDesigns.files(folder));
        List<Plan> plans = ReferenceDesigns.plans(folder);
        RtlGenerator generator = new RtlGenerator();
        for (Plan plan : plans) {
            generator.project(plan, "rtl").forEach((name, text) -> FILES.put(plan.name() + "/project/" + name, text));
        }
        generator.harness(plans).forEach((name, text) -> FILES.put("harness/" + name, text));
        new GradientGenerator()
                .harness(ReferenceDesigns.gradients())
                .forEach((name, text) -> FILES.put("gradient_harness/" + name, text));
    }

    @Test
    void allFilesOfAllDesignsAreLookedAt() {
        // Libraries; top, list and plan of a design; list, core and constraints of its project; top and list of a
        // gradient; machine, top and list of a trainer; two benches and drivers.
        assertThat(FILES)
                .hasSize(RtlGenerator.LIBRARY.size()
                        + GRADIENT_MODULES
                        + UPDATE_MODULES
                        + TRAINER_MODULES
                        + 13 * 3
                        + 13 * 3
                        + 2 * 2
                        + 2 * 3
                        + 2 * 2);
    }

    @Test
    void nothingOfTheTemplatesIsLeft() {
        SoftAssertions softly = new SoftAssertions();
        FILES.forEach((name, text) -> {
            Matcher dollar = DOLLAR.matcher(text);
            while (dollar.find()) {
                softly.assertThat(dollar.group()).as("reference in %s", name).isIn(SYSTEM);
            }
            // C++ has directives of its own.
            if (!name.endsWith(".cpp")) {
                softly.assertThat(text).as(name).doesNotContainPattern(DIRECTIVE);
            }
        });
        softly.assertAll();
    }

    @Test
    void linesAreClean() {
        SoftAssertions softly = new SoftAssertions();
        FILES.forEach((name, text) -> {
            int number = 0;
            for (String line : text.split("\n", -1)) {
                softly.assertThat(line)
                        .as("line %d of %s", ++number, name)
                        .hasSizeLessThanOrEqualTo(LONGEST_LINE)
                        .doesNotContain("\t", "\r")
                        .doesNotMatch(".*\\s");
            }
            softly.assertThat(text).as("end of %s", name).endsWith("\n").doesNotEndWith("\n\n");
            softly.assertThat(text).as("empty lines in %s", name).doesNotContain("\n\n\n");
        });
        softly.assertAll();
    }

    @Test
    void everyVerilogFileHasItsHeader() {
        SoftAssertions softly = new SoftAssertions();
        int modules = 0;
        for (String name : verilog()) {
            String text = FILES.get(name);
            softly.assertThat(text).as(name).startsWith(LICENSE);
            if (name.endsWith(".v")) {
                String module = name.substring(name.lastIndexOf('/') + 1, name.length() - ".v".length());
                softly.assertThat(text).as(name).contains("\n// " + module + ": ");
                softly.assertThat(text)
                        .as(name)
                        .containsPattern("(?s)`default_nettype none\n.*module " + module + "\\b.*endmodule\n"
                                + "`default_nettype wire\n$");
                modules++;
            }
        }
        softly.assertAll();
        assertThat(modules)
                .isEqualTo(RtlGenerator.LIBRARY.size()
                        - 2
                        + GRADIENT_MODULES
                        + UPDATE_MODULES
                        + TRAINER_MODULES
                        - 1
                        + 13
                        + 2
                        + 2 * 2
                        + 2);
    }

    @Test
    void everyParameterIsExplained() {
        List<String> bare = new ArrayList<>();
        int parameters = 0;
        for (String name : verilog()) {
            for (String line : FILES.get(name).lines().toList()) {
                if (line.startsWith("    parameter ")) {
                    parameters++;
                    if (!line.matches(".*,?  +// \\S.*")) {
                        bare.add(name + ": " + line);
                    }
                }
            }
        }
        assertThat(bare).as("parameters without a comment").isEmpty();
        assertThat(parameters).isGreaterThan(100);
    }

    /** By a comment of its own, by that of its group, or by its name. */
    @Test
    void everyPortIsExplained() {
        List<String> bare = new ArrayList<>();
        int ports = 0;
        for (String name : verilog()) {
            boolean grouped = false;
            for (String line : FILES.get(name).lines().toList()) {
                Matcher port = PORT.matcher(line);
                grouped = line.startsWith("    // ") || (grouped && !line.startsWith(");"));
                if (line.startsWith("    input ") || line.startsWith("    output ")) {
                    assertThat(port.matches()).as("port of %s: %s", name, line).isTrue();
                    ports++;
                    if (port.group(2) == null
                            && !grouped
                            && !PLAIN.matcher(port.group(1)).matches()) {
                        bare.add(name + ": " + line);
                    }
                }
            }
        }
        assertThat(bare).as("ports without a comment").isEmpty();
        assertThat(ports).isGreaterThan(200);
    }

    private static List<String> verilog() {
        return FILES.keySet().stream()
                .filter(name -> name.endsWith(".v") || name.endsWith(".vh"))
                .toList();
    }
}
