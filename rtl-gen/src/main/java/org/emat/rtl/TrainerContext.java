package org.emat.rtl;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

    /** The copies of the discriminator. */
    public List<Copy> getCopies() {
        return IntStream.range(0, plan.discriminators().size())
                .mapToObj(copy -> new Copy(plan, copy))
                .toList();
    }

    /** The sum of what all copies have of a name. */
    public String sum(String name) {
        return getCopies().stream().map(copy -> copy.getId() + "_" + name).collect(Collectors.joining(" + "));
    }

    /** Whether there are two copies. */
    public int getSpatial() {
        return plan.options().spatialParallelism() ? 1 : 0;
    }

    /** The same as {@link #isShared}, for a parameter. */
    public int getSharing() {
        return plan.shares() ? 1 : 0;
    }

    /** Whether generated images are judged once. */
    public boolean isShared() {
        return plan.shares();
    }

    /** Engines of the discriminator, of all copies. */
    public int getJudgeSize() {
        return plan.layers().size() - plan.generator().size();
    }

    /** The layers that have parameters of their own. */
    public List<Layer> getLearners() {
        return layers.subList(0, plan.learners().size());
    }

    /** Layers of the generator. */
    public int getGeneratorSize() {
        return plan.generator().size();
    }

    /** Images of a batch. */
    public int getBatch() {
        return plan.gan().batch();
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

    /** The report's words, an arm of a case each. */
    public List<String> getReport() {
        return TrainerReport.of(plan).text();
    }

    /** A copy of the discriminator. */
    public static final class Copy {
        private final MachinePlan plan;
        private final int copy;

        Copy(MachinePlan plan, int copy) {
            this.plan = plan;
            this.copy = copy;
        }

        /** Prefix of its names. */
        public String getId() {
            return getFirst().getId().substring(0, 1);
        }

        /** Its first layer. */
        public Layer getFirst() {
            return new Layer(plan, plan.entry(copy));
        }

        /** Its last layer. */
        public Layer getLast() {
            return new Layer(plan, plan.entry(copy + 1) - 1);
        }

        /** Whether it judges real images. */
        public boolean isReal() {
            return plan.realImages(copy) > 0;
        }

        /** Whether it judges generated images. */
        public boolean isGenerated() {
            return copy == plan.copyOfGenerated();
        }

        /** The same as {@link #isReal}, for a parameter. */
        public int getReals() {
            return isReal() ? 1 : 0;
        }

        /** Images that may have entered it. */
        public String getAllowed() {
            return !plan.options().spatialParallelism()
                    ? "images_allowed"
                    : isReal()
                            ? "(images_allowed < BATCH) ? images_allowed : BATCH"
                            : "(images_allowed > BATCH) ? images_allowed - BATCH : 16'd0";
        }
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
            return plan.isFirst(index);
        }

        private boolean isLast() {
            return plan.isLast(index);
        }

        private boolean isScore() {
            return judges() && isLast();
        }

        /** The layer that takes its outputs, of generated images. */
        private Layer next() {
            return new Layer(plan, !judges() && isLast() ? plan.entry(plan.copyOfGenerated()) : index + 1);
        }

        private Copy copy() {
            return new Copy(plan, plan.copy(index));
        }

        /** The layer whose parameters and exponents it has. */
        public Layer getOwner() {
            return new Layer(plan, plan.owner(index));
        }

        /** The layers that have its parameters, itself first. */
        public List<Layer> getTwins() {
            return plan.copies(index).stream()
                    .map(copy -> new Layer(plan, copy))
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
        public Layer getOther() {
            return getTwins().get(1);
        }

        /** The one of the layers that have its parameters which has an error engine, if any has. */
        private Layer back() {
            return getTwins().get(getTwins().size() - 1);
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
            return new Layer(plan, index - 1).getOwner().getId() + "_out_exponent";
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

        /** Bits of a beat of the gradient. */
        public int getGradientBits() {
            return layer.gradient().lanes() * layer.gradient().accumulatorBits();
        }

        /** Frames whose gradients add up. */
        public int getFrames() {
            return plan.frames(index);
        }

        /** Pixels of the buffer of its inputs. */
        public int getKept() {
            return layer.kept();
        }

        /** Readers of the buffer of its inputs: gradient engine, and slopes if no signs are kept for them. */
        public int getReaders() {
            return isSigns() ? 1 : plan.readers(index);
        }

        /** Readers of the buffer of their signs: slopes, slopes of second errors. */
        public int getSignReaders() {
            return plan.readers(index) - 1;
        }

        /** Pixels of that buffer. */
        public int getKeptSigns() {
            return layer.keptSigns();
        }

        /** Whether signs are kept apart. */
        public boolean isSigns() {
            return plan.keepsSigns(index);
        }

        /** What else its inputs are kept for. */
        public String getKeptFor() {
            return plan.tellsSlopes(index) && !isSigns() ? " and the slopes of the layer before" : "";
        }

        /** Which readers read. */
        public String getKeptEnable() {
            String gradient = judges() && !plan.shares() ? "!deceiving" : "1'b1";
            String slopes = isPassing() ? getId() + "_generated" : "1'b1";
            return getReaders() == 1 ? gradient : "{" + slopes + ", " + gradient + "}";
        }

        /** Which readers read its signs. */
        public String getSignEnable() {
            String second = isPassing() ? getId() + "_generated" : "1'b1";
            return getSignReaders() == 1 ? "1'b1" : "{" + second + ", 1'b1}";
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

        /** Whether its output words are kept for its slopes; those of the last layer come with their errors. */
        public boolean isWordKept() {
            return !isScore() && getResponse() != 0;
        }

        /** Whether slopes of second errors have a reader of their own. */
        private boolean isWordKeptTwice() {
            return plan.next(index).isPresent()
                    && plan.tellsSlopesTwice(plan.next(index).get());
        }

        private String kept(String signal, int reader) {
            if (plan.next(index).isEmpty()) {
                return "images_" + signal + "[2]";
            }
            return next().isSigns()
                    ? next().getId() + "_signs_" + signal + "[" + (reader - 1) + "]"
                    : next().getId() + "_kept_" + signal + "[" + reader + "]";
        }

        /** Bits of an output word as the slopes see it. */
        public int getSlopeBits() {
            return isSignOnly() ? 1 : wordBits();
        }

        private boolean isSignOnly() {
            return isWordKept() && plan.next(index).isPresent() && next().isSigns();
        }

        /** Whether an output word is offered. */
        public String getWordValid() {
            if (!isWordKept()) {
                return isScore() ? copy().getId() + "_loss_valid" : "1'b0";
            }
            return isWordKeptTwice() ? inTurn(kept("valid", 2), kept("valid", 1)) : kept("valid", 1);
        }

        private String inTurn(String second, String first) {
            return getId() + "_sum_second ? " + second + " : " + first;
        }

        /** That it is taken: what is assigned, and to whom. */
        public List<String> getWordReady() {
            String ready = getId() + "_word_ready";
            if (!isWordKeptTwice()) {
                return List.of(kept("ready", 1) + " = " + ready);
            }
            return List.of(
                    kept("ready", 1) + " = " + ready + " && !" + getId() + "_sum_second",
                    kept("ready", 2) + " = " + ready + " && " + getId() + "_sum_second");
        }

        private String keptData(int reader) {
            int bits = getOutChannels() * getSlopeBits();
            if (plan.next(index).isEmpty()) {
                return "images_data[" + 2 * bits + "+:" + bits + "]";
            }
            return isSignOnly()
                    ? next().getId() + "_signs_data[" + (reader - 1) * bits + "+:" + bits + "]"
                    : next().getId() + "_kept_data[" + reader * bits + "+:" + bits + "]";
        }

        /** The output word. */
        public String getWordData() {
            if (!isWordKept()) {
                return isScore() ? copy().getId() + "_loss_score" : getOutChannels() * wordBits() + "'d0";
            }
            return isWordKeptTwice() ? inTurn(keptData(2), keptData(1)) : keptData(1);
        }

        /** Whether the turn of its sums of errors decides anything. */
        public boolean isSumTurns() {
            return isWordKeptTwice();
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

        /** Engines whose cells hold its weights, of one copy. */
        public int getArrays() {
            return isTransposed() ? 2 : 1;
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
