package org.emat.rtl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifierTest {
    private static final int LONGEST = 48;

    @Property
    void everyNameBecomesAnIdentifier(@ForAll @StringLength(max = 300) String name) throws IOException {
        check(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "_",
                "___",
                "7",
                "3d conv",
                "a\nendmodule\nb",
                "a\"b",
                "a'b",
                "`define x",
                "$finish",
                "\\escaped ",
                "a\0b",
                "größe",
                "卷积",
                "🦊",
                "a🦊b",
                "İ",
                "/n/n.0/ConvTranspose",
                "*/ // /*",
                "${top.module}",
                "#foreach"
            })
    void hostileNamesBecomeIdentifiers(String name) throws IOException {
        check(name);
    }

    @ParameterizedTest
    @CsvSource({
        "conv 1, conv_1",
        "/n/n.0/ConvTranspose, n_n_0_convtranspose",
        "7x7, n7x7",
        "module, module_",
        "Always_FF, always_ff_",
        "always ff, always_ff_",
        "🦊, unnamed",
        "a--b, a_b",
        "x_, x"
    })
    void examples(String name, String identifier) {
        assertThat(Identifier.of(name)).isEqualTo(identifier);
    }

    @Test
    void keywordsGetAnUnderscore() throws IOException {
        List<String> keywords = keywords();
        assertThat(keywords).hasSize(248).doesNotHaveDuplicates();
        for (String keyword : keywords) {
            assertThat(Identifier.of(keyword)).isEqualTo(keyword + "_");
            assertThat(Identifier.of(keyword.toUpperCase(java.util.Locale.ROOT)))
                    .isEqualTo(keyword + "_");
            check(keyword);
        }
    }

    @Test
    void longNamesAreCut() throws IOException {
        assertThat(Identifier.of("a".repeat(300))).isEqualTo("a".repeat(48));
        assertThat(Identifier.of("1".repeat(300))).isEqualTo("n" + "1".repeat(47));
        check("a b".repeat(100));
    }

    @Test
    void identifiersStayAsTheyAre() {
        for (String name : List.of("a", "conv_1", "n7", "unnamed")) {
            assertThat(Identifier.of(name)).isEqualTo(name);
        }
    }

    private static void check(String name) throws IOException {
        assertThat(Identifier.of(name))
                .as("identifier of '%s'", name)
                .matches("[a-z][a-z0-9_]*")
                .hasSizeLessThanOrEqualTo(LONGEST)
                .isNotIn(keywords());
        assertThat(Identifier.of(Identifier.of(name))).isEqualTo(Identifier.of(name));
    }

    /** The reserved words of IEEE 1800-2017, annex B. */
    private static List<String> keywords() throws IOException {
        try (InputStream in = IdentifierTest.class.getResourceAsStream("/keywords.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
