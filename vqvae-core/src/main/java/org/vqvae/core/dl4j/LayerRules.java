package org.vqvae.core.dl4j;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.AttentionVertex;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.layers.AbstractLSTM;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BasePretrainNetwork;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Cnn3DLossLayer;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.SpaceToBatchLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.objdetect.Yolo2OutputLayer;
import org.deeplearning4j.nn.conf.layers.samediff.AbstractSameDiffLayer;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffVertex;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationRReLU;
import org.vqvae.core.IncompatibleException;

/**
 * What cannot run here, by the name of the layer: DL4J's own faults, and what our trainer forbids.
 */
final class LayerRules {
  private static final String LOSS =
      "it computes a loss of its own, but the loss comes from the model: remove it, or put an"
          + " ActivationLayer or a convolution with the identity in its place";
  private static final String RANDOM =
      "it draws from ND4J's global random numbers, which do not follow from seed, step and example:"
          + " remove it";
  private static final String SAME_DIFF =
      "SameDiff layers leak memory in DL4J 1.0.0-M2.1 and may mix up their arrays: use another"
          + " layer";
  private static final String FROZEN =
      "DL4J passes no gradient through it: use FrozenLayerWithBackprop";
  private static final String INDICES =
      "it takes whole numbers, but data and latents are real: remove it";

  /** Kinds of layers and vertices that are refused whatever their settings. */
  private static final List<Rule> RULES =
      List.of(
          new Rule(BaseOutputLayer.class, LOSS),
          new Rule(LossLayer.class, LOSS),
          new Rule(RnnLossLayer.class, LOSS),
          new Rule(CnnLossLayer.class, LOSS),
          new Rule(Cnn3DLossLayer.class, LOSS),
          new Rule(Yolo2OutputLayer.class, LOSS),
          new Rule(
              BatchNormalization.class,
              "what it does to an example depends on the rest of the batch, so that a batch could"
                  + " not be cut into parts: remove it"),
          new Rule(DropoutLayer.class, RANDOM),
          new Rule(AbstractSameDiffLayer.class, SAME_DIFF),
          new Rule(SameDiffVertex.class, SAME_DIFF),
          new Rule(AttentionVertex.class, SAME_DIFF),
          new Rule(FrozenLayer.class, FROZEN),
          new Rule(FrozenVertex.class, FROZEN),
          new Rule(EmbeddingLayer.class, INDICES),
          new Rule(EmbeddingSequenceLayer.class, INDICES),
          new Rule(
              BasePretrainNetwork.class,
              "it is trained on its own, layer by layer: use a DenseLayer"),
          new Rule(
              SpaceToBatchLayer.class, "it turns positions into examples: use SpaceToDepthLayer"));

  private record Rule(Class<?> kind, String reason) {}

  private LayerRules() {}

  /**
   * Looks at every layer and vertex.
   *
   * @param origin what messages call the network
   * @throws IncompatibleException if one of them cannot run; the message names it
   */
  static void check(String origin, Wiring wiring) {
    wiring.checkRoad(origin);
    for (Stage stage : wiring.stages()) {
      for (Object part : stage.parts()) {
        fault(part)
            .ifPresent(
                reason -> {
                  throw new IncompatibleException(
                      "%s: layer \"%s\" (%s) cannot run here: %s"
                          .formatted(
                              origin, stage.name(), part.getClass().getSimpleName(), reason));
                });
      }
    }
  }

  private static Optional<String> fault(Object part) {
    Optional<String> kind =
        RULES.stream().filter(rule -> rule.kind.isInstance(part)).map(Rule::reason).findFirst();
    if (kind.isPresent() || !(part instanceof Layer layer)) {
      return kind;
    }
    return faultOf(layer);
  }

  private static Optional<String> faultOf(Layer layer) {
    if (layer.getIDropout() != null) {
      return Optional.of("it has dropout or noise; " + RANDOM);
    }
    if (layer.getConstraints() != null && !layer.getConstraints().isEmpty()) {
      return Optional.of("its constraints are part of DL4J's trainer, not of ours: remove them");
    }
    if (layer instanceof BaseLayer base && base.getWeightNoise() != null) {
      return Optional.of("it has weight noise; " + RANDOM);
    }
    if (activations(layer).anyMatch(ActivationRReLU.class::isInstance)) {
      return Optional.of("it has the activation RReLU; " + RANDOM);
    }
    if (Arrays.stream(dilation(layer)).anyMatch(step -> step > 1)) {
      return Optional.of(
          "dilated convolutions and pooling fail in the oneDNN builds of ND4J 1.0.0-M2.1, some of"
              + " them silently: set its dilation to 1, or choose another encoder or decoder (vqvae"
              + " list)");
    }
    if (layer instanceof Convolution1DLayer series && series.getRnnDataFormat() == RNNFormat.NWC) {
      return Optional.of(
          "in format NWC, DL4J 1.0.0-M2.1 mixes up its weights' axes: use RNNFormat.NCW");
    }
    return Optional.empty();
  }

  private static Stream<IActivation> activations(Layer layer) {
    if (layer instanceof AbstractLSTM lstm) {
      return Stream.of(lstm.getActivationFn(), lstm.getGateActivationFn());
    }
    if (layer instanceof ActivationLayer activation) {
      return Stream.of(activation.getActivationFn());
    }
    return layer instanceof BaseLayer base ? Stream.of(base.getActivationFn()) : Stream.of();
  }

  private static int[] dilation(Layer layer) {
    int @Nullable [] dilation = null;
    if (layer instanceof ConvolutionLayer convolution) {
      dilation = convolution.getDilation();
    } else if (layer instanceof SubsamplingLayer pooling) {
      dilation = pooling.getDilation();
    }
    return dilation == null ? new int[0] : dilation;
  }
}
