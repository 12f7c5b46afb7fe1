package org.vqvae.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class FingerprintTest {
  private static final String CONFIG = "encoder { type = residual-conv }";

  @Test
  void is_the_same_for_the_same_model() {
    assertThat(Fingerprint.of(CONFIG, model()))
        .isEqualTo(Fingerprint.of(CONFIG, model()))
        .matches("[0-9a-f]{64}");
  }

  @Test
  void is_another_after_any_change() {
    // Given
    String original = Fingerprint.of(CONFIG, model());
    // When one weight moves by one unit in the last place, a name, shape, type, order or setting
    // changes
    Map<String, INDArray> weight = model();
    weight.get("w").putScalar(3, Math.nextUp((float) weight.get("w").getDouble(3)));
    Map<String, INDArray> name = model();
    name.put("c", name.remove("b"));
    Map<String, INDArray> shape = model();
    shape.replace("w", shape.get("w").reshape(3, 2));
    Map<String, INDArray> type = model();
    type.replaceAll((key, value) -> value.castTo(DataType.DOUBLE));
    Map<String, INDArray> order = model();
    order.put("w", order.remove("w"));
    // Then
    assertThat(Fingerprint.of(CONFIG, weight)).isNotEqualTo(original);
    assertThat(Fingerprint.of(CONFIG, name)).isNotEqualTo(original);
    assertThat(Fingerprint.of(CONFIG, shape)).isNotEqualTo(original);
    assertThat(Fingerprint.of(CONFIG, type)).isNotEqualTo(original);
    assertThat(Fingerprint.of(CONFIG, order)).isNotEqualTo(original);
    assertThat(Fingerprint.of(CONFIG + " ", model())).isNotEqualTo(original);
  }

  @Test
  void does_not_depend_on_how_an_array_lies_in_memory() {
    Map<String, INDArray> fortran = model();
    fortran.replaceAll((key, value) -> value.dup('f'));
    assertThat(Fingerprint.of(CONFIG, fortran)).isEqualTo(Fingerprint.of(CONFIG, model()));
  }

  private static Map<String, INDArray> model() {
    Map<String, INDArray> model = new LinkedHashMap<>();
    model.put("w", Nd4j.createFromArray(new float[][] {{1, 2, 3}, {4, 5, 6}}));
    model.put("b", Nd4j.createFromArray(0.5f, 0.25f));
    return model;
  }
}
