package org.vqvae.core.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vqvae.core.testing.ArrayAssert.assertThatArray;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocallyConnected2D;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationRReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.store.StoreException;
import org.vqvae.core.testing.Slopes;

class Dl4jNetworkTest {
  private static final String ACTIVATION = "org.deeplearning4j.nn.conf.layers.ActivationLayer";

  @TempDir private Path folder;

  private final INDArray x = Slopes.random(DataType.FLOAT, "x", 2, 8, 12, 2);

  private INDArray output(Dl4jNetwork network) {
    return Built.of(network, DataType.FLOAT, x).evaluate(x);
  }

  @Test
  void a_saved_network_starts_from_its_weights() throws IOException {
    MultiLayerNetwork network = new MultiLayerNetwork(Networks.encoder());
    network.init();
    Path zip = folder.resolve("network.zip");
    ModelSerializer.writeModel(network, zip.toFile(), true);
    assertThatArray(output(Dl4jNetwork.ofFile(zip)))
        .isEqualToArray(output(Dl4jNetwork.of(network)));
  }

  @Test
  void a_saved_graph_in_double_starts_from_its_weights() throws IOException {
    ComputationGraphConfiguration configuration = Networks.residualEncoder();
    configuration.setDataType(DataType.DOUBLE);
    ComputationGraph graph = new ComputationGraph(configuration);
    graph.init();
    Path zip = folder.resolve("graph.zip");
    ModelSerializer.writeModel(graph, zip.toFile(), false);
    assertThatArray(output(Dl4jNetwork.ofFile(zip))).isEqualToArray(output(Dl4jNetwork.of(graph)));
  }

  @Test
  void a_configuration_in_json_is_the_network_that_was_written_in_java() throws IOException {
    Path json =
        Files.writeString(folder.resolve("graph.json"), Networks.residualEncoder().toJson());
    Dl4jNetwork network = Dl4jNetwork.ofFile(json);
    assertThatArray(output(network))
        .isEqualToArray(output(Dl4jNetwork.of(Networks.residualEncoder())));
    assertThat(Dl4jNetwork.ofJson(network.json()).json()).isEqualTo(network.json());
  }

  @Test
  void a_kept_configuration_starts_from_the_weights_of_its_zip_or_not_at_all() throws IOException {
    // Given
    MultiLayerNetwork network = new MultiLayerNetwork(Networks.encoder());
    network.init();
    Path zip = folder.resolve("network.zip");
    ModelSerializer.writeModel(network, zip.toFile(), false);
    Dl4jNetwork original = Dl4jNetwork.ofFile(zip);
    Dl4jNetwork kept = Dl4jNetwork.ofKept(original.json(), zip, original.weights().digest());
    // Then it starts from them
    assertThatArray(output(kept)).isEqualToArray(output(Dl4jNetwork.of(network)));
    // When the zip holds others
    network.params().addi(1);
    ModelSerializer.writeModel(network, zip.toFile(), false);
    // Then it does not start
    assertThatThrownBy(() -> output(kept))
        .isInstanceOf(IncompatibleException.class)
        .hasMessage(
            zip
                + ": training starts from its weights, but it holds another network, or other"
                + " weights, than when the run began; put the file back as it was, or begin a new"
                + " run with another one");
    // When it is gone
    Files.delete(zip);
    // Then neither, but it is built, for weights that a checkpoint has
    assertThatThrownBy(() -> output(kept))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageStartingWith(zip + ": training starts from its weights, but ");
    assertThat(kept.form(new Grid(8, 12), 2)).isEqualTo(original.form(new Grid(8, 12), 2));
  }

  @Test
  void a_kept_configuration_without_weights_needs_its_file_no_more() throws IOException {
    Path json = Files.writeString(folder.resolve("net.json"), Networks.encoder().toJson());
    Dl4jNetwork original = Dl4jNetwork.ofFile(json);
    INDArray output = output(original);
    Files.delete(json);
    assertThat(original.weights().digest()).isEqualTo("none");
    assertThatArray(output(Dl4jNetwork.ofKept(original.json(), json, "none")))
        .isEqualToArray(output);
  }

  @Test
  void serialized_objects_in_a_zip_are_never_opened() throws IOException {
    Path zip = folder.resolve("network.zip");
    MultiLayerNetwork network = new MultiLayerNetwork(Networks.encoder());
    network.init();
    ModelSerializer.writeModel(network, zip.toFile(), false);
    Path other = folder.resolve("other.zip");
    write(
        other,
        Map.of(
            "configuration.json", entry(zip, "configuration.json"),
            "coefficients.bin", entry(zip, "coefficients.bin"),
            "preprocessor.bin", new byte[] {1},
            "normalizer.bin", new byte[] {2},
            "updaterState.bin", new byte[] {3}));
    assertThatArray(output(Dl4jNetwork.ofFile(other)))
        .isEqualToArray(output(Dl4jNetwork.of(network)));
  }

  private static byte[] entry(Path file, String name) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.getInputStream(zip.getEntry(name)).readAllBytes();
    }
  }

  private static void write(Path file, Map<String, byte[]> entries) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
  }

  static Stream<Arguments> damagedFiles() {
    byte[] json = Networks.encoder().toJson().getBytes(StandardCharsets.UTF_8);
    return Stream.of(
        Arguments.of("the zip has no configuration.json", Map.of("coefficients.bin", json)),
        Arguments.of("the zip has no coefficients.bin", Map.of("configuration.json", json)),
        Arguments.of(
            "coefficients.bin ends too early",
            Map.of("configuration.json", json, "coefficients.bin", new byte[] {0, 4, 'L'})),
        Arguments.of(
            "coefficients.bin is not an array of ND4J",
            Map.of("configuration.json", json, "coefficients.bin", new byte[] {0, 1, 'L'})),
        Arguments.of(
            "neither \"confs\" nor \"vertices\"",
            Map.of("configuration.json", "{}".getBytes(StandardCharsets.UTF_8))));
  }

  @ParameterizedTest
  @MethodSource("damagedFiles")
  void a_damaged_zip_is_refused(String reason, Map<String, byte[]> entries) throws IOException {
    Path zip = folder.resolve("damaged.zip");
    write(zip, entries);
    assertThatThrownBy(() -> Dl4jNetwork.ofFile(zip))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining(zip.toString())
        .hasMessageContaining(reason);
  }

  @Test
  void a_file_cut_short_and_a_file_that_is_not_there_are_refused() throws IOException {
    Path cut = Files.write(folder.resolve("cut.zip"), new byte[] {'P', 'K', 3, 4});
    assertThatThrownBy(() -> Dl4jNetwork.ofFile(cut))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining("the zip is damaged");
    assertThatThrownBy(() -> Dl4jNetwork.ofFile(folder.resolve("none.zip")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no such file");
  }

  @Test
  void weights_of_another_network_are_refused_with_both_counts() throws IOException {
    Path zip = folder.resolve("network.zip");
    MultiLayerNetwork network = new MultiLayerNetwork(Networks.encoder());
    network.init();
    ModelSerializer.writeModel(network, zip.toFile(), false);
    Path mixed = folder.resolve("mixed.zip");
    byte[] json = Networks.decoder().toJson().getBytes(StandardCharsets.UTF_8);
    write(
        mixed,
        Map.of("configuration.json", json, "coefficients.bin", entry(zip, "coefficients.bin")));
    assertThatThrownBy(() -> Dl4jNetwork.ofFile(mixed))
        .hasMessageContaining("it has 183 weights, but its configuration wants 302");
  }

  /** A class that a network must not make: it counts how often it is loaded. */
  public static final class Trap extends ActivationLayer {
    private static final long serialVersionUID = 1L;

    static {
      Loaded.COUNT.incrementAndGet();
    }
  }

  private static final class Loaded {
    static final AtomicInteger COUNT = new AtomicInteger();
  }

  static Stream<String> maliciousTexts() {
    String json = Networks.encoder().toJson();
    String trap = Dl4jNetworkTest.class.getName() + "$Trap";
    String conv = "\"@class\" : \"org.deeplearning4j.nn.conf.layers.ConvolutionLayer\"";
    return Stream.of(
        json.replaceFirst(quote(conv), "\"@class\" : \"java.lang.ProcessBuilder\""),
        json.replaceFirst(quote(conv), "\"@class\" : \"" + quoteReplacement(trap) + "\""),
        json.replaceFirst(quote(conv), "\"@class\" : \"" + quoteReplacement(trap) + "\", " + conv),
        json.replaceFirst(quote(conv), conv + ", \"@class\" : \"" + quoteReplacement(trap) + "\""),
        "{\"confs\":[{\"layer\":[\"%s\",{}]}]}".formatted(trap),
        "{\"confs\":[{\"layer\":{\"@class\":\"%s\",\"activationFn\":[\"%s\",{}]}}]}"
            .formatted(ACTIVATION, trap),
        "{\"vertices\":{\"vertexInputs\":[\"%s\",{}]}}".formatted(trap),
        "{\"confs\":[{\"layer\":{\"@class\":\"%s<%s>\"}}]}".formatted(ACTIVATION, trap),
        "{\"confs\":[{\"layer\":{\"@class\":\"org.nd4j.shade.jackson.databind.ObjectMapper\"}}]}",
        "[".repeat(200_000));
  }

  private static String quote(String text) {
    return java.util.regex.Pattern.quote(text);
  }

  private static String quoteReplacement(String text) {
    return java.util.regex.Matcher.quoteReplacement(text);
  }

  @ParameterizedTest
  @MethodSource("maliciousTexts")
  void a_class_that_is_not_dl4j_s_is_refused_before_it_is_loaded(String json) {
    assertThatThrownBy(() -> Dl4jNetwork.ofJson(json)).isInstanceOf(IncompatibleException.class);
    assertThat(Loaded.COUNT.get()).isZero();
  }

  @Test
  void the_refusal_names_the_class() {
    String json = "{\"confs\":[{\"layer\":{\"@class\":\"java.lang.ProcessBuilder\"}}]}";
    assertThatThrownBy(() -> Dl4jNetwork.ofJson(json))
        .hasMessageContaining("names the class \"java.lang.ProcessBuilder\", which was not loaded");
  }

  /** A layer of one's own. */
  public static final class OwnLayer extends ActivationLayer {
    private static final long serialVersionUID = 1L;
  }

  /** What registers it. */
  public static final class OwnClasses implements NetworkClasses {
    @Override
    public Set<Class<?>> classes() {
      return Set.of(OwnLayer.class);
    }
  }

  @Test
  void a_class_of_one_s_own_is_made_if_it_is_registered() throws IOException {
    // Given
    String json = Networks.layers(InputType.convolutional(8, 12, 2), new OwnLayer()).toJson();
    assertThatThrownBy(() -> Dl4jNetwork.ofJson(json)).hasMessageContaining("OwnLayer");
    // When a service names it
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve(NetworkClasses.class.getName()), OwnClasses.class.getName());
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);
      // Then
      assertThat(Dl4jNetwork.ofJson(json).form(new Grid(8, 12), 2).channels()).isEqualTo(2);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static Arguments refused(String layer, String reason, Layer... layers) {
    return Arguments.of(layer, reason, Networks.layers(InputType.convolutional(8, 12, 2), layers));
  }

  static Stream<Arguments> refusedLayers() {
    ConvolutionLayer conv = new ConvolutionLayer.Builder(3, 3).nOut(2).build();
    return Stream.of(
        refused(
            "\"layer1\" (CnnLossLayer)",
            "a loss of its own",
            conv,
            new CnnLossLayer.Builder().build()),
        refused(
            "(OutputLayer)", "a loss of its own", conv, new OutputLayer.Builder().nOut(2).build()),
        refused(
            "\"bn\" (BatchNormalization)",
            "rest of the batch",
            conv,
            new BatchNormalization.Builder().name("bn").build()),
        refused("(DropoutLayer)", "global random numbers", conv, new DropoutLayer(0.5)),
        refused(
            "(DenseLayer)", "dropout", conv, new DenseLayer.Builder().nOut(2).dropOut(0.5).build()),
        refused(
            "(DenseLayer)",
            "weight noise",
            conv,
            new DenseLayer.Builder().nOut(2).weightNoise(new DropConnect(0.5)).build()),
        refused(
            "(ActivationLayer)",
            "dropout",
            conv,
            new ActivationLayer.Builder().activation(Activation.RELU).dropOut(0.5).build()),
        refused(
            "(ConvolutionLayer)",
            "RReLU",
            new ConvolutionLayer.Builder(3, 3).nOut(2).activation(new ActivationRReLU()).build()),
        refused("(ActivationLayer)", "RReLU", conv, new ActivationLayer(new ActivationRReLU())),
        refused(
            "(DenseLayer)",
            "constraints",
            conv,
            new DenseLayer.Builder().nOut(2).constrainWeights(new MaxNormConstraint(1, 1)).build()),
        refused(
            "\"wide\" (ConvolutionLayer)",
            "dilation to 1",
            new ConvolutionLayer.Builder(3, 3).name("wide").dilation(2, 2).nOut(2).build()),
        refused(
            "(SubsamplingLayer)",
            "silently",
            new SubsamplingLayer.Builder(2, 2).dilation(2, 2).build()),
        refused(
            "(LocallyConnected2D)",
            "SameDiff",
            new LocallyConnected2D.Builder().kernelSize(2, 2).nOut(2).build()),
        refused("(FrozenLayer)", "FrozenLayerWithBackprop", new FrozenLayer(conv)),
        refused(
            "(EmbeddingLayer)",
            "whole numbers",
            conv,
            new EmbeddingLayer.Builder().nIn(2).nOut(2).build()),
        Arguments.of(
            "(Convolution1DLayer)",
            "NWC",
            Networks.layers(
                InputType.recurrent(2, 9, RNNFormat.NWC),
                new Convolution1DLayer.Builder(3).rnnDataFormat(RNNFormat.NWC).nOut(2).build())));
  }

  @ParameterizedTest
  @MethodSource("refusedLayers")
  void a_layer_that_cannot_run_is_refused_by_its_name(
      String layer, String reason, MultiLayerConfiguration network) {
    assertThatThrownBy(() -> Dl4jNetwork.of(network))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining(layer)
        .hasMessageContaining(reason);
  }

  @Test
  void graphs_with_several_inputs_or_outputs_are_refused() {
    ComputationGraphConfiguration two =
        Networks.builder()
            .graphBuilder()
            .addInputs("a", "b")
            .addLayer("dense", new DenseLayer.Builder().nIn(4).nOut(2).build(), "a", "b")
            .setOutputs("dense")
            .build();
    assertThatThrownBy(() -> Dl4jNetwork.of(two))
        .hasMessageContaining("inputs [a, b] and outputs [dense]");
  }

  @Test
  void an_output_that_goes_on_into_the_graph_is_refused() {
    ComputationGraphConfiguration graph =
        Networks.builder()
            .graphBuilder()
            .addInputs("a")
            .addLayer("first", new DenseLayer.Builder().nIn(4).nOut(2).build(), "a")
            .addLayer("second", new DenseLayer.Builder().nIn(2).nOut(2).build(), "first")
            .setOutputs("first")
            .allowDisconnected(true)
            .build();
    assertThatThrownBy(() -> Dl4jNetwork.of(graph))
        .hasMessageContaining("\"first\" is also the input of [second]");
  }

  @Test
  void what_stands_in_for_a_network_that_cannot_be_read_is_a_network() {
    assertThat(NetworkSetting.standIn().form(new Grid(8, 12), 2).channels()).isEqualTo(2);
  }

  @Test
  void data_that_it_cannot_take_is_refused_with_dl4j_s_reason() {
    assertThatThrownBy(() -> Dl4jNetwork.of(Networks.encoder()).form(new Grid(8, 12), 3))
        .isInstanceOf(IncompatibleException.class)
        .hasMessageContaining("cannot take 8x12 with 3 channels: DL4J says");
  }
}
