package org.emat.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.emat.arch.Architecture.Device;
import org.emat.plan.EnginePlan;
import org.emat.reference.CellByCell;
import org.emat.reference.DrawnEngine;
import org.junit.jupiter.api.Test;

class DeviceMapTest {

    /** The image holds every cell's value and nothing else, in the documented order, and so do the offsets. */
    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void laysCellsAndOffsetsOutAsDocumented(@ForAll long seed) {
        DrawnEngine drawn = DrawnEngine.faulty(new SplittableRandom(seed));
        EnginePlan engine = drawn.engine();
        CellByCell cells = new CellByCell(engine, 2, drawn.layer(), drawn.architecture());
        DeviceMap map = new DeviceMap(engine, 2, drawn.layer(), drawn.architecture());
        long[] image = map.image();
        int[] offsets = map.offsets();
        int bitLine = 0;
        for (int subkernel = 0; subkernel < engine.phases() * engine.arrayGroups(); subkernel++) {
            int phase = subkernel / engine.arrayGroups();
            for (int column = 0; column < cells.columns(); column++) {
                for (int block = 0; block < engine.rowBlocks(phase); block++) {
                    for (int line = 0; line < engine.array().linesPerWeight(); line++, bitLine++) {
                        assertThat(offsets[bitLine])
                                .isEqualTo(cells.offset(subkernel, column, block, line))
                                .isEqualTo(map.offset(subkernel, column, block, line));
                        List<Integer> rows = cells.blocks(phase).get(block);
                        assertThat(rows).hasSize(engine.rowsOfBlock(phase, block));
                        int[] wanted = new int[engine.array().wordsPerLine() * 64];
                        for (int place = 0; place < rows.size(); place++) {
                            int row = rows.get(place);
                            wanted[place] = cells.cell(subkernel, column, row, line);
                            assertThat(map.value(subkernel, row, column, line)).isEqualTo(wanted[place]);
                        }
                        assertThat(values(image, bitLine, engine))
                                .as("bit line %d of %s", bitLine, engine)
                                .isEqualTo(wanted);
                    }
                }
            }
        }
        assertThat(bitLine).isEqualTo(engine.bitLines()).isEqualTo(offsets.length);
        assertThat(image).hasSize(engine.imageWords());
    }

    /** Values of the rows of a bit line, 64 a word, beyond the used ones too. */
    private static int[] values(long[] image, int bitLine, EnginePlan engine) {
        int words = engine.array().wordsPerLine();
        int bits = engine.array().valueBits();
        int[] values = new int[words * 64];
        for (int row = 0; row < values.length; row++) {
            for (int bit = 0; bit < bits; bit++) {
                long word = image[(bitLine * bits + bit) * words + row / 64];
                values[row] += (int) (word >>> row % 64 & 1) << bit;
            }
        }
        return values;
    }

    /** The same seed gives the same device, another seed or another engine of the design another one. */
    @Test
    void drawsFromSeedAndEngine() {
        DrawnEngine drawn = spoiled();
        long[] image = map(drawn, 0).image();
        assertThat(map(drawn, 0).image()).isEqualTo(image);
        assertThat(map(drawn, 1).image()).isNotEqualTo(image);
        assertThat(map(drawn, 0).offsets()).isNotEqualTo(map(drawn, 1).offsets());
        assertThat(map(drawn, 0).offsets())
                .as("both ends of the spread")
                .contains(-drawn.architecture().adc().offsetSpread())
                .contains(drawn.architecture().adc().offsetSpread());
        assertThat(map(drawn, 0).isIdeal()).isFalse();
        DrawnEngine lossless = DrawnEngine.lossless(new SplittableRandom(1));
        assertThat(map(lossless, 0).isIdeal()).isTrue();
        assertThat(Arrays.stream(map(lossless, 0).offsets())).containsOnly(0);
    }

    /** A drawn engine large enough for every kind of fault to show. */
    private static DrawnEngine spoiled() {
        SplittableRandom random = new SplittableRandom(42);
        while (true) {
            DrawnEngine drawn = DrawnEngine.faulty(random);
            Device device = drawn.architecture().device();
            int spread = drawn.architecture().adc().offsetSpread();
            if (device.stuckAtZero() > 0
                    && device.stuckAtOne() > 0
                    && device.deviationSpread() > 0
                    && spread > 0
                    && drawn.engine().bitLines() > 20 * spread) {
                return drawn;
            }
        }
    }

    private static DeviceMap map(DrawnEngine drawn, int index) {
        return new DeviceMap(drawn.engine(), index, drawn.layer(), drawn.architecture());
    }
}
