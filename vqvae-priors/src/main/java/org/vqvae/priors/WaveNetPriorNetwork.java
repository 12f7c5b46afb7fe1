package org.vqvae.priors;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.CodeMap;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;
import org.vqvae.core.Conditions;
import org.vqvae.core.Phase;
import org.vqvae.core.Scope;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.Buffers;
import org.vqvae.core.nn.FloatArrays;
import org.vqvae.core.nn.Logits;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.PriorNetwork;
import org.vqvae.core.wavenet.Alphabet;
import org.vqvae.core.wavenet.WaveNet;

/**
 * A {@link WaveNet} over the codes of an example, conditioned on its class if there are classes,
 * and at each position on the codes of coarser maps if there are some.
 *
 * <p>Codes of Q codebooks are one sequence of Q steps a position. Each code of each codebook is a
 * symbol of its own, so a step knows its codebook by the symbol before it. All steps have as many
 * logits as the largest codebook has codes; the step of a smaller one uses the first of them.
 */
final class WaveNetPriorNetwork implements PriorNetwork {
  private final CodeShape shape;
  private final CodeMap map;
  private final int classes;
  private final int[] firstSymbols;
  private final @Nullable CoarserEmbedding coarser;
  private final WaveNet network;
  private final Buffers buffers = new Buffers();
  private @Nullable INDArray last;

  WaveNetPriorNetwork(
      Scope scope,
      Kernels kernels,
      WaveNetPrior.Settings settings,
      CodeShape shape,
      Conditions conditions) {
    this.shape = shape;
    map = shape.map(0);
    classes = conditions.classes();
    firstSymbols = firstSymbols(map.codebookSizes());
    coarser = CoarserEmbedding.of(scope, kernels, conditions, map, settings.coarserFeatures());
    network =
        new WaveNet(
            scope,
            kernels,
            settings.size(),
            Alphabet.ofCodes(map.codebookSizes()),
            coarser == null ? 0 : coarser.features(),
            classes);
  }

  /** The symbol of each codebook's first code. */
  private static int[] firstSymbols(List<Integer> codebookSizes) {
    int[] first = new int[codebookSizes.size()];
    for (int q = 1; q < first.length; q++) {
      first[q] = first[q - 1] + codebookSizes.get(q - 1);
    }
    return first;
  }

  @Override
  public List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>(network.parameters());
    if (coarser != null) {
      parameters.add(coarser.table());
    }
    return parameters;
  }

  @Override
  public Logits logits(Codes codes, Condition condition, Phase phase) {
    int examples = PriorArguments.examples(codes, shape);
    int[] labels = labels(condition, examples);
    INDArray logits =
        network.logits(symbols(codes), examples, features(condition, examples), labels);
    last = logits;
    return map.depth() == 1 ? Logits.of(logits) : byCodebook(logits);
  }

  private int[] labels(Condition condition, int examples) {
    return condition.labels("prior \"wavenet\"", examples, classes);
  }

  /** {@code [N, positions, F]}, null without coarser codes. */
  private @Nullable INDArray features(Condition condition, int examples) {
    return coarser == null
        ? null
        : coarser
            .forward(condition, examples)
            .reshape(examples, map.positions(), coarser.features());
  }

  private int[] symbols(Codes codes) {
    int[] symbols = codes.values();
    for (int i = 0; i < symbols.length; i++) {
      symbols[i] += firstSymbols[i % firstSymbols.length];
    }
    return symbols;
  }

  /** A table for each codebook. */
  private Logits byCodebook(INDArray logits) {
    List<INDArray> tables = new ArrayList<>();
    for (int q = 0; q < map.depth(); q++) {
      INDArray own = ofCodebook(logits, q);
      tables.add(buffers.get("logits" + q, logits.dataType(), own.shape()).assign(own));
    }
    return new Logits(tables);
  }

  /** The logits of one codebook's codes as a view, {@code [N * positions, K]}. */
  private INDArray ofCodebook(INDArray logits, int codebook) {
    long rows = logits.size(0) / map.depth();
    long columns = logits.size(1);
    return Nd4j.create(
        logits.data(),
        new long[] {rows, map.codebookSizes().get(codebook)},
        new long[] {map.depth() * columns, 1},
        logits.offset() + codebook * columns,
        'c');
  }

  @Override
  public void backward(Logits gradient) {
    network.backward(map.depth() == 1 ? gradient.only() : ofAll(gradient));
    if (coarser != null) {
      INDArray features = network.featuresGradient();
      coarser.backward(features.reshape(-1, coarser.features()));
    }
  }

  /** The gradient of all steps' logits; 0 where a codebook has no such code. */
  private INDArray ofAll(Logits gradient) {
    INDArray all = requireNonNull(last, "backward before logits").assign(0);
    for (int q = 0; q < map.depth(); q++) {
      ofCodebook(all, q).assign(gradient.tables().get(q));
    }
    return all;
  }

  @Override
  public CodeStream stream(int examples, Condition condition) {
    int[] labels = labels(condition, examples);
    INDArray features = features(condition, examples);
    float[] ofPositions =
        features == null ? new float[0] : FloatArrays.read(features.castTo(DataType.FLOAT));
    WaveNetConditions conditions =
        new WaveNetConditions(
            ofPositions,
            coarser == null ? 0 : coarser.features(),
            map.positions(),
            labels,
            classes);
    return new WaveNetStream(network.export(), shape, firstSymbols, conditions, examples);
  }
}
