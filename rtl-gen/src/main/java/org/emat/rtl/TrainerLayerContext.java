package org.emat.rtl;

import java.util.List;
import org.emat.plan.EnginePlan;
import org.emat.train.WeightPlaces;
import org.emat.train.gan.Response;
import org.emat.train.gan.Response.Curve;
import org.emat.train.machine.MachineLayer;
import org.emat.train.machine.MachinePlan;

/** What {@code verilog/gan_trainer.v.vm} sees of a layer of either network: its wires, sizes and neighbours. */
public final class TrainerLayerContext {
    private final MachinePlan plan;
    private final int index;
    private final MachineLayer layer;

    TrainerLayerContext(MachinePlan plan, int index) {
        this.plan = plan;
        this.index = index;
        layer = plan.layers().get(index);
    }

    /** Prefix of its names. */
    public String getId() {
        return layer.id();
    }

    /** Number among all layers. */
    public int getIndex() {
        return index;
    }

    /** Number of the tensor of its sums. */
    public int getTensor() {
        return 2 * index;
    }

    /** Number of the tensor of the errors of its outputs. */
    public int getErrorTensor() {
        return 2 * index + 1;
    }

    /** What it is. */
    public String getComment() {
        return Identifier.of(layer.layer().name()) + ", "
                + layer.layer().geometry().input() + " to "
                + layer.layer().geometry().output();
    }

    boolean judges() {
        return plan.judges(index);
    }

    private boolean isFirst() {
        return plan.isFirst(index);
    }

    private boolean isLast() {
        return plan.isLast(index);
    }

    boolean isScore() {
        return judges() && isLast();
    }

    /** The layer that takes its outputs, of generated images. */
    TrainerLayerContext next() {
        return new TrainerLayerContext(plan, !judges() && isLast() ? plan.entry(plan.copyOfGenerated()) : index + 1);
    }

    TrainerCopyContext copy() {
        return new TrainerCopyContext(plan, plan.copy(index));
    }

    /** The layer whose parameters and exponents it has. */
    public TrainerLayerContext getOwner() {
        return new TrainerLayerContext(plan, plan.owner(index));
    }

    /** The layers that have its parameters, itself first. */
    public List<TrainerLayerContext> getTwins() {
        return plan.copies(index).stream()
                .map(copy -> new TrainerLayerContext(plan, copy))
                .toList();
    }

    /** Whether another layer has its parameters too. */
    public boolean isTwin() {
        return getTwins().size() > 1;
    }

    /** Sets of biases that the engines ask for. */
    public String getBiasSet() {
        return ofTwins("_bias_set");
    }

    /** Biases that they get. */
    public String getBiases() {
        return ofTwins("_biases");
    }

    private String ofTwins(String signal) {
        return isTwin() ? "{" + getOther().getId() + signal + ", " + getId() + signal + "}" : getId() + signal;
    }

    /** The other layer that has them. */
    public TrainerLayerContext getOther() {
        return getTwins().get(1);
    }

    /** The one of the layers that have its parameters which has an error engine, if any has. */
    private TrainerLayerContext back() {
        return getTwins().get(getTwins().size() - 1);
    }

    int wordBits() {
        return plan.gan().format().activationBits();
    }

    /** Channels of its inputs. */
    public int getInChannels() {
        return layer.layer().geometry().input().channels();
    }

    /** Channels of its outputs. */
    public int getOutChannels() {
        return layer.layer().geometry().output().channels();
    }

    /** Bits of a pixel of its inputs. */
    public int getInBits() {
        return getInChannels() * wordBits();
    }

    /** Bits of a pixel of the errors of its sums. */
    public int getErrorBits() {
        return getOutChannels() * plan.gan().format().errorBits();
    }

    /** Bits of a sum. */
    public int getSumBits() {
        return layer.forward().array().accumulatorBits();
    }

    /** Whether an engine of errors has its weights. */
    public boolean isTransposed() {
        return back().isHasError();
    }

    /** Whether it has an error engine. */
    public boolean isHasError() {
        return layer.error().isPresent();
    }

    /** Bits of a sum of errors of its inputs. */
    public int getBackBits() {
        return layer.error().orElseThrow().array().accumulatorBits();
    }

    /** Exponent of its inputs. */
    public String getInExponent() {
        if (isFirst()) {
            return "5'd"
                    + (judges()
                            ? plan.gan().format().imageExponent()
                            : plan.gan().format().latentExponent());
        }
        return new TrainerLayerContext(plan, index - 1).getOwner().getId() + "_out_exponent";
    }

    /** Exponent of its outputs. */
    public String getOutExponent() {
        return layer.layer().response() instanceof Response.Tabled
                ? "5'd" + plan.gan().format().imageExponent()
                : getId() + "_scale_exponent";
    }

    /** Number of its response. */
    public int getResponse() {
        Response response = layer.layer().response();
        return response instanceof Response.Relu
                ? 1
                : response instanceof Response.LeakyRelu ? 2 : response instanceof Response.Tabled ? 3 : 0;
    }

    /** Shift of a leaky ReLU; 1 for others. */
    public int getLeak() {
        return layer.layer().response() instanceof Response.LeakyRelu leaky ? leaky.shift() : 1;
    }

    /** Exponent of a table's index; 0 without one. */
    public int getTableExponent() {
        return layer.layer().response() instanceof Response.Tabled tabled
                ? tabled.curve().exponent()
                : 0;
    }

    /** Whether the table is the logistic function. */
    public int getLogistic() {
        return layer.layer().response() instanceof Response.Tabled tabled && tabled.curve() == Curve.SIGMOID ? 1 : 0;
    }

    /** Biases of a channel. */
    public int getBiasSets() {
        return layer.layer().geometry().scaleCount() / getOutChannels();
    }

    /** Bits of the number of a set of biases. */
    public int getSetBits() {
        return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(getBiasSets() - 1));
    }

    /** Prefix of its memory images. */
    public String getImages() {
        return TrainerImages.prefix(plan, layer);
    }

    /** Stream of its outputs. */
    public String getOut() {
        return isScore() ? copy().getId() + "_score" : isLast() ? "image" : next().getId() + "_in";
    }

    /** Whether errors of generated images come in turns, two of each. */
    public boolean isTurns() {
        return plan.takesTurns(index);
    }

    /** Real images that come before generated ones. */
    public String getReals() {
        return copy().isReal() ? "BATCH" : "16'd0";
    }

    /** Whether some readers of its inputs pass over those of real images. */
    public boolean isPassing() {
        return isTurns() && copy().isReal() && (isFirst() || plan.tellsSlopesTwice(index));
    }

    /** Pixels of an input. */
    public int getInPixels() {
        return layer.inputPixels();
    }

    /** Pixels of an output. */
    public int getOutPixels() {
        return layer.outputPixels();
    }

    /** Parameters of the forward engine. */
    public List<String> getForwardParameters() {
        return parameters(layer.forward(), getImages());
    }

    /** Parameters of the error engine. */
    public List<String> getErrorParameters() {
        return parameters(layer.error().orElseThrow(), getImages() + "_error");
    }

    private static List<String> parameters(EnginePlan engine, String images) {
        return TopContext.Engine.ofSums(engine, images).getParameters();
    }

    /** Parameters of what finds the forward cells of a weight. */
    public List<String> getForwardPlaces() {
        return new PlacerContext(WeightPlaces.forward(layer.forward())).getParameters();
    }

    /** Parameters of what finds the cells of a weight in the error engine. */
    public List<String> getErrorPlaces() {
        return new PlacerContext(WeightPlaces.error(
                        back().layer.error().orElseThrow(), layer.layer().geometry()))
                .getParameters();
    }

    /** Parameters of the gradient engine. */
    public List<String> getGradientParameters() {
        return new GradientContext(layer.gradient()).getParameters();
    }

    /** Frames whose gradients add up. */
    public int getFrames() {
        return plan.frames(index);
    }

    /** Buffers of its inputs and of their signs. */
    public TrainerBufferContext getBuffer() {
        return new TrainerBufferContext(plan, index, this);
    }

    /** Its output words as its slopes see them. */
    public TrainerWordContext getWord() {
        return new TrainerWordContext(plan, index, this);
    }

    /** The update of its parameters. */
    public TrainerUpdateContext getUpdate() {
        return new TrainerUpdateContext(layer, this);
    }

    /** Whether signs are kept apart. */
    public boolean isSigns() {
        return plan.keepsSigns(index);
    }

    /** Whether an error of its sums is for the generator. */
    private String deceives() {
        return !plan.shares() ? "deceiving" : isTurns() ? getId() + "_second" : "1'b0";
    }

    /** Where its errors go: gradient engine, error engine. */
    public String getErrorEnable() {
        boolean learns = !judges() || plan.shares() && !isTurns();
        String gradient = learns ? "1'b1" : "!" + deceives();
        String error = isHasError() ? judges() && isFirst() ? deceives() : "1'b1" : "1'b0";
        return "{" + error + ", " + gradient + "}";
    }

    /** Stream of the sums of its outputs' errors. */
    public String getErrorSource() {
        return isScore() ? copy().getId() + "_loss" : next().getId() + "_back";
    }

    /** Bits of these. */
    public int getErrorSourceBits() {
        return isScore() ? plan.gan().format().errorBits() : next().getBackBits();
    }

    /** Exponent of the errors they are sums of. */
    public String getErrorSourceExponent() {
        return isScore() ? "loss_exponent" : next().getOwner().getId() + "_error_exponent";
    }

    /** Exponent of weights in these sums: the errors of scores are no sums. */
    public int getErrorFraction() {
        return isScore() ? 0 : plan.gan().format().weightFraction();
    }

    /** Exponent of its errors. */
    public String getErrorExponent() {
        return isScore() ? "loss_exponent" : getId() + "_error_scale_exponent";
    }

    /** Largest sum. */
    public String getLargest() {
        return largest("_largest");
    }

    /** Largest sum of errors: the errors of scores have a fixed exponent. */
    public String getErrorLargest() {
        return isScore() ? "53'd0" : largest("_error_largest");
    }

    private String largest(String name) {
        String own = getId() + name;
        if (!isTwin()) {
            return own;
        }
        String other = getOther().getId() + name;
        return "(" + own + " > " + other + ") ? " + own + " : " + other;
    }
}
