package org.emat.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.emat.network.InputException;
import org.emat.reference.DrawnEngine;
import org.junit.jupiter.api.Test;

class PlanJsonTest {
    @Test
    void readsBackWhatItWrote() {
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < 60; i++) {
            DrawnEngine drawn = i % 2 == 0 ? DrawnEngine.faulty(random) : DrawnEngine.lossless(random);
            String text = PlanJson.write(drawn.plan());
            assertThat(PlanJson.read(text)).isEqualTo(drawn.plan());
            assertThat(PlanJson.write(PlanJson.read(text))).isEqualTo(text);
            assertThat(text).endsWith("}\n").doesNotContain("\t").doesNotContainPattern(" \n");
            assertThat(text.lines()).allMatch(line -> line.length() <= 120);
        }
    }

    @Test
    void keepsNamesOfAnyCharacters() {
        Plan plan = DrawnEngine.lossless(new SplittableRandom(1)).plan();
        EnginePlan e = plan.engines().get(0);
        Plan named = new Plan(
                "n\"1\\",
                java.util.List.of(new EnginePlan(
                        "a \"b\"\n\u00e9\u4e2d",
                        e.geometry(),
                        e.mapping(),
                        e.fold(),
                        e.copies(),
                        e.window(),
                        e.arrayGroups(),
                        e.input(),
                        e.array(),
                        e.scale(),
                        e.output(),
                        e.lineBufferRows(),
                        e.rasterBlocks(),
                        e.lanes())),
                64);
        assertThat(PlanJson.read(PlanJson.write(named))).isEqualTo(named);
    }

    @Test
    void refusesWhatIsNoPlan() {
        String text =
                PlanJson.write(DrawnEngine.lossless(new SplittableRandom(1)).plan());
        for (String bad : java.util.List.of(
                "",
                "null",
                "{}",
                "[]",
                text + "{}",
                text.replace("\"streamBits\"", "\"bits\""),
                text.replace("\"rasterBlocks\"", "\"other\""))) {
            assertThatThrownBy(() -> PlanJson.read(bad)).as(bad).isInstanceOf(InputException.class);
        }
    }
}
