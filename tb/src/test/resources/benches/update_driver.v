// Loads the state of a layer, updates it several times, and notes all that it then is.
`default_nettype none
module update_driver #(
    parameter WEIGHTS      = 1,
    parameter CHANNELS     = 1,
    parameter BIAS_SETS    = 1,
    parameter LANES        = 1,
    parameter ACC_BITS     = 32,
    parameter CELL_BITS    = 2,
    parameter DIFFERENTIAL = 0,
    parameter LINES        = 8,
    parameter PASSES       = 1,
    parameter BY_IMAGES    = 0,  // 1: the state comes from images
    parameter PAUSES       = 0,  // 1: beats come with pauses
    parameter PREFIX       = "",
    parameter IMAGES       = ""  // of the unit; no file has it if the state does not come from images
) (
    input  wire clk,
    output reg  done
);
    localparam PARAMETERS = WEIGHTS + CHANNELS * BIAS_SETS;
    localparam BEATS      = (WEIGHTS + LANES - 1) / LANES + CHANNELS * BIAS_SETS;
    localparam INDEX_W    = $clog2(PARAMETERS);
    localparam SET_W      = (BIAS_SETS > 1) ? $clog2(BIAS_SETS) : 1;
    localparam FACTORS    = 7;

    localparam RESET = 0;
    localparam LOAD = 1;
    localparam SETTLE = 2;
    localparam UPDATE = 3;
    localparam STATE = 4;
    localparam BIASES = 5;
    localparam END = 6;

    reg [LANES*ACC_BITS-1:0] beats [0:PASSES*BEATS-1];
    reg [15:0] factors [0:PASSES*FACTORS-1];
    reg [15:0] parameters [0:PARAMETERS-1];
    reg [31:0] momenta [0:PARAMETERS-1];
    reg [63:0] seeds [0:0];
    reg [8*1024-1:0] folder;
    integer file, state, cycle, pass, beat, index, first;

    initial begin
        if (!$value$plusargs("images=%s", folder)) $finish;
        $readmemh({folder, PREFIX, "_beats.hex"}, beats);
        $readmemh({folder, PREFIX, "_factors.hex"}, factors);
        $readmemh({folder, PREFIX, "_parameters.hex"}, parameters);
        $readmemh({folder, PREFIX, "_momenta.hex"}, momenta);
        $readmemh({folder, PREFIX, "_seed.hex"}, seeds);
        file  = $fopen({folder, PREFIX, "_out.txt"}, "w");
        state = RESET;
        cycle = 0;
        pass  = 0;
        beat  = 0;
        index = 0;
        first = 0;
        done  = 1'b0;
    end

    wire                       reset = (state == RESET);
    wire                       in_ready, write_valid, busy, finished;
    wire                       in_valid = (state == UPDATE) && (beat < BEATS) && (PAUSES == 0 || cycle % 7 > 2);
    wire                       load_valid = (state == LOAD) && (index < PARAMETERS) && (cycle % 3 != 1);
    wire [15:0]                state_parameter;
    wire [31:0]                state_momentum;
    wire [63:0]                rounding;
    wire [CHANNELS*16-1:0]     biases;
    wire [LINES*CELL_BITS-1:0] write_cells;
    wire [LINES-1:0]           write_changed;
    wire [255:0]               counters;

    update_unit #(
        .WEIGHTS(WEIGHTS), .CHANNELS(CHANNELS), .BIAS_SETS(BIAS_SETS), .LANES(LANES), .ACC_BITS(ACC_BITS),
        .CELL_BITS(CELL_BITS), .DIFFERENTIAL(DIFFERENTIAL), .LINES(LINES),
        .IMAGES(IMAGES)
    ) unit (
        .clk(clk), .reset(reset), .momentum(factors[pass*FACTORS][14:0]), .decay(factors[pass*FACTORS+1][14:0]),
        .decay_shift(factors[pass*FACTORS+2][6:0]), .rate(factors[pass*FACTORS+3][14:0]),
        .rate_shift(factors[pass*FACTORS+4][6:0]), .weight_shift(factors[pass*FACTORS+5][6:0]),
        .bias_shift(factors[pass*FACTORS+6][6:0]),
        .in_valid(in_valid), .in_ready(in_ready), .in_data(beats[in_valid ? pass*BEATS+beat : 0]),
        .load_valid(load_valid), .load_parameter(parameters[load_valid ? index : 0]),
        .load_momentum(momenta[load_valid ? index : 0]), .load_rounding(state == RESET && cycle == 2),
        .load_seed(seeds[0]), .state_read(state == STATE), .state_index(INDEX_W'(index)),
        .state_parameter(state_parameter), .state_momentum(state_momentum), .rounding(rounding),
        .bias_set(SET_W'(index)), .biases(biases), .write_valid(write_valid), .write_cells(write_cells),
        .write_changed(write_changed), .busy(busy), .finished(finished), .counters(counters)
    );

    always @(posedge clk) begin
        cycle <= cycle + 1;
        if (write_valid) $fdisplay(file, "w %h %h", write_cells, write_changed);
        if (cycle == 4) state <= (BY_IMAGES != 0) ? UPDATE : LOAD;
        if (load_valid) index <= index + 1;
        if (state == LOAD && finished) begin
            index <= 0;
            state <= SETTLE;
        end
        if (state == SETTLE && !busy) begin
            $fdisplay(file, "loaded");
            state <= UPDATE;
        end
        if (in_valid && in_ready) beat <= beat + 1;
        if (state == UPDATE && !busy && in_valid) first <= cycle;
        if (state == UPDATE && finished) begin
            if (PAUSES == 0) $fdisplay(file, "cycles %0d", cycle - first + 1);
            state <= STATE;
        end
        if (state == STATE) begin
            if (index > 0) $fdisplay(file, "s %h %h", state_parameter, state_momentum);
            index <= (index == PARAMETERS) ? 0 : index + 1;
            if (index == PARAMETERS) state <= BIASES;
        end
        if (state == BIASES) begin
            $fdisplay(file, "b %h", biases);
            index <= (index == BIAS_SETS - 1) ? 0 : index + 1;
            if (index == BIAS_SETS - 1) begin
                $fdisplay(file, "r %h %h %b", rounding, counters, busy);
                state <= (pass == PASSES - 1) ? END : UPDATE;
                pass  <= (pass == PASSES - 1) ? pass : pass + 1;
                beat  <= 0;
            end
        end
        if (state == END && !done) begin
            $fclose(file);
            done <= 1'b1;
        end
    end
endmodule
`default_nettype wire
