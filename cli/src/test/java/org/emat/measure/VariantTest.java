package org.emat.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.emat.arch.Architecture.Mapping;
import org.emat.network.InputException;
import org.emat.suite.BenchmarkSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VariantTest {
    @Test
    void namesAndVariantsAreTheSame() {
        assertThat(Variant.ALL)
                .allMatch(variant -> Variant.named(variant.toString()).equals(variant));
        assertThat(Variant.named("pixel-wise:64")).isEqualTo(new Variant(Mapping.PIXEL_WISE, 64));
        assertThat(Variant.named("pixel-wise:1")).isEqualTo(Variant.PIXEL_WISE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PHASE", "phase:2", "pixel-wise:", "pixel-wise:0", "pixel-wise:65", "pixel-wise:2:2"})
    void othersAreRefused(String name) {
        assertThatThrownBy(() -> Variant.named(name))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'" + name + "'")
                .hasMessageContaining("pixel-wise:2");
    }

    @Test
    void aFoldDividesTheTapsOfEveryPhase() {
        var red = BenchmarkSet.named("red");
        // 9, 6, 6 and 4 taps; 4 taps each.
        assertThat(Variant.FOLDED.fits(red.row("GAN_Deconv1").layers())).isFalse();
        assertThat(Variant.FOLDED.fits(red.row("GAN_Deconv3").layers())).isTrue();
        assertThat(new Variant(Mapping.PIXEL_WISE, 4)
                        .fits(red.row("FCN_Deconv2").layers()))
                .isTrue();
        assertThat(new Variant(Mapping.PIXEL_WISE, 3)
                        .fits(red.row("FCN_Deconv2").layers()))
                .isFalse();
        assertThat(Variant.PIXEL_WISE.fits(red.row("GAN_Deconv1").layers())).isTrue();
        // Its last layer has 9 taps; its dense layer is not folded.
        assertThat(Variant.FOLDED.fits(
                        BenchmarkSet.named("gan").row("sngan-cifar").layers()))
                .isFalse();
        assertThat(Variant.FOLDED.fits(
                        BenchmarkSet.named("tiny").row("tiny-generator").layers()))
                .isTrue();
    }

    /** A block of stride × stride pixels leaves within the 8 cycles of a step. */
    @Test
    void streamsAreWideEnough() {
        var red = BenchmarkSet.named("red");
        assertThat(Setting.of(red.row("GAN_Deconv1"))).isEqualTo(new Setting(3, 1, 4096));
        assertThat(Setting.of(red.row("FCN_Deconv1"))).isEqualTo(new Setting(3, 1, 168));
        assertThat(Setting.of(red.row("FCN_Deconv2"))).isEqualTo(new Setting(2, 8, 8 * 21 * 8));
        // 32 pixels a cycle would be needed, more than a row of a block holds.
        assertThat(Setting.of(BenchmarkSet.named("fcn").row("fcn-16s-16x"))).isEqualTo(new Setting(2, 16, 16 * 21 * 8));
        assertThat(Setting.of(BenchmarkSet.named("gan").row("gp-gan")).streamBits())
                .isEqualTo(16384);
        assertThat(List.of(Setting.of(red.row("GAN_Deconv3")).architecture(Variant.FOLDED)))
                .allMatch(architecture ->
                        architecture.fold() == 2 && architecture.adc().bits() == 9);
    }
}
