package org.emat.train.gan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.emat.network.Axis;
import org.emat.network.LayerGeometry;
import org.emat.network.Operator;

/**
 * Which source pixels reach which target pixels through which kernel indices, in classes of targets that meet the same
 * indices but at the border: the phases of a transposed convolution, one class otherwise, and more where most of a class is
 * border. No inserted zero is among them.
 *
 * @param classes all classes that have a meeting
 */
record Meetings(List<TargetClass> classes) {
    /**
     * Targets with the same kernel indices.
     *
     * @param kernels kernel indices
     * @param targets target pixels
     * @param sources [kernel][target]: the source pixel, or −1
     */
    record TargetClass(int[] kernels, int[] targets, int[][] sources) {}

    /** How often a source pixel reaches a target pixel. */
    long count() {
        return classes.stream()
                .flatMap(some -> Arrays.stream(some.sources))
                .flatMapToInt(Arrays::stream)
                .filter(source -> source >= 0)
                .count();
    }

    private record Meeting(int kernel, int input, int output) {
        int target(boolean forward) {
            return forward ? output : input;
        }
    }

    /** From inputs to outputs. */
    static Meetings forward(LayerGeometry layer) {
        return of(layer, true);
    }

    /** From outputs to inputs. */
    static Meetings backward(LayerGeometry layer) {
        return of(layer, false);
    }

    private static Meetings of(LayerGeometry layer, boolean forward) {
        TreeMap<Integer, List<Meeting>> byClass = new TreeMap<>();
        for (Meeting meeting : meetings(layer)) {
            int target = meeting.target(forward);
            byClass.computeIfAbsent(classOf(layer, forward, target), key -> new ArrayList<>())
                    .add(meeting);
        }
        return new Meetings(byClass.values().stream()
                .flatMap(some -> targetClasses(some, forward))
                .toList());
    }

    /**
     * One class; where most of its pairs of kernel and target would lie beyond the border, as with a kernel over a single
     * pixel, one for each set of kernel indices instead, which has no such pair.
     */
    private static Stream<TargetClass> targetClasses(List<Meeting> meetings, boolean forward) {
        TargetClass whole = targetClass(meetings, forward);
        if (2L * meetings.size() >= (long) whole.kernels.length * whole.targets.length) {
            return Stream.of(whole);
        }
        TreeMap<Integer, List<Meeting>> byTarget = new TreeMap<>();
        for (Meeting meeting : meetings) {
            byTarget.computeIfAbsent(meeting.target(forward), key -> new ArrayList<>())
                    .add(meeting);
        }
        Map<List<Integer>, List<Meeting>> byKernels = new LinkedHashMap<>();
        for (List<Meeting> some : byTarget.values()) {
            List<Integer> kernels = some.stream().map(Meeting::kernel).sorted().toList();
            byKernels.computeIfAbsent(kernels, key -> new ArrayList<>()).addAll(some);
        }
        return byKernels.values().stream().map(some -> targetClass(some, forward));
    }

    private static TargetClass targetClass(List<Meeting> meetings, boolean forward) {
        TreeSet<Integer> kernels = new TreeSet<>();
        TreeSet<Integer> targets = new TreeSet<>();
        for (Meeting meeting : meetings) {
            kernels.add(meeting.kernel);
            targets.add(meeting.target(forward));
        }
        List<Integer> kernelOrder = List.copyOf(kernels);
        List<Integer> targetOrder = List.copyOf(targets);
        int[][] sources = new int[kernelOrder.size()][targetOrder.size()];
        for (int[] row : sources) {
            Arrays.fill(row, -1);
        }
        TreeMap<Integer, Integer> kernelPlace = places(kernelOrder);
        TreeMap<Integer, Integer> targetPlace = places(targetOrder);
        for (Meeting meeting : meetings) {
            int target = targetPlace.get(meeting.target(forward));
            sources[kernelPlace.get(meeting.kernel)][target] = forward ? meeting.input : meeting.output;
        }
        return new TargetClass(array(kernelOrder), array(targetOrder), sources);
    }

    private static TreeMap<Integer, Integer> places(List<Integer> order) {
        TreeMap<Integer, Integer> places = new TreeMap<>();
        for (int i = 0; i < order.size(); i++) {
            places.put(order.get(i), i);
        }
        return places;
    }

    private static int[] array(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Pixels of one phase; a dense layer's pixels have kernel indices of their own. */
    private static int classOf(LayerGeometry layer, boolean forward, int target) {
        if (layer.operator() == Operator.DENSE) {
            return target;
        }
        boolean spreads = forward == (layer.operator() == Operator.TRANSPOSED_CONVOLUTION);
        if (!spreads) {
            return 0;
        }
        int width = (forward ? layer.output() : layer.input()).width();
        int stride = layer.horizontal().stride();
        return target / width % layer.vertical().stride() * stride + target % width % stride;
    }

    private static List<Meeting> meetings(LayerGeometry layer) {
        return layer.operator() == Operator.DENSE ? ofDense(layer) : ofConvolution(layer);
    }

    private static List<Meeting> ofDense(LayerGeometry layer) {
        List<Meeting> meetings = new ArrayList<>();
        int inputs = layer.input().pixels();
        for (int kernel = 0; kernel < layer.kernelSize(); kernel++) {
            meetings.add(new Meeting(kernel, kernel % inputs, kernel / inputs));
        }
        return meetings;
    }

    /** The side that advances by one pixel is walked; the other one follows. */
    private static List<Meeting> ofConvolution(LayerGeometry layer) {
        boolean convolution = layer.operator() == Operator.CONVOLUTION;
        var slow = convolution ? layer.output() : layer.input();
        var fast = convolution ? layer.input() : layer.output();
        List<Meeting> meetings = new ArrayList<>();
        for (int kernel = 0; kernel < layer.kernelSize(); kernel++) {
            int ky = kernel / layer.horizontal().kernel();
            int kx = kernel % layer.horizontal().kernel();
            for (int pixel = 0; pixel < slow.pixels(); pixel++) {
                int y = reached(layer.vertical(), pixel / slow.width(), ky);
                int x = reached(layer.horizontal(), pixel % slow.width(), kx);
                if (y >= 0 && y < fast.height() && x >= 0 && x < fast.width()) {
                    int other = y * fast.width() + x;
                    meetings.add(convolution ? new Meeting(kernel, other, pixel) : new Meeting(kernel, pixel, other));
                }
            }
        }
        return meetings;
    }

    private static int reached(Axis axis, int position, int kernel) {
        return position * axis.stride() + kernel * axis.dilation() - axis.padBegin();
    }
}
