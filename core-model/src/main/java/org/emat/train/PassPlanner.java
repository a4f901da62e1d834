package org.emat.train;

import java.util.List;
import org.emat.arch.Architecture;
import org.emat.arch.Architecture.Mapping;
import org.emat.integer.IntegerLayer;
import org.emat.integer.IntegerNetwork;
import org.emat.network.NumberFormat;
import org.emat.plan.Mapper;
import org.emat.train.GradientPlan.Form;
import org.emat.train.LayerPasses.ArrayPass;

/**
 * Plans the forward, error and gradient pass of a layer on one architecture. With the mapping {@code zero-insertion} all
 * three are the textbook ones, which multiply inserted zeros; with any other none does.
 *
 * @param architecture hardware of the forward and the error pass
 * @param lanes products per cycle of the gradient pass, at least 1
 * @param batch most frames of a batch, at least 1
 */
public record PassPlanner(Architecture architecture, int lanes, int batch) {
    /** Which products the gradient pass forms. */
    public Form form() {
        return architecture.mapping() == Mapping.ZERO_INSERTION ? Form.ZERO_INSERTING : Form.ZERO_FREE;
    }

    /**
     * The passes of a layer.
     *
     * @param name identifier of the forward pass and of the gradient in Verilog; that of the error ends in "_error"
     * @param error format of the errors of the layer's sums
     * @param shift errors of the inputs are sums divided by 2^shift, 0 to 62
     * @param inputError format of the errors of the layer's inputs
     * @throws IllegalArgumentException if an accumulator would exceed 62 bits
     */
    public LayerPasses plan(String name, IntegerLayer layer, NumberFormat error, int shift, NumberFormat inputError) {
        IntegerLayer back = new ErrorLayer(layer.geometry()).layer(layer, error, shift, inputError);
        return new LayerPasses(
                onArrays(name, layer),
                onArrays(name + "_error", back),
                new GradientPlanner(form(), architecture.onePixel(), lanes, batch)
                        .plan(name, layer.geometry(), layer.input(), error));
    }

    private ArrayPass onArrays(String name, IntegerLayer layer) {
        IntegerNetwork network = new IntegerNetwork(name, List.of(layer));
        return new ArrayPass(network, new Mapper(architecture).map(name, network));
    }
}
