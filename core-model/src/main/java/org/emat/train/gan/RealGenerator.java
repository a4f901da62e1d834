package org.emat.train.gan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.emat.network.Activation;
import org.emat.network.Layer;
import org.emat.network.LayerGeometry;
import org.emat.network.Network;
import org.emat.train.gan.Response.Curve;
import org.emat.train.gan.Response.LeakyRelu;
import org.emat.train.gan.Response.Relu;
import org.emat.train.gan.Response.Tabled;

/**
 * A trained generator in real numbers: its weights and biases as they are, with the normalisation of a layer folded into
 * them, the curve of a table instead of the table.
 */
public final class RealGenerator {
    private RealGenerator() {}

    /** The generator of a state. */
    public static Network of(String name, GanPlan plan, GanState state) {
        List<Layer> layers = new ArrayList<>();
        Iterator<NormalisationState> normalisations =
                state.generator().normalisations().iterator();
        for (int i = 0; i < plan.generator().size(); i++) {
            TrainedLayer layer = plan.generator().get(i);
            double[] parameters = Arrays.stream(state.generator().parameters()[i])
                    .mapToDouble(
                            word -> Math.scalb((double) word, -plan.format().weightFraction()))
                    .toArray();
            int weights = layer.geometry().weightCount();
            int biases = layer.geometry().scaleCount();
            Layer plain = new Layer(
                    layer.name(),
                    layer.geometry(),
                    Arrays.copyOf(parameters, weights),
                    Arrays.copyOfRange(parameters, weights, weights + biases),
                    activation(layer.response()));
            layers.add(
                    layer.normalised()
                            ? folded(
                                    plain,
                                    Arrays.copyOfRange(parameters, weights + biases, parameters.length),
                                    normalisations.next())
                            : plain);
        }
        return new Network(name, layers);
    }

    /** A layer whose weights and biases do what its means, deviations and gains did. */
    private static Layer folded(Layer layer, double[] gains, NormalisationState normalisation) {
        LayerGeometry geometry = layer.geometry();
        double[] weights = layer.weights().clone();
        double[] bias = layer.bias().clone();
        double[] factors = new double[gains.length];
        for (int i = 0; i < gains.length; i++) {
            factors[i] = gains[i]
                    * Math.scalb(
                            (double) normalisation.mantissas()[i],
                            -normalisation.shifts()[i]);
            bias[i] -= Math.scalb((double) normalisation.means()[i], -TensorScale.FRACTION) * factors[i];
        }
        for (int kernel = 0; kernel < geometry.kernelSize(); kernel++) {
            // Only a dense layer tells one output pixel from another, by the kernel index.
            int pixel = kernel / geometry.input().pixels();
            for (int channel = 0; channel < geometry.output().channels(); channel++) {
                double factor = factors[geometry.scaleIndex(pixel, channel)];
                for (int input = 0; input < geometry.groupInputs(); input++) {
                    weights[geometry.weightIndex(kernel, channel, input)] *= factor;
                }
            }
        }
        return new Layer(layer.name(), geometry, weights, bias, layer.activation());
    }

    private static Activation activation(Response response) {
        if (response instanceof LeakyRelu leaky) {
            return new Activation.Slope(new double[] {Math.scalb(1.0, -leaky.shift())});
        } else if (response instanceof Tabled tabled) {
            return tabled.curve() == Curve.TANH ? new Activation.Tanh() : new Activation.Sigmoid();
        }
        return response instanceof Relu ? Activation.relu() : new Activation.None();
    }
}
