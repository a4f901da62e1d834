package org.emat.rtl;

import java.util.Collection;
import java.util.List;

/** What the templates of {@code project/} see: the files of one design. Getters are bean style for Velocity. */
public final class ProjectContext {
    private final String module;
    private final String rtlFolder;
    private final List<String> names;

    /**
     * A project.
     *
     * @param module top module
     * @param rtlFolder folder of the Verilog files, from the project's own
     * @param names Verilog and include files in compilation order
     */
    ProjectContext(String module, String rtlFolder, Collection<String> names) {
        this.module = module;
        this.rtlFolder = rtlFolder;
        this.names = List.copyOf(names);
    }

    /** Top module. */
    public String getModule() {
        return module;
    }

    /** Folder of the Verilog files. */
    public String getRtlFolder() {
        return rtlFolder;
    }

    /** Files to compile, in order. */
    public List<String> getFiles() {
        return names.stream().filter(name -> name.endsWith(".v")).toList();
    }

    /** Files that others include. */
    public List<String> getIncludes() {
        return names.stream().filter(name -> name.endsWith(".vh")).toList();
    }
}
