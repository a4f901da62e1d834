package org.emat.tb;

import java.util.ArrayList;
import java.util.List;
import org.emat.arch.Architecture;
import org.emat.integer.IntegerNetwork;
import org.emat.plan.EnginePlan;
import org.emat.plan.Plan;
import org.emat.rtl.MemoryImages;
import org.emat.tb.Simulator.RegisterWrite;

/** The register writes that program every cell, converter and scale of a design through its port. */
public final class ProgramWrites {
    private static final int CELLS = 0;
    private static final int OFFSETS = 1;
    private static final int SCALES = 2;
    private static final int SHIFTS = 3;
    private static final int TABLE = 4;
    private static final int BOUNDS = 5;

    private final List<RegisterWrite> writes = new ArrayList<>();

    private ProgramWrites() {}

    /** All writes of a design. */
    public static List<RegisterWrite> of(Plan plan, IntegerNetwork network, Architecture architecture) {
        ProgramWrites program = new ProgramWrites();
        for (int i = 0; i < plan.engines().size(); i++) {
            EnginePlan engine = plan.engines().get(i);
            program.set(0x40, i);
            program.engine(engine, MemoryImages.of(engine, i, network.layers().get(i), architecture));
        }
        return program.writes;
    }

    private void engine(EnginePlan engine, MemoryImages.EngineImages images) {
        arrays(engine, images);
        entries(SCALES, images.scales());
        entries(SHIFTS, images.shifts());
        entries(TABLE, images.table());
        entries(BOUNDS, images.bounds());
    }

    private void arrays(EnginePlan engine, MemoryImages.EngineImages images) {
        int lines = engine.array().linesPerWeight();
        int words = engine.array().valueBits() * engine.array().wordsPerLine();
        int line = 0;
        for (int subkernel = 0; subkernel < engine.phases() * engine.arrayGroups(); subkernel++) {
            int blocks = engine.rowBlocks(subkernel / engine.arrayGroups());
            set(0x48, subkernel);
            for (int column = 0; column < engine.weightColumns(); column++) {
                for (int block = 0; block < blocks; block++) {
                    set(0x4C, block);
                    for (int l = 0; l < lines; l++, line++) {
                        set(0x50, column * lines + l);
                        line(line, words, images, engine.array().adcOffsets());
                    }
                }
            }
        }
    }

    private void line(int line, int words, MemoryImages.EngineImages images, boolean offsets) {
        set(0x44, CELLS);
        for (int word = 0; word < words; word++) {
            set(0x54, word);
            commit(images.cells()[line * words + word]);
        }
        if (offsets) {
            set(0x44, OFFSETS);
            commit(images.offsets()[line]);
        }
    }

    private void entries(int kind, long[] words) {
        set(0x44, kind);
        for (int i = 0; i < words.length; i++) {
            set(0x50, i & 0xFFFF);
            set(0x54, i >>> 16);
            commit(words[i]);
        }
    }

    private void set(int address, int data) {
        writes.add(new RegisterWrite(address, data));
    }

    private void commit(long data) {
        set(0x58, (int) data);
        set(0x5C, (int) (data >>> 32));
    }
}
