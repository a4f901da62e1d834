package org.emat.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the operators that give the same words other axes. */
final class ShapeReader {
    private static final Set<String> OPERATORS =
            Set.of("Identity", "Dropout", "Flatten", "Reshape", "Squeeze", "Unsqueeze");

    private final Constants constants;

    ShapeReader(Constants constants) {
        this.constants = constants;
    }

    /** Whether an operator is read here. */
    static boolean reads(String operator) {
        return OPERATORS.contains(operator);
    }

    /** The axes after a node. */
    View reshape(Node node, View from) {
        boolean passes = node.operator().equals("Identity") || node.operator().equals("Dropout");
        if (!passes && from.batchAxis() == 1) {
            throw node.refuse(
                    "its input has shape " + from + " with the batch last; only Gemm with transA = 1 takes that");
        }
        return switch (node.operator()) {
            case "Flatten" -> flatten(node, from);
            case "Reshape" -> reshaped(node, from);
            case "Squeeze" -> squeeze(node, from);
            case "Unsqueeze" -> unsqueeze(node, from);
            default -> from;
        };
    }

    private View flatten(Node node, View from) {
        node.allow("axis");
        List<Long> all = from.all();
        int axis = position(node, node.whole("axis", 1), all.size(), all.size());
        List<Long> sizes = List.of(View.product(all.subList(0, axis)), View.product(all.subList(axis, all.size())));
        if (from.isBatched() && axis >= 1 && sizes.get(0) == 1) {
            return from.batched(List.of(sizes.get(1)));
        }
        return alone(node, from, sizes);
    }

    private View reshaped(Node node, View from) {
        node.allow("allowzero");
        List<Long> target = new ArrayList<>();
        for (long size : constants.need(node, 1, "shape").whole()) {
            if (size < -1) {
                throw node.refuse("its shape asks for an axis of size " + size + "; sizes are -1 or at least 0");
            }
            target.add(size);
        }
        boolean copies = node.whole("allowzero", 0) == 0;
        for (int i = 0; copies && i < target.size(); i++) {
            if (target.get(i) == 0) {
                target.set(i, copied(node, from, i));
            }
        }
        long first = target.isEmpty() ? 0 : target.get(0);
        if (from.isBatched() && (first == -1 || first == 1 || first == from.batch())) {
            List<Long> axes = target.subList(1, target.size());
            List<Long> inferred = first == -1 ? axes : inferred(axes, from.words());
            if (!inferred.contains(-1L) && View.product(inferred) == from.words()) {
                return from.batched(inferred);
            }
        }
        return alone(node, from, inferred(target, from.words()));
    }

    private static long copied(Node node, View from, int axis) {
        if (axis >= from.all().size()) {
            throw node.refuse(
                    "its shape copies axis " + axis + ", which its input of shape " + from + " does not have");
        }
        return from.all().get(axis);
    }

    /** The target with its −1, if it has one, replaced so that the words are kept. */
    private static List<Long> inferred(List<Long> target, long words) {
        int open = target.indexOf(-1L);
        if (open < 0) {
            return target;
        }
        List<Long> result = new ArrayList<>(target);
        result.set(open, 1L);
        long known = result.contains(-1L) ? 0 : View.product(result);
        result.set(open, known == 0 ? 0 : words / known);
        return result;
    }

    private View squeeze(Node node, View from) {
        node.allow("axes");
        List<Long> all = from.all();
        List<Integer> axes = axes(node, all.size());
        if (axes == null) {
            axes = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i) == 1 && (i != from.batchAxis() || from.batch() == 1)) {
                    axes.add(i);
                }
            }
        }
        List<Long> left = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (!axes.contains(i)) {
                left.add(all.get(i));
            } else if (all.get(i) != 1) {
                throw node.refuse("axis " + i + " of its input of shape " + from + " is not of size 1");
            }
        }
        return from.isBatched() && !axes.contains(0)
                ? from.batched(left.subList(1, left.size()))
                : alone(node, from, left);
    }

    private View unsqueeze(Node node, View from) {
        node.allow("axes");
        long added = constants
                .find(node.input(1))
                .map(Tensor::values)
                .map(v -> v.length)
                .orElseGet(() -> node.list("axes").map(list -> list.length).orElse(0));
        List<Long> all = from.all();
        List<Integer> axes = axes(node, Math.toIntExact(all.size() + added));
        if (axes == null || axes.isEmpty()) {
            throw node.refuse("attribute or input axes is missing");
        }
        List<Long> result = new ArrayList<>(all);
        axes.stream().sorted().forEach(axis -> result.add(axis, 1L));
        return from.isBatched() && !axes.contains(0)
                ? from.batched(result.subList(1, result.size()))
                : alone(node, from, result);
    }

    /** Axes given as attribute or, from operator set 13 on, as input; null when neither is there. */
    private List<Integer> axes(Node node, int rank) {
        long[] given = node.input(1).isEmpty()
                ? node.list("axes").orElse(null)
                : constants.need(node, 1, "axes").whole();
        if (given == null) {
            return null;
        }
        List<Integer> axes = new ArrayList<>();
        for (long axis : given) {
            int position = position(node, axis, rank, rank - 1);
            if (axes.contains(position)) {
                throw node.refuse("axis " + axis + " is named twice");
            }
            axes.add(position);
        }
        return axes;
    }

    private static int position(Node node, long axis, int rank, int most) {
        long position = axis < 0 ? axis + rank : axis;
        if (position < 0 || position > most) {
            throw node.refuse("axis " + axis + " does not exist in a tensor of " + rank + " axes");
        }
        return (int) position;
    }

    /** A result whose first axis is not the batch: only where the batch is known to be one frame. */
    private static View alone(Node node, View from, List<Long> sizes) {
        if (View.product(sizes) != from.words()) {
            throw node.refuse("its input of shape " + from + " cannot take the shape " + sizes);
        }
        if (from.batchAxis() >= 0 && from.batch() != 1) {
            throw node.refuse(
                    "the shape " + sizes + " mixes the frames of a batch; keep the batch as the first axis of " + from);
        }
        return new View(sizes, -1, 1);
    }
}
