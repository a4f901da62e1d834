../lib/line_buffer.v
../lib/window_register.v
../lib/gradient_lanes.v
../lib/gradient_accumulators.v
../lib/gradient_biases.v
../lib/gradient_engine.v
deconv_gradient_top.v
