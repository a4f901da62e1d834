// Writes all weights of a layer through its engine's port, with pauses, then feeds frames and notes what comes out.
`default_nettype none
module weight_write_driver #(
    parameter WEIGHTS     = 1,
    parameter WEIGHT_BITS = 8,
    parameter IN_PIXELS   = 1,   // of all frames
    parameter IN_BITS     = 8,
    parameter OUT_PIXELS  = 1,   // transfers of all frames
    parameter OUT_BITS    = 8,
    parameter PREFIX      = ""
) (
    input  wire                   clk,
    output reg                    reset,
    output wire                   weight_valid,
    output wire [WEIGHT_BITS-1:0] weight_before,
    output wire [WEIGHT_BITS-1:0] weight_after,
    output wire                   in_valid,
    input  wire                   in_ready,
    output wire [IN_BITS-1:0]     in_data,
    input  wire                   out_valid,
    input  wire [OUT_BITS-1:0]    out_data,
    input  wire [63:0]            cell_writes,
    output reg                    done
);
    reg [WEIGHT_BITS-1:0] old [0:WEIGHTS-1];
    reg [WEIGHT_BITS-1:0] renewed [0:WEIGHTS-1];
    reg [IN_BITS-1:0]     pixels [0:IN_PIXELS-1];
    reg [8*1024-1:0]      folder;
    integer               file, cycle, weight, in_pixel, out_pixel;

    initial begin
        if (!$value$plusargs("images=%s", folder)) $finish;
        $readmemh({folder, PREFIX, "_before.hex"}, old);
        $readmemh({folder, PREFIX, "_after.hex"}, renewed);
        $readmemh({folder, PREFIX, "_in.hex"}, pixels);
        file      = $fopen({folder, PREFIX, "_out.txt"}, "w");
        reset     = 1'b1;
        cycle     = 0;
        weight    = 0;
        in_pixel  = 0;
        out_pixel = 0;
        done      = 1'b0;
    end

    assign weight_valid  = !reset && weight < WEIGHTS && cycle % 5 != 3;
    assign weight_before = old[weight < WEIGHTS ? weight : 0];
    assign weight_after  = renewed[weight < WEIGHTS ? weight : 0];
    assign in_valid      = !reset && weight == WEIGHTS && in_pixel < IN_PIXELS;
    assign in_data       = pixels[in_pixel < IN_PIXELS ? in_pixel : 0];

    always @(posedge clk) begin
        cycle <= cycle + 1;
        reset <= cycle < 4;
        if (weight_valid) weight <= weight + 1;
        if (in_valid && in_ready) in_pixel <= in_pixel + 1;
        if (out_valid && !done) begin
            $fdisplay(file, "%h", out_data);
            out_pixel <= out_pixel + 1;
            if (out_pixel == OUT_PIXELS - 1) begin
                $fdisplay(file, "%0d", cell_writes);
                $fclose(file);
                done <= 1'b1;
            end
        end
    end
endmodule
`default_nettype wire
