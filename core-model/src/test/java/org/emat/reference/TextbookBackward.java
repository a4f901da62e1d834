package org.emat.reference;

import java.util.ArrayList;
import java.util.List;
import org.emat.network.Axis;
import org.emat.network.LayerGeometry;
import org.emat.network.Operator;

/**
 * The derivatives of a layer's sums by their definition, in integers: the oracle that shares no code with the models under
 * test. Words are H × W × C, weights as in {@link LayerGeometry}.
 */
public final class TextbookBackward {
    private final LayerGeometry layer;
    private final List<Meeting> meetings = new ArrayList<>();
    private final int inputs; // channels of a group
    private final int outputs; // channels of a group

    /** An input pixel that reaches an output pixel through a kernel index. */
    public record Meeting(int inputY, int inputX, int kernelIndex, int outputY, int outputX) {}

    /** The derivatives of a layer. */
    public TextbookBackward(LayerGeometry layer) {
        this.layer = layer;
        inputs = layer.input().channels() / layer.groups();
        outputs = layer.output().channels() / layer.groups();
        for (int iy = 0; iy < layer.input().height(); iy++) {
            for (int ix = 0; ix < layer.input().width(); ix++) {
                for (int oy = 0; oy < layer.output().height(); oy++) {
                    for (int ox = 0; ox < layer.output().width(); ox++) {
                        meet(iy, ix, oy, ox);
                    }
                }
            }
        }
    }

    private void meet(int iy, int ix, int oy, int ox) {
        if (layer.operator() == Operator.DENSE) {
            int input = iy * layer.input().width() + ix;
            int output = oy * layer.output().width() + ox;
            int kernel = output * layer.input().height() * layer.input().width() + input;
            meetings.add(new Meeting(iy, ix, kernel, oy, ox));
            return;
        }
        for (int ky = 0; ky < layer.vertical().kernel(); ky++) {
            for (int kx = 0; kx < layer.horizontal().kernel(); kx++) {
                if (reaches(layer.vertical(), iy, ky, oy) && reaches(layer.horizontal(), ix, kx, ox)) {
                    meetings.add(new Meeting(iy, ix, ky * layer.horizontal().kernel() + kx, oy, ox));
                }
            }
        }
    }

    private boolean reaches(Axis axis, int input, int kernel, int output) {
        int shift = kernel * axis.dilation() - axis.padBegin();
        return layer.operator() == Operator.CONVOLUTION
                ? input == output * axis.stride() + shift
                : output == input * axis.stride() + shift;
    }

    /** All meetings of the layer. */
    public List<Meeting> meetings() {
        return List.copyOf(meetings);
    }

    private interface Product {
        void of(int input, int weight, int output);
    }

    /** Every product of the layer's sums: index of the input word, of the weight and of the output word. */
    private void visit(Product product) {
        for (Meeting at : meetings) {
            for (int out = 0; out < layer.output().channels(); out++) {
                for (int in = 0; in < inputs; in++) {
                    int channel = out / outputs * inputs + in;
                    product.of(
                            (at.inputY * layer.input().width() + at.inputX)
                                            * layer.input().channels()
                                    + channel,
                            (at.kernelIndex * layer.output().channels() + out) * inputs + in,
                            (at.outputY * layer.output().width() + at.outputX)
                                            * layer.output().channels()
                                    + out);
                }
            }
        }
    }

    /** Derivatives by the input words, for the derivatives {@code error} by the output words. */
    public long[] error(int[] weights, int[] error) {
        long[] derivatives = new long[layer.input().words()];
        visit((in, weight, out) -> derivatives[in] += (long) weights[weight] * error[out]);
        return derivatives;
    }

    /** Adds the derivatives by the weights. */
    public void addGradient(int[] input, int[] error, long[] gradient) {
        visit((in, weight, out) -> gradient[weight] += (long) input[in] * error[out]);
    }

    /** The sums for real weights and inputs. */
    public double[] sums(double[] weights, double[] input) {
        double[] sums = new double[layer.output().words()];
        visit((in, weight, out) -> sums[out] += input[in] * weights[weight]);
        return sums;
    }
}
