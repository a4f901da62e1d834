package org.emat.train.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.emat.arch.Architecture.Encoding;
import org.emat.network.InputException;
import org.emat.network.LayerGeometry;
import org.emat.network.TensorShape;
import org.junit.jupiter.api.Test;

/** Writes of cells against the digits of the weights, before and after each step. */
class CellWearTest {
    private static final TensorShape LATENT = new TensorShape(3, 1, 1);
    private static final TensorShape IMAGE = new TensorShape(1, 2, 2);

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void cellsWhoseDigitsChangeAreWritten(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        GanPlan plan = plan(1 + random.nextInt(4), Encoding.values()[random.nextInt(2)], random.nextInt(1000));
        GanTrainer trainer = new GanTrainer(plan, images(), GanTrainer.first(plan), 1);
        int[][] wanted = CellWear.none(plan).writes();
        for (int step = 0; step < 6; step++) {
            int[][] before = weights(trainer.state());
            trainer.step();
            int[][] after = weights(trainer.state());
            for (int layer = 0; layer < wanted.length; layer++) {
                count(plan.cells(), before[layer], after[layer], wanted[layer]);
            }
            if (step == 2) {
                // A trainer that continues from here.
                trainer = new GanTrainer(plan, images(), trainer.state(), 1).with(trainer.wear());
            }
        }
        assertThat(trainer.wear().writes()).as("%s", plan.cells()).isEqualTo(wanted);
        assertThat(trainer.wear().most()).isPositive();
    }

    private static void count(GanPlan.Cells cells, int[] before, int[] after, int[] writes) {
        int base = 1 << cells.bits();
        int digits = (16 + cells.bits() - 1) / cells.bits();
        boolean two = cells.encoding() == Encoding.DIFFERENTIAL;
        int ofWeight = two ? 2 * digits : digits;
        for (int weight = 0; weight < writes.length / ofWeight; weight++) {
            for (int cell = 0; cell < ofWeight; cell++) {
                int sign = cell < digits ? 1 : -1;
                int from = two ? Math.max(0, sign * before[weight]) : before[weight] + 32768;
                int to = two ? Math.max(0, sign * after[weight]) : after[weight] + 32768;
                int place = (int) Math.pow(base, cell % digits);
                writes[weight * ofWeight + cell] += from / place % base == to / place % base ? 0 : 1;
            }
        }
    }

    private static int[][] weights(GanState state) {
        return new int[][] {
            state.generator().parameters()[0], state.discriminator().parameters()[0]
        };
    }

    private static GanPlan plan(int bits, Encoding encoding, long seed) {
        return new GanPlan(
                List.of(new TrainedLayer(
                        "make", LayerGeometry.dense(LATENT, IMAGE), new Response.Tabled(Response.Curve.TANH))),
                List.of(new TrainedLayer(
                        "judge", LayerGeometry.dense(IMAGE, new TensorShape(1, 1, 1)), new Response.Linear())),
                TrainingFormat.standard(),
                Loss.HINGE,
                Optimiser.of(0.25, 0.5, 0, List.of()),
                2,
                false,
                new GanPlan.Cells(bits, encoding),
                seed);
    }

    private static ImageSet images() {
        return new ImageSet(IMAGE, List.of(new int[] {9000, -9000, 0, 16384}, new int[] {1, 2, 3, 4}));
    }

    @Test
    void exhaustedCellsAreRefused() {
        GanPlan plan = plan(2, Encoding.OFFSET, 1);
        int[][] writes = CellWear.none(plan).writes();
        writes[1][5] = 8;
        CellWear wear = CellWear.of(plan, writes);
        assertThat(wear.worn(8)).isEmpty();
        assertThat(wear.worn(7)).contains("judge");
        writes[0][2] = 9;
        assertThat(CellWear.of(plan, writes).worn(7)).contains("make");
        assertThatThrownBy(() -> CellWear.of(plan, new int[][] {writes[0]})).isInstanceOf(InputException.class);
    }
}
