package org.emat.rtl;

import java.util.ArrayList;
import java.util.List;
import org.emat.plan.EnginePlan;
import org.emat.train.WeightPlaces;
import org.emat.train.gan.GanPlan;
import org.emat.train.gan.Response;
import org.emat.train.gan.Response.Curve;
import org.emat.train.machine.MachineLayer;
import org.emat.train.machine.MachinePlan;

/** What {@code verilog/gan_trainer.v.vm} sees: finished text and numbers. Getters are bean style for Velocity. */
public final class TrainerContext {
    private final MachinePlan plan;
    private final List<Layer> layers = new ArrayList<>();

    TrainerContext(MachinePlan plan) {
        this.plan = plan;
        for (int i = 0; i < plan.layers().size(); i++) {
            layers.add(new Layer(plan, i));
        }
    }

    /** Name of the module. */
    public String getModule() {
        return TrainerGenerator.module(plan);
    }

    /** Name of the design. */
    public String getName() {
        return plan.name();
    }

    /** One line on what the design is. */
    public String getSummary() {
        GanPlan gan = plan.gan();
        return "trains a generator of " + gan.generator().size() + " layers from " + gan.latent() + " to " + gan.image()
                + " and a discriminator of " + gan.discriminator().size();
    }

    /** The layers. */
    public List<Layer> getLayers() {
        return List.copyOf(layers);
    }

    /** The first layer of the generator. */
    public Layer getFirst() {
        return layers.get(0);
    }

    /** The first layer of the discriminator. */
    public Layer getJudge() {
        return layers.get(plan.generator().size());
    }

    /** The last layer of the discriminator. */
    public Layer getLast() {
        return layers.get(layers.size() - 1);
    }

    /** Layers of the generator. */
    public int getGeneratorSize() {
        return plan.generator().size();
    }

    /** Images of a batch. */
    public int getBatch() {
        return plan.gan().batch();
    }

    /** Images whose gradients the discriminator adds up. */
    public int getDiscriminatorFrames() {
        return 2 * plan.gan().batch();
    }

    /** Whether images follow one another. */
    public int getPipelined() {
        return plan.options().pipelined() ? 1 : 0;
    }

    /** Bits of a word. */
    public int getWordBits() {
        return plan.gan().format().activationBits();
    }

    /** Bits of an error. */
    public int getErrorBits() {
        return plan.gan().format().errorBits();
    }

    /** Exponent of weights. */
    public int getWeightFraction() {
        return plan.gan().format().weightFraction();
    }

    /** Exponent of images. */
    public int getImageExponent() {
        return plan.gan().format().imageExponent();
    }

    /** What maxima lose. */
    public int getDecay() {
        return plan.gan().format().scaleDecay();
    }

    /** Exponent of the errors of scores. */
    public int getLossExponent() {
        return plan.gan().loss().errorExponent(getErrorBits());
    }

    /** Number of the loss. */
    public int getLoss() {
        return plan.gan().loss().ordinal();
    }

    /** Shift of the mean over a batch. */
    public int getBatchShift() {
        return Integer.numberOfTrailingZeros(getBatch());
    }

    /** Bits of a pixel of a latent. */
    public int getLatentBits() {
        return plan.gan().latent().channels() * getWordBits();
    }

    /** Pixels of a latent. */
    public int getLatentPixels() {
        return plan.gan().latent().pixels();
    }

    /** Bits of a pixel of an image. */
    public int getImageBits() {
        return plan.gan().image().channels() * getWordBits();
    }

    /** Pixels of an image. */
    public int getImagePixels() {
        return plan.gan().image().pixels();
    }

    /** Pixels of the buffer of generated images. */
    public int getKeptImages() {
        return plan.keptImages();
    }

    /** Words of the report. */
    public int getReportWords() {
        return TrainerReport.of(plan).words().size();
    }

    /** The report's words, one assignment each. */
    public List<String> getReport() {
        return TrainerReport.of(plan).text();
    }

    /** A layer of either network. */
    public static final class Layer {
        private final MachinePlan plan;
        private final int index;
        private final MachineLayer layer;

        Layer(MachinePlan plan, int index) {
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

        private boolean judges() {
            return plan.judges(index);
        }

        private boolean isFirst() {
            return index == 0 || index == plan.generator().size();
        }

        private boolean isLast() {
            return next().isEmpty() || (!judges() && next().get().judges());
        }

        private java.util.Optional<Layer> next() {
            return index + 1 < plan.layers().size()
                    ? java.util.Optional.of(new Layer(plan, index + 1))
                    : java.util.Optional.empty();
        }

        private int wordBits() {
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
            return new Layer(plan, index - 1).getId() + "_out_exponent";
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
            return layer.layer().response() instanceof Response.Tabled tabled && tabled.curve() == Curve.SIGMOID
                    ? 1
                    : 0;
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
            return isLast()
                    ? (judges() ? "score" : "image")
                    : next().orElseThrow().getId() + "_in";
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
                            layer.error().orElseThrow(), layer.layer().geometry()))
                    .getParameters();
        }

        /** Parameters of the gradient engine. */
        public List<String> getGradientParameters() {
            return new GradientContext(layer.gradient()).getParameters();
        }

        /** Bits of a beat of the gradient. */
        public int getGradientBits() {
            return layer.gradient().lanes() * layer.gradient().accumulatorBits();
        }

        /** Frames whose gradients add up. */
        public String getFrames() {
            return judges() ? "DISCRIMINATOR_FRAMES" : "GENERATOR_FRAMES";
        }

        /** Pixels of the buffer of its inputs. */
        public int getKept() {
            return layer.kept();
        }

        /** Whether its inputs tell the slopes of the layer before. */
        private boolean tellsSlopes() {
            return !isFirst() && new Layer(plan, index - 1).getResponse() != 0;
        }

        /** Readers of the buffer of its inputs: gradient engine, slopes. */
        public int getReaders() {
            return tellsSlopes() ? 2 : 1;
        }

        /** What else its inputs are kept for. */
        public String getKeptFor() {
            return tellsSlopes() ? " and the slopes of the layer before" : "";
        }

        /** Which readers read. */
        public String getKeptEnable() {
            String gradient = judges() ? "!deceiving" : "1'b1";
            return tellsSlopes() ? "{1'b1, " + gradient + "}" : gradient;
        }

        /** Where its errors go: gradient engine, error engine. */
        public String getErrorEnable() {
            String gradient = judges() ? "!deceiving" : "1'b1";
            String error = isHasError() ? judges() && isFirst() ? "deceiving" : "1'b1" : "1'b0";
            return "{" + error + ", " + gradient + "}";
        }

        /** Stream of the sums of its outputs' errors. */
        public String getErrorSource() {
            return next().isEmpty() ? "loss" : next().get().getId() + "_back";
        }

        /** Bits of these. */
        public int getErrorSourceBits() {
            return next().map(Layer::getBackBits).orElse(plan.gan().format().errorBits());
        }

        /** Exponent of the errors they are sums of. */
        public String getErrorSourceExponent() {
            return next().isEmpty() ? "loss_exponent" : next().get().getId() + "_error_exponent";
        }

        /** Exponent of weights in these sums: the errors of scores are no sums. */
        public int getErrorFraction() {
            return next().isEmpty() ? 0 : plan.gan().format().weightFraction();
        }

        /** Exponent of its errors. */
        public String getErrorExponent() {
            return next().isEmpty() ? "loss_exponent" : getId() + "_error_scale_exponent";
        }

        /** Largest sum of errors: the errors of scores have a fixed exponent. */
        public String getErrorLargest() {
            return next().isEmpty() ? "53'd0" : getId() + "_error_largest";
        }

        /** Whether its output words are kept for its slopes; those of the last layer come with their errors. */
        public boolean isWordKept() {
            return next().isPresent() && getResponse() != 0;
        }

        private String kept(String signal) {
            return isLast() ? "images_" + signal + "[2]" : next().orElseThrow().getId() + "_kept_" + signal + "[1]";
        }

        /** Whether an output word is offered. */
        public String getWordValid() {
            return isWordKept() ? kept("valid") : next().isEmpty() ? "loss_valid" : "1'b0";
        }

        /** Whether it is taken. */
        public String getWordReady() {
            return kept("ready");
        }

        /** The output word. */
        public String getWordData() {
            if (!isWordKept()) {
                return next().isEmpty() ? "loss_score" : getOutChannels() * wordBits() + "'d0";
            }
            int bits = getOutChannels() * wordBits();
            return isLast()
                    ? "images_data[" + 2 * bits + "+:" + bits + "]"
                    : next().orElseThrow().getId() + "_kept_data[" + bits + "+:" + bits + "]";
        }

        /** Number of its weights. */
        public int getWeights() {
            return layer.layer().geometry().weightCount();
        }

        /** Bits of the number of a parameter. */
        public int getIndexBits() {
            return Integer.SIZE - Integer.numberOfLeadingZeros(layer.layer().parameterCount() - 1);
        }

        /** Products of a cycle of its gradient engine. */
        public int getGradientLanes() {
            return layer.gradient().lanes();
        }

        /** Bits of a sum of gradients. */
        public int getGradientAccBits() {
            return layer.gradient().accumulatorBits();
        }

        /** Engines whose cells hold its weights. */
        public int getArrays() {
            return isHasError() ? 2 : 1;
        }

        /** Bit lines of a weight. */
        public int getLines() {
            return layer.forward().array().linesPerWeight();
        }

        /** Bits of a cell. */
        public int getCellBits() {
            return layer.forward().array().cellBits();
        }

        /** Whether weights have positive and negative bit lines. */
        public int getDifferential() {
            return layer.forward().array().differential() ? 1 : 0;
        }

        /** When its gradients may be taken. */
        public String getUpdateEnable() {
            return judges() ? "update_discriminator" : "update_generator";
        }
    }
}
