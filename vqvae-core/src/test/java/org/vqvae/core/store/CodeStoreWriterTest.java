package org.vqvae.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vqvae.core.store.TinyStores.codes;
import static org.vqvae.core.store.TinyStores.info;
import static org.vqvae.core.store.TinyStores.write;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;
import org.vqvae.core.Grid;

class CodeStoreWriterTest {
  @TempDir Path folder;

  @Test
  void examples_that_are_missing_or_too_many_are_refused() {
    CodeStoreInfo info = info(8, 2, 0, 3);
    try (CodeStoreWriter writer = CodeStoreWriter.create(file(), info)) {
      writer.append(Codes.of(info.shape(), 0, 0, 0), Condition.NONE);
      assertThatThrownBy(writer::finish)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(file() + ": 1 examples were appended but 2 were announced");
      assertThatThrownBy(() -> writer.append(Codes.of(info.shape(), new int[6]), Condition.NONE))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(file() + ": 2 more examples were appended to 1 but 2 were announced");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unfit")
  void what_does_not_fit_the_store_is_refused(
      String name, Codes codes, Condition condition, String message) {
    CodeStoreInfo info = info(5, 2, 2, 3);
    try (CodeStoreWriter writer = CodeStoreWriter.create(file(), info)) {
      assertThatThrownBy(() -> writer.append(codes, condition))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(message.formatted(file()));
    }
  }

  @Test
  void examples_are_appended_one_by_one_or_together() {
    CodeStoreInfo info = info(8, 5, 2, 3);
    Codes codes = codes(info);
    try (CodeStoreWriter writer = CodeStoreWriter.create(file(), info)) {
      writer.append(codes.examples(0, 1), Condition.ofLabels(0));
      writer.append(codes.examples(1, 4), Condition.ofLabels(1, 0, 1));
      writer.append(codes.examples(4, 5), Condition.ofLabels(0));
      writer.finish();
    }
    CodeStore store = CodeStore.open(file());
    assertThat(store.codes(0, 1, 2, 3, 4)).isEqualTo(codes);
    assertThat(store.condition(0, 1, 2, 3, 4)).isEqualTo(Condition.ofLabels(0, 1, 0, 1, 0));
  }

  @Test
  void a_store_without_classes_takes_several_batches() {
    CodeStoreInfo info = info(8, 5, 0, 3);
    Codes codes = codes(info);
    try (CodeStoreWriter writer = CodeStoreWriter.create(file(), info)) {
      writer.append(codes.examples(0, 2), Condition.NONE);
      writer.append(codes.examples(2, 5), Condition.ofLabels(7, 8, 9));
      writer.finish();
    }
    CodeStore store = CodeStore.open(file());
    assertThat(store.codes(0, 1, 2, 3, 4)).isEqualTo(codes);
    assertThat(store.condition(0, 4)).isEqualTo(Condition.NONE);
  }

  @Test
  void a_store_without_classes_keeps_no_labels() {
    CodeStoreInfo info = info(8, 1, 0, 3);
    try (CodeStoreWriter writer = CodeStoreWriter.create(file(), info)) {
      writer.append(codes(info), Condition.ofLabels(4));
      writer.finish();
    }
    assertThat(CodeStore.open(file()).condition(0)).isEqualTo(Condition.NONE);
  }

  @Test
  void examples_that_there_are_not_cannot_be_read() {
    CodeStoreInfo info = info(8, 2, 2, 3);
    write(file(), info, codes(info));
    CodeStore store = CodeStore.open(file());
    assertThatThrownBy(() -> store.codes(0, 2))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage(file() + ": example 2 of 2");
    assertThatThrownBy(() -> store.condition(-1)).hasMessage(file() + ": example -1 of 2");
    assertThatThrownBy(store::codes).hasMessage(file() + ": expected one or more examples");
  }

  @Test
  void a_place_that_cannot_be_written_is_named() throws IOException {
    Path plain = Files.writeString(folder.resolve("plain"), "x");
    assertThatThrownBy(() -> CodeStoreWriter.create(plain.resolve("train.codes"), info(8, 2, 0, 3)))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith(plain.resolve("train.codes") + ": cannot be written (");
  }

  static List<Arguments> unfit() {
    CodeShape shape = CodeShape.of(new Grid(3), 5);
    CodeShape deep = CodeShape.of(new Grid(3), List.of(5, 5));
    Codes codes = Codes.of(shape, 4, 3, 2);
    return List.of(
        Arguments.of(
            "codes with a level more",
            Codes.of(deep, new int[6]),
            Condition.ofLabels(0),
            "%s: codes of 3 of K = 5, 5 do not belong to a store of codes of 3 of K = 5"),
        Arguments.of(
            "codes of another grid",
            Codes.of(CodeShape.of(new Grid(4), 5), new int[4]),
            Condition.ofLabels(0),
            "%s: codes of 4 of K = 5 do not belong to a store of codes of 3 of K = 5"),
        Arguments.of(
            "a label that there is not",
            codes,
            Condition.ofLabels(2),
            "label 0 is 2: it must be in 0..1"),
        Arguments.of(
            "no label",
            codes,
            Condition.NONE,
            "labels: code store %s is conditioned on 2 classes and needs one label for each of 1"
                + " examples but got none"));
  }

  private Path file() {
    return folder.resolve("train.codes");
  }
}
