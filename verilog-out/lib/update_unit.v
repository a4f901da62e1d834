// SPDX-License-Identifier: Apache-2.0
// Part of emat, the open generator of processing-in-memory accelerators.
//
// update_unit: what a layer has learnt, and its update from the gradients of a batch, one parameter a cycle.
//
//   v <- momentum * v + gradient + decay * w        32 bits
//   w <- w - rate * v                               16 bits
//
// Parameters come in the order in which the gradient engine reads out: the weights, LANES a beat, then the biases, one
// a beat. Shifts to a common exponent round halves to even; the last step adds random bits of the layer's own shift
// register below the last bit that is kept, and cuts. What is out of range saturates and is counted. Each new weight
// leaves as the codes of its cells, with those marked that change; biases stay in a file that the layer reads.
//
// A pass over all parameters, in their order, either updates them or loads them. A load changes all cells, and takes no
// step of the shift register.
`default_nettype none
module update_unit #(
    parameter WEIGHTS      = 1,   // weights
    parameter CHANNELS     = 1,   // biases of a set, one per output channel
    parameter BIAS_SETS    = 1,   // sets of biases: 1, or one per output pixel
    parameter LANES        = 1,   // gradients in a beat of weights
    parameter ACC_BITS     = 32,  // bits of a gradient, at most 62
    parameter CELL_BITS    = 2,   // bits of a cell's code
    parameter DIFFERENTIAL = 0,   // 1: positive and negative bit lines; 0: offset codes
    parameter LINES        = 8,   // cells of a weight
    parameter ARRAYS       = 2,   // arrays that hold each weight: what the counts of cells are multiplied by
    parameter COPIES       = 1,   // engines that read biases
    parameter IMAGES       = "",  // prefix of the memory images below +images=DIR
    parameter INDEX_W      = $clog2(WEIGHTS + BIAS_SETS * CHANNELS),   // bits of a parameter's number
    parameter SET_W        = (BIAS_SETS > 1) ? $clog2(BIAS_SETS) : 1   // bits of a set's number
) (
    input  wire                       clk,
    input  wire                       reset,           // leaves parameters, momenta and shift register as they are
    // factors; constant while busy
    input  wire [14:0]                momentum,        // times 2^-15
    input  wire [14:0]                decay,           // mantissa
    input  wire signed [6:0]          decay_shift,     // shift of decay * w to the exponent of momenta
    input  wire [14:0]                rate,            // mantissa
    input  wire [6:0]                 rate_shift,      // shift of rate * v to the exponent of weights; above 62: to 0
    input  wire signed [6:0]          weight_shift,    // shift of a weight's gradient to the exponent of momenta, with
                                                       // that of the mean; from -24
    input  wire signed [6:0]          bias_shift,      // the same of a bias
    // gradients
    input  wire                       in_valid,
    output wire                       in_ready,
    input  wire [LANES*ACC_BITS-1:0]  in_data,
    // loads, instead of gradients; never while an update is under way
    input  wire                       load_valid,      // the next parameter
    input  wire [15:0]                load_parameter,
    input  wire [31:0]                load_momentum,
    input  wire                       load_rounding,   // the shift register
    input  wire [63:0]                load_seed,
    // state, a cycle after the request; only while not busy
    input  wire                       state_read,
    input  wire [INDEX_W-1:0]         state_index,     // number of a parameter
    output wire [15:0]                state_parameter,
    output wire [31:0]                state_momentum,
    output wire [63:0]                rounding,        // state of the shift register
    // biases of a set, by engine
    input  wire [COPIES*SET_W-1:0]       bias_set,
    output wire [COPIES*CHANNELS*16-1:0] biases,       // channel 0 in the least significant bits
    // new weights, in order
    output wire                       write_valid,
    output wire [LINES*CELL_BITS-1:0] write_cells,     // codes of its cells, by bit line
    output wire [LINES-1:0]           write_changed,   // by bit line: the cell's code changes
    // progress
    output wire                       busy,            // a pass has begun and not ended
    output wire                       finished,        // in the last cycle of a pass
    output wire [4*64-1:0]            counters         // in the order of the list at the end
);
    localparam BIASES = BIAS_SETS * CHANNELS;
    localparam LANE_W = (LANES > 1) ? $clog2(LANES) : 1;
    localparam CHANNEL_W = (CHANNELS > 1) ? $clog2(CHANNELS) : 1;
    localparam CHANGED_W = $clog2(LINES + 1);
    localparam [INDEX_W-1:0] LAST        = INDEX_W'(WEIGHTS + BIASES - 1);
    localparam [INDEX_W-1:0] LAST_WEIGHT = INDEX_W'(WEIGHTS - 1);
    localparam [5:0]         MOMENTUM_FRACTION = 6'd15;
    localparam [6:0]         MOST_SHIFT        = 7'd62;
    localparam signed [63:0] MOST_GRADIENT = (64'sd1 <<< 47) - 64'sd1;
    localparam signed [63:0] MOST_MOMENTUM = (64'sd1 <<< 31) - 64'sd1;
    localparam signed [63:0] MOST_WEIGHT   = (64'sd1 <<< 15) - 64'sd1;

    // ---- arithmetic -----------------------------------------------------------------------------------------------
    // The nearest value from -most - 1 to most.
    function automatic signed [63:0] saturated(input signed [63:0] value, input signed [63:0] most);
        saturated = (value > most) ? most : (value < ~most) ? ~most : value;
    endfunction

    // Half of 2^shift is the first bit that is cut off. It rounds up, unless it is the only one and the result even.
    function automatic signed [63:0] round_half_even(input signed [63:0] value, input [5:0] shift);
        reg [63:0] half, others;
        begin
            half            = (64'd1 << shift) >> 1;
            others          = (half << 1) | (half - 64'd1);
            round_half_even = value >>> shift;
            if ((value & half) != 64'd0 && (value & others) != 64'd0) round_half_even = round_half_even + 64'sd1;
        end
    endfunction

    // value / 2^shift in 48 bits. To the left, what will not fit is seen before the shift.
    function automatic signed [63:0] scaled(input signed [63:0] value, input signed [6:0] shift);
        reg signed [63:0] most;
        reg [5:0]         left;
        begin
            left = 6'(-shift);
            most = MOST_GRADIENT >>> left;
            if (shift >= 0) scaled = saturated(round_half_even(value, shift[5:0]), MOST_GRADIENT);
            else if (value > most) scaled = MOST_GRADIENT;
            else if (value < ~most) scaled = ~MOST_GRADIENT;
            else scaled = value <<< left;
        end
    endfunction

    // ---- what is taken --------------------------------------------------------------------------------------------
    reg  [INDEX_W-1:0] index;  // of the next parameter
    reg  [LANE_W-1:0]  lane;   // of its gradient in the beat
    wire is_bias   = (index > LAST_WEIGHT);
    wire last_lane = is_bias || (index == LAST_WEIGHT) || (lane == LANE_W'(LANES - 1));
    wire update    = in_valid && !load_valid;
    wire take      = update || load_valid;
    assign in_ready = !load_valid && last_lane;

    always @(posedge clk) begin
        if (reset) begin
            index <= 0;
            lane  <= 0;
        end else begin
            if (take) index <= (index == LAST) ? 0 : index + 1'b1;
            if (update) lane <= last_lane ? 0 : lane + 1'b1;
        end
    end

    // ---- memories -------------------------------------------------------------------------------------------------
    reg [15:0] parameters [0:WEIGHTS+BIASES-1];
    reg [31:0] momenta    [0:WEIGHTS+BIASES-1];
    reg [CHANNELS*16-1:0] bias_file [0:BIAS_SETS-1];
    genvar copy;
    generate
        for (copy = 0; copy < COPIES; copy = copy + 1) begin : bias_reader
            assign biases[copy*CHANNELS*16+:CHANNELS*16] = bias_file[bias_set[copy*SET_W+:SET_W]];
        end
    endgenerate

`ifndef SYNTHESIS
    reg [8*1024-1:0] folder;
    integer          file, i;
    initial begin
        if ($value$plusargs("images=%s", folder)) begin
            file = $fopen({folder, IMAGES, "_parameters.hex"}, "r");
            if (file != 0) begin
                $fclose(file);
                $readmemh({folder, IMAGES, "_parameters.hex"}, parameters, 0, WEIGHTS + BIASES - 1);
                $readmemh({folder, IMAGES, "_momenta.hex"}, momenta, 0, WEIGHTS + BIASES - 1);
                for (i = 0; i < BIASES; i = i + 1)
                    bias_file[SET_W'(i/CHANNELS)][i%CHANNELS*16+:16] = parameters[INDEX_W'(WEIGHTS+i)];
            end
        end
    end
`endif

    // ---- cycle 1: read ----------------------------------------------------------------------------------------------
    reg               valid_1, valid_2, valid_3, valid_4, valid_5;  // a parameter is at work
    reg               loaded_1, loaded_2, loaded_3, loaded_4, loaded_5;
    reg signed [15:0] parameter_1, parameter_2, parameter_3, parameter_4, parameter_5;  // before
    reg signed [31:0] momentum_1;
    reg signed [ACC_BITS-1:0] gradient_1;
    reg signed [6:0]  shift_1;

    always @(posedge clk) begin
        valid_1 <= !reset && take;
        valid_2 <= !reset && valid_1;
        valid_3 <= !reset && valid_2;
        valid_4 <= !reset && valid_3;
        valid_5 <= !reset && valid_4;
        if (load_valid) begin
            parameter_1 <= load_parameter;
            momentum_1  <= load_momentum;
        end else if (update || state_read) begin
            parameter_1 <= parameters[update ? index : state_index];
            momentum_1  <= momenta[update ? index : state_index];
        end
        if (take) begin
            loaded_1   <= load_valid;
            gradient_1 <= in_data[lane*ACC_BITS+:ACC_BITS];
            shift_1    <= is_bias ? bias_shift : weight_shift;
        end
    end
    assign state_parameter = parameter_1;
    assign state_momentum  = momentum_1;

    // ---- cycle 2: the gradient at the exponent of momenta, products of momentum and decay --------------------------
    reg signed [63:0] gradient_2, kept_2, decayed_2;
    reg signed [31:0] momentum_2;
    always @(posedge clk) begin
        if (valid_1) begin
            loaded_2    <= loaded_1;
            parameter_2 <= parameter_1;
            momentum_2  <= momentum_1;
            gradient_2  <= scaled(64'(gradient_1), shift_1);
            kept_2      <= 64'(momentum_1) * $signed({49'd0, momentum});
            decayed_2   <= 64'(parameter_1) * $signed({49'd0, decay});
        end
    end

    // ---- cycle 3: the new momentum ----------------------------------------------------------------------------------
    reg signed [31:0] momentum_3;
    reg [63:0]        saturated_momenta;
    always @(posedge clk) begin
        if (reset) saturated_momenta <= 64'd0;
        else if (valid_2) begin : renew
            reg signed [63:0] sum, word;
            sum  = round_half_even(kept_2, MOMENTUM_FRACTION) + gradient_2 + scaled(decayed_2, decay_shift);
            word = saturated(sum, MOST_MOMENTUM);
            loaded_3    <= loaded_2;
            parameter_3 <= parameter_2;
            momentum_3  <= loaded_2 ? momentum_2 : word[31:0];
            if (!loaded_2 && word != sum) saturated_momenta <= saturated_momenta + 64'd1;
        end
    end

    // ---- cycle 4: its product with the rate, and random bits --------------------------------------------------------
    wire [63:0]       drawn;
    reg signed [63:0] step_4;
    reg [63:0]        random_4;
    reg signed [31:0] momentum_4;
    lfsr lfsr (
        .clk(clk), .load(load_rounding), .seed(load_seed), .step(valid_3 && !loaded_3), .state(rounding), .next(drawn)
    );
    always @(posedge clk) begin
        if (valid_3) begin
            loaded_4    <= loaded_3;
            parameter_4 <= parameter_3;
            momentum_4  <= momentum_3;
            step_4      <= 64'(momentum_3) * $signed({49'd0, rate});
            random_4    <= drawn;
        end
    end

    // ---- cycle 5: the new parameter ---------------------------------------------------------------------------------
    reg signed [15:0] updated_5;
    reg signed [31:0] momentum_5;
    reg [63:0]        saturated_weights;
    always @(posedge clk) begin
        if (reset) saturated_weights <= 64'd0;
        else if (valid_4) begin : move
            reg signed [63:0] step, moved, word;
            // The upper bits of the draw, as many as are cut.
            step  = $signed(step_4 + (random_4 >> (7'd64 - rate_shift))) >>> rate_shift;
            moved = 64'(parameter_4) - ((rate_shift > MOST_SHIFT) ? 64'sd0 : step);
            word  = saturated(moved, MOST_WEIGHT);
            loaded_5    <= loaded_4;
            parameter_5 <= parameter_4;
            momentum_5  <= momentum_4;
            updated_5   <= loaded_4 ? parameter_4 : word[15:0];
            if (!loaded_4 && word != moved) saturated_weights <= saturated_weights + 64'd1;
        end
    end

    // ---- cycle 6: write ---------------------------------------------------------------------------------------------
    reg [INDEX_W-1:0]   write_index;
    reg [SET_W-1:0]     write_set;
    reg [CHANNEL_W-1:0] write_channel;
    wire bias_written = valid_5 && (write_index > LAST_WEIGHT);
    wire last_channel = (write_channel == CHANNEL_W'(CHANNELS - 1));
    assign finished = valid_5 && (write_index == LAST);
    assign busy     = (index != 0) || valid_1 || valid_2 || valid_3 || valid_4 || valid_5;

    always @(posedge clk) begin
        if (reset) begin
            write_index   <= 0;
            write_set     <= 0;
            write_channel <= 0;
        end else if (valid_5) begin
            write_index <= finished ? 0 : write_index + 1'b1;
            if (bias_written) write_channel <= last_channel ? 0 : write_channel + 1'b1;
            if (finished) write_set <= 0;
            else if (bias_written && last_channel) write_set <= write_set + 1'b1;
        end
    end
    always @(posedge clk) begin
        if (valid_5) begin
            parameters[write_index] <= updated_5;
            momenta[write_index]    <= momentum_5;
        end
        if (bias_written) bias_file[write_set][write_channel*16+:16] <= updated_5;
    end

    // ---- cells ------------------------------------------------------------------------------------------------------
    wire [LINES*CELL_BITS-1:0] cells_before;
    weight_cells #(
        .WEIGHT_BITS(16), .CELL_BITS(CELL_BITS), .DIFFERENTIAL(DIFFERENTIAL), .LINES(LINES)
    ) old_cells (
        .weight(parameter_5), .cells(cells_before)
    );
    weight_cells #(
        .WEIGHT_BITS(16), .CELL_BITS(CELL_BITS), .DIFFERENTIAL(DIFFERENTIAL), .LINES(LINES)
    ) new_cells (
        .weight(updated_5), .cells(write_cells)
    );

    reg [LINES-1:0]     changed;
    reg [CHANGED_W-1:0] changes;
    always @* begin : compare
        integer line;
        changed = {LINES{1'b1}};
        changes = {CHANGED_W{1'b0}};
        for (line = 0; line < LINES; line = line + 1) begin
            changed[line] = loaded_5
                || (cells_before[line*CELL_BITS+:CELL_BITS] != write_cells[line*CELL_BITS+:CELL_BITS]);
            changes = changes + CHANGED_W'(changed[line]);
        end
    end
    assign write_valid   = valid_5 && !bias_written;
    assign write_changed = changed;

    // ---- counters ---------------------------------------------------------------------------------------------------
    reg [63:0] cell_writes, skipped_cells;
    always @(posedge clk) begin
        if (reset) begin
            cell_writes   <= 64'd0;
            skipped_cells <= 64'd0;
        end else if (write_valid && !loaded_5) begin
            cell_writes   <= cell_writes + 64'(changes) * 64'(ARRAYS);
            skipped_cells <= skipped_cells + (64'(LINES) - 64'(changes)) * 64'(ARRAYS);
        end
    end

    // Of updates, since reset: cells written and skipped in all arrays; momenta and parameters that saturated.
    assign counters = {saturated_weights, saturated_momenta, skipped_cells, cell_writes};
endmodule
`default_nettype wire
