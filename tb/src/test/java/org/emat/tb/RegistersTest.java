package org.emat.tb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.emat.rtl.RtlGenerator;
import org.emat.rtl.TrainerGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registers of designs, error bits above all, from the master's side of the bus. */
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

    @Test
    void registersOfAMachineThatTrainsAnswerAsTheirMapSays() throws Exception {
        String[] sources = Stream.concat(
                        TrainerGenerator.LIBRARY.stream()
                                .filter(name -> name.endsWith(".v"))
                                .map(name -> "lib/" + name),
                        Stream.of("tiny_gan_trainer.v", "tiny_gan_trainer_top.v")
                                .map(name -> "tiny_gan_trainer/" + name))
                .toArray(String[]::new);
        IcarusBench bench = IcarusBench.of("trainer_csr_bench", sources);
        // Two small networks are faster crossbar by crossbar.
        IcarusBench structural =
                new IcarusBench(bench.name(), bench.text(), bench.sources(), List.of("-DEMAT_STRUCTURAL"));
        assertThat(structural.run(folder)).isEqualTo("2206 checks, 0 failed\n");
    }
}
