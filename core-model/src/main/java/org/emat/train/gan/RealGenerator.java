package org.emat.train.gan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.emat.network.Activation;
import org.emat.network.Layer;
import org.emat.network.Network;
import org.emat.train.gan.Response.Curve;
import org.emat.train.gan.Response.LeakyRelu;
import org.emat.train.gan.Response.Relu;
import org.emat.train.gan.Response.Tabled;

/** A trained generator in real numbers: its weights and biases as they are, the curve of a table instead of the table. */
public final class RealGenerator {
    private RealGenerator() {}

    /** The generator of a state. */
    public static Network of(String name, GanPlan plan, GanState state) {
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < plan.generator().size(); i++) {
            TrainedLayer layer = plan.generator().get(i);
            double[] parameters = Arrays.stream(state.generator().parameters()[i])
                    .mapToDouble(
                            word -> Math.scalb((double) word, -plan.format().weightFraction()))
                    .toArray();
            int weights = layer.geometry().weightCount();
            layers.add(new Layer(
                    layer.name(),
                    layer.geometry(),
                    Arrays.copyOf(parameters, weights),
                    Arrays.copyOfRange(parameters, weights, parameters.length),
                    activation(layer.response())));
        }
        return new Network(name, layers);
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
