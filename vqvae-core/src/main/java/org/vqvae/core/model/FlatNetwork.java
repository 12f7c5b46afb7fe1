package org.vqvae.core.model;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.vqvae.core.Bottled;
import org.vqvae.core.Bottleneck;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Codes;
import org.vqvae.core.Condition;
import org.vqvae.core.DataSpec;
import org.vqvae.core.Decoder;
import org.vqvae.core.Encoder;
import org.vqvae.core.Grid;
import org.vqvae.core.Likelihood;
import org.vqvae.core.Likelihood.Scored;
import org.vqvae.core.Phase;
import org.vqvae.core.Quantizer;
import org.vqvae.core.Scope;
import org.vqvae.core.Statistics;
import org.vqvae.core.Term;
import org.vqvae.core.Unit;
import org.vqvae.core.VariationalBottleneck;
import org.vqvae.core.nn.Block;
import org.vqvae.core.nn.DecoderNetwork;
import org.vqvae.core.nn.ModelNetwork;
import org.vqvae.core.nn.Parameter;
import org.vqvae.core.nn.Pass;
import org.vqvae.core.random.RandomStream;

/**
 * Encoder, bottleneck and decoder, one behind the other.
 *
 * <p>Its loss is {@code -ln p(x | z) + weight * (terms of the bottleneck)}; for VQ-VAE {@code -ln
 * p(x | z_q) + |sg[z_e] - e|^2 + beta |z_e - sg[e]|^2} (van den Oord et al. 2017, eq. 3), in nats
 * per value of the data and squared distances averaged over all elements of the latents.
 */
final class FlatNetwork implements ModelNetwork {
  private final Parts parts;
  private final DataSpec data;
  private final Grid grid;
  private final Optional<CodeShape> codeShape;
  private final Block encoder;
  private final DecoderNetwork decoder;
  private final Likelihood likelihood;
  private @Nullable Road road;

  /** What networks of every size are built of. */
  record Parts(
      Encoder encoder,
      Bottleneck bottleneck,
      Decoder decoder,
      double dataVariance,
      double latentWeight,
      Scope scope) {}

  /** What the backward pass needs of the last forward pass. */
  private record Road(Bottled bottled, INDArray gradient, long[] latents) {}

  FlatNetwork(Parts parts, DataSpec data) {
    this.parts = parts;
    this.data = data;
    this.grid = parts.encoder.latentGrid(data);
    this.codeShape = Latents.shape(parts.bottleneck, grid);
    Scope scope = parts.scope;
    this.encoder = parts.encoder.build(data, parts.bottleneck.inputDim(), scope.child("encoder"));
    this.decoder =
        parts.decoder.build(data, grid, parts.bottleneck.outputDim(), scope.child("decoder"));
    this.likelihood = parts.decoder.likelihood(parts.dataVariance);
  }

  @Override
  public Pass forward(INDArray x, Condition condition, Phase phase) {
    INDArray ze = encoder.forward(x, phase);
    Bottled z = parts.bottleneck.apply(ze, phase);
    INDArray prediction = decoder.forward(onGrid(z.values(), x), x, condition, phase);
    Scored scored = likelihood.score(prediction, x);
    road = new Road(z, scored.gradient(), ze.shape());
    // L = -ln p(x | z) + weight * (terms of the bottleneck)
    List<Term> terms = Stream.concat(scored.terms().stream(), weighted(z)).toList();
    return new Pass(terms, prediction, codes(z, x), z.statistics());
  }

  @Override
  public void backward() {
    Road last = requireNonNull(road, "backward needs a forward pass first");
    Bottled z = last.bottled;
    INDArray dz = decoder.backward(last.gradient).reshape('c', -1, parts.bottleneck.outputDim());
    INDArray dze = z.pullback().apply(dz, weight(z));
    encoder.backwardParametersOnly(dze.reshape('c', last.latents));
  }

  /** The bottleneck's terms in the whole loss: a rate in nats per latent becomes one per value. */
  private Stream<Term> weighted(Bottled z) {
    return z.terms().stream()
        .map(
            term ->
                term.unit() == Unit.NATS_PER_LATENT
                    ? term.as(Unit.NATS_PER_VALUE, latentsPerValue())
                    : term)
        .map(term -> term.times(parts.latentWeight));
  }

  /** The factor of the bottleneck's terms in a loss that is in nats per value of the data. */
  private double weight(Bottled z) {
    boolean rate = z.terms().stream().anyMatch(term -> term.unit() == Unit.NATS_PER_LATENT);
    return rate ? parts.latentWeight * latentsPerValue() : parts.latentWeight;
  }

  private double latentsPerValue() {
    return (double) grid.positions() / data.values();
  }

  /** Rows of a batch as the decoder wants them, {@code [N, ...latentGrid, outputDim]}. */
  private INDArray onGrid(INDArray rows, INDArray x) {
    return onGrid(rows, x.size(0));
  }

  private INDArray onGrid(INDArray rows, long examples) {
    return rows.reshape('c', grid.arrayShape(examples, parts.bottleneck.outputDim()));
  }

  private Optional<Codes> codes(Bottled z, INDArray x) {
    return codeShape.map(shape -> Latents.codes(shape, z, x.size(0)));
  }

  @Override
  public Codes encode(INDArray x) {
    CodeShape shape = requireCodes();
    Bottled z = parts.bottleneck.apply(encoder.forward(x, Phase.EVAL), Phase.EVAL);
    return Latents.codes(shape, z, x.size(0));
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
    Bottled z = parts.bottleneck.apply(encoder.forward(x, Phase.EVAL), Phase.EVAL);
    return decoder.generate(onGrid(z.values(), x), condition, likelihood, random);
  }

  @Override
  public INDArray draw(int examples, Condition condition, RandomStream random) {
    if (!(parts.bottleneck instanceof VariationalBottleneck variational)) {
      throw Latents.cannotDraw();
    }
    INDArray z = variational.draw((long) examples * grid.positions(), random);
    return decoder.generate(onGrid(z, examples), condition, likelihood, random);
  }

  @Override
  public boolean canDraw() {
    return parts.bottleneck instanceof VariationalBottleneck;
  }

  @Override
  public Map<String, INDArray> decodeParts(Codes codes, Condition condition, RandomStream random) {
    Map<String, INDArray> decoded = new LinkedHashMap<>();
    int depth = requireCodes().depth();
    long state = random.state();
    for (int levels = 1; depth > 1 && levels <= depth; levels++) {
      RandomStream same = RandomStream.restore(state); // one chance for all, so that they compare
      decoded.put(
          levels == 1 ? "level 1" : "levels 1 to " + levels,
          decode(codes.truncated(levels), condition, same));
    }
    return decoded;
  }

  private CodeShape requireCodes() {
    return codeShape.orElseThrow(Latents::noCodes);
  }

  /** The vectors of codes of any depth, {@code [N, ...latentGrid, outputDim]}. */
  private INDArray lookup(Codes codes) {
    Latents.checkShape(codes, requireCodes());
    Quantizer quantizer = (Quantizer) parts.bottleneck; // only these have codes
    return onGrid(quantizer.lookup(codes.values(), codes.shape().depth()), codes.examples());
  }

  @Override
  public boolean isObserving() {
    return parts.bottleneck.isObserving();
  }

  @Override
  public void observe(INDArray x) {
    parts.bottleneck.observe(encoder.forward(x, Phase.EVAL));
  }

  @Override
  public void update(Statistics batch) {
    parts.bottleneck.update(batch);
  }

  @Override
  public Map<String, Double> figures(Statistics set) {
    return parts.bottleneck.figures(set);
  }

  @Override
  public ModelNetwork resized(Grid other) {
    FlatNetwork resized = new FlatNetwork(parts, data.withGrid(other));
    Latents.share(parameters(), resized.parameters(), data.grid());
    return resized;
  }

  @Override
  public List<Parameter> parameters() {
    return Stream.of(encoder.parameters(), parts.bottleneck.parameters(), decoder.parameters())
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
    return codeShape;
  }

  @Override
  public int latentDim() {
    return parts.bottleneck.outputDim();
  }

  @Override
  public int classes() {
    return decoder.classes();
  }

  @Override
  public Grid latentGrid() {
    return grid;
  }

  @Override
  public int dataReach() {
    return parts.encoder.dataReach();
  }

  @Override
  public int latentReach() {
    return parts.decoder.latentReach();
  }
}
