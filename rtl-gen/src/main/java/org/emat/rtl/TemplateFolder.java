package org.emat.rtl;

import org.apache.velocity.app.event.IncludeEventHandler;
import org.apache.velocity.context.Context;

/** Finds included templates in the folder of all templates. */
public final class TemplateFolder implements IncludeEventHandler {
    static final String NAME = "templates/";

    @Override
    public String includeEvent(Context context, String include, String current, String directive) {
        return NAME + include;
    }
}
