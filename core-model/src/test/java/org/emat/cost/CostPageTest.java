package org.emat.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Holds the tables of {@code docs/cost.md} equal to the shipped constants; {@code scripts/regenerate} writes them. */
class CostPageTest {
    private static final Path PAGE = Path.of("..", "docs", "cost.md");

    @Test
    void tablesAreTheShippedConstants() throws IOException {
        String found = Files.readString(PAGE);
        String wanted = found;
        for (String set : ConstantsReader.SHIPPED) {
            wanted = replaced(wanted, set);
        }
        if (Boolean.getBoolean("emat.regenerate")) {
            Files.writeString(PAGE, wanted);
            return;
        }
        assertThat(found)
                .as("docs/cost.md; scripts/regenerate writes its tables anew")
                .isEqualTo(wanted);
    }

    /** The page with the table of a set written anew between its marks. */
    private static String replaced(String page, String set) {
        String begin = "<!-- constants of " + set + " -->\n\n";
        String end = "\n<!-- end of " + set + " -->";
        int from = page.indexOf(begin) + begin.length();
        int to = page.indexOf(end);
        assertThat(from).as("place of the table of %s", set).isGreaterThan(begin.length());
        assertThat(to).isGreaterThanOrEqualTo(from);
        return page.substring(0, from) + ConstantsTable.of(own(set)) + page.substring(to);
    }

    /** What a set holds itself, apart from what it takes from ISAAC's. */
    private static SortedMap<String, Constant> own(String set) {
        SortedMap<String, Constant> entries =
                new TreeMap<>(ConstantsReader.shipped(set).entries());
        if (!set.equals("isaac")) {
            entries.entrySet().removeAll(Constants.standard().entries().entrySet());
        }
        return entries;
    }
}
