package org.emat.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.emat.suite.BenchmarkSet;
import org.emat.suite.Row;
import org.emat.suite.SeededRow;
import org.emat.tb.VerilatorToolchain;
import org.junit.jupiter.api.Test;

/** Whatever decides a result decides its name. */
class ResultKeyTest {
    private static final VerilatorToolchain TOOLS = tools("Verilator 5.006");

    private static VerilatorToolchain tools(String version) {
        return new VerilatorToolchain(Path.of("v"), version, "g++ 12", Path.of("make"), Optional.empty(), true);
    }

    private static ChainSubject subject(Row row, Variant variant) {
        return ChainSubject.of(row, new SeededRow(row).network(), variant);
    }

    @Test
    void everythingElseHasAnotherName() {
        ResultKey key = new ResultKey(TOOLS);
        Row row = BenchmarkSet.named("tiny").row("tiny-4x4");
        ChainSubject subject = subject(row, Variant.PHASE);
        assertThat(key.of(subject)).isEqualTo(new ResultKey(TOOLS).of(subject(row, Variant.PHASE)));
        Set<String> names = new HashSet<>(Set.of(key.of(subject), new ResultKey(tools("Verilator 6")).of(subject)));
        for (Variant variant : Variant.ALL) {
            names.add(key.of(subject(row, variant)));
        }
        // Another name draws other weights.
        names.add(key.of(subject(
                new Row("other", row.network(), row.pass(), row.layers(), row.signedInput(), row.published()),
                Variant.PHASE)));
        Setting longer = new Setting(4, 1, subject.setting().streamBits());
        names.add(key.of(new ChainSubject(
                row, subject.variant(), longer, subject.network(), subject.architecture(), subject.plan())));
        assertThat(names).hasSize(Variant.ALL.size() + 3);
    }
}
