package org.emat.report;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EscapeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "<script>alert(1)</script>|&lt;script&gt;alert(1)&lt;/script&gt;",
                "a \"b\" 'c'|a &quot;b&quot; &#39;c&#39;",
                "R&D &amp;|R&amp;D &amp;amp;",
                "]]>|]]&gt;",
                "Schicht ü 卷积 🙂|Schicht ü 卷积 🙂"
            })
    void marksUpNothing(String raw, String escaped) {
        assertThat(Escape.text(raw)).isEqualTo(escaped);
    }

    @Test
    void replacesWhatNoPageHolds() {
        assertThat(Escape.text("a\u0000b\u001bc\u0085d\ud800e\uffffg\ufdd0h")).isEqualTo("a�b�c�d�e�g�h");
        assertThat(Escape.text("a\tb\nc")).isEqualTo("a\tb\nc");
    }

    /** Whatever is written reads back, as text and as attribute. */
    @Property
    void readsBack(@ForAll String raw) {
        Element written = Element.of("p").with("title", raw).text(raw);
        org.w3c.dom.Element read = Page.parse(written.toString()).all("p").get(0);
        StringBuilder expected = new StringBuilder();
        raw.codePoints()
                .map(point -> Escape.text(Character.toString(point)).equals("�") ? '�' : point)
                .forEach(expected::appendCodePoint);
        assertThat(read.getTextContent()).isEqualTo(expected.toString());
        assertThat(read.getAttribute("title").replaceAll("\\s", " "))
                .isEqualTo(expected.toString().replaceAll("\\s", " "));
        assertThat(read.getChildNodes().getLength()).isLessThan(2);
    }
}
