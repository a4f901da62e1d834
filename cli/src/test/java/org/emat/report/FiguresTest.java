package org.emat.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void onlyAllIsAHundredPercentAndOnlyNothingIsZero() {
        assertThat(Figures.percent(1_000_000, 1_000_000)).isEqualTo("100\u00a0%");
        assertThat(Figures.percent(999_999, 1_000_000)).isEqualTo("99.9\u00a0%");
        assertThat(Figures.percent(1, 1_000_000)).isEqualTo("<\u202f0.1\u00a0%");
        assertThat(Figures.percent(0, 1_000_000)).isEqualTo("0\u00a0%");
        assertThat(Figures.percent(0, 0)).isEqualTo("0\u00a0%");
        assertThat(Figures.percent(1, 8)).isEqualTo("12.5\u00a0%");
    }

    @Test
    void numbersHaveTheirThousandsApart() {
        assertThat(Figures.count(1_234_567)).isEqualTo("1,234,567");
        assertThat(Figures.count(-117)).isEqualTo("-117");
        assertThat(Figures.count(1, "word")).isEqualTo("1 word");
        assertThat(Figures.count(0, "word")).isEqualTo("0 words");
        assertThat(Figures.number(1_234_567)).hasToString("<data value=\"1234567\">1,234,567</data>");
    }

    @Test
    void shadesCoverAllShares() {
        assertThat(Shade.of(1)).isEqualTo(Shade.FULL);
        assertThat(Shade.of(0.999)).isEqualTo(Shade.MOST);
        assertThat(Shade.of(0.5)).isEqualTo(Shade.HALF);
        assertThat(Shade.of(0.0001)).isEqualTo(Shade.LOW);
    }

    /** Texts have a contrast of 4.5 to their grounds and drawings one of 3 (WCAG 2.1 AA), in light and in dark. */
    @Test
    void coloursContrast() {
        for (boolean dark : new boolean[] {false, true}) {
            List<String> weak = new ArrayList<>();
            for (String ground : List.of("ground", "sheet")) {
                for (String text : List.of("ink", "soft", "link", "equal", "different")) {
                    check(weak, dark, text, ground, 4.5);
                }
            }
            check(weak, dark, "ink", "aware-ground", 4.5);
            check(weak, dark, "aware", "aware-ground", 4.5);
            for (String ground : List.of("equal-ground", "different-ground")) {
                check(weak, dark, "ink", ground, 4.5);
                check(weak, dark, "soft", ground, 4.5);
            }
            check(weak, dark, "equal", "equal-ground", 4.5);
            check(weak, dark, "different", "different-ground", 4.5);
            for (String drawn : List.of("busy", "starved", "stalled", "output", "shade-half", "shade-full")) {
                check(weak, dark, drawn, "sheet", 3);
            }
            check(weak, dark, "shade-full", "shade-low", 3);
            assertThat(weak).as(dark ? "dark" : "light").isEmpty();
        }
    }

    private static void check(List<String> weak, boolean dark, String colour, String ground, double least) {
        double a = luminance(dark, colour);
        double b = luminance(dark, ground);
        double contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        if (contrast < least) {
            weak.add(String.format("%s on %s: %.2f", colour, ground, contrast));
        }
    }

    private static double luminance(boolean dark, String name) {
        String style = PageFrame.style();
        int split = style.indexOf("@media screen");
        Matcher matcher = Pattern.compile("--" + name + ": #([0-9a-f]{6});")
                .matcher(dark ? style.substring(split) : style.substring(0, split));
        assertThat(matcher.find()).as(name).isTrue();
        int colour = Integer.parseInt(matcher.group(1), 16);
        return 0.2126 * linear(colour >> 16) + 0.7152 * linear(colour >> 8 & 255) + 0.0722 * linear(colour & 255);
    }

    private static double linear(int channel) {
        double value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
}
