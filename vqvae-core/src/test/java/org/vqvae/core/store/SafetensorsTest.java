package org.vqvae.core.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.random.RandomStream;

class SafetensorsTest {
  /**
   * What the format's reference implementation (safetensors 0.8.0) writes for {@code b} = U8 [1,
   * 2], {@code a/w} = F32 [[1.5, -2]] and the metadata k = v.
   */
  private static final String GOLDEN =
      "88000000000000007b225f5f6d657461646174615f5f223a7b226b223a2276227d2c22612f77223a7b226474797065223a22463332"
          + "222c227368617065223a5b312c325d2c22646174615f6f666673657473223a5b302c385d7d2c2262223a7b22647479706522"
          + "3a225538222c227368617065223a5b325d2c22646174615f6f666673657473223a5b382c31305d7d7d0000c03f000000c00102";

  @TempDir Path folder;

  @Test
  void writes_the_bytes_of_the_reference_implementation() throws IOException {
    // Given
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    arrays.put("b", Nd4j.createFromArray(1, 2).castTo(DataType.UINT8));
    arrays.put("a/w", Nd4j.createFromArray(new float[][] {{1.5f, -2f}}));
    // When
    Safetensors.write(file(), arrays, Map.of("k", "v"));
    // Then
    assertThat(HexFormat.of().formatHex(Files.readAllBytes(file()))).isEqualTo(GOLDEN);
    assertThat(folder.toFile().list()).containsExactly("a.safetensors");
  }

  @Test
  void reads_the_bytes_of_the_reference_implementation() throws IOException {
    // Given
    Files.write(file(), HexFormat.of().parseHex(GOLDEN));
    // When
    Safetensors.Contents contents = Safetensors.read(file());
    // Then
    assertThat(contents.metadata()).isEqualTo(Map.of("k", "v"));
    assertThat(contents.arrays().keySet()).containsExactly("a/w", "b");
    assertThatArray(contents.arrays().get("a/w"))
        .isEqualToArray(Nd4j.createFromArray(new float[][] {{1.5f, -2f}}));
    assertThat(contents.arrays().get("b").dataType()).isEqualTo(DataType.UINT8);
    assertThat(contents.arrays().get("b").toIntVector()).containsExactly(1, 2);
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {
        "DOUBLE",
        "FLOAT",
        "HALF",
        "BFLOAT16",
        "LONG",
        "INT",
        "SHORT",
        "BYTE",
        "UBYTE",
        "BOOL"
      })
  void every_type_comes_back_as_it_was(DataType type) {
    INDArray array = Nd4j.createFromArray(0.0, 1.0, 1.0, 0.0, 1.0, 1.0).reshape(3, 2).castTo(type);
    INDArray back = roundTrip(Map.of("x", array)).get("x");
    assertThat(back.dataType()).isEqualTo(type);
    assertThatArray(back.castTo(DataType.DOUBLE)).isEqualToArray(array.castTo(DataType.DOUBLE));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void arrays_of_any_shape_come_back_as_they_were(long seed) {
    // Given
    RandomStream random = RandomStream.of(seed, "shapes");
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    for (int i = 0; i < 6; i++) {
      long[] shape = new long[random.nextInt(5)];
      for (int d = 0; d < shape.length; d++) {
        shape[d] = 1L + random.nextInt(5);
      }
      arrays.put("layer" + i + "/w", filled(random, shape));
    }
    // When
    Map<String, INDArray> back = roundTrip(arrays);
    // Then
    assertThat(back.keySet()).containsExactlyElementsOf(arrays.keySet());
    arrays.forEach((name, array) -> assertThatArray(back.get(name)).isEqualToArray(array));
  }

  @Test
  void values_survive_bit_for_bit() {
    float[] values = {
      0f, -0f, Float.NaN, Float.NEGATIVE_INFINITY, Float.MIN_VALUE, Float.MAX_VALUE
    };
    float[] back = roundTrip(Map.of("x", Nd4j.createFromArray(values))).get("x").toFloatVector();
    for (int i = 0; i < values.length; i++) {
      assertThat(Float.floatToRawIntBits(back[i])).isEqualTo(Float.floatToRawIntBits(values[i]));
    }
  }

  @Test
  void views_are_written_by_their_own_order() {
    // Given views of one vector, as a network's parameters are, and views that are not dense
    INDArray flat = Nd4j.arange(24).castTo(DataType.FLOAT);
    INDArray piece = flat.get(NDArrayIndex.interval(5, 17));
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    arrays.put("piece", piece.reshape(3, 4));
    arrays.put("transposed", flat.reshape(4, 6).transpose());
    arrays.put("column", flat.reshape(4, 6).getColumn(2));
    arrays.put("within", piece.reshape(3, 4).get(NDArrayIndex.point(1), NDArrayIndex.all()));
    arrays.put("fortran", flat.reshape(2, 12).dup('f'));
    // When
    Map<String, INDArray> back = roundTrip(arrays);
    // Then
    arrays.forEach((name, array) -> assertThatArray(back.get(name)).isEqualToArray(array));
    assertThat(back.get("piece").getDouble(0, 0)).isEqualTo(5);
    assertThat(back.get("within").getDouble(0)).isEqualTo(9);
  }

  @Test
  void a_file_of_no_arrays_and_an_array_of_no_values_are_fine() {
    assertThat(roundTrip(Map.of())).isEmpty();
    INDArray back = roundTrip(Map.of("none", Nd4j.create(DataType.FLOAT, 0, 3))).get("none");
    assertThat(back.shape()).containsExactly(0, 3);
  }

  @Test
  void a_failed_write_leaves_the_old_file() throws IOException {
    // Given a file, and an array that cannot be written
    Safetensors.write(file(), Map.of("x", Nd4j.ones(2)));
    byte[] before = Files.readAllBytes(file());
    INDArray closed = Nd4j.ones(2, 2);
    closed.close();
    // When
    assertThatThrownBy(() -> Safetensors.write(file(), Map.of("x", closed)))
        .isInstanceOf(RuntimeException.class);
    // Then
    assertThat(Files.readAllBytes(file())).isEqualTo(before);
    assertThat(folder.toFile().list()).containsExactly("a.safetensors");
  }

  @Test
  void a_place_that_cannot_be_written_is_named() throws IOException {
    Path notAFolder = Files.writeString(folder.resolve("plain"), "x");
    assertThatThrownBy(() -> Safetensors.write(notAFolder.resolve("a.safetensors"), Map.of()))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith(notAFolder.resolve("a.safetensors") + ": cannot be written (")
        .hasMessageEndingWith(
            "; free space or mend the permissions, then repeat the command (run and train: with"
                + " --resume)");
  }

  @Test
  void a_missing_file_is_named() {
    assertThatThrownBy(() -> Safetensors.read(file()))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            file()
                + ": cannot be read (no such file or folder); check the path and its permissions");
  }

  @Nested
  class Damage {

    @Test
    void every_truncation_is_detected() throws IOException {
      byte[] whole = HexFormat.of().parseHex(GOLDEN);
      for (int length = 0; length < whole.length; length++) {
        Files.write(file(), Arrays.copyOf(whole, length));
        assertThatThrownBy(() -> Safetensors.read(file()))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("damaged or not a safetensors file");
      }
    }

    @Test
    void bytes_too_many_are_detected() throws IOException {
      Files.write(file(), HexFormat.of().parseHex(GOLDEN + "00"));
      assertThatThrownBy(() -> Safetensors.read(file()))
          .hasMessage(message("its header describes 10 bytes of tensors but 11 follow"));
    }

    @ParameterizedTest
    @CsvSource({
      "-1, 18446744073709551615",
      "9223372036854775807, 9223372036854775807",
      "0, 0",
      "99999, 99999"
    })
    void a_header_length_that_lies_is_not_believed(long length, String shown) throws IOException {
      byte[] bytes = HexFormat.of().parseHex(GOLDEN);
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
      Files.write(file(), bytes);
      assertThatThrownBy(() -> Safetensors.read(file()))
          .hasMessage(
              message(
                  "says that its header has %s bytes but at most %d are possible",
                  shown, bytes.length - 8));
    }

    @Test
    void an_empty_file_is_detected() throws IOException {
      Files.write(file(), new byte[0]);
      assertThatThrownBy(() -> Safetensors.read(file()))
          .hasMessage(message("has 0 bytes but a header needs at least 8"));
    }

    @Test
    void tensors_that_overlap_are_detected() {
      assertRefused(
          "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'b':{'dtype':'F32','shape':[2],'data_offsets':[4,12]}}",
          12,
          message("tensor \"b\" begins at byte 4 but the one before it ends at 8"));
    }

    @Test
    void a_hole_between_tensors_is_detected() {
      assertRefused(
          "{'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1]},'b':{'dtype':'U8','shape':[1],'data_offsets':[2,3]}}",
          3,
          message("tensor \"b\" begins at byte 2 but the one before it ends at 1"));
    }

    @Test
    void a_tensor_beyond_the_end_is_detected() {
      assertRefused(
          "{'a':{'dtype':'F32','shape':[1000000],'data_offsets':[0,4000000]}}",
          4,
          message("its header describes 4000000 bytes of tensors but 4 follow"));
    }

    @Test
    void a_shape_that_overflows_is_detected() {
      assertRefused(
          "{'a':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,0]}}",
          0,
          message("tensor \"a\" of F32[4294967296, 4294967296] cannot lie in bytes 0 to 0"));
    }

    @Test
    void a_shape_of_another_size_is_detected() {
      assertRefused(
          "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}}",
          8,
          message("tensor \"a\" of F32[3] cannot lie in bytes 0 to 8"));
    }

    @Test
    void a_type_that_is_not_known_is_named() {
      assertRefused(
          "{'a':{'dtype':'F8_E4M3','shape':[1],'data_offsets':[0,1]}}",
          1,
          message(
              "tensor \"a\" has dtype \"F8_E4M3\" but this program reads"
                  + " BF16, BOOL, F16, F32, F64, I16, I32, I64, I8, U8"));
    }

    @Test
    void a_name_that_is_there_twice_is_detected() {
      assertRefused(
          "{'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1]},'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1]}}",
          1,
          file() + ": header: not JSON: \"a\" is there twice");
    }

    @Test
    void fields_of_the_wrong_kind_are_named() {
      assertRefused(
          "{'a':{'dtype':'U8','shape':[-1],'data_offsets':[0,1]}}",
          1,
          file()
              + ": header: \"a\": \"shape\" must be a list of whole numbers, each at least 0 but"
              + " was [-1]");
      assertRefused(
          "{'a':{'dtype':'U8','shape':[1]}}",
          1,
          file()
              + ": header: \"a\": \"data_offsets\" must be a list of whole numbers, each at least 0"
              + " but is missing");
      assertRefused("{'a':7}", 0, file() + ": header: \"a\": expected a JSON object but was 7");
      assertRefused("[1]", 0, file() + ": header: expected a JSON object but was [1]");
    }

    @Test
    void a_header_that_nests_without_end_is_refused() {
      assertRefusedStartingWith("{'a':" + "[".repeat(100_000), file() + ": header: not JSON: ");
    }

    private void assertRefused(String header, int payload, String message) {
      writeRaw(header, payload);
      assertThatThrownBy(() -> Safetensors.read(file()))
          .isInstanceOf(StoreException.class)
          .hasMessage(message);
    }

    private void assertRefusedStartingWith(String header, String message) {
      writeRaw(header, 0);
      assertThatThrownBy(() -> Safetensors.read(file()))
          .isInstanceOf(StoreException.class)
          .hasMessageStartingWith(message);
    }

    private void writeRaw(String header, int payload) {
      byte[] json = header.replace('\'', '"').getBytes(UTF_8);
      ByteBuffer bytes =
          ByteBuffer.allocate(8 + json.length + payload).order(ByteOrder.LITTLE_ENDIAN);
      try {
        Files.write(file(), bytes.putLong(json.length).put(json).array());
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    private String message(String what, Object... values) {
      return file()
          + ": damaged or not a safetensors file: "
          + what.formatted(values)
          + "; restore it from a copy or make it again";
    }
  }

  @Nested
  class IntoParameters {

    @Test
    void arrays_go_where_their_names_say() {
      // Given
      List<Parameter> parameters =
          List.of(TestParameters.bound("w", 2, 3), TestParameters.bound("b", 3));
      Map<String, INDArray> arrays = Map.of("b", Nd4j.ones(3), "w", Nd4j.ones(2, 3).muli(2));
      // When
      NamedArrays.load(parameters, arrays, "a.safetensors");
      // Then
      assertThatArray(parameters.get(0).value()).isEqualToArray(Nd4j.ones(2, 3).muli(2));
      assertThatArray(parameters.get(1).value()).isEqualToArray(Nd4j.ones(3));
    }

    @Test
    void nothing_is_copied_unless_all_fits() {
      // Given
      List<Parameter> parameters =
          List.of(TestParameters.bound("w", 2, 3), TestParameters.bound("b", 3));
      // When, then
      assertThatThrownBy(
              () ->
                  NamedArrays.load(
                      parameters, Map.of("w", Nd4j.ones(2, 3), "b", Nd4j.ones(4)), "a.safetensors"))
          .isInstanceOf(StoreException.class)
          .hasMessage(
              "a.safetensors: not the parameters of this model: b is FLOAT [4] there and FLOAT [3]"
                  + " in the model; use the config that the file was made with");
      assertThatThrownBy(
              () ->
                  NamedArrays.load(
                      parameters, Map.of("w", Nd4j.ones(2, 3), "c", Nd4j.ones(3)), "a.safetensors"))
          .hasMessage(
              "a.safetensors: not the parameters of this model: it lacks b and has c beside;"
                  + " use the config that the file was made with");
      assertThatArray(parameters.get(0).value()).isEqualToArray(Nd4j.zeros(2, 3));
    }
  }

  private Path file() {
    return folder.resolve("a.safetensors");
  }

  private Map<String, INDArray> roundTrip(Map<String, INDArray> arrays) {
    Safetensors.write(file(), arrays);
    return Safetensors.read(file()).arrays();
  }

  private static INDArray filled(RandomStream random, long... shape) {
    INDArray array = Nd4j.create(DataType.FLOAT, shape);
    for (long i = 0; i < array.length(); i++) {
      array.putScalar(i, random.nextGaussian());
    }
    return array;
  }
}
