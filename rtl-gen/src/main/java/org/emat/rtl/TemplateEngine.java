package org.emat.rtl;

import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.VelocityEngine;

/** Renders a template with a finished context; an unknown reference is an error, never silent text. */
public final class TemplateEngine {
    private final VelocityEngine velocity;

    /** An engine over the templates of the class path. */
    public TemplateEngine() {
        Properties properties = new Properties();
        properties.setProperty("resource.loaders", "class");
        properties.setProperty(
                "resource.loader.class.class", "org.apache.velocity.runtime.resource.loader.ClasspathResourceLoader");
        properties.setProperty("resource.loader.class.cache", "true");
        properties.setProperty("runtime.strict_mode.enable", "true");
        properties.setProperty("velocimacro.arguments.strict", "true");
        properties.setProperty("parser.space_gobbling", "lines");
        properties.setProperty("event_handler.include.class", TemplateFolder.class.getName());
        velocity = new VelocityEngine(properties);
        velocity.init();
    }

    /** The text of {@code templates/<name>} under a context, without blank lines around it. */
    public String render(String name, Map<String, ?> context) {
        StringWriter text = new StringWriter();
        velocity.getTemplate(TemplateFolder.NAME + name, "UTF-8")
                .merge(new VelocityContext(new HashMap<>(context)), text);
        return text.toString().strip() + "\n";
    }
}
