package org.vqvae.core.model;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.vqvae.core.Bottled;
import org.vqvae.core.CodeMap;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Decoder;
import org.vqvae.core.Encoder;
import org.vqvae.core.Grid;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Likelihood;
import org.vqvae.core.Likelihood.Scored;
import org.vqvae.core.Phase;
import org.vqvae.core.Quantizer;
import org.vqvae.core.Scope;
import org.vqvae.core.Statistics;
import org.vqvae.core.Term;
import org.vqvae.core.kernel.ConvolutionSpec.Window;
import org.vqvae.core.kernel.Kernels;
import org.vqvae.core.nn.Block;
import org.vqvae.core.nn.Conv2d;
import org.vqvae.core.nn.DecoderNetwork;
import org.vqvae.core.nn.ModelNetwork;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.Pass;
import org.vqvae.core.random.RandomStream;

/**
 * Two maps of codes, one above the other (Razavi et al. 2019, algorithm 1):
 *
 * <pre>
 * f = encoder(x)                     features of the bottom's grid
 * t = quantize_top(topEncoder(f))
 * b = quantize_bottom(W [f, topDecoder(t)])
 * p(x | t, b) by decoder([t, b])     t repeated on the bottom's grid
 * </pre>
 */
final class HierarchicalNetwork implements ModelNetwork {
  private static final String TOP = "top";
  private static final String BOTTOM = "bottom";

  private final Parts parts;
  private final DataSpec data;
  private final Grid grid;
  private final Grid topGrid;
  private final CodeShape codeShape;
  private final Block encoder;
  private final Block topEncoder;
  private final DecoderNetwork topDecoder;
  private final Conv2d toLatents;
  private final DecoderNetwork decoder;
  private final Likelihood likelihood;
  private final Columns features;
  private final Columns vectors;
  private final RowGather repeat;
  private @Nullable Road road;

  /** What networks of every size are built of. */
  record Parts(
      Encoder encoder,
      Quantizer bottom,
      Decoder decoder,
      Encoder topEncoder,
      Quantizer top,
      Decoder topDecoder,
      Kernels kernels,
      int features,
      double dataVariance,
      double latentWeight,
      Scope scope) {}

  /** What the bottlenecks gave. */
  private record Quantized(Bottled top, Bottled bottom) {}

  /** What the backward pass needs of the last forward pass. */
  private record Road(Quantized latents, INDArray gradient, long examples) {}

  HierarchicalNetwork(Parts parts, DataSpec data) {
    this.parts = parts;
    this.data = data;
    this.grid = parts.encoder.latentGrid(data);
    DataSpec ofFeatures = data.ofFeatures(grid, parts.features);
    this.topGrid = parts.topEncoder.latentGrid(ofFeatures);
    this.codeShape =
        new CodeShape(
            List.of(
                new CodeMap(TOP, topGrid, parts.top.codebookSizes()),
                new CodeMap(BOTTOM, grid, parts.bottom.codebookSizes())));
    Scope scope = parts.scope;
    Scope model = scope.child("model");
    int topDim = parts.top.codeDim();
    int dim = parts.bottom.codeDim();
    this.encoder = parts.encoder.build(data, parts.features, scope.child("encoder"));
    this.topEncoder = parts.topEncoder.build(ofFeatures, topDim, model.child("top-encoder"));
    this.topDecoder =
        parts.topDecoder.build(ofFeatures, topGrid, topDim, model.child("top-decoder"));
    this.toLatents =
        Conv2d.convolution(
            model.name("to-latents"),
            parts.kernels,
            2 * parts.features,
            dim,
            Window.square(1, 1, 0));
    this.decoder = parts.decoder.build(data, grid, topDim + dim, scope.child("decoder"));
    this.likelihood = parts.decoder.likelihood(parts.dataVariance);
    this.features = new Columns(parts.features, parts.features);
    this.vectors = new Columns(topDim, dim);
    this.repeat = new RowGather(parts.kernels, topGrid, grid);
    checkTopDecoder();
  }

  private void checkTopDecoder() {
    int found = parts.topDecoder.likelihood(1).parameters(parts.features);
    if (found != parts.features) {
      throw new IncompatibleException(
          "model.top-decoder computes %d values for %d features of a position: choose one that computes one for each"
              .formatted(found, parts.features));
    }
    if (topDecoder.classes() > 0) {
      throw new IncompatibleException(
          "model.top-decoder is conditioned on the class, which is unknown when data is encoded:"
              + " choose one that is not");
    }
  }

  @Override
  public Pass forward(INDArray x, Condition condition, Phase phase) {
    Quantized z = latents(x, condition, phase);
    INDArray joined = joined(z.top.values(), z.bottom.values());
    INDArray prediction = decoder.forward(onGrid(joined), x, condition, phase);
    Scored scored = likelihood.score(prediction, x);
    road = new Road(z, scored.gradient(), x.size(0));
    // L = -ln p(x | t, b) + weight * (terms of both quantizers)
    List<Term> terms =
        Stream.of(scored.terms().stream(), weighted(TOP, z.top), weighted(BOTTOM, z.bottom))
            .flatMap(each -> each)
            .toList();
    return new Pass(
        terms,
        prediction,
        Optional.of(codes(z, x.size(0))),
        Statistics.of(List.of(z.top.statistics(), z.bottom.statistics())));
  }

  private Quantized latents(INDArray x, Condition condition, Phase phase) {
    INDArray f = encoder.forward(x, phase);
    Bottled top = parts.top.apply(topEncoder.forward(f, phase), phase);
    INDArray latents = bottomLatents(f, top.values(), condition, phase);
    return new Quantized(top, parts.bottom.apply(latents, phase));
  }

  /** What the bottom quantizer is given: features and what the top codes tell of them. */
  private INDArray bottomLatents(INDArray f, INDArray top, Condition condition, Phase phase) {
    INDArray decoded = topFeatures(top, condition, phase);
    INDArray joined = features.join(rows(f, parts.features), rows(decoded, parts.features));
    INDArray latents = toLatents.forward(line(joined), phase);
    return latents.reshape('c', shape(joined, parts.bottom.codeDim()));
  }

  private INDArray topFeatures(INDArray top, Condition condition, Phase phase) {
    long examples = top.length() / parts.top.codeDim() / topGrid.positions();
    INDArray t = top.reshape('c', topGrid.arrayShape(examples, parts.top.codeDim()));
    return topDecoder.forward(t, Nd4j.empty(DataType.FLOAT), condition, phase);
  }

  @Override
  public void backward() {
    Road last = requireNonNull(road, "backward needs a forward pass first");
    double weight = parts.latentWeight;
    INDArray dz =
        rows(decoder.backward(last.gradient), (long) parts.top.codeDim() + parts.bottom.codeDim());
    INDArray db = last.latents.bottom.pullback().apply(vectors.right(dz), weight);
    INDArray dJoined = rows(toLatents.backward(line(db)), 2L * parts.features);
    INDArray dDecoded = features.right(dJoined);
    INDArray dt = rows(topDecoder.backward(onGrid(dDecoded)), parts.top.codeDim());
    dt = dt.add(repeat.backward(vectors.left(dz)));
    INDArray dTopLatents = last.latents.top.pullback().apply(dt, weight);
    INDArray df =
        topEncoder.backward(
            dTopLatents.reshape('c', topGrid.arrayShape(last.examples, parts.top.codeDim())));
    INDArray dFeatures = rows(df, parts.features).add(features.left(dJoined));
    encoder.backwardParametersOnly(onGrid(dFeatures));
  }

  /**
   * The vectors of both maps side by side, those of the top repeated: rows of the bottom's grid.
   */
  private INDArray joined(INDArray top, INDArray bottom) {
    INDArray t = repeat.forward(rows(top, parts.top.codeDim()));
    return vectors.join(t, rows(bottom, parts.bottom.codeDim()));
  }

  private Stream<Term> weighted(String map, Bottled z) {
    return z.terms().stream()
        .map(term -> term.named(map + "-" + term.name()).times(parts.latentWeight));
  }

  private static INDArray rows(INDArray array, long columns) {
    return array.reshape('c', -1, columns);
  }

  /** Rows as pictures of height 1, for a pointwise convolution. */
  private INDArray line(INDArray rows) {
    long examples = rows.size(0) / grid.positions();
    return rows.reshape('c', examples, 1, grid.positions(), rows.size(1));
  }

  /** Rows of the bottom's grid as an array over it. */
  private INDArray onGrid(INDArray rows) {
    return rows.reshape('c', shape(rows, rows.size(1)));
  }

  private long[] shape(INDArray rows, long columns) {
    return grid.arrayShape(rows.size(0) / grid.positions(), columns);
  }

  /** Both maps' codes, example after example. */
  private Codes codes(Quantized z, long examples) {
    int[] top = Latents.codes(codeShape.only(0), z.top, examples).values();
    int[] bottom = Latents.codes(codeShape.only(1), z.bottom, examples).values();
    int tops = codeShape.map(0).codes();
    int bottoms = codeShape.map(1).codes();
    int[] all = new int[top.length + bottom.length];
    for (int n = 0; n < examples; n++) {
      System.arraycopy(top, n * tops, all, n * codeShape.codes(), tops);
      System.arraycopy(bottom, n * bottoms, all, n * codeShape.codes() + tops, bottoms);
    }
    return Codes.of(codeShape, all);
  }

  @Override
  public Codes encode(INDArray x) {
    return codes(latents(x, Condition.NONE, Phase.EVAL), x.size(0));
  }

  private INDArray lookup(Codes codes) {
    Latents.checkShape(codes, codeShape);
    return onGrid(joined(top(codes), bottom(codes)));
  }

  private INDArray top(Codes codes) {
    return parts.top.lookup(codes.map(0).values(), codes.shape().map(0).depth());
  }

  private INDArray bottom(Codes codes) {
    return parts.bottom.lookup(codes.map(1).values(), codes.shape().map(1).depth());
  }

  @Override
  public Pass score(Codes codes, INDArray x, Condition condition) {
    INDArray prediction = decoder.forward(lookup(codes), x, condition, Phase.EVAL);
    Scored scored = likelihood.score(prediction, x);
    return new Pass(scored.terms(), prediction, Optional.of(codes), Statistics.NONE);
  }

  @Override
  public INDArray decode(Codes codes, Condition condition, RandomStream random) {
    return decoder.generate(lookup(codes), condition, likelihood, random);
  }

  @Override
  public INDArray reconstruct(INDArray x, Condition condition, RandomStream random) {
    return decode(encode(x), condition, random);
  }

  /** Each map alone, the vectors of the other at their mean over all these codes. */
  @Override
  public Map<String, INDArray> decodeParts(Codes codes, Condition condition, RandomStream random) {
    INDArray top = top(codes);
    INDArray bottom = bottom(codes);
    long state = random.state();
    Map<String, INDArray> decoded = new LinkedHashMap<>();
    decoded.put(TOP, generate(joined(top, mean(bottom)), condition, state));
    decoded.put(BOTTOM, generate(joined(mean(top), bottom), condition, state));
    return decoded;
  }

  private INDArray generate(INDArray joined, Condition condition, long state) {
    return decoder.generate(onGrid(joined), condition, likelihood, RandomStream.restore(state));
  }

  private static INDArray mean(INDArray rows) {
    return rows.like().addiRowVector(rows.mean(0));
  }

  @Override
  public INDArray draw(int examples, Condition condition, RandomStream random) {
    throw Latents.cannotDraw();
  }

  @Override
  public boolean canDraw() {
    return false;
  }

  @Override
  public boolean isObserving() {
    return parts.top.isObserving() || parts.bottom.isObserving();
  }

  @Override
  public void observe(INDArray x) {
    INDArray f = encoder.forward(x, Phase.EVAL);
    INDArray topLatents = topEncoder.forward(f, Phase.EVAL);
    if (parts.top.isObserving()) {
      parts.top.observe(topLatents);
    }
    if (parts.bottom.isObserving()) {
      INDArray t = parts.top.apply(topLatents, Phase.EVAL).values();
      parts.bottom.observe(bottomLatents(f, t, Condition.NONE, Phase.EVAL));
    }
  }

  @Override
  public void update(Statistics batch) {
    parts.top.update(batch.part(0));
    parts.bottom.update(batch.part(1));
  }

  @Override
  public Map<String, Double> figures(Statistics set) {
    Map<String, Double> figures = new LinkedHashMap<>();
    parts.top.figures(set.part(0)).forEach((name, value) -> figures.put(TOP + "-" + name, value));
    parts
        .bottom
        .figures(set.part(1))
        .forEach((name, value) -> figures.put(BOTTOM + "-" + name, value));
    return figures;
  }

  @Override
  public ModelNetwork resized(Grid other) {
    HierarchicalNetwork resized = new HierarchicalNetwork(parts, data.withGrid(other));
    Latents.share(parameters(), resized.parameters(), data.grid());
    return resized;
  }

  @Override
  public List<Parameter> parameters() {
    return Stream.of(
            encoder.parameters(),
            topEncoder.parameters(),
            parts.top.parameters(),
            topDecoder.parameters(),
            toLatents.parameters(),
            parts.bottom.parameters(),
            decoder.parameters())
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public DataSpec data() {
    return data;
  }

  @Override
  public Likelihood likelihood() {
    return likelihood;
  }

  @Override
  public Optional<CodeShape> codeShape() {
    return Optional.of(codeShape);
  }

  @Override
  public int latentDim() {
    return parts.bottom.codeDim();
  }

  @Override
  public int classes() {
    return decoder.classes();
  }

  @Override
  public Grid latentGrid() {
    return grid;
  }

  /** Any distance: what is coded is coded in one piece. */
  @Override
  public int dataReach() {
    return Integer.MAX_VALUE;
  }

  @Override
  public int latentReach() {
    return Integer.MAX_VALUE;
  }
}
