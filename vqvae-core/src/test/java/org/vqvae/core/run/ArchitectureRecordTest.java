package org.vqvae.core.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.vqvae.core.store.StoreException;

class ArchitectureRecordTest {
  private static final Architecture TRAINED =
      new Architecture("id", "{\"quantizer\":{\"levels\":[{\"k\":4},{\"k\":8}],\"type\":\"ema\"}}");

  @Test
  void a_setting_that_was_added_later_makes_no_difference() {
    Architecture now =
        new Architecture(
            "id",
            "{\"quantizer\":{\"levels\":[{\"k\":4,\"new\":1},{\"k\":8}],\"type\":\"ema\",\"more\":2}}");
    assertThatCode(() -> TRAINED.checkSame(now, "file")).doesNotThrowAnyException();
  }

  @Test
  void a_changed_setting_is_named() {
    Architecture now =
        new Architecture(
            "id", "{\"quantizer\":{\"levels\":[{\"k\":4},{\"k\":9}],\"type\":\"ema\"}}");
    assertThatThrownBy(() -> TRAINED.checkSame(now, "file"))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "file: was trained with quantizer.levels[1].k = 8 but the config says 9: undo the"
                + " change, or train it again");
  }

  @Test
  void a_missing_setting_is_named() {
    Architecture now = new Architecture("id", "{\"quantizer\":{\"levels\":[{\"k\":4},{\"k\":8}]}}");
    assertThatThrownBy(() -> TRAINED.checkSame(now, "file"))
        .hasMessageContaining("quantizer.type = \"ema\" but the config says nothing");
  }
}
