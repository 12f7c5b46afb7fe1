package org.vqvae.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineChartTest {

  @Test
  void draws_a_small_chart_as_ever() throws IOException {
    // GIVEN a curve with a gap and a lone point, and a level
    double nan = Double.NaN;
    Series train = series("train", 1, 0.5, nan, 0.2, nan, 0.1, 0.05);
    Series level = Series.level("before", 0, 6, 0.4);

    // THEN
    assertThat(html(new LineChart("Loss, nats", "step", Scale.LOGARITHMIC, List.of(train, level))))
        .isEqualTo(resource("tiny-chart.html"));
  }

  @Test
  void leaves_out_what_a_logarithm_cannot_show() {
    String html =
        html(new LineChart("x", "step", Scale.LOGARITHMIC, List.of(series("a", 0, 1, -1, 10))));
    assertThat(path(html)).isEqualTo("M136 172h0M316 10h0");
  }

  @Test
  void puts_zero_on_the_axis_of_amounts() {
    String html = html(new LineChart("x", "step", Scale.FROM_ZERO, List.of(series("a", 400, 500))));
    assertThat(path(html)).isEqualTo("M46 42.4L316 10");
  }

  @Test
  void begins_at_the_start_when_the_first_value_was_measured_soon_after() {
    Series soon = new Series("a", new double[] {10, 1000}, new double[] {0, 1});
    assertThat(path(html(new LineChart("x", "step", Scale.LINEAR, List.of(soon)))))
        .isEqualTo("M48.7 172L316 10");
  }

  @Test
  void thins_long_curves_to_means_of_neighbours() {
    // GIVEN 1,000 values
    double[] x = IntStream.range(0, 1000).asDoubleStream().toArray();

    // WHEN
    Series thinned = new Series("a", x, x).thinned(250);

    // THEN
    assertThat(thinned.x()).hasSize(250).startsWith(1.5, 5.5);
    assertThat(thinned.y()).endsWith(997.5);
  }

  @Test
  void says_so_when_nothing_was_measured() {
    String html =
        html(
            new LineChart(
                "Loss", "step", Scale.LINEAR, List.of(series("a"), series("b", Double.NaN))));
    assertThat(html).contains("Nothing was measured.").doesNotContain("<svg");
  }

  @Test
  void refuses_more_curves_than_can_be_told_apart() {
    List<Series> many = Collections.nCopies(7, series("a", 1));
    assertThatThrownBy(() -> new LineChart("Loss", "step", Scale.LINEAR, many))
        .hasMessage("chart Loss has 7 curves but at most 6 can be told apart");
  }

  @Test
  void refuses_curves_without_a_value_for_each_step() {
    assertThatThrownBy(() -> new Series("a", new double[2], new double[3]))
        .hasMessage("curve a has 2 x but 3 y");
  }

  private static Series series(String name, double... y) {
    return new Series(name, IntStream.range(0, y.length).asDoubleStream().toArray(), y);
  }

  private static String html(LineChart chart) {
    Markup page = new Markup();
    chart.write(page);
    return page.toString();
  }

  private static String path(String html) {
    return html.replaceAll("(?s).*class=\"curve c1\" d=\"([^\"]*)\".*", "$1");
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = LineChartTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
