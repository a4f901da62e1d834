package org.emat.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.emat.arch.Architecture;
import org.emat.golden.GoldenModel;
import org.emat.integer.Frame;
import org.emat.integer.IntegerLayer;
import org.emat.integer.IntegerNetwork;
import org.emat.network.NumberFormat;
import org.emat.plan.Mapper;
import org.emat.plan.Plan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SeededRowTest {
    /** Nightly, whole networks of half a billion products too. */
    private static final long MOST_MACS = Boolean.getBoolean("emat.nightly") ? 1_000_000_000 : 200_000_000;

    /** Computed by another program from the definitions of FNV-1a and SplitMix64; rows stay the same for ever. */
    @Test
    void aNameGivesItsWordsForEver() {
        assertThat(new SeededWords("GAN_Deconv1/0/weights").draw(8, -127, 127))
                .containsExactly(-31, 38, -106, -110, -103, -113, -6, -83);
        assertThat(new SeededWords("").draw(4, 0, 255)).containsExactly(195, 16, 84, 44);
    }

    @Test
    void wordsAreUniformOverTheirRange() {
        int[] words = new SeededWords("uniform").draw(1_000_000, -127, 127);
        int[] counts = new int[255];
        Arrays.stream(words).forEach(word -> counts[word + 127]++);
        assertThat(Arrays.stream(counts).min().orElseThrow()).isGreaterThan(1_000_000 / 255 * 9 / 10);
        assertThat(Arrays.stream(counts).max().orElseThrow()).isLessThan(1_000_000 / 255 * 11 / 10);
        assertThat(new SeededWords("uniforn").draw(4, -127, 127)).isNotEqualTo(Arrays.copyOf(words, 4));
    }

    static List<Row> rows() {
        List<Row> rows = BenchmarkSet.all().stream()
                .flatMap(set -> set.rows().stream())
                .filter(row -> row.runnable() && row.pass() != Pass.GRADIENT && row.usefulMacs() <= MOST_MACS)
                .toList();
        assertThat(rows).hasSizeGreaterThan(20);
        return rows;
    }

    /** Neither do words of a layer saturate much, nor do they vanish, at any depth. */
    @ParameterizedTest
    @MethodSource("rows")
    void wordsKeepTheirSizeThroughAChain(Row row) {
        SeededRow seeded = new SeededRow(row);
        IntegerNetwork network = seeded.network();
        Architecture architecture = Mapper.lossless(Architecture.standard());
        Plan plan = new Mapper(architecture).map("row", network);
        List<Frame> frames = seeded.frames(1);
        List<List<Frame>> outputs = new GoldenModel(plan, network, architecture)
                .run(frames, done -> {})
                .outputs();
        for (int i = 0; i < outputs.size(); i++) {
            IntegerLayer layer = network.layers().get(i);
            NumberFormat format = layer.output();
            int[] words = outputs.get(i).get(0).words();
            if (words.length < 100) {
                continue;
            }
            double extreme = share(words, word -> word == format.max() || (format.signed() && word == format.min()));
            double small = share(words, word -> Math.abs(word) <= 2);
            assertThat(extreme)
                    .as("saturated words of %s, layer %d", row.name(), i)
                    .isLessThan(0.03);
            assertThat(small).as("small words of %s, layer %d", row.name(), i).isLessThan(0.7);
            assertThat(share(words, word -> word > format.max() / 4))
                    .as("large words of %s, layer %d", row.name(), i)
                    .isGreaterThan(0.05);
        }
    }

    private static double share(int[] words, java.util.function.IntPredicate predicate) {
        return (double) Arrays.stream(words).filter(predicate).count() / words.length;
    }

    @Test
    void formatsFollowThePass() {
        SeededRow forward = new SeededRow(BenchmarkSet.named("gan").row("sngan-cifar"));
        assertThat(forward.network().layers())
                .extracting(layer -> layer.output().signed())
                .containsExactly(false, false, false, false, true);
        assertThat(forward.input(0).signed()).isTrue();
        assertThat(forward.input(1).signed()).isFalse();
        SeededRow error = new SeededRow(BenchmarkSet.named("zara").row("sngan-cifar/generator/error"));
        assertThat(error.network().layers()).allMatch(layer -> layer.output().signed());
        SeededRow red = new SeededRow(BenchmarkSet.named("red").row("GAN_Deconv3"));
        assertThat(red.network().inputFormat()).isEqualTo(new NumberFormat(8, false));
        assertThat(red.network().outputFormat()).isEqualTo(new NumberFormat(8, true));
    }

    @Test
    void framesDifferAndComeAgain() {
        SeededRow row = new SeededRow(BenchmarkSet.named("red").row("FCN_Deconv1"));
        List<Frame> frames = row.frames(3);
        assertThat(frames).doesNotHaveDuplicates().isEqualTo(row.frames(3));
        assertThat(row.network().layers().get(0).weights())
                .isEqualTo(row.network().layers().get(0).weights());
    }

    @Test
    void gradientsHaveTwoOperands() {
        Row row = BenchmarkSet.named("zara").row("discogan/generator/gradient");
        SeededRow seeded = new SeededRow(row);
        for (int layer : IntStream.range(0, row.layers().size()).toArray()) {
            assertThat(seeded.inputs(layer, 0).shape())
                    .isEqualTo(row.layers().get(layer).geometry().input());
            assertThat(seeded.errors(layer, 0).shape())
                    .isEqualTo(row.layers().get(layer).geometry().output());
            assertThat(seeded.errors(layer, 0)).isNotEqualTo(seeded.errors(layer, 1));
        }
        assertThatThrownBy(seeded::network)
                .hasMessage("row 'discogan/generator/gradient' is of a gradient; its layers have two operands");
    }

    @Test
    void volumesAreOnlyPredicted() {
        Row row = BenchmarkSet.named("volumes").row("3d-gan");
        assertThat(row.runnable()).isFalse();
        assertThat(row.usefulMacs()).isEqualTo(6553600L + 359661568 + 884736000 + 1952382976 + 128024064);
        assertThatThrownBy(() -> new SeededRow(row))
                .hasMessage("row '3d-gan' has layers of 3 dimensions and can only be predicted");
    }
}
