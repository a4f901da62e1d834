package org.emat.rtl;

import java.util.Set;

/** The one way by which a user's name becomes a Verilog identifier. */
public final class Identifier {
    private static final int LONGEST = 48;
    private static final Set<String> KEYWORDS = Set.of(
            ("always and assign automatic begin bit buf bufif0 bufif1 byte case casex casez cell class cmos config const"
                            + " context cover deassign default defparam design disable do edge else end endcase endclass"
                            + " endconfig endfunction endgenerate endmodule endpackage endprimitive endspecify endtable"
                            + " endtask enum event expect export extends extern final for force forever fork forkjoin"
                            + " function generate genvar highz0 highz1 if iff import incdir include initial inout input"
                            + " inside instance int integer interface join large liblist library local localparam logic"
                            + " longint macromodule medium modport module nand negedge new nmos nor noshowcancelled not"
                            + " notif0 notif1 null or output package packed parameter pmos posedge primitive priority"
                            + " program property protected pull0 pull1 pulldown pullup pure rand rcmos real realtime ref"
                            + " reg release repeat return rnmos rpmos rtran rtranif0 rtranif1 scalared sequence"
                            + " shortint shortreal showcancelled signed small specify specparam static string strong0"
                            + " strong1 struct super supply0 supply1 table tagged task this time timeprecision timeunit"
                            + " tran tranif0 tranif1 tri tri0 tri1 triand trior trireg type typedef union unique"
                            + " unsigned use var vectored virtual void wait wand weak0 weak1 while wildcard wire with"
                            + " within wor xnor xor")
                    .split(" "));

    private Identifier() {}

    /**
     * A legal identifier: lower-case letters, digits and single underscores, starting with a letter, at most 48
     * characters, no keyword. Names without any usable character become {@code unnamed}.
     */
    public static String of(String name) {
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < name.length() && result.length() < LONGEST; i++) {
            char c = name.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                result.append((char) (c + ('a' - 'A')));
            } else if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9') {
                result.append(c);
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
        if (Character.isDigit(result.charAt(0))) {
            result.insert(0, "n");
        }
        return KEYWORDS.contains(result.toString()) ? result + "_" : result.toString();
    }
}
