package org.emat.tb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The form of {@code popcount.vh} that is simulated and the one that is synthesised count the same. */
class PopcountTest {
    private static final int PATTERNS = 4 * 64 + 8;
    private static final int RANDOM = 30_000;

    @TempDir
    Path folder;

    @Test
    void bothFormsCountTheSame() throws Exception {
        int seed = (int) (Long.getLong("emat.seed", 20261124L) & 0x3FFF_FFFF);
        System.out.println("seed " + seed + "; repeat with: mvn -pl tb -am test -Dtest=PopcountTest"
                + " -DargLine=-Demat.seed=" + seed);
        String output = IcarusBench.of("popcount_bench").run(folder, "+random=" + RANDOM, "+seed=" + seed);
        assertThat(output).isEqualTo("compared " + (PATTERNS + RANDOM) + " words, 0 differ\n");
    }
}
