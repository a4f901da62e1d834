package org.emat.train;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.emat.train.GradientPlan.Pair;
import org.emat.window.WindowAxis;

/** How many products the steps of a gradient plan take. Steps whose rows and columns see the same border are one class. */
public final class GradientWork {
    private final GradientPlan plan;
    private final List<BitSet> rows = new ArrayList<>();
    private final List<BitSet> columns = new ArrayList<>();
    private final int[] rowClass; // [step row]
    private final int[] columnClass; // [step column]
    private final int[][] useful; // [row class][column class] pairs

    /** The work of a plan. */
    public GradientWork(GradientPlan plan) {
        this.plan = plan;
        rowClass = new int[plan.stepsY()];
        columnClass = new int[plan.stepsX()];
        for (int step = 0; step < rowClass.length; step++) {
            rowClass[step] = classOf(realRows(step), rows);
        }
        for (int step = 0; step < columnClass.length; step++) {
            columnClass[step] = classOf(realColumns(step), columns);
        }
        useful = new int[rows.size()][columns.size()];
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < columns.size(); column++) {
                BitSet both = (BitSet) rows.get(row).clone();
                both.and(columns.get(column));
                useful[row][column] = both.cardinality();
            }
        }
    }

    private static int classOf(BitSet real, List<BitSet> classes) {
        int found = classes.indexOf(real);
        if (found < 0) {
            classes.add(real);
            return classes.size() - 1;
        }
        return found;
    }

    private BitSet realRows(int step) {
        BitSet real = new BitSet();
        for (int i = 0; i < plan.pairs().size(); i++) {
            Pair pair = plan.pairs().get(i);
            real.set(
                    i,
                    isReal(plan.window().vertical(), step, pair.windowY())
                            && isReal(plan.block().vertical(), step, pair.blockY()));
        }
        return real;
    }

    private BitSet realColumns(int step) {
        BitSet real = new BitSet();
        for (int i = 0; i < plan.pairs().size(); i++) {
            Pair pair = plan.pairs().get(i);
            real.set(
                    i,
                    isReal(plan.window().horizontal(), step, pair.windowX())
                            && isReal(plan.block().horizontal(), step, pair.blockX()));
        }
        return real;
    }

    private static boolean isReal(WindowAxis axis, int step, int offset) {
        return axis.real(axis.start(step) + offset) >= 0;
    }

    /** Whether both pixels of a pair are real ones at a step. */
    public boolean isUseful(int stepY, int stepX, int pair) {
        return rows.get(rowClass[stepY]).get(pair)
                && columns.get(columnClass[stepX]).get(pair);
    }

    /** Products of useful pairs at a step. */
    public long usefulProducts(int stepY, int stepX) {
        return (long) useful[rowClass[stepY]][columnClass[stepX]] * plan.productsPerPair();
    }

    /** Products that are multiplied at a step. */
    public long products(int stepY, int stepX) {
        return plan.skipping()
                ? usefulProducts(stepY, stepX)
                : (long) plan.pairs().size() * plan.productsPerPair();
    }

    /** Cycles in which a step multiplies: ⌈products / lanes⌉. */
    public long cycles(int stepY, int stepX) {
        return (products(stepY, stepX) + plan.lanes() - 1) / plan.lanes();
    }

    private interface OfStep {
        long at(int stepY, int stepX);
    }

    private long sum(OfStep count) {
        long sum = 0;
        for (int y = 0; y < rowClass.length; y++) {
            for (int x = 0; x < columnClass.length; x++) {
                sum = Math.addExact(sum, count.at(y, x));
            }
        }
        return sum;
    }

    /** Products of useful pairs of one frame. */
    public long usefulProducts() {
        return sum(this::usefulProducts);
    }

    /** Products that are multiplied for one frame; the others are with a zero that is no data. */
    public long products() {
        return sum(this::products);
    }

    /** Cycles in which one frame multiplies. */
    public long cycles() {
        return sum(this::cycles);
    }
}
