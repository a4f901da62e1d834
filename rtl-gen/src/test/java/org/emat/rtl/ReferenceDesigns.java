package org.emat.rtl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.emat.arch.Architecture;
import org.emat.arch.Architecture.Adc;
import org.emat.arch.Architecture.Crossbar;
import org.emat.arch.Architecture.Device;
import org.emat.arch.Architecture.Encoding;
import org.emat.arch.Architecture.Groups;
import org.emat.arch.Architecture.Mapping;
import org.emat.arch.Architecture.OnePixel;
import org.emat.integer.IntegerActivation;
import org.emat.integer.IntegerLayer;
import org.emat.integer.IntegerNetwork;
import org.emat.integer.Requantiser;
import org.emat.network.Axis;
import org.emat.network.LayerGeometry;
import org.emat.network.NumberFormat;
import org.emat.network.Operator;
import org.emat.network.TensorShape;
import org.emat.plan.Mapper;
import org.emat.plan.Plan;
import org.emat.plan.PlanJson;
import org.emat.train.GradientPlan;
import org.emat.train.GradientPlan.Form;
import org.emat.train.GradientPlanner;
import org.emat.train.gan.GanPlan;
import org.emat.train.gan.Loss;
import org.emat.train.gan.Optimiser;
import org.emat.train.gan.Response;
import org.emat.train.gan.TrainedLayer;
import org.emat.train.gan.TrainingFormat;
import org.emat.train.machine.MachineOptions;
import org.emat.train.machine.MachinePlan;
import org.emat.train.machine.MachinePlanner;

/** The designs of {@code verilog-out/}: committed, so that a change of the generator shows as a change of Verilog. */
final class ReferenceDesigns {
    /** The demo, whose plan comes from the example network and is kept as JSON. */
    static final String DEMO = "dcgan_mnist";

    private static final NumberFormat WORD = new NumberFormat(8, true);

    private ReferenceDesigns() {}

    /** Path below {@code verilog-out/} to text, of all designs. */
    static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (Plan plan : plans(folder)) {
            StringBuilder list = new StringBuilder("+incdir+../lib\n");
            for (Map.Entry<String, String> file :
                    new RtlGenerator().generate(plan).entrySet()) {
                boolean shared = RtlGenerator.LIBRARY.contains(file.getKey());
                files.put((shared ? "lib/" : plan.name() + "/") + file.getKey(), file.getValue());
                if (file.getKey().endsWith(".v")) {
                    list.append(shared ? "../lib/" : "").append(file.getKey()).append('\n');
                }
            }
            files.put(plan.name() + "/files.f", list.toString());
            files.put(plan.name() + "/plan.json", PlanJson.write(plan));
        }
        gradients().forEach(plan -> gradient(plan, files));
        for (MachinePlan machine : machines()) {
            trainer(machine, files);
        }
        new UpdateGenerator().generate().forEach((name, text) -> files.put("lib/" + name, text));
        return files;
    }

    private static void gradient(GradientPlan plan, Map<String, String> files) {
        String folder = plan.name() + "_gradient/";
        StringBuilder list = new StringBuilder();
        new GradientGenerator().generate(plan).forEach((name, text) -> {
            boolean shared = GradientGenerator.LIBRARY.contains(name);
            files.put((shared ? "lib/" : folder) + name, text);
            list.append(shared ? "../lib/" : "").append(name).append('\n');
        });
        files.put(folder + "files.f", list.toString());
    }

    private static void trainer(MachinePlan plan, Map<String, String> files) {
        String folder = plan.name() + "_trainer/";
        StringBuilder list = new StringBuilder("+incdir+../lib\n");
        new TrainerGenerator().generate(plan).forEach((name, text) -> {
            boolean shared = TrainerGenerator.LIBRARY.contains(name);
            files.put((shared ? "lib/" : folder) + name, text);
            if (name.endsWith(".v")) {
                list.append(shared ? "../lib/" : "").append(name).append('\n');
            }
        });
        files.put(folder + "files.f", list.toString());
    }

    /** The machines: one that judges all images with the same engines, and one with all that makes a step faster. */
    static List<MachinePlan> machines() {
        return List.of(
                new MachinePlanner(new MachineOptions(true, 2)).plan("tiny_gan", gan(false)),
                new MachinePlanner(new MachineOptions(true, true, 2, Mapping.PHASE))
                        .plan("tiny_parallel_gan", gan(true)));
    }

    /** Two networks of two layers each. */
    private static GanPlan gan(boolean sharing) {
        Axis doubling = new Axis(4, 2, 1, 1, 1, 0);
        Axis pair = new Axis(2, 1, 1, 0, 0, 0);
        TensorShape latent = new TensorShape(2, 1, 1);
        LayerGeometry project = LayerGeometry.of(Operator.TRANSPOSED_CONVOLUTION, latent, 2, pair, pair, 1);
        LayerGeometry image =
                LayerGeometry.of(Operator.TRANSPOSED_CONVOLUTION, project.output(), 1, doubling, doubling, 1);
        LayerGeometry parts = LayerGeometry.of(Operator.CONVOLUTION, image.output(), 2, doubling, doubling, 1);
        LayerGeometry score = LayerGeometry.of(Operator.CONVOLUTION, parts.output(), 1, pair, pair, 1);
        return new GanPlan(
                List.of(
                        new TrainedLayer("project", project, new Response.Relu()),
                        new TrainedLayer("image", image, new Response.Tabled(Response.Curve.TANH))),
                List.of(
                        new TrainedLayer("parts", parts, new Response.LeakyRelu(2)),
                        new TrainedLayer("score", score, new Response.Linear())),
                TrainingFormat.standard(),
                Loss.HINGE,
                Optimiser.of(0x1p-7, 0.5, 0, List.of()),
                2,
                sharing,
                new GanPlan.Cells(2, Encoding.OFFSET),
                1);
    }

    /** The gradient designs: accumulators in a memory, and in registers with inserted zeros. */
    static List<GradientPlan> gradients() {
        return List.of(
                new GradientPlanner(Form.ZERO_FREE, OnePixel.DENSE, 6, 8)
                        .plan("deconv", up(new TensorShape(4, 3, 3), 6), WORD, WORD),
                new GradientPlanner(Form.ZERO_INSERTING, OnePixel.DENSE, 5, 8)
                        .plan("conv_inserting", convolution(new TensorShape(2, 5, 5), 3, 2, 1), WORD, WORD));
    }

    /** The plans of all designs. */
    static List<Plan> plans(Path folder) throws IOException {
        Map<String, Plan> plans = new LinkedHashMap<>();
        convolutions(plans);
        transposed(plans);
        activations(plans);
        plans.put(DEMO, PlanJson.read(Files.readString(folder.resolve(DEMO).resolve("plan.json"))));
        return List.copyOf(plans.values());
    }

    /** A network of one layer of a shape, with weights and scales drawn from a seed. */
    static IntegerNetwork network(LayerGeometry geometry, IntegerActivation activation, long seed) {
        return new IntegerNetwork("reference", List.of(layer("layer", geometry, activation, seed)));
    }

    private static void convolutions(Map<String, Plan> plans) {
        LayerGeometry small = convolution(new TensorShape(3, 6, 7), 4, 1, 1);
        LayerGeometry grouped = convolution(new TensorShape(6, 5, 5), 4, 2, 2);
        LayerGeometry depthwise = convolution(new TensorShape(4, 6, 6), 4, 1, 4);
        add(plans, "conv_small", standard(), small, new IntegerActivation.Bounded());
        add(
                plans,
                "conv_grouped_packed",
                with(standard(), Mapping.PHASE, Groups.PACKED),
                grouped,
                new IntegerActivation.Bounded());
        add(plans, "conv_depthwise", standard(), depthwise, new IntegerActivation.Bounded());
        LayerGeometry dense = LayerGeometry.dense(new TensorShape(20, 1, 1), new TensorShape(6, 3, 4));
        add(plans, "dense_to_spatial", standard(), dense, new IntegerActivation.Bounded());
        Requantiser exact = Requantiser.exact(new long[small.scaleCount()], -(1L << 31), (1L << 31) - 1);
        IntegerLayer integer = new IntegerLayer(
                "product",
                small,
                WORD,
                8,
                weights(small, 1),
                exact,
                new IntegerActivation.Bounded(),
                new NumberFormat(32, true));
        plans.put(
                "integer_exact",
                new Mapper(Mapper.lossless(standard()))
                        .map("integer_exact", new IntegerNetwork("reference", List.of(integer))));
    }

    private static void transposed(Map<String, Plan> plans) {
        LayerGeometry up = up(new TensorShape(5, 3, 4), 6);
        Architecture faulty = new Architecture(
                new Crossbar(24, 48),
                3,
                Encoding.DIFFERENTIAL,
                8,
                8,
                8,
                new Adc(6, 1, 4, 5),
                new Device(0.01, 0.01, 3, 2, 7),
                Mapping.PHASE,
                1,
                OnePixel.DENSE,
                Groups.SEPARATE,
                1,
                64);
        add(plans, "deconv_faulty", faulty, up, new IntegerActivation.Bounded());
        add(
                plans,
                "deconv_zero_insertion",
                with(standard(), Mapping.ZERO_INSERTION, Groups.SEPARATE),
                up,
                new IntegerActivation.Bounded());
        add(
                plans,
                "deconv_padding_free",
                with(standard(), Mapping.PADDING_FREE, Groups.SEPARATE),
                up,
                new IntegerActivation.Bounded());
        Architecture folded = with(standard(), new Crossbar(128, 16))
                .with(Mapping.PIXEL_WISE, 2)
                .withStream(2, 96);
        add(plans, "deconv_pixel_wise", folded, up, new IntegerActivation.Bounded());
        IntegerLayer first = layer("up 1", up, new IntegerActivation.Bounded(), 1);
        IntegerLayer second = layer("down", convolution(up.output(), 4, 2, 1), new IntegerActivation.Bounded(), 2);
        plans.put(
                "chain", new Mapper(standard()).map("chain", new IntegerNetwork("reference", List.of(first, second))));
    }

    private static void activations(Map<String, Plan> plans) {
        LayerGeometry up = up(new TensorShape(4, 3, 3), 2);
        int[] slopes = new int[up.scaleCount()];
        Arrays.fill(slopes, 51);
        add(plans, "slope", standard(), up, new IntegerActivation.Sloped(slopes, 256, 8));
        add(plans, "tanh_table", standard(), up, tanh());
    }

    private static IntegerActivation tanh() {
        int[] entries = new int[256];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = (int) Math.rint(127 * Math.tanh((i - 128) / 32.0));
        }
        return new IntegerActivation.Tabled(entries);
    }

    private static void add(
            Map<String, Plan> plans,
            String name,
            Architecture architecture,
            LayerGeometry geometry,
            IntegerActivation activation) {
        plans.put(name, new Mapper(architecture).map(name, network(geometry, activation, 1)));
    }

    private static LayerGeometry convolution(TensorShape input, int outputs, int stride, int groups) {
        Axis axis = new Axis(3, stride, 1, 1, 1, 0);
        return LayerGeometry.of(Operator.CONVOLUTION, input, outputs, axis, axis, groups);
    }

    private static LayerGeometry up(TensorShape input, int outputs) {
        Axis axis = new Axis(4, 2, 1, 1, 1, 0);
        return LayerGeometry.of(Operator.TRANSPOSED_CONVOLUTION, input, outputs, axis, axis, 1);
    }

    /** Small crossbars, so that a small layer already takes several. */
    private static Architecture standard() {
        return new Architecture(
                new Crossbar(32, 16),
                2,
                Encoding.OFFSET,
                8,
                8,
                8,
                new Adc(7, 0, 1, 0),
                Device.ideal(),
                Mapping.PHASE,
                1,
                OnePixel.DENSE,
                Groups.SEPARATE,
                1,
                64);
    }

    private static Architecture with(Architecture a, Crossbar crossbar) {
        return new Architecture(
                crossbar,
                a.cellBits(),
                a.encoding(),
                a.inputBits(),
                a.weightBits(),
                a.activationBits(),
                a.adc(),
                a.device(),
                a.mapping(),
                a.fold(),
                a.onePixel(),
                a.groups(),
                a.pixelsPerCycle(),
                a.streamBits());
    }

    private static Architecture with(Architecture a, Mapping mapping, Groups groups) {
        return new Architecture(
                a.crossbar(),
                a.cellBits(),
                a.encoding(),
                a.inputBits(),
                a.weightBits(),
                a.activationBits(),
                a.adc(),
                a.device(),
                mapping,
                1,
                a.onePixel(),
                groups,
                a.pixelsPerCycle(),
                a.streamBits());
    }

    private static IntegerLayer layer(String name, LayerGeometry geometry, IntegerActivation activation, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int scales = geometry.scaleCount();
        Requantiser requantiser = new Requantiser(
                random.longs(scales, -500, 500).toArray(),
                random.ints(scales, 30000, 60000).toArray(),
                random.ints(scales, 20, 24).toArray(),
                -128,
                127);
        return new IntegerLayer(name, geometry, WORD, 8, weights(geometry, seed), requantiser, activation, WORD);
    }

    private static int[] weights(LayerGeometry geometry, long seed) {
        return new SplittableRandom(seed)
                .ints(geometry.weightCount(), -127, 128)
                .toArray();
    }
}
