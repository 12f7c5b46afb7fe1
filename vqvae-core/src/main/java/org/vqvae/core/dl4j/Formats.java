package org.vqvae.core.dl4j;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.SpaceToDepthLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.conf.layers.misc.ElementWiseMultiplicationLayer;
import org.deeplearning4j.nn.conf.layers.misc.RepeatVector;
import org.deeplearning4j.nn.conf.layers.recurrent.TimeDistributed;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.vqvae.core.IncompatibleException;

/**
 * The order of axes that a network wants, as its layers say.
 *
 * @param isFlat whether it takes an example's values in a row
 * @param pictures of arrays of rank 4
 * @param series of arrays of rank 3
 */
record Formats(boolean isFlat, Axes pictures, Axes series) {

  /**
   * What the layers of a network say.
   *
   * @throws IncompatibleException if they contradict each other
   */
  static Formats of(String origin, Wiring wiring) {
    List<Object> parts = wiring.stages().stream().flatMap(it -> it.parts().stream()).toList();
    Set<CNN2DFormat> pictures = EnumSet.noneOf(CNN2DFormat.class);
    Set<RNNFormat> series = EnumSet.noneOf(RNNFormat.class);
    parts.forEach(part -> picturesOf(part).ifPresent(pictures::add));
    parts.forEach(part -> seriesOf(part).ifPresent(series::add));
    if (pictures.size() > 1 || series.size() > 1) {
      throw new IncompatibleException(
          "%s: some layers put channels first and others last (%s %s): give them all one data format"
              .formatted(origin, pictures, series));
    }
    return new Formats(
        isFlat(parts),
        pictures.contains(CNN2DFormat.NHWC) ? Axes.CHANNELS_LAST : Axes.CHANNELS_FIRST,
        series.contains(RNNFormat.NWC) ? Axes.CHANNELS_LAST : Axes.CHANNELS_FIRST);
  }

  /** The order of axes of the input. */
  Axes input(int rank) {
    return isFlat ? Axes.FLAT : ofRank(rank);
  }

  /** The order of axes of an array that the network made. */
  Axes ofRank(int rank) {
    return switch (rank) {
      case 2 -> Axes.FLAT;
      case 3 -> series;
      default -> pictures;
    };
  }

  /** The first part that says anything about its input's axes decides. */
  private static boolean isFlat(List<Object> parts) {
    return parts.stream()
        .filter(part -> isFlat(part) || picturesOf(part).isPresent() || seriesOf(part).isPresent())
        .findFirst()
        .map(Formats::isFlat)
        .orElse(false);
  }

  private static boolean isFlat(Object part) {
    return part instanceof DenseLayer
        || part instanceof ElementWiseMultiplicationLayer
        || part instanceof RepeatVector
        || part instanceof FeedForwardToCnnPreProcessor
        || part instanceof FeedForwardToRnnPreProcessor;
  }

  private static Optional<CNN2DFormat> picturesOf(Object part) {
    if (part instanceof Convolution1DLayer || part instanceof Subsampling1DLayer) {
      return Optional.empty();
    }
    if (part instanceof ConvolutionLayer it) {
      return Optional.ofNullable(it.getCnn2dDataFormat());
    }
    if (part instanceof SubsamplingLayer it) {
      return Optional.ofNullable(it.getCnn2dDataFormat());
    }
    if (part instanceof Upsampling2D it) {
      return Optional.ofNullable(it.getFormat());
    }
    if (part instanceof ZeroPaddingLayer it) {
      return Optional.ofNullable(it.getDataFormat());
    }
    if (part instanceof Cropping2D it) {
      return Optional.ofNullable(it.getDataFormat());
    }
    if (part instanceof SpaceToDepthLayer it) {
      return Optional.ofNullable(it.getDataFormat());
    }
    if (part instanceof LocalResponseNormalization it) {
      return Optional.ofNullable(it.getDataFormat());
    }
    return part instanceof CnnToFeedForwardPreProcessor it
        ? Optional.ofNullable(it.getFormat())
        : Optional.empty();
  }

  private static Optional<RNNFormat> seriesOf(Object part) {
    if (part instanceof Convolution1DLayer it) {
      return Optional.ofNullable(it.getRnnDataFormat());
    }
    if (part instanceof BaseRecurrentLayer it) {
      return Optional.ofNullable(it.getRnnDataFormat());
    }
    if (part instanceof TimeDistributed it) {
      return Optional.ofNullable(it.getRnnDataFormat());
    }
    if (part instanceof Subsampling1DLayer) {
      return Optional.of(RNNFormat.NCW);
    }
    return part instanceof RnnToFeedForwardPreProcessor it
        ? Optional.ofNullable(it.getRnnDataFormat())
        : Optional.empty();
  }
}
