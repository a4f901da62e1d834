package org.emat.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.emat.network.InputException;

/** Reads constants of any number type, packed or as typed fields. */
final class TensorReader {
    private final String file;

    TensorReader(String file) {
        this.file = file;
    }

    /** The constant under the given name. */
    Tensor read(String name, TensorProto proto) {
        if (proto.getDataLocation() == DataLocation.EXTERNAL || proto.getExternalDataCount() > 0) {
            throw refuse(name, "keeps its data in another file; only data inside the ONNX file is supported");
        }
        long[] dims = proto.getDimsList().stream().mapToLong(Long::longValue).toArray();
        int count = count(name, dims);
        double[] values = proto.hasRawData() ? packed(name, proto, count) : typed(name, proto, count);
        return new Tensor(name, dims, values);
    }

    private int count(String name, long[] dims) {
        long count = 1;
        for (long dim : dims) {
            if (dim < 0) {
                throw refuse(name, "has an axis of size " + dim + "; sizes are at least 0");
            }
            count = dim == 0 ? 0 : count > Limits.WORDS / dim ? Limits.WORDS + 1 : count * dim;
        }
        if (count > Limits.WORDS) {
            throw refuse(
                    name,
                    "has shape " + java.util.Arrays.toString(dims) + "; at most " + Limits.WORDS
                            + " values are supported");
        }
        return (int) count;
    }

    private double[] packed(String name, TensorProto proto, int count) {
        DataType type = type(name, proto);
        int size = size(name, type);
        ByteBuffer bytes = proto.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.remaining() != (long) size * count) {
            throw refuse(name, "holds " + bytes.remaining() + " bytes; its shape and type need " + (long) size * count);
        }
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = packedValue(type, bytes, i * size);
        }
        return values;
    }

    private static double packedValue(DataType type, ByteBuffer bytes, int at) {
        return switch (type) {
            case FLOAT -> bytes.getFloat(at);
            case DOUBLE -> bytes.getDouble(at);
            case INT8 -> bytes.get(at);
            case UINT8 -> Byte.toUnsignedInt(bytes.get(at));
            case BOOL -> bytes.get(at) != 0 ? 1 : 0;
            case INT16 -> bytes.getShort(at);
            case UINT16 -> Short.toUnsignedInt(bytes.getShort(at));
            case FLOAT16, BFLOAT16 -> small(type, bytes.getShort(at));
            case INT32 -> bytes.getInt(at);
            case UINT32 -> Integer.toUnsignedLong(bytes.getInt(at));
            case UINT64 -> unsigned(bytes.getLong(at));
            default -> bytes.getLong(at);
        };
    }

    private double[] typed(String name, TensorProto proto, int count) {
        DataType type = type(name, proto);
        List<? extends Number> list = switch (type) {
            case FLOAT -> proto.getFloatDataList();
            case DOUBLE -> proto.getDoubleDataList();
            case INT64 -> proto.getInt64DataList();
            case UINT32, UINT64 -> proto.getUint64DataList();
            default -> proto.getInt32DataList();
        };
        size(name, type);
        if (list.size() != count) {
            throw refuse(name, "holds " + list.size() + " values; its shape needs " + count);
        }
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = typedValue(type, list.get(i));
        }
        return values;
    }

    private static double typedValue(DataType type, Number number) {
        return switch (type) {
            case FLOAT16, BFLOAT16 -> small(type, number.shortValue());
            case UINT32, UINT64 -> unsigned(number.longValue());
            case BOOL -> number.intValue() != 0 ? 1 : 0;
            default -> number.doubleValue();
        };
    }

    private DataType type(String name, TensorProto proto) {
        DataType type = DataType.forNumber(proto.getDataType());
        if (type == null) {
            throw refuse(name, "has the unknown element type " + proto.getDataType());
        }
        return type;
    }

    private int size(String name, DataType type) {
        return switch (type) {
            case INT8, UINT8, BOOL -> 1;
            case INT16, UINT16, FLOAT16, BFLOAT16 -> 2;
            case FLOAT, INT32, UINT32 -> 4;
            case DOUBLE, INT64, UINT64 -> 8;
            default ->
                throw refuse(
                        name,
                        "has element type " + type
                                + "; floating-point and integer types of 8 to 64 bits are supported");
        };
    }

    private static double small(DataType type, short bits) {
        if (type == DataType.BFLOAT16) {
            return Float.intBitsToFloat(bits << 16);
        }
        int exponent = (bits >> 10) & 31;
        int fraction = bits & 1023;
        double magnitude = switch (exponent) {
            case 0 -> Math.scalb((double) fraction, -24);
            case 31 -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
            default -> Math.scalb((double) (1024 + fraction), exponent - 25);
        };
        return bits < 0 ? -magnitude : magnitude;
    }

    private static double unsigned(long bits) {
        return bits >= 0 ? bits : (bits >>> 1) * 2.0;
    }

    private InputException refuse(String name, String what) {
        return new InputException(file + ": the constant '" + name + "' " + what + ".");
    }
}
