package org.emat.rtl;

import java.util.Set;

/** The one way by which a user's name becomes a Verilog identifier. */
public final class Identifier {
    private static final int LONGEST = 48;

    /** All words that IEEE 1800-2017 reserves, those of Verilog among them. */
    private static final Set<String> KEYWORDS = Set.of("""
            accept_on alias always always_comb always_ff always_latch and assert assign assume automatic before
            begin bind bins binsof bit break buf bufif0 bufif1 byte case casex casez cell chandle checker class
            clocking cmos config const constraint context continue cover covergroup coverpoint cross deassign
            default defparam design disable dist do edge else end endcase endchecker endclass endclocking
            endconfig endfunction endgenerate endgroup endinterface endmodule endpackage endprimitive endprogram
            endproperty endsequence endspecify endtable endtask enum event eventually expect export extends
            extern final first_match for force foreach forever fork forkjoin function generate genvar global
            highz0 highz1 if iff ifnone ignore_bins illegal_bins implements implies import incdir include
            initial inout input inside instance int integer interconnect interface intersect join join_any
            join_none large let liblist library local localparam logic longint macromodule matches medium
            modport module nand negedge nettype new nexttime nmos nor noshowcancelled not notif0 notif1 null or
            output package packed parameter pmos posedge primitive priority program property protected pull0
            pull1 pulldown pullup pulsestyle_ondetect pulsestyle_onevent pure rand randc randcase randsequence
            rcmos real realtime ref reg reject_on release repeat restrict return rnmos rpmos rtran rtranif0
            rtranif1 s_always s_eventually s_nexttime s_until s_until_with scalared sequence shortint shortreal
            showcancelled signed small soft solve specify specparam static string strong strong0 strong1 struct
            super supply0 supply1 sync_accept_on sync_reject_on table tagged task this throughout time
            timeprecision timeunit tran tranif0 tranif1 tri tri0 tri1 triand trior trireg type typedef union
            unique unique0 unsigned until until_with untyped use uwire var vectored virtual void wait wait_order
            wand weak weak0 weak1 while wildcard wire with within wor xnor xor
            """.strip().split("\\s+"));

    private Identifier() {}

    /**
     * A legal identifier: lower-case letters, digits and single underscores, starting with a letter, at most 48
     * characters, no keyword. Names without any usable character become {@code unnamed}. An identifier made here stays
     * as it is.
     */
    public static String of(String name) {
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < name.length() && result.length() < LONGEST; i++) {
            char c = name.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                result.append((char) (c + ('a' - 'A')));
            } else if (c >= 'a' && c <= 'z') {
                result.append(c);
            } else if (c >= '0' && c <= '9') {
                result.append(result.length() == 0 ? "n" : "").append(c);
            } else if (result.length() > 0 && result.charAt(result.length() - 1) != '_') {
                result.append('_');
            }
        }
        while (result.length() > 0 && result.charAt(result.length() - 1) == '_') {
            result.setLength(result.length() - 1);
        }
        if (result.length() == 0) {
            return "unnamed";
        }
        return KEYWORDS.contains(result.toString()) ? result + "_" : result.toString();
    }
}
