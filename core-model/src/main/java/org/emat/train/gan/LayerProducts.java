package org.emat.train.gan;

import java.util.Arrays;
import org.emat.network.LayerGeometry;
import org.emat.network.Operator;
import org.emat.train.gan.Meetings.TargetClass;

/**
 * The three products of a layer over some frames at once: sums from inputs, sums of the inputs' errors from errors,
 * sums of weight gradients from both.
 *
 * <p>Frames are tensors {@code [channel][pixel · frames + frame]}; products of integers up to 2^15 in magnitude are
 * exact.
 */
final class LayerProducts {
    private static final int ROWS = 256;
    private static final int LANES = 1024;

    private final LayerGeometry layer;
    private final int frames;
    private final Meetings forward;
    private final Meetings backward;

    /**
     * The products of a layer.
     *
     * @param forward the layer's meetings from inputs to outputs
     * @param backward those from outputs to inputs
     */
    LayerProducts(LayerGeometry layer, Meetings forward, Meetings backward, int frames) {
        this.layer = layer;
        this.forward = forward;
        this.backward = backward;
        this.frames = frames;
    }

    /** Sums without bias. */
    double[][] sums(double[] weights, double[][] input) {
        double[][] sums = new double[layer.output().channels()][layer.output().pixels() * frames];
        for (TargetClass targets : forward.classes()) {
            multiply(targets, true, weights, input, sums);
        }
        return sums;
    }

    /** Sums of the errors of the inputs. */
    double[][] errors(double[] weights, double[][] error) {
        double[][] sums = new double[layer.input().channels()][layer.input().pixels() * frames];
        for (TargetClass targets : backward.classes()) {
            multiply(targets, false, weights, error, sums);
        }
        return sums;
    }

    private void multiply(TargetClass all, boolean ahead, double[] weights, double[][] source, double[][] sums) {
        int inputs = ahead ? layer.groupInputs() : layer.groupOutputs();
        int outputs = ahead ? layer.groupOutputs() : layer.groupInputs();
        int rows = ExactProduct.padded(all.kernels().length * inputs);
        int targets = Math.max(1, Math.min(all.targets().length, LANES / frames));
        double[][] lanes = new double[rows][targets * frames];
        double[][] block = new double[outputs][targets * frames];
        for (int group = 0; group < layer.groups(); group++) {
            double[][] scalars = scalars(all, ahead, weights, group, rows);
            for (int from = 0; from < all.targets().length; from += targets) {
                int count = Math.min(targets, all.targets().length - from);
                gather(all, source, group * inputs, inputs, from, count, lanes);
                for (double[] row : block) {
                    Arrays.fill(row, 0);
                }
                ExactProduct.add(block, outputs, scalars, lanes, rows, count * frames);
                for (int channel = 0; channel < outputs; channel++) {
                    scatter(all, from, count, block[channel], sums[group * outputs + channel]);
                }
            }
        }
    }

    /** Weights as [kernel · inputs + input][output], of one group; forward or transposed. */
    private double[][] scalars(TargetClass targets, boolean ahead, double[] weights, int group, int rows) {
        int inputs = ahead ? layer.groupInputs() : layer.groupOutputs();
        int outputs = ahead ? layer.groupOutputs() : layer.groupInputs();
        double[][] scalars = new double[rows][outputs];
        for (int k = 0; k < targets.kernels().length; k++) {
            for (int input = 0; input < inputs; input++) {
                for (int output = 0; output < outputs; output++) {
                    int outChannel = group * layer.groupOutputs() + (ahead ? output : input);
                    int inChannel = ahead ? input : output;
                    scalars[k * inputs + input][output] =
                            weights[layer.weightIndex(targets.kernels()[k], outChannel, inChannel)];
                }
            }
        }
        return scalars;
    }

    /** Source pixels as [kernel · channels + channel][target · frames + frame]; zeros beyond the border. */
    private void gather(
            TargetClass all, double[][] source, int first, int channels, int from, int count, double[][] lanes) {
        for (int k = 0; k < all.kernels().length; k++) {
            for (int channel = 0; channel < channels; channel++) {
                double[] row = lanes[k * channels + channel];
                for (int target = 0; target < count; target++) {
                    int pixel = all.sources()[k][from + target];
                    if (pixel < 0) {
                        Arrays.fill(row, target * frames, (target + 1) * frames, 0);
                    } else {
                        System.arraycopy(source[first + channel], pixel * frames, row, target * frames, frames);
                    }
                }
            }
        }
    }

    private void scatter(TargetClass all, int from, int count, double[] block, double[] sums) {
        for (int target = 0; target < count; target++) {
            System.arraycopy(block, target * frames, sums, all.targets()[from + target] * frames, frames);
        }
    }

    /**
     * Adds the sums of weight gradients.
     *
     * @param gradient one per weight, in the order of {@link LayerGeometry}
     */
    void addGradient(double[][] input, double[][] error, double[] gradient) {
        boolean ahead = layer.operator() != Operator.TRANSPOSED_CONVOLUTION;
        for (TargetClass targets : (ahead ? forward : backward).classes()) {
            for (int group = 0; group < layer.groups(); group++) {
                addGradient(targets, ahead, group, ahead ? input : error, ahead ? error : input, gradient);
            }
        }
    }

    /** Targets meet the pixels of their windows: rows are targets of all frames, lanes the words of a window. */
    private void addGradient(
            TargetClass all, boolean ahead, int group, double[][] source, double[][] target, double[] gradient) {
        int inputs = ahead ? layer.groupInputs() : layer.groupOutputs();
        int outputs = ahead ? layer.groupOutputs() : layer.groupInputs();
        int width = all.kernels().length * inputs;
        int most = Math.max(1, Math.min(all.targets().length, ROWS / frames));
        int rows = ExactProduct.padded(most * frames);
        double[][] lanes = new double[rows][width];
        double[][] scalars = new double[rows][outputs];
        double[][] sums = new double[outputs][width];
        for (int from = 0; from < all.targets().length; from += most) {
            int count = Math.min(most, all.targets().length - from);
            windows(all, source, group * inputs, inputs, from, count, lanes);
            pixels(all, target, group * outputs, outputs, from, count, scalars);
            ExactProduct.add(sums, outputs, scalars, lanes, rows, width);
        }
        for (int k = 0; k < all.kernels().length; k++) {
            for (int in = 0; in < inputs; in++) {
                for (int out = 0; out < outputs; out++) {
                    int outChannel = group * layer.groupOutputs() + (ahead ? out : in);
                    int index = layer.weightIndex(all.kernels()[k], outChannel, ahead ? in : out);
                    gradient[index] += sums[out][k * inputs + in];
                }
            }
        }
    }

    /**
     * Adds the sums of bias gradients.
     *
     * @param gradient one per bias
     */
    void addBiasGradient(double[][] error, double[] gradient) {
        for (int channel = 0; channel < error.length; channel++) {
            for (int i = 0; i < error[channel].length; i++) {
                gradient[layer.scaleIndex(i / frames, channel)] += error[channel][i];
            }
        }
    }

    private void windows(
            TargetClass all, double[][] source, int first, int channels, int from, int count, double[][] lanes) {
        for (int k = 0; k < all.kernels().length; k++) {
            for (int target = 0; target < count; target++) {
                int pixel = all.sources()[k][from + target];
                for (int channel = 0; channel < channels; channel++) {
                    double[] words = source[first + channel];
                    for (int frame = 0; frame < frames; frame++) {
                        lanes[target * frames + frame][k * channels + channel] =
                                pixel < 0 ? 0 : words[pixel * frames + frame];
                    }
                }
            }
        }
    }

    /** Words of the targets; zeros in the rows after them, which may hold those of an earlier block. */
    private void pixels(
            TargetClass all, double[][] target, int first, int channels, int from, int count, double[][] scalars) {
        for (int row = 0; row < count * frames; row++) {
            int place = all.targets()[from + row / frames] * frames + row % frames;
            for (int channel = 0; channel < channels; channel++) {
                scalars[row][channel] = target[first + channel][place];
            }
        }
        for (int row = count * frames; row < scalars.length; row++) {
            Arrays.fill(scalars[row], 0);
        }
    }
}
