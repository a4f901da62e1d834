package org.emat.reference;

import org.emat.network.Axis;
import org.emat.network.LayerGeometry;

/**
 * The linear operators as textbooks and the ONNX specification define them, in integers: the oracle that shares no code
 * with the models under test.
 *
 * <p>Words are H × W × C, weights as in {@link LayerGeometry}. Sums have no bias.
 */
public final class TextbookLayer {
    private TextbookLayer() {}

    /** The sums of a layer for one input frame. */
    public static long[] sums(LayerGeometry layer, int[] weights, int[] input) {
        return switch (layer.operator()) {
            case CONVOLUTION -> convolution(layer, weights, input);
            case TRANSPOSED_CONVOLUTION -> transposedConvolution(layer, weights, input);
            case DENSE -> dense(layer, weights, input);
        };
    }

    /** Gather: {@code y[o] += x[o·stride + k·dilation − pad] · w[k]}. */
    private static long[] convolution(LayerGeometry layer, int[] weights, int[] input) {
        Axis v = layer.vertical();
        Axis h = layer.horizontal();
        long[] sums = new long[layer.output().words()];
        int groupIn = layer.input().channels() / layer.groups();
        int groupOut = layer.output().channels() / layer.groups();
        for (int oy = 0; oy < layer.output().height(); oy++) {
            for (int ox = 0; ox < layer.output().width(); ox++) {
                for (int oc = 0; oc < layer.output().channels(); oc++) {
                    long sum = 0;
                    for (int ky = 0; ky < v.kernel(); ky++) {
                        for (int kx = 0; kx < h.kernel(); kx++) {
                            int iy = oy * v.stride() + ky * v.dilation() - v.padBegin();
                            int ix = ox * h.stride() + kx * h.dilation() - h.padBegin();
                            if (iy < 0
                                    || iy >= layer.input().height()
                                    || ix < 0
                                    || ix >= layer.input().width()) {
                                continue;
                            }
                            for (int i = 0; i < groupIn; i++) {
                                int ic = oc / groupOut * groupIn + i;
                                sum += (long) at(layer, input, iy, ix, ic) * weight(layer, weights, ky, kx, oc, i);
                            }
                        }
                    }
                    sums[(oy * layer.output().width() + ox) * layer.output().channels() + oc] = sum;
                }
            }
        }
        return sums;
    }

    /** Scatter: {@code y[i·stride + k·dilation − pad] += x[i] · w[k]}. */
    private static long[] transposedConvolution(LayerGeometry layer, int[] weights, int[] input) {
        Axis v = layer.vertical();
        Axis h = layer.horizontal();
        long[] sums = new long[layer.output().words()];
        int groupIn = layer.input().channels() / layer.groups();
        int groupOut = layer.output().channels() / layer.groups();
        for (int iy = 0; iy < layer.input().height(); iy++) {
            for (int ix = 0; ix < layer.input().width(); ix++) {
                for (int ky = 0; ky < v.kernel(); ky++) {
                    for (int kx = 0; kx < h.kernel(); kx++) {
                        int oy = iy * v.stride() + ky * v.dilation() - v.padBegin();
                        int ox = ix * h.stride() + kx * h.dilation() - h.padBegin();
                        if (oy < 0
                                || oy >= layer.output().height()
                                || ox < 0
                                || ox >= layer.output().width()) {
                            continue;
                        }
                        for (int oc = 0; oc < layer.output().channels(); oc++) {
                            for (int i = 0; i < groupIn; i++) {
                                int ic = oc / groupOut * groupIn + i;
                                sums[
                                                (oy * layer.output().width() + ox)
                                                                * layer.output().channels()
                                                        + oc] +=
                                        (long) at(layer, input, iy, ix, ic) * weight(layer, weights, ky, kx, oc, i);
                            }
                        }
                    }
                }
            }
        }
        return sums;
    }

    /** Matrix times vector: every output word sees every input word. */
    private static long[] dense(LayerGeometry layer, int[] weights, int[] input) {
        int outChannels = layer.output().channels();
        int inChannels = layer.input().channels();
        int outPixels = layer.output().height() * layer.output().width();
        int inPixels = layer.input().height() * layer.input().width();
        long[] sums = new long[outPixels * outChannels];
        for (int op = 0; op < outPixels; op++) {
            for (int oc = 0; oc < outChannels; oc++) {
                for (int ip = 0; ip < inPixels; ip++) {
                    for (int ic = 0; ic < inChannels; ic++) {
                        int weight = weights[((op * inPixels + ip) * outChannels + oc) * inChannels + ic];
                        sums[op * outChannels + oc] += (long) input[ip * inChannels + ic] * weight;
                    }
                }
            }
        }
        return sums;
    }

    private static int at(LayerGeometry layer, int[] input, int y, int x, int channel) {
        return input[(y * layer.input().width() + x) * layer.input().channels() + channel];
    }

    private static int weight(LayerGeometry layer, int[] weights, int ky, int kx, int outChannel, int inChannel) {
        int kernel = ky * layer.horizontal().kernel() + kx;
        int inChannels = layer.input().channels() / layer.groups();
        return weights[(kernel * layer.output().channels() + outChannel) * inChannels + inChannel];
    }
}
