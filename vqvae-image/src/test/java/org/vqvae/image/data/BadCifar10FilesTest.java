package org.vqvae.image.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vqvae.image.data.TinyFiles.cifar10Records;
import static org.vqvae.image.data.TinyFiles.delete;
import static org.vqvae.image.data.TinyFiles.gzip;
import static org.vqvae.image.data.TinyFiles.read;
import static org.vqvae.image.data.TinyFiles.write;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vqvae.core.data.DataException;

class BadCifar10FilesTest {
  private static final String AGAIN =
      "Download or copy it again; it must be the binary version of CIFAR-10.";

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource
  void each_is_reported_with_what_is_wrong_and_what_to_do(BadFile bad) {
    TinyFiles.cifar10(folder, 1);
    bad.spoil().accept(folder);
    assertThatThrownBy(() -> new Cifar10Dataset(new Cifar10Dataset.Settings(folder, 3)))
        .isInstanceOf(DataException.class)
        .hasMessage(bad.messageFor(folder));
  }

  static Stream<BadFile> each_is_reported_with_what_is_wrong_and_what_to_do() {
    return Stream.of(
        new BadFile(
            "no training file",
            dir -> {
              delete(dir.resolve("data_batch_1.bin"));
              delete(dir.resolve("data_batch_2.bin"));
            },
            "{dir}: has neither data_batch_1.bin nor data_batch_1.bin.gz. Put the binary version of"
                + " CIFAR-10 there, or set data.path."),
        new BadFile(
            "no test file",
            dir -> delete(dir.resolve("test_batch.bin")),
            "{dir}: has neither test_batch.bin nor test_batch.bin.gz. Put the binary version of"
                + " CIFAR-10 there, or set data.path."),
        new BadFile(
            "zero bytes",
            dir -> write(dir.resolve("data_batch_2.bin"), new byte[0]),
            "{dir}/data_batch_2.bin: is empty (0 bytes). Download or copy it again."),
        new BadFile(
            "gzip of zero bytes",
            dir -> write(dir.resolve("test_batch.bin"), gzip(new byte[0])),
            "{dir}/test_batch.bin: holds no pictures once it is unpacked. Download or copy it"
                + " again."),
        new BadFile(
            "cut off",
            dir ->
                write(
                    dir.resolve("data_batch_1.bin"),
                    Arrays.copyOf(read(dir.resolve("data_batch_1.bin")), 20000)),
            "{dir}/data_batch_1.bin: has 20000 bytes, which is not a multiple of 3073, the size of"
                + " a picture and its label. "
                + AGAIN),
        new BadFile(
            "the python version",
            dir -> write(dir.resolve("test_batch.bin"), new byte[] {(byte) 0x80, 2, 0x7d}),
            "{dir}/test_batch.bin: has 3 bytes, which is not a multiple of 3073, the size of a"
                + " picture and its label. "
                + AGAIN),
        new BadFile(
            "a label out of range",
            dir -> {
              byte[] records = cifar10Records(4, 1);
              records[2 * 3073] = (byte) 200;
              write(dir.resolve("data_batch_2.bin"), records);
            },
            "{dir}/data_batch_2.bin: picture 2 has label 200, but 0 to 9 is allowed. " + AGAIN),
        new BadFile(
            "too few names of classes",
            dir -> write(dir.resolve("batches.meta.txt"), "cat\ndog\n".getBytes(UTF_8)),
            "{dir}/batches.meta.txt: has 2 names of classes, but 10 are expected, one a line."
                + " Repair or remove it."),
        new BadFile(
            "no names of classes",
            dir -> write(dir.resolve("batches.meta.txt"), new byte[0]),
            "{dir}/batches.meta.txt: has 0 names of classes, but 10 are expected, one a line."
                + " Repair or remove it."),
        new BadFile(
            "nothing left to train on",
            dir -> {
              write(dir.resolve("data_batch_1.bin"), cifar10Records(2, 1));
              delete(dir.resolve("data_batch_2.bin"));
            },
            "{dir}: data.validation = 3 leaves nothing to train on, as there are 2 training"
                + " pictures. Set data.validation to less than 2."));
  }
}
