package org.emat.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.emat.arch.Architecture;
import org.emat.integer.IntegerActivation;
import org.emat.network.Activation;
import org.emat.network.InputException;
import org.emat.network.Layer;
import org.emat.network.LayerGeometry;
import org.emat.network.Network;
import org.emat.network.NumberFormat;
import org.emat.network.RealFrame;
import org.emat.network.TensorShape;
import org.emat.reference.DrawnGeometry;
import org.junit.jupiter.api.Test;

class QuantiserTest {

    /** Every layer and width is quantised: the error is a small part of the largest sum, as the widths have it. */
    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void staysNearTheRealNetwork(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        LayerGeometry geometry = DrawnGeometry.draw(random);
        int bits = 4 + random.nextInt(13);
        Layer layer = layer(random, geometry);
        Network network = new Network("drawn", List.of(layer));
        List<RealFrame> frames = frames(random, geometry.input(), 8, random.nextBoolean());
        Quantised quantised = new Quantiser(widths(bits, bits, Math.min(16, bits + 2))).quantise(network, frames);
        double most = 0;
        for (RealFrame frame : frames) {
            for (float sum : FloatModel.sums(layer, frame).words()) {
                most = Math.max(most, Math.abs(sum));
            }
        }
        boolean table =
                layer.activation() instanceof Activation.Tanh || layer.activation() instanceof Activation.Sigmoid;
        double range = table ? Math.max(1, most) : most;
        assertThat(error(network, quantised, frames))
                .as("%d bits, %s", bits, layer)
                .isLessThan(range * Math.scalb(4.0, -bits));
        assertThat(quantised.network().inputFormat().bits()).isEqualTo(bits);
        assertThat(quantised.network().outputFormat().bits()).isEqualTo(bits);
    }

    /** Root of the mean squared difference between real and integer outputs. */
    private static double error(Network network, Quantised quantised, List<RealFrame> frames) {
        double squares = 0;
        int words = 0;
        for (RealFrame frame : frames) {
            float[] wanted = new FloatModel(network).run(frame).words();
            float[] found = quantised
                    .dequantise(new IntegerModel(quantised.network()).run(quantised.quantise(frame)))
                    .words();
            for (int i = 0; i < wanted.length; i++) {
                squares += (wanted[i] - found[i]) * (wanted[i] - found[i]);
                words++;
            }
        }
        return Math.sqrt(squares / words);
    }

    @Test
    void channelsWithoutWeightsGiveTheirBias() {
        LayerGeometry geometry = LayerGeometry.dense(new TensorShape(2, 1, 1), new TensorShape(3, 1, 1));
        double[] weights = {0, 0, 0, 0, 1, 1};
        Layer layer = new Layer("zero", geometry, weights, new double[] {0.75, 0, 1e-3}, new Activation.None());
        Network network = new Network("n", List.of(layer));
        List<RealFrame> frames = frames(new SplittableRandom(1), geometry.input(), 20, true);
        Quantised quantised = new Quantiser(Architecture.standard()).quantise(network, frames);
        for (RealFrame frame : frames) {
            float[] words = quantised
                    .dequantise(new IntegerModel(quantised.network()).run(quantised.quantise(frame)))
                    .words();
            assertThat(words[0]).isCloseTo(0.75f, within(0.02f));
            assertThat(words[1]).isZero();
        }
    }

    @Test
    void framesOfZerosCalibrateToo() {
        for (Activation activation : List.of(
                new Activation.None(),
                Activation.relu(),
                new Activation.Slope(new double[] {0.1}),
                new Activation.Tanh(),
                new Activation.Sigmoid())) {
            LayerGeometry geometry = LayerGeometry.dense(new TensorShape(2, 1, 1), new TensorShape(2, 1, 1));
            Layer layer = new Layer("l", geometry, new double[] {1, 2, 3, 4}, new double[2], activation);
            RealFrame zeros = new RealFrame(geometry.input(), new float[2]);
            Quantised quantised =
                    new Quantiser(Architecture.standard()).quantise(new Network("n", List.of(layer)), List.of(zeros));
            float[] found = quantised
                    .dequantise(new IntegerModel(quantised.network()).run(quantised.quantise(zeros)))
                    .words();
            float wanted = (float) activation.apply(0, 0);
            assertThat(found[0]).as("%s", activation).isCloseTo(wanted, within(0.005f));
        }
    }

    @Test
    void extremeBiasesSaturate() {
        LayerGeometry geometry = LayerGeometry.dense(new TensorShape(1, 1, 1), new TensorShape(2, 1, 1));
        Layer layer =
                new Layer("l", geometry, new double[] {1e-9, 1}, new double[] {1e9, -1e-9}, new Activation.None());
        RealFrame one = new RealFrame(geometry.input(), new float[] {1});
        Quantised quantised =
                new Quantiser(Architecture.standard()).quantise(new Network("n", List.of(layer)), List.of(one));
        float[] found = quantised
                .dequantise(new IntegerModel(quantised.network()).run(quantised.quantise(one)))
                .words();
        assertThat(found[0]).isCloseTo(1e9f, within(1e7f));
    }

    @Test
    void narrowestWidthsWork() {
        LayerGeometry geometry = LayerGeometry.dense(new TensorShape(3, 1, 1), new TensorShape(4, 1, 1));
        SplittableRandom random = new SplittableRandom(5);
        for (Activation activation :
                List.of(new Activation.None(), new Activation.Slope(new double[] {0.5}), new Activation.Tanh())) {
            Layer drawn = layer(random, geometry);
            Network network =
                    new Network("n", List.of(new Layer("l", geometry, drawn.weights(), drawn.bias(), activation)));
            List<RealFrame> frames = frames(random, geometry.input(), 10, false);
            Quantised quantised = new Quantiser(widths(1, 2, 4)).quantise(network, frames);
            assertThat(error(network, quantised, frames)).isFinite();
        }
    }

    @Test
    void formatsFollowTheValues() {
        LayerGeometry geometry = LayerGeometry.dense(new TensorShape(1, 1, 1), new TensorShape(1, 1, 1));
        SplittableRandom random = new SplittableRandom(3);
        List<RealFrame> positive = frames(random, geometry.input(), 50, true);
        List<RealFrame> both = frames(random, geometry.input(), 50, false);
        Quantiser quantiser = new Quantiser(Architecture.standard());
        Network relu = one(geometry, Activation.relu());
        assertThat(quantiser.quantise(relu, both).network().inputFormat()).isEqualTo(new NumberFormat(8, true));
        assertThat(quantiser.quantise(relu, both).network().outputFormat()).isEqualTo(new NumberFormat(8, false));
        assertThat(quantiser.quantise(relu, positive).network().inputFormat()).isEqualTo(new NumberFormat(8, false));
        Quantised tanh = quantiser.quantise(one(geometry, new Activation.Tanh()), both);
        assertThat(tanh.network().outputFormat()).isEqualTo(new NumberFormat(8, true));
        assertThat(tanh.outputScales().get(0)).isEqualTo(1.0 / 127);
        assertThat(((IntegerActivation.Tabled) tanh.network().layers().get(0).activation()).entries())
                .hasSize(1024)
                .isSorted();
        Quantised sigmoid = quantiser.quantise(one(geometry, new Activation.Sigmoid()), both);
        assertThat(sigmoid.network().outputFormat()).isEqualTo(new NumberFormat(8, false));
        assertThat(sigmoid.outputScales().get(0)).isEqualTo(1.0 / 255);
    }

    @Test
    void pixelsOfEightBitsAreTakenWithoutLoss() {
        LayerGeometry geometry = LayerGeometry.dense(new TensorShape(256, 1, 1), new TensorShape(1, 1, 1));
        float[] pixels = new float[256];
        double[] weights = new double[256];
        for (int i = 0; i < 256; i++) {
            pixels[i] = i / 255f;
            weights[i] = 1;
        }
        Layer layer = new Layer("l", geometry, weights, new double[1], new Activation.None());
        RealFrame frame = new RealFrame(geometry.input(), pixels);
        Quantised quantised =
                new Quantiser(Architecture.standard()).quantise(new Network("n", List.of(layer)), List.of(frame));
        assertThat(quantised.inputScale()).isCloseTo(1 / 255.0, within(1e-9));
        int[] words = quantised.quantise(frame).words();
        for (int i = 0; i < 256; i++) {
            assertThat(words[i]).isEqualTo(i);
        }
    }

    @Test
    void unusableCalibrationIsRefused() {
        LayerGeometry geometry = LayerGeometry.dense(new TensorShape(1, 1, 1), new TensorShape(1, 1, 1));
        Network network = one(geometry, new Activation.None());
        Quantiser quantiser = new Quantiser(Architecture.standard());
        RealFrame bad = new RealFrame(geometry.input(), new float[] {Float.NaN});
        RealFrame other = new RealFrame(new TensorShape(2, 1, 1), new float[2]);
        assertThatThrownBy(() -> quantiser.quantise(network, List.of())).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> quantiser.quantise(network, List.of(bad)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> quantiser.quantise(network, List.of(other)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("2x1x1");
    }

    private static Network one(LayerGeometry geometry, Activation activation) {
        return new Network("n", List.of(new Layer("l", geometry, new double[] {1.5}, new double[] {0.1}, activation)));
    }

    private static Architecture widths(int inputBits, int weightBits, int activationBits) {
        Architecture standard = Architecture.standard();
        return new Architecture(
                standard.crossbar(),
                standard.cellBits(),
                standard.encoding(),
                inputBits,
                weightBits,
                activationBits,
                standard.adc(),
                standard.device(),
                standard.mapping(),
                standard.fold(),
                standard.onePixel(),
                standard.groups(),
                standard.pixelsPerCycle(),
                standard.streamBits());
    }

    private static Layer layer(SplittableRandom random, LayerGeometry geometry) {
        double[] weights = new double[geometry.weightCount()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = random.nextGaussian();
        }
        double[] bias = new double[geometry.scaleCount()];
        for (int i = 0; i < bias.length; i++) {
            bias[i] = random.nextGaussian();
        }
        double[] slopes = new double[geometry.output().channels()];
        for (int i = 0; i < slopes.length; i++) {
            slopes[i] = random.nextDouble(-0.2, 0.6);
        }
        Activation activation = switch (random.nextInt(6)) {
            case 0 -> new Activation.None();
            case 1 -> Activation.relu();
            case 2 -> new Activation.Clip(-1, 3);
            case 3 -> new Activation.Tanh();
            case 4 -> new Activation.Sigmoid();
            default -> new Activation.Slope(slopes);
        };
        return new Layer("drawn", geometry, weights, bias, activation);
    }

    private static List<RealFrame> frames(SplittableRandom random, TensorShape shape, int count, boolean positive) {
        List<RealFrame> frames = new ArrayList<>();
        for (int frame = 0; frame < count; frame++) {
            float[] words = new float[shape.words()];
            for (int i = 0; i < words.length; i++) {
                words[i] = (float) (positive ? random.nextDouble() : random.nextGaussian());
            }
            frames.add(new RealFrame(shape, words));
        }
        return frames;
    }
}
