package org.emat.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Constants of every number type, packed and in typed fields. */
class TensorReaderTest {

    static Stream<Arguments> packed() {
        return Stream.of(
                packed(DataType.FLOAT, 4, (buffer, value) -> buffer.putFloat(value.floatValue()), -1.5, 3e38f),
                packed(DataType.DOUBLE, 8, ByteBuffer::putDouble, -1e300, 0.1),
                packed(DataType.INT8, 1, (buffer, value) -> buffer.put(value.byteValue()), -128, 127),
                packed(DataType.UINT8, 1, (buffer, value) -> buffer.put(value.byteValue()), 0, 255),
                packed(DataType.INT16, 2, (buffer, value) -> buffer.putShort(value.shortValue()), -32768, 32767),
                packed(DataType.UINT16, 2, (buffer, value) -> buffer.putShort((short) value.intValue()), 0, 65535),
                packed(DataType.INT32, 4, (buffer, value) -> buffer.putInt(value.intValue()), -2147483648.0, 7),
                packed(DataType.UINT32, 4, (buffer, value) -> buffer.putInt((int) value.longValue()), 4294967295.0, 7),
                packed(DataType.INT64, 8, (buffer, value) -> buffer.putLong(value.longValue()), -9007199254740992.0, 7),
                packed(DataType.UINT64, 8, (buffer, value) -> buffer.putLong(value.longValue()), 9007199254740992.0, 7),
                packed(DataType.BOOL, 1, (buffer, value) -> buffer.put(value.byteValue()), 0, 1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("packed")
    void readsPackedValues(DataType type, byte[] bytes, double[] wanted) {
        TensorProto proto = OnnxBuilder.tensor("t", type, wanted.length)
                .setRawData(ByteString.copyFrom(bytes))
                .build();
        assertThat(new TensorReader("'f'").read("t", proto).values()).containsExactly(wanted);
    }

    static Stream<Arguments> typed() {
        return Stream.of(
                Arguments.of(tensor(DataType.FLOAT).addFloatData(-1.5f), -1.5),
                Arguments.of(tensor(DataType.DOUBLE).addDoubleData(1e300), 1e300),
                Arguments.of(tensor(DataType.INT8).addInt32Data(-128), -128.0),
                Arguments.of(tensor(DataType.UINT8).addInt32Data(255), 255.0),
                Arguments.of(tensor(DataType.INT16).addInt32Data(-5), -5.0),
                Arguments.of(tensor(DataType.UINT16).addInt32Data(65535), 65535.0),
                Arguments.of(tensor(DataType.INT32).addInt32Data(-7), -7.0),
                Arguments.of(tensor(DataType.INT64).addInt64Data(1L << 40), 0x1p40),
                Arguments.of(tensor(DataType.UINT32).addUint64Data(4294967295L), 4294967295.0),
                Arguments.of(tensor(DataType.UINT64).addUint64Data(Long.MIN_VALUE), 0x1p63),
                Arguments.of(tensor(DataType.BOOL).addInt32Data(1), 1.0),
                Arguments.of(tensor(DataType.FLOAT16).addInt32Data(0x3C00), 1.0),
                Arguments.of(tensor(DataType.FLOAT16).addInt32Data(0xC500), -5.0),
                Arguments.of(tensor(DataType.FLOAT16).addInt32Data(0x0001), 0x1p-24),
                Arguments.of(tensor(DataType.FLOAT16).addInt32Data(0x7BFF), 65504.0),
                Arguments.of(tensor(DataType.FLOAT16).addInt32Data(0x7C00), Double.POSITIVE_INFINITY),
                Arguments.of(tensor(DataType.BFLOAT16).addInt32Data(0x3FC0), 1.5));
    }

    @ParameterizedTest
    @MethodSource("typed")
    void readsTypedFields(TensorProto.Builder tensor, double wanted) {
        assertThat(new TensorReader("'f'").read("t", tensor.build()).values()).containsExactly(wanted);
    }

    private static TensorProto.Builder tensor(DataType type) {
        return OnnxBuilder.tensor("t", type, 1);
    }

    private static Arguments packed(
            DataType type, int size, BiConsumer<ByteBuffer, Double> put, double first, double second) {
        ByteBuffer buffer = ByteBuffer.allocate(2 * size).order(ByteOrder.LITTLE_ENDIAN);
        put.accept(buffer, first);
        put.accept(buffer, second);
        return Arguments.of(type, buffer.array(), new double[] {first, second});
    }
}
