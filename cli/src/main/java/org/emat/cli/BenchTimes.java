package org.emat.cli;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.emat.measure.BenchmarkTable;
import org.emat.report.Fact;
import org.emat.report.Provenance;
import org.emat.tb.VerilatorToolchain;

/**
 * With what and how long a benchmark ran.
 *
 * @param tools what built the simulators; empty where nothing was simulated
 * @param seconds wall time of everything
 */
record BenchTimes(Optional<VerilatorToolchain> tools, double seconds) {
    /** One line on times and on what was kept. */
    String sentence(BenchmarkTable table) {
        String time = String.format(Locale.ROOT, "%.1f s in all", seconds);
        if (!table.counted()) {
            return time + "; predicted, --rtl counts in Verilog.";
        }
        return time + "; " + table.kept() + " of " + table.lines().size() + " results were kept from before.";
    }

    /** What is needed to repeat it. */
    Provenance provenance() {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("emat", Main.VERSION, ""));
        facts.add(new Fact("Java", System.getProperty("java.version"), ""));
        tools.ifPresent(found -> {
            facts.add(new Fact("simulator", found.version(), ""));
            facts.add(new Fact("compiler", found.compiler(), ""));
        });
        String written = LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm"));
        return new Provenance(
                facts,
                List.of(),
                List.of(
                        new Fact("written", written, ""),
                        new Fact("everything", String.format(Locale.ROOT, "%.1f s", seconds), "")));
    }
}
