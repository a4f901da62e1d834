package org.emat.rtl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the generator relies on in Velocity: a pair of template and text for each behaviour. */
class TemplateEngineTest {
    private static final Map<String, Object> CONTEXT = Map.of("words", List.of("a", "b"), "top", Map.of("width", 3));

    @ParameterizedTest
    @ValueSource(strings = {"verilog", "directives"})
    void templatesGiveTheirText(String name) throws IOException {
        assertThat(render(name)).isEqualTo(text(name));
    }

    @ParameterizedTest
    @CsvSource({
        "unknown_name, $width",
        "unknown_property, widht",
        "unknown_method, length",
        "missing_file, behaviour/missing.vm",
        "outside, $display"
    })
    void whatIsUnknownIsRefused(String name, String what) {
        assertThatThrownBy(() -> render(name)).hasMessageContaining(what);
    }

    private static String render(String name) {
        return new TemplateEngine().render("behaviour/" + name + ".vm", CONTEXT);
    }

    private static String text(String name) throws IOException {
        try (InputStream in = TemplateEngineTest.class.getResourceAsStream("/templates/behaviour/" + name + ".txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
