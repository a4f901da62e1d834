package org.emat.tb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.emat.rtl.RtlGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registers of a design, error bits above all, from the master's side of the bus. */
class RegistersTest {
    @TempDir
    Path folder;

    @Test
    void registersAnswerAsTheirMapSays() throws Exception {
        String[] sources = Stream.concat(
                        RtlGenerator.LIBRARY.stream()
                                .filter(name -> name.endsWith(".v"))
                                .map(name -> "lib/" + name),
                        Stream.of("conv_small/conv_small_top.v"))
                .toArray(String[]::new);
        assertThat(IcarusBench.of("csr_bench", sources).run(folder)).isEqualTo("144 checks, 0 failed\n");
    }
}
