package org.emat.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.emat.cost.Status;
import org.emat.network.InputException;
import org.emat.network.Operator;
import org.junit.jupiter.api.Test;

class BenchmarkSetTest {
    @Test
    void setsHaveTheirRows() {
        assertThat(BenchmarkSet.all())
                .extracting(BenchmarkSet::name)
                .containsExactly("red", "gan", "fcn", "zara", "tiny", "volumes");
        assertThat(names("red"))
                .containsExactly(
                        "GAN_Deconv1", "GAN_Deconv2", "GAN_Deconv3", "GAN_Deconv4", "FCN_Deconv1", "FCN_Deconv2");
        assertThat(names("gan"))
                .containsExactly("dcgan", "improved-gan", "sngan-cifar", "sngan-stl", "gp-gan", "discogan");
        assertThat(names("fcn"))
                .containsExactly(
                        "fcn-8s-2x", "fcn-8s-2x-pool4", "fcn-8s-8x", "fcn-16s-2x", "fcn-16s-16x", "fcn-32s-32x");
        assertThat(names("zara")).hasSize(6 * 2 * 3).contains("dcgan/generator/forward", "gp-gan/discriminator/error");
        assertThat(names("volumes")).containsExactly("3d-gan");
    }

    private static List<String> names(String set) {
        return BenchmarkSet.named(set).rows().stream().map(Row::name).toList();
    }

    /** Data are drawn from names. */
    @Test
    void noTwoRowsHaveOneName() {
        Set<String> names = new HashSet<>();
        for (BenchmarkSet set : BenchmarkSet.all()) {
            for (Row row : set.rows()) {
                assertThat(names.add(row.name())).as(row.name()).isTrue();
            }
        }
    }

    @Test
    void everythingNamesItsSource() {
        for (BenchmarkSet set : BenchmarkSet.all()) {
            assertThat(set.note()).isNotBlank();
            for (Row row : set.rows()) {
                assertThat(row.network().source()).isNotBlank();
                row.published().forEach(BenchmarkSetTest::checkSource);
            }
            set.published().forEach(BenchmarkSetTest::checkSource);
        }
    }

    private static void checkSource(Published published) {
        assertThat(published.source()).isNotBlank();
        assertThat(published.baseline()).isNotBlank();
        assertThat(published.unit()).isIn("x", "%");
    }

    @Test
    void publishedFiguresAreThoseOfTheAbstracts() {
        assertThat(figures("red", Status.VERIFIED))
                .containsExactly("3.69-31.15x", "8.0-88.36%", "4.0-56.16x", "1.05-18.17x");
        assertThat(figures("gan", Status.VERIFIED))
                .containsExactly(
                        "47.2-47.2x",
                        "21.42-21.42x",
                        "7.46-7.46x",
                        "9.75-9.75x",
                        "7.68-7.68x",
                        "1.04-1.04x",
                        "240.0-240.0x",
                        "94.0-94.0x");
        assertThat(figures("gan", Status.MEMORY)).containsExactly("3.6-3.6x", "3.1-3.1x");
        assertThat(figures("zara", Status.VERIFIED)).containsExactly("1.6-23.0x", "1.15-2.1x");
        assertThat(figures("fcn", Status.VERIFIED)).isEmpty();
        Published most =
                BenchmarkSet.named("red").row("FCN_Deconv2").published().get(0);
        assertThat(most.high()).isEqualTo(31.15);
        assertThat(most.status()).isEqualTo(Status.DERIVED);
    }

    private static List<String> figures(String set, Status status) {
        return BenchmarkSet.named(set).published().stream()
                .filter(published -> published.status() == status)
                .map(published -> published.low() + "-" + published.high() + published.unit())
                .toList();
    }

    /** Dense first layers as the networks have them; 100 or 128 numbers of noise. */
    @Test
    void generatorsStartAsTheirNetworksDo() {
        assertThat(first("dcgan").channels()).isEqualTo(100);
        assertThat(first("improved-gan").channels()).isEqualTo(100);
        assertThat(first("sngan-cifar").channels()).isEqualTo(128);
        assertThat(first("sngan-stl").output()).isEqualTo(6);
        for (String gan : List.of("dcgan", "improved-gan", "sngan-cifar", "sngan-stl")) {
            assertThat(first(gan).operator()).isEqualTo(Operator.DENSE);
        }
        assertThat(first("gp-gan").operator()).isEqualTo(Operator.TRANSPOSED_CONVOLUTION);
        assertThat(BenchmarkSet.named("gan").row("dcgan").weights()).isEqualTo(1638400 + 17212800);
    }

    private static LayerShape first(String gan) {
        return BenchmarkSet.named("gan").row(gan).layers().get(0);
    }

    @Test
    void errorsRunBackwards() {
        BenchmarkSet zara = BenchmarkSet.named("zara");
        Row error = zara.row("dcgan/generator/error");
        assertThat(error.layers()).hasSize(4).allMatch(layer -> layer.operator() == Operator.CONVOLUTION);
        assertThat(error.layers().get(0).input()).isEqualTo(64);
        assertThat(error.layers().get(3).outputs()).isEqualTo(1024);
        Row discriminator = zara.row("dcgan/discriminator/error");
        assertThat(discriminator.layers()).hasSize(5);
        assertThat(discriminator.layers().get(4))
                .isEqualTo(new LayerShape(Operator.TRANSPOSED_CONVOLUTION, 2, 32, 128, 64, 3, 5, 2, 2, 1));
    }

    /** All three passes of a layer take the same products of real operands; only inserted zeros differ. */
    @Test
    void passesTakeTheSameProducts() {
        BenchmarkSet zara = BenchmarkSet.named("zara");
        for (Row row : zara.rows()) {
            Row forward = zara.row(row.name().replaceFirst("[a-z]+$", "forward"));
            boolean all = row.layers().size() == forward.layers().size();
            long wanted =
                    forward.usefulMacs() - (all ? 0 : forward.layers().get(0).usefulMacs());
            assertThat(row.usefulMacs()).as(row.name()).isEqualTo(wanted);
            assertThat(row.zeroInsertedMacs()).as(row.name()).isGreaterThanOrEqualTo(row.usefulMacs());
        }
        // No zeros but those around the pixels in a discriminator's forward pass, many in its error's.
        Row down = zara.row("discogan/discriminator/forward");
        Row up = zara.row("discogan/discriminator/error");
        assertThat(down.zeroInsertedMacs()).isLessThan(down.usefulMacs() * 13 / 10);
        assertThat(up.zeroInsertedMacs()).isGreaterThan(up.usefulMacs() * 4);
    }

    @Test
    void whatIsNotThereIsRefused() {
        assertThatThrownBy(() -> BenchmarkSet.named("redd"))
                .isInstanceOf(InputException.class)
                .hasMessage("There is no benchmark set 'redd'; red, gan, fcn, zara, tiny, volumes are there.");
        assertThatThrownBy(() -> BenchmarkSet.named("volumes").row("x"))
                .isInstanceOf(InputException.class)
                .hasMessage("Benchmark set 'volumes' has no row 'x'; 3d-gan are there.");
    }
}
