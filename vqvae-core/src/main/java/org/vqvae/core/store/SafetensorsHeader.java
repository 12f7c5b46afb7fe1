package org.vqvae.core.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The header of a safetensors file: where each tensor lies. One that was read is consistent with
 * the file: the tensors fill the rest of the file, without gap or overlap, in the order of this
 * map.
 */
record SafetensorsHeader(Map<String, Tensor> tensors, Map<String, String> metadata) {
  private static final String METADATA = "__metadata__";
  private static final int ALIGNMENT = 8;

  /** The format's own bound. */
  private static final long LONGEST = 100_000_000;

  private static final int HIGHEST_RANK = 32;
  private static final Map<DataType, String> NAMES =
      Map.of(
          DataType.DOUBLE, "F64",
          DataType.FLOAT, "F32",
          DataType.FLOAT16, "F16",
          DataType.BFLOAT16, "BF16",
          DataType.INT64, "I64",
          DataType.INT32, "I32",
          DataType.INT16, "I16",
          DataType.INT8, "I8",
          DataType.UINT8, "U8",
          DataType.BOOL, "BOOL");
  private static final Map<String, DataType> TYPES =
      NAMES.entrySet().stream()
          .collect(
              Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey, (a, b) -> a, TreeMap::new));

  /** One tensor: bytes begin..end-1 after the header. */
  record Tensor(DataType type, long[] shape, long begin, long end) {}

  /**
   * Lays tensors out: wide types first, so that each lies aligned, otherwise in the map's order.
   */
  static SafetensorsHeader describe(Map<String, INDArray> arrays, Map<String, String> metadata) {
    List<Map.Entry<String, INDArray>> ordered =
        arrays.entrySet().stream()
            .sorted(Comparator.comparing(each -> -each.getValue().dataType().width()))
            .toList();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    long at = 0;
    for (Map.Entry<String, INDArray> each : ordered) {
      INDArray array = each.getValue();
      if (each.getKey().equals(METADATA) || !NAMES.containsKey(array.dataType())) {
        throw new IllegalArgumentException(
            "safetensors cannot hold %s of type %s".formatted(each.getKey(), array.dataType()));
      }
      long end = Math.addExact(at, ArrayBytes.size(array));
      tensors.put(each.getKey(), new Tensor(array.dataType(), array.shape(), at, end));
      at = end;
    }
    return new SafetensorsHeader(tensors, metadata);
  }

  /** The bytes before the first tensor: the JSON's length, and the JSON padded with spaces. */
  ByteBuffer encode() {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (!metadata.isEmpty()) {
      fields.put(METADATA, new TreeMap<>(metadata));
    }
    tensors.forEach((name, tensor) -> fields.put(name, json(tensor)));
    byte[] json = Json.compact(fields).getBytes(UTF_8);
    int padded = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    byte[] text = Arrays.copyOf(json, padded);
    Arrays.fill(text, json.length, padded, (byte) ' ');
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
    return bytes.putLong(padded).put(text).flip();
  }

  private static Map<String, Object> json(Tensor tensor) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("dtype", NAMES.get(tensor.type));
    fields.put("shape", LongStream.of(tensor.shape).boxed().toList());
    fields.put("data_offsets", List.of(tensor.begin, tensor.end));
    return fields;
  }

  /** Reads and checks; leaves the channel at the first tensor's first byte. */
  static SafetensorsHeader read(FileChannel channel, String where) throws IOException {
    long size = channel.size();
    check(size >= Long.BYTES, where, "has %d bytes but a header needs at least 8".formatted(size));
    ByteBuffer prefix = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    Safetensors.readFully(channel, prefix);
    long length = prefix.getLong(0);
    long longest = Math.min(LONGEST, size - Long.BYTES);
    check(
        length >= 2 && length <= longest,
        where,
        "says that its header has %s bytes but at most %d are possible"
            .formatted(Long.toUnsignedString(length), longest));
    ByteBuffer text = ByteBuffer.allocate((int) length);
    Safetensors.readFully(channel, text);
    SafetensorsHeader header = parse(new String(text.array(), UTF_8), where);
    header.checkFills(size - Long.BYTES - length, where);
    return header;
  }

  private static SafetensorsHeader parse(String text, String where) {
    JsonFields fields = Json.parseObject(text, where + ": header");
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String name : fields.names()) {
      if (!name.equals(METADATA)) {
        tensors.put(name, tensor(fields.object(name), name, where));
      }
    }
    Map<String, String> metadata =
        fields.names().contains(METADATA) ? fields.texts(METADATA) : Map.of();
    return new SafetensorsHeader(inFileOrder(tensors), metadata);
  }

  private static Tensor tensor(JsonFields fields, String name, String where) {
    String dtype = fields.text("dtype");
    DataType type = TYPES.get(dtype);
    if (type == null) {
      throw damaged(
          where,
          "tensor \"%s\" has dtype \"%s\" but this program reads %s"
              .formatted(name, dtype, String.join(", ", TYPES.keySet())));
    }
    long[] shape = fields.integers("shape", 0);
    long[] offsets = fields.integers("data_offsets", 0);
    check(
        offsets.length == 2 && shape.length <= HIGHEST_RANK,
        where,
        "tensor \"%s\" needs two data_offsets and at most %d dimensions"
            .formatted(name, HIGHEST_RANK));
    Tensor tensor = new Tensor(type, shape, offsets[0], offsets[1]);
    check(
        tensor.end - tensor.begin == bytes(tensor),
        where,
        "tensor \"%s\" of %s%s cannot lie in bytes %d to %d"
            .formatted(name, dtype, Arrays.toString(shape), tensor.begin, tensor.end));
    return tensor;
  }

  /** The bytes that the shape asks for; -1 when they are more than a long can count. */
  private static long bytes(Tensor tensor) {
    if (Arrays.stream(tensor.shape).anyMatch(size -> size == 0)) {
      return 0;
    }
    try {
      return Arrays.stream(tensor.shape).reduce(tensor.type.width(), Math::multiplyExact);
    } catch (ArithmeticException e) {
      return -1;
    }
  }

  private static Map<String, Tensor> inFileOrder(Map<String, Tensor> tensors) {
    Map<String, Tensor> ordered = new LinkedHashMap<>();
    tensors.entrySet().stream()
        .sorted(
            Map.Entry.comparingByValue(
                Comparator.comparingLong(Tensor::begin).thenComparing(Tensor::end)))
        .forEach(each -> ordered.put(each.getKey(), each.getValue()));
    return ordered;
  }

  private void checkFills(long payload, String where) {
    long at = 0;
    for (Map.Entry<String, Tensor> each : tensors.entrySet()) {
      check(
          each.getValue().begin == at,
          where,
          "tensor \"%s\" begins at byte %d but the one before it ends at %d"
              .formatted(each.getKey(), each.getValue().begin, at));
      at = each.getValue().end;
    }
    check(
        at == payload,
        where,
        "its header describes %d bytes of tensors but %d follow".formatted(at, payload));
  }

  private static void check(boolean holds, String where, String otherwise) {
    if (!holds) {
      throw damaged(where, otherwise);
    }
  }

  private static StoreException damaged(String where, String what) {
    return new StoreException(
        where
            + ": damaged or not a safetensors file: "
            + what
            + "; restore it from a copy or make it again");
  }
}
